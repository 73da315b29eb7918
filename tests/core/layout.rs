//! Layouts: positions are finite, actors do not overlap, friends are nearer than enemies, and the
//! same seed gives the same positions.

use std::collections::BTreeSet;

use allegiance::analysis::graph::graph_of;
use allegiance::geometry::{Point, Rect, point};
use allegiance::layout::methods::{METHODS, Method};
use allegiance::layout::request::{Arranged, Quality, Request};
use allegiance::layout::{self, arrange};
use allegiance::model::query::Index;
use allegiance::model::{ActorIndex, ActorKind, Map, Note, Placement};
use allegiance::progress::Progress;
use allegiance::scene::picture::names::size_px;
use allegiance::scene::picture::notes::sheet_at_full_size;
use allegiance::scene::picture::shape::{Body, half_size_px};
use allegiance::text::{Fonts, Measure as _, Weight, roomy_width, wrapped};
use proptest::prelude::*;

use crate::support::{EXAMPLE, map, method, parse};

fn arranged_by(map: &Map, method: &'static Method, seed: u64, only: Option<&[usize]>) -> Arranged {
    let index = Index::of(map);
    let positions = layout::positions(map);
    let quality = Quality::Fast;
    let only: Option<Vec<ActorIndex>> =
        only.map(|only| only.iter().map(|actor| (*actor).into()).collect());
    let only = only.as_deref();
    let request =
        Request { map, index: &index, positions: &positions, method, quality, seed, only };
    arrange::arrange(&request, &Progress::default()).expect("it is not cancelled")
}

fn arranged(map: &Map, method: &'static Method) -> Arranged {
    arranged_by(map, method, 1, None)
}

/// The bounds of the shape of each actor and of the name below it, at 100 %.
fn drawn(map: &Map, positions: &[Point]) -> Vec<[Rect; 2]> {
    let (index, fonts) = (Index::of(map), Fonts::default());
    let ties: Vec<usize> = map.actors.keys().map(|actor| index.ties(actor).len()).collect();
    let most = ties.iter().copied().max().unwrap_or(0);
    let size = size_px(1.0, 1.0);
    let share = |actor: usize| {
        let count = |count: usize| f32::from(u16::try_from(count).expect("a small count"));
        (count(ties[actor]) / count(most.max(1))).sqrt()
    };
    let of = |(actor, at): (usize, &Point)| {
        let body = Body::new(&map.actors.raw[actor].kind, *at, half_size_px(share(actor))).bounds();
        let lines = wrapped(&map.actors.raw[actor].name);
        let width =
            lines.iter().map(|line| fonts.width(line, size, Weight::Bold)).fold(0.0, f32::max);
        let height = lines.iter().map(|_| size * 1.22).sum();
        [body, Rect::sized(point(at.x - width / 2.0, body.max.y + 3.0), width, height)]
    };
    positions.iter().enumerate().map(of).collect()
}

/// The number of pairs of actors whose shapes or names overlap at 100 %. Pairs of two actors in
/// `stay` do not count.
fn overlaps_but(map: &Map, positions: &[Point], stay: &[usize]) -> usize {
    let drawn = drawn(map, positions);
    let whole = |actor: usize| drawn[actor][0].union(drawn[actor][1]);
    let mut order: Vec<usize> = (0..drawn.len()).collect();
    order.sort_by(|a, b| whole(*a).min.x.total_cmp(&whole(*b).min.x));
    let widest = order.iter().map(|actor| whole(*actor).width()).fold(0.0, f32::max);
    let mut count = 0;
    for (rank, a) in order.iter().enumerate() {
        let near =
            order[rank + 1..].iter().take_while(|b| whole(**b).min.x < whole(*a).min.x + widest);
        count += near
            .filter(|b| {
                drawn[*a].iter().any(|one| drawn[**b].iter().any(|other| one.overlap(other) > 0.0))
            })
            .filter(|b| !(stay.contains(a) && stay.contains(b)))
            .count();
    }
    count
}

fn overlaps(map: &Map, positions: &[Point]) -> usize {
    overlaps_but(map, positions, &[])
}

