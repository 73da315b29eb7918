//! Arranging: finite places, nobody on anybody, friends nearer than enemies, the same for the same seed.

use allegiance::geometry::{Point, Rect, point};
use allegiance::layout;
use allegiance::layout::arrange::{self, Arranged, Method, Quality, Request};
use allegiance::model::query::Index;
use allegiance::model::{Map, Placement};
use allegiance::progress::Progress;
use proptest::prelude::*;

use crate::support::{EXAMPLE, map, parse};

const METHODS: [Method; 6] =
    [Method::Signed, Method::Stress, Method::Circle, Method::Concentric, Method::Timeline, Method::Layers];

fn arranged_by(map: &Map, method: Method, seed: u64, only: Option<&[usize]>) -> Arranged {
    let index = Index::of(map);
    let positions = layout::positions(map);
    let quality = Quality::Fast;
    let request = Request { map, index: &index, positions: &positions, method, quality, seed, only };
    arrange::arrange(&request, &Progress::default()).expect("nobody cancels it")
}

fn arranged(map: &Map, method: Method) -> Arranged {
    arranged_by(map, method, 1, None)
}

/// Shapes at 100 % that lie on one another.
fn overlaps(positions: &[Point]) -> usize {
    let rect = |at: &Point| Rect::around(*at, 32.0, 32.0);
    let later =
        |at: usize| positions[at + 1..].iter().filter(move |other| rect(&positions[at]).overlap(&rect(other)) > 0.0);
    (0..positions.len()).map(|at| later(at).count()).sum()
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
    parse(&format!(r#"{{"format":"relationship-map","version":1,"actors":[{actors}],"relations":[{ties}]}}"#))
}

#[test]
fn on_the_example_every_friend_is_nearer_than_every_enemy() {
    let map = parse(EXAMPLE);
    for seed in 1..4 {
        let done = arranged_by(&map, Method::Signed, seed, None);
        assert!(done.nearer.pairs > 20);
        assert_eq!(done.nearer.friends, done.nearer.pairs, "seed {seed}");
        assert_eq!(overlaps(&done.positions), 0);
    }
    let blind = arranged(&map, Method::Stress).nearer;
    assert!(blind.share() < 1.0, "the ties alone do not say it");
}

#[test]
fn the_same_seed_gives_the_same_places_and_another_seed_others() {
    let map = parse(EXAMPLE);
    for method in METHODS {
        assert_eq!(arranged(&map, method), arranged(&map, method));
    }
    assert_ne!(arranged(&map, Method::Stress).positions, arranged_by(&map, Method::Stress, 2, None).positions);
}

#[test]
fn pinned_actors_stay_and_a_selection_is_arranged_alone() {
    let mut map = parse(EXAMPLE);
    let before = layout::positions(&map);
    for actor in [0, 3] {
        let id = map.actors[actor].id.clone();
        let at = before[actor];
        let pinned = Placement { x: at.x.into(), y: at.y.into(), pinned: true, ..Placement::default() };
        map.layout.insert(id, pinned);
    }
    let done = arranged(&map, Method::Signed);
    assert_eq!((done.positions[0], done.positions[3]), (before[0], before[3]));
    assert_eq!(overlaps(&done.positions), 0);
    let some = [1, 2, 4, 5];
    let done = arranged_by(&map, Method::Stress, 1, Some(&some));
    for actor in (0..map.actors.len()).filter(|actor| !some.contains(actor)) {
        assert_eq!(done.positions[actor], before[actor]);
    }
}

#[test]
fn odd_maps_have_places_too() {
    let all: Vec<(usize, usize, &str)> = (0..20)
        .flat_map(|a| (0..a).map(move |b| (a, b, ["hostile", "cooperative", "mixed", "neutral"][(a + b) % 4])))
        .collect();
    let parallel = vec![(0, 1, "hostile"); 1000];
    let apart = [(0, 1, "cooperative"), (2, 3, "hostile"), (5, 5, "mixed")];
    for map in [Map::default(), made(1, &[]), made(7, &apart), made(20, &all), made(2, &parallel), map(&["a-a"])] {
        for method in METHODS {
            let done = arranged(&map, method);
            assert_eq!(done.positions.len(), map.actors.len());
            assert!(done.positions.iter().all(|at| at.x.is_finite() && at.y.is_finite()));
            assert_eq!(overlaps(&done.positions), 0, "{method:?}");
        }
    }
}

#[test]
fn a_ring_of_two_thousand_unfolds() {
    let ring: Vec<(usize, usize, &str)> = (0..2000).map(|actor| (actor, (actor + 1) % 2000, "neutral")).collect();
    let done = arranged(&made(2000, &ring), Method::Stress).positions;
    let opposite = (done[0] - done[1000]).length();
    let near = (done[0] - done[1]).length();
    assert!(opposite > 300.0 * near, "{opposite} across, {near} from one to the next");
}

#[test]
fn a_cancelled_arrangement_ends() {
    let map = parse(EXAMPLE);
    let (index, positions, progress) = (Index::of(&map), layout::positions(&map), Progress::default());
    progress.cancel();
    let (method, quality) = (Method::Signed, Quality::High);
    let request = Request { map: &map, index: &index, positions: &positions, method, quality, seed: 1, only: None };
    assert!(arrange::arrange(&request, &progress).is_err());
}

#[test]
fn the_whole_lies_as_it_lay() {
    // A long line that lay from left to right is not put upright.
    let line: Vec<(usize, usize, &str)> = (0..9).map(|actor| (actor, actor + 1, "cooperative")).collect();
    let mut map = made(10, &line);
    for actor in 0..10_u8 {
        let id = map.actors[usize::from(actor)].id.clone();
        map.layout.insert(id, Placement { x: f64::from(actor) * 300.0, y: 40.0, ..Placement::default() });
    }
    let done = arranged(&map, Method::Stress).positions;
    let way = done[9] - done[0];
    assert!(way.x > 4.0 * way.y.abs(), "{way:?}");
    let middle = done.iter().fold(Rect::NOTHING, |bounds, at| bounds.with(*at)).centre();
    assert!((middle - point(1350.0, 40.0)).length() < 60.0, "{middle:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]
    #[test]
    fn any_map_is_arranged_with_nobody_on_anybody(
        count in 1_usize..40,
        ties in proptest::collection::vec((0_usize..40, 0_usize..40, 0_usize..4), 0..80),
        seed in any::<u64>(),
    ) {
        let stances = ["hostile", "cooperative", "mixed", "neutral"];
        let ties: Vec<(usize, usize, &str)> =
            ties.into_iter().map(|(from, to, stance)| (from % count, to % count, stances[stance])).collect();
        let map = made(count, &ties);
        for method in [Method::Signed, Method::Stress] {
            let done = arranged_by(&map, method, seed, None);
            prop_assert!(done.positions.iter().all(|at| at.x.is_finite() && at.y.is_finite()));
            prop_assert_eq!(overlaps(&done.positions), 0);
            prop_assert!(done.nearer.friends <= done.nearer.pairs);
        }
    }
}

#[test]
fn every_method_leaves_pinned_actors_and_strangers_alone() {
    let mut map = parse(EXAMPLE);
    let before = layout::positions(&map);
    let id = map.actors[4].id.clone();
    map.layout[&id].pinned = true;
    let some = [1, 3, 4, 6, 9];
    for method in METHODS {
        let done = arranged_by(&map, method, 1, Some(&some)).positions;
        for actor in (0..before.len()).filter(|actor| *actor == 4 || !some.contains(actor)) {
            assert_eq!(done[actor], before[actor], "{method:?}");
        }
        assert!(some.iter().any(|actor| done[*actor] != before[*actor]), "{method:?}");
    }
}

#[test]
fn on_the_circle_camps_stand_side_by_side() {
    let camps: Vec<(usize, usize, &str)> = (0..12)
        .flat_map(|a| (0..a).map(move |b| (a, b, if a % 3 == b % 3 { "cooperative" } else { "hostile" })))
        .collect();
    let done = arranged(&made(12, &camps), Method::Circle).positions;
    let middle = done.iter().fold(Rect::NOTHING, |bounds, at| bounds.with(*at)).centre();
    let mut around: Vec<usize> = (0..12).collect();
    let angle = |actor: &usize| (done[*actor].y - middle.y).atan2(done[*actor].x - middle.x);
    around.sort_by(|a, b| angle(a).total_cmp(&angle(b)));
    let changes = (0..12).filter(|at| around[*at] % 3 != around[(at + 1) % 12] % 3).count();
    assert_eq!(changes, 3, "{around:?}");
}

#[test]
fn on_the_rings_those_with_most_ties_stand_inside() {
    let star: Vec<(usize, usize, &str)> =
        (1..40).map(|actor| (7, if actor == 7 { 0 } else { actor }, "mixed")).collect();
    let done = arranged(&made(40, &star), Method::Concentric).positions;
    let away = |actor: usize| (done[actor] - done[7]).length();
    assert!((0..40).filter(|actor| *actor != 7).all(|actor| away(actor) > 100.0));
    let middle = done.iter().fold(Rect::NOTHING, |bounds, at| bounds.with(*at)).centre();
    // A ring with an odd number of actors does not reach equally far to both sides.
    assert!((done[7] - middle).length() < 100.0, "{:?} and {middle:?}", done[7]);
}

#[test]
fn by_date_the_earlier_stand_to_the_left_and_the_undated_at_the_end() {
    let map = parse(
        r#"{"format":"relationship-map","version":1,
        "actors":[{"id":"a","name":"A"},{"id":"b","name":"B"},{"id":"c","name":"C"},{"id":"d","name":"D"},{"id":"e","name":"E"}],
        "relations":[{"id":"1","from":"a","to":"b","stance":"hostile","start":"2021-05"},
        {"id":"2","from":"b","to":"c","stance":"hostile","start":"2019"},
        {"id":"3","from":"d","to":"a","stance":"mixed","start":"2023-01-02"}]}"#,
    );
    let done = arranged(&map, Method::Timeline).positions;
    let x: Vec<f32> = done.iter().map(|at| at.x).collect();
    assert!((x[1] - x[2]).abs() < 1.0 && x[1] < x[0] && x[0] < x[3] && x[3] < x[4], "{done:?}");
}

#[test]
fn in_layers_every_whole_stands_above_its_parts() {
    let actors: Vec<String> = (0..60)
        .map(|at: usize| {
            let whole = if at == 0 || at > 50 { String::new() } else { format!(r#","part_of":"n{}""#, (at - 1) / 4) };
            format!(r#"{{"id":"n{at}","name":"Actor {at}"{whole}}}"#)
        })
        .collect();
    let map = parse(&format!(
        r#"{{"format":"relationship-map","version":1,"actors":[{}],"relations":[]}}"#,
        actors.join(",")
    ));
    let done = arranged(&map, Method::Layers).positions;
    assert_eq!(overlaps(&done), 0);
    for part in 1..=50 {
        assert!(done[part].y > done[(part - 1) / 4].y + 50.0, "{part}");
    }
    let lowest = (0..=50).map(|at| done[at].y).fold(f32::MIN, f32::max);
    assert!((51..60).all(|alone| done[alone].y > lowest));
}

#[test]
fn a_map_without_places_is_arranged_and_a_placed_one_left_alone() {
    let (index, progress) = (Index::of(&parse(EXAMPLE)), Progress::default());
    let placed = parse(EXAMPLE);
    assert_eq!(arrange::settled(&placed, &index, &progress), Ok(layout::positions(&placed)));
    let mut free = parse(EXAMPLE);
    free.layout.clear();
    let settled = arrange::settled(&free, &index, &progress).expect("nobody cancels it");
    assert_eq!(settled, arranged(&free, Method::Signed).positions);
    assert_ne!(settled, layout::positions(&free));
}