/// A map of `count` actors `n0`, `n1`, … and ties with a stance.
fn made(count: usize, ties: &[(usize, usize, &str)]) -> Map {
    let actors: Vec<String> =
        (0..count).map(|actor| format!(r#"{{"id":"n{actor}","name":"Actor {actor}"}}"#)).collect();
    let tie = |(number, (from, to, stance)): (usize, &(usize, usize, &str))| {
        format!(r#"{{"id":"r{number}","from":"n{from}","to":"n{to}","stance":"{stance}"}}"#)
    };
    let ties: Vec<String> = ties.iter().enumerate().map(tie).collect();
    let (actors, ties) = (actors.join(","), ties.join(","));
    parse(&format!(
        r#"{{"format":"relationship-map","version":1,"actors":[{actors}],"relations":[{ties}]}}"#
    ))
}

#[test]
fn on_the_example_every_friend_is_nearer_than_every_enemy() {
    let map = parse(EXAMPLE);
    for seed in 1..4 {
        let done = arranged_by(&map, method("signed"), seed, None);
        assert!(done.nearer.pairs > 20);
        assert_eq!(done.nearer.friends, done.nearer.pairs, "seed {seed}");
        assert_eq!(overlaps(&map, &done.positions.raw), 0);
    }
    let blind = arranged(&map, method("stress")).nearer;
    assert!(blind.share() < 1.0, "without the stances some enemies are nearer");
}

#[test]
fn among_the_highland_tribes_every_friend_is_nearer_than_every_enemy() {
    let lines =
        include_str!("../fixtures/tribes.txt").lines().filter(|line| !line.starts_with('#'));
    let mut names: Vec<&str> = Vec::new();
    let mut ties = Vec::new();
    for line in lines {
        let words: Vec<&str> = line.split(' ').collect();
        let mut end = |name| {
            names.iter().position(|known| *known == name).unwrap_or_else(|| {
                names.push(name);
                names.len() - 1
            })
        };
        ties.push((
            end(words[0]),
            end(words[2]),
            if words[1] == "+" { "cooperative" } else { "hostile" },
        ));
    }
    assert_eq!((names.len(), ties.len()), (16, 58));
    let map = made(names.len(), &ties);
    for seed in 1..4 {
        let nearer = arranged_by(&map, method("signed"), seed, None).nearer;
        assert!(nearer.pairs > 100);
        assert_eq!(nearer.friends, nearer.pairs, "seed {seed}");
    }
}

#[test]
fn the_same_seed_gives_the_same_positions_and_another_seed_others() {
    let map = parse(EXAMPLE);
    for method in &METHODS {
        assert_eq!(arranged(&map, method), arranged(&map, method));
    }
    assert_ne!(
        arranged(&map, method("stress")).positions.raw,
        arranged_by(&map, method("stress"), 2, None).positions.raw
    );
}

#[test]
fn pinned_actors_stay_and_a_selection_is_arranged_alone() {
    let mut map = parse(EXAMPLE);
    let before = layout::positions(&map).raw;
    for actor in [0, 3] {
        let id = map.actors.raw[actor].id.clone();
        let at = before[actor];
        let pinned =
            Placement { x: at.x.into(), y: at.y.into(), pinned: true, ..Placement::default() };
        map.layout.insert(id, pinned);
    }
    let done = arranged(&map, method("signed"));
    assert_eq!((done.positions.raw[0], done.positions.raw[3]), (before[0], before[3]));
    assert_eq!(overlaps_but(&map, &done.positions.raw, &[0, 3]), 0);
    let some = [1, 2, 4, 5];
    let done = arranged_by(&map, method("stress"), 1, Some(&some));
    for actor in (0..map.actors.len()).filter(|actor| !some.contains(actor)) {
        assert_eq!(done.positions.raw[actor], before[actor]);
    }
}

#[test]
fn all_actors_can_be_arranged_in_any_order_of_the_selection() {
    let map = map(&["a+b", "b+c", "a-d", "b-d", "d+e", "c-e"]);
    let graph = graph_of(&map, &Index::of(&map));
    for order in [[4, 2, 0, 1, 3], [1, 0, 2, 3, 4]] {
        let subgraph = graph.subgraph(&order);
        let renumbered: BTreeSet<_> = subgraph
            .pairs()
            .map(|(a, b, sign)| (order[a].min(order[b]), order[a].max(order[b]), sign))
            .map(|(a, b, sign)| (a, b, format!("{sign:?}")))
            .collect();
        let whole: BTreeSet<_> =
            graph.pairs().map(|(a, b, sign)| (a.min(b), a.max(b), format!("{sign:?}"))).collect();
        assert_eq!(renumbered, whole, "{order:?}");
        let arranged = arranged_by(&map, method("signed"), 1, Some(&order));
        assert_eq!(arranged.nearer.friends, arranged.nearer.pairs, "{order:?}");
    }
}

#[test]
fn unusual_maps_get_positions_too() {
    let all: Vec<(usize, usize, &str)> = (0..20)
        .flat_map(|a| {
            (0..a).map(move |b| (a, b, ["hostile", "cooperative", "mixed", "neutral"][(a + b) % 4]))
        })
        .collect();
    let parallel = vec![(0, 1, "hostile"); 1000];
    let apart = [(0, 1, "cooperative"), (2, 3, "hostile"), (5, 5, "mixed")];
    for map in [
        Map::default(),
        made(1, &[]),
        made(7, &apart),
        made(20, &all),
        made(2, &parallel),
        map(&["a-a"]),
    ] {
        for method in &METHODS {
            let done = arranged(&map, method);
            assert_eq!(done.positions.raw.len(), map.actors.len());
            assert!(done.positions.raw.iter().all(|at| at.x.is_finite() && at.y.is_finite()));
            assert_eq!(overlaps(&map, &done.positions.raw), 0, "{method:?}");
        }
    }
}

#[test]
fn a_ring_of_two_thousand_unfolds() {
    let ring: Vec<(usize, usize, &str)> =
        (0..2000).map(|actor| (actor, (actor + 1) % 2000, "neutral")).collect();
    let done = arranged(&made(2000, &ring), method("stress")).positions.raw;
    let opposite = (done[0] - done[1000]).length();
    let near = (done[0] - done[1]).length();
    assert!(opposite > 300.0 * near, "{opposite} across, {near} from one to the next");
}

#[test]
fn a_cancelled_arrangement_ends() {
    let map = parse(EXAMPLE);
    let (index, positions, progress) =
        (Index::of(&map), layout::positions(&map), Progress::default());
    progress.cancel();
    let (method, quality) = (method("signed"), Quality::High);
    let request = Request {
        map: &map,
        index: &index,
        positions: &positions,
        method,
        quality,
        seed: 1,
        only: None,
    };
    assert!(arrange::arrange(&request, &progress).is_err());
}

#[test]
fn arranging_keeps_the_orientation_and_the_centre() {
    // A long horizontal line of actors does not become vertical.
    let line: Vec<(usize, usize, &str)> =
        (0..9).map(|actor| (actor, actor + 1, "cooperative")).collect();
    let mut map = made(10, &line);
    for actor in 0..10_u8 {
        let id = map.actors.raw[usize::from(actor)].id.clone();
        map.layout
            .insert(id, Placement { x: f64::from(actor) * 300.0, y: 40.0, ..Placement::default() });
    }
    let done = arranged(&map, method("stress")).positions.raw;
    let way = done[9] - done[0];
    assert!(way.x > 4.0 * way.y.abs(), "{way:?}");
    let middle = done.iter().fold(Rect::NOTHING, |bounds, at| bounds.with(*at)).centre();
    assert!((middle - point(1350.0, 40.0)).length() < 60.0, "{middle:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]
    #[test]
    fn any_map_is_arranged_without_overlaps(
        count in 1_usize..40,
        ties in proptest::collection::vec((0_usize..40, 0_usize..40, 0_usize..4), 0..80),
        names in proptest::collection::vec("([A-Za-zÄßж한م]{1,14} ){0,5}[A-Z0-9]{1,30}", 1..12),
        pinned in proptest::collection::vec((0_usize..40, -600_i16..600, -600_i16..600), 0..4),
        seed in any::<u64>(),
    ) {
        let stances = ["hostile", "cooperative", "mixed", "neutral"];
        let ties: Vec<(usize, usize, &str)> = ties
            .into_iter()
            .map(|(from, to, stance)| (from % count, to % count, stances[stance]))
            .collect();
        let mut map = made(count, &ties);
        let kinds = [
            ActorKind::State,
            ActorKind::ArmedGroup,
            ActorKind::Organisation,
            ActorKind::Population,
        ];
        for (actor, words) in map.actors.iter_mut().zip(names.iter().cycle()) {
            actor.name.clone_from(words);
            actor.kind = kinds[words.len() % kinds.len()].clone();
        }
        let pinned: Vec<usize> = pinned
            .into_iter()
            .filter(|(actor, ..)| *actor < count)
            .map(|(actor, x, y)| {
                let placement =
                    Placement { x: x.into(), y: y.into(), pinned: true, ..Placement::default() };
                map.layout.insert(map.actors.raw[actor].id.clone(), placement);
                actor
            })
            .collect();
        for method in &METHODS {
            let done = arranged_by(&map, method, seed, None);
            prop_assert!(done.positions.raw.iter().all(|at| at.x.is_finite() && at.y.is_finite()));
            prop_assert_eq!(overlaps_but(&map, &done.positions.raw, &pinned), 0, "{:?}", method);
            prop_assert!(done.nearer.friends <= done.nearer.pairs);
        }
        let before = layout::positions(&map).raw;
        let some: Vec<usize> = (0..count).step_by(3).collect();
        let stay: Vec<usize> = (0..count)
            .filter(|actor| !some.contains(actor) || pinned.contains(actor))
            .collect();
        for method in [method("signed"), method("circle")] {
            let done = arranged_by(&map, method, seed, Some(&some));
            let overlaps = overlaps_but(&map, &done.positions.raw, &stay);
            prop_assert_eq!(overlaps, 0, "{:?} of some", method);
            prop_assert!(stay.iter().all(|actor| done.positions.raw[*actor] == before[*actor]));
        }
    }
}

#[test]
fn every_method_leaves_pinned_and_unselected_actors_alone() {
    let mut map = parse(EXAMPLE);
    let before = layout::positions(&map).raw;
    let id = map.actors.raw[4].id.clone();
    map.layout[&id].pinned = true;
    let some = [1, 3, 4, 6, 9];
    for method in &METHODS {
        let done = arranged_by(&map, method, 1, Some(&some)).positions.raw;
        for actor in (0..before.len()).filter(|actor| *actor == 4 || !some.contains(actor)) {
            assert_eq!(done[actor], before[actor], "{method:?}");
        }
        assert!(some.iter().any(|actor| done[*actor] != before[*actor]), "{method:?}");
    }
}

#[test]
fn on_the_circle_the_actors_of_a_camp_are_adjacent() {
    let camps: Vec<(usize, usize, &str)> = (0..12)
        .flat_map(|a| {
            (0..a).map(move |b| (a, b, if a % 3 == b % 3 { "cooperative" } else { "hostile" }))
        })
        .collect();
    let done = arranged(&made(12, &camps), method("circle")).positions.raw;
    let middle = done.iter().fold(Rect::NOTHING, |bounds, at| bounds.with(*at)).centre();
    let mut around: Vec<usize> = (0..12).collect();
    let angle = |actor: &usize| (done[*actor].y - middle.y).atan2(done[*actor].x - middle.x);
    around.sort_by(|a, b| angle(a).total_cmp(&angle(b)));
    let changes = (0..12).filter(|at| around[*at] % 3 != around[(at + 1) % 12] % 3).count();
    assert_eq!(changes, 3, "{around:?}");
}

#[test]
fn on_rings_the_actor_with_most_ties_is_in_the_centre() {
    let star: Vec<(usize, usize, &str)> =
        (1..40).map(|actor| (7, if actor == 7 { 0 } else { actor }, "mixed")).collect();
    let done = arranged(&made(40, &star), method("concentric")).positions.raw;
    let away = |actor: usize| (done[actor] - done[7]).length();
    assert!((0..40).filter(|actor| *actor != 7).all(|actor| away(actor) > 100.0));
    let middle = done.iter().fold(Rect::NOTHING, |bounds, at| bounds.with(*at)).centre();
    // A ring with an odd number of actors does not reach equally far to both sides.
    assert!((done[7] - middle).length() < 100.0, "{:?} and {middle:?}", done[7]);
}

#[test]
fn on_the_timeline_earlier_actors_are_to_the_left_and_undated_ones_at_the_end() {
    let map = parse(
        r#"{"format":"relationship-map","version":1,
        "actors":[{"id":"a","name":"A"},{"id":"b","name":"B"},{"id":"c","name":"C"},
        {"id":"d","name":"D"},{"id":"e","name":"E"}],
        "relations":[{"id":"1","from":"a","to":"b","stance":"hostile","start":"2021-05"},
        {"id":"2","from":"b","to":"c","stance":"hostile","start":"2019"},
        {"id":"3","from":"d","to":"a","stance":"mixed","start":"2023-01-02"}]}"#,
    );
    let done = arranged(&map, method("timeline")).positions.raw;
    let x: Vec<f32> = done.iter().map(|at| at.x).collect();
    assert!((x[1] - x[2]).abs() < 1.0 && x[1] < x[0] && x[0] < x[3] && x[3] < x[4], "{done:?}");
}

#[test]
fn in_layers_every_whole_is_above_its_parts() {
    let actors: Vec<String> = (0..60)
        .map(|at: usize| {
            let whole = if at == 0 || at > 50 {
                String::new()
            } else {
                format!(r#","part_of":"n{}""#, (at - 1) / 4)
            };
            format!(r#"{{"id":"n{at}","name":"Actor {at}"{whole}}}"#)
        })
        .collect();
    let map = parse(&format!(
        r#"{{"format":"relationship-map","version":1,"actors":[{}],"relations":[]}}"#,
        actors.join(",")
    ));
    let done = arranged(&map, method("layers")).positions.raw;
    assert_eq!(overlaps(&map, &done), 0);
    for part in 1..=50 {
        assert!(done[part].y > done[(part - 1) / 4].y + 50.0, "{part}");
    }
    let lowest = (0..=50).map(|at| done[at].y).fold(f32::MIN, f32::max);
    assert!((51..60).all(|alone| done[alone].y > lowest));
}

#[test]
fn a_map_without_positions_is_arranged_and_one_with_positions_left_alone() {
    let (index, progress) = (Index::of(&parse(EXAMPLE)), Progress::default());
    let placed = parse(EXAMPLE);
    assert_eq!(arrange::initial(&placed, &index, &progress), Ok(layout::positions(&placed)));
    let mut free = parse(EXAMPLE);
    free.layout.clear();
    let initial = arrange::initial(&free, &index, &progress).expect("it is not cancelled");
    assert_eq!(initial, arranged(&free, method("signed")).positions);
    assert_ne!(initial, layout::positions(&free));
}

/// A map of nine camps with friends inside and enemies outside, and with names of several lengths.
fn crowd(count: usize) -> Map {
    let tie = |number: usize| {
        let from = number * 7919 % count;
        let to = if number.is_multiple_of(4) {
            number * 104_729 % count
        } else {
            (from + 9 * (1 + number % 11)) % count
        };
        (from, to, if from % 9 == to % 9 { "cooperative" } else { "hostile" })
    };
    let ties: Vec<(usize, usize, &str)> = (0..2 * count).map(tie).collect();
    let mut map = made(count, &ties);
    for (number, actor) in map.actors.iter_mut().enumerate() {
        let more = [
            "",
            " of the northern valleys",
            " (WOMEN’S WING)",
            " Muhammad and companions of the lower river",
        ];
        actor.name = format!("{}{}", actor.name, more[number % more.len()]);
    }
    map
}

#[test]
fn in_a_large_map_no_shapes_or_names_overlap() {
    for count in [400, 3500] {
        let mut map = crowd(count);
        for method in &METHODS {
            assert_eq!(
                overlaps(&map, &arranged(&map, method).positions.raw),
                0,
                "{count} by {method:?}"
            );
        }
        let first = arranged(&map, method("stress")).positions.raw;
        for (actor, at) in map.actors.iter().zip(&first) {
            map.layout.insert(
                actor.id.clone(),
                Placement { x: at.x.into(), y: at.y.into(), ..Placement::default() },
            );
        }
        let pinned: Vec<usize> = (0..count).step_by(17).collect();
        for actor in &pinned {
            let id = map.actors.raw[*actor].id.clone();
            map.layout[&id].pinned = true;
        }
        let some: Vec<usize> = (0..count).filter(|actor| actor % 3 == 0).collect();
        let strangers: Vec<usize> =
            (0..count).filter(|actor| actor % 3 > 0 || pinned.contains(actor)).collect();
        for (only, stay) in [(None, &pinned), (Some(&some[..]), &strangers)] {
            let done = arranged_by(&map, method("stress"), 3, only).positions.raw;
            assert!(stay.iter().all(|actor| (done[*actor] - first[*actor]).length() < 0.1));
            assert_eq!(
                overlaps_but(&map, &done, stay),
                0,
                "{count} actors, {} of them fixed",
                stay.len()
            );
        }
    }
}

#[test]
fn around_one_hub_no_shapes_or_names_overlap() {
    let ties: Vec<(usize, usize, &str)> = (1..3200)
        .map(|actor| (0, actor, if actor % 2 == 0 { "hostile" } else { "cooperative" }))
        .collect();
    let mut map = made(3200, &ties);
    for actor in &mut map.actors {
        actor.name.push_str(" of the delta");
    }
    for method in &METHODS {
        assert_eq!(overlaps(&map, &arranged(&map, method).positions.raw), 0, "{method:?}");
    }
}

#[test]
fn a_name_is_never_wider_than_estimated() {
    let fonts = Fonts::default();
    let names = [
        "Actor 12",
        "Jaish-e-Fursan-e-Muhammad",
        "WWWWWW MMMMM",
        "Øystein Ærø",
        "Женщины",
        "ΛΑΪΚΗ Ενότητα",
        "fjil.!’",
    ];
    let example = parse(EXAMPLE);
    for name in names.into_iter().chain(example.actors.iter().map(|actor| actor.name.as_str())) {
        let (real, reckoned) = (fonts.width(name, 1.0, Weight::Bold), roomy_width(name));
        assert!(real <= reckoned, "{name}: {real} and {reckoned}");
        assert!(reckoned < real * 1.5 + 0.5, "{name}: {real} and {reckoned}");
    }
    let wider = |letter: &char| {
        fonts.width(&letter.to_string(), 1.0, Weight::Bold) > roomy_width(&letter.to_string())
    };
    let letters = ('!'..='~').chain('À'..='ſ').chain('Ά'..='ώ').chain('А'..='џ');
    assert_eq!(letters.filter(wider).collect::<String>(), "");
}

/// The sheets of all notes at 100 %, as drawn.
fn sheets(map: &Map) -> Vec<Rect> {
    let fonts = Fonts::default();
    map.notes.iter().map(|note| sheet_at_full_size(note, &fonts)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn any_arrangement_keeps_clear_of_notes(
        count in 2_usize..30,
        ties in proptest::collection::vec((0_usize..30, 0_usize..30), 0..40),
        places in proptest::collection::vec(
            (-500_i16..500, -500_i16..500, 60_u16..400, "([a-zß]{1,12} ){1,40}"), 1..5),
        seed in any::<u64>(),
    ) {
        let ties: Vec<(usize, usize, &str)> =
            ties.into_iter().map(|(from, to)| (from % count, to % count, "hostile")).collect();
        let mut map = made(count, &ties);
        map.notes = places
            .into_iter()
            .enumerate()
            .map(|(number, (x, y, width, text))| Note {
                id: format!("n{number}").into(),
                x: x.into(),
                y: y.into(),
                width: width.into(),
                text,
                ..Note::default()
            })
            .collect();
        let sheets = sheets(&map);
        let some: Vec<usize> = (0..count).step_by(2).collect();
        for (method, only) in METHODS.iter().flat_map(|method| [(method, None), (method, Some(&some))])
        {
            let done = arranged_by(&map, method, seed, only.map(Vec::as_slice));
            for (actor, [body, name]) in drawn(&map, &done.positions.raw).iter().enumerate() {
                // Actors that are not arranged stay where they are, also under a note.
                if only.is_some_and(|only| !only.contains(&actor)) {
                    continue;
                }
                for sheet in &sheets {
                    prop_assert!(
                        sheet.overlap(body) <= 0.0 && sheet.overlap(name) <= 0.0,
                        "{actor} is on a note after {:?}", method
                    );
                }
            }
        }
    }
}
