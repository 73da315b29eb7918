//! What a view shows: lines, folded wholes, hidden elements, neighbourhoods; and saving the view.

use std::collections::{BTreeMap, BTreeSet};

use allegiance::edit::{Command, Document, Origin, Selection, fragment, showing};
use allegiance::file;
use allegiance::layout::drawn::{DrawnMap, arrange_drawn};
use allegiance::layout::methods::{METHODS, Method};
use allegiance::layout::request::{Arranged, Request};
use allegiance::model::opening::view_of;
use allegiance::model::query::Index;
use allegiance::model::view::{LineMode, Neighbourhood, SizeBy};
use allegiance::model::{
    Actor, ActorId, ActorKind, Element, Map, Relation, Stance, Status, ViewSettings,
};
use allegiance::progress::Progress;
use allegiance::scene::absence::Absence;
use allegiance::scene::folding::folded_around;
use allegiance::scene::page::withheld;
use allegiance::scene::shown::Shown;
use allegiance::scene::shown_words::not_shown;
use allegiance::scene::theme::{CAMPS, Theme};
use allegiance::scene::view::View;
use proptest::prelude::*;
use proptest::sample::Index as Pick;

use crate::support::{EXAMPLE, looking};

fn example() -> Map {
    file::parse(EXAMPLE.as_bytes()).expect("it opens").map
}

fn shown(map: &Map, view: &View) -> Shown {
    Shown::of(map, &Index::of(map), view)
}

/// The ids of the shown ties, line by line.
fn by_line(map: &Map, shown: &Shown) -> Vec<Vec<String>> {
    let ids = |line| {
        let ties = shown.lines().ties(line).iter();
        ties.map(|tie| map.relations[*tie].id.to_string()).collect()
    };
    shown.lines().list().keys().map(ids).collect()
}

fn id(number: usize) -> String {
    format!("a{number}")
}

/// A map: for each actor its whole, which may be itself, form a cycle or be missing; then ties with
/// stance and status.
fn any_map() -> impl Strategy<Value = Map> {
    let actors = proptest::collection::vec((proptest::option::of(0_usize..9), 0_usize..3), 1..9);
    let ties = proptest::collection::vec(
        (any::<Pick>(), any::<Pick>(), 0_usize..4, 0_usize..5, any::<bool>()),
        0..24,
    );
    (actors, ties).prop_map(|(actors, ties)| {
        let kinds = [ActorKind::State, ActorKind::Person, ActorKind::Unknown];
        let count = actors.len();
        let actor = |(number, (whole, kind)): (usize, (Option<usize>, usize))| Actor {
            id: id(number).into(),
            name: format!("Actor {number}"),
            part_of: whole.map(|whole| Box::new(id(whole).into())),
            kind: kinds[kind].clone(),
            ..Actor::default()
        };
        let tie = |(number, (from, to, stance, status, directed)): (
            usize,
            (Pick, Pick, usize, usize, bool),
        )| {
            let (from, to) = (id(from.index(count)), id(to.index(count)));
            let stance = Stance::ALL[stance % Stance::ALL.len()];
            let tie = Relation::new(format!("r{number}").into(), from.into(), to.into(), stance);
            Relation { status: Status::ALL[status % Status::ALL.len()], directed, ..tie }
        };
        Map {
            actors: actors.into_iter().enumerate().map(actor).collect(),
            relations: ties.into_iter().enumerate().map(tie).collect(),
            ..Map::default()
        }
    })
}

fn some_ids(most: usize, letter: char) -> impl Strategy<Value = BTreeSet<String>> {
    let numbers = proptest::collection::btree_set(0_usize..most, 0..4);
    numbers.prop_map(move |set| set.into_iter().map(|at| format!("{letter}{at}")).collect())
}

fn any_view() -> impl Strategy<Value = ViewSettings> {
    let lines = prop_oneof![Just(LineMode::Ties), Just(LineMode::Stances), Just(LineMode::Pairs)];
    let around = proptest::option::of((some_ids(9, 'a'), 0_u8..3));
    let filter = (proptest::option::of(0_usize..4), any::<bool>(), any::<bool>());
    (lines, some_ids(9, 'a'), some_ids(9, 'a'), some_ids(24, 'r'), around, filter).prop_map(
        |(lines, folded, hidden_actors, hidden_ties, around, (stance, kind, outlook))| {
            let ids = |set: BTreeSet<String>| set.into_iter().map(Into::into).collect();
            let mut view = ViewSettings {
                lines: Some(lines),
                folded: ids(folded),
                hidden_actors: ids(hidden_actors),
                hidden_ties: hidden_ties.into_iter().map(Into::into).collect(),
                around: around
                    .filter(|(actors, _)| !actors.is_empty())
                    .map(|(actors, steps)| Neighbourhood { actors: ids(actors), steps }),
                outlook,
                ..ViewSettings::default()
            };
            view.filter.hidden_stances.extend(stance.map(|stance| Stance::ALL[stance]));
            if kind {
                view.filter.hidden_actor_kinds.insert(ActorKind::Person);
            }
            view
        },
    )
}

/// The rule of what is drawn, written down by names and without any index: the actor that is drawn
/// for each actor, and the visible ties with the actors that they join.
struct Rule {
    drawn: BTreeMap<String, String>,
    ties: BTreeMap<String, (String, String)>,
}

impl Rule {
    fn of(map: &Map, view: &ViewSettings) -> Self {
        let actor = |id: &str| map.actors.iter().find(|actor| actor.id.as_str() == id);
        let is_visible = |id: &str| {
            let kind = actor(id).map(|actor| &actor.kind);
            !view.hidden_actors.contains(&id.into())
                && !kind.is_some_and(|kind| view.filter.hidden_actor_kinds.contains(kind))
        };
        let outermost = |start: &str| {
            let (mut at, mut found) = (start.to_owned(), start.to_owned());
            for _ in 0..map.actors.len() {
                let whole = actor(&at).and_then(|actor| actor.part_of.as_deref());
                let whole = whole.map(ToString::to_string).filter(|whole| actor(whole).is_some());
                let Some(whole) = whole else { return found };
                let kind = actor(&whole).map(|actor| &actor.kind);
                let is_kept =
                    !kind.is_some_and(|kind| view.filter.hidden_actor_kinds.contains(kind));
                if view.folded.contains(&whole.as_str().into()) && is_kept {
                    found.clone_from(&whole);
                }
                at = whole;
            }
            // In a cycle, the folded actor that comes first in the file is drawn for all of it.
            let mut cycle = BTreeSet::new();
            while cycle.insert(at.clone()) {
                let next = actor(&at).and_then(|actor| actor.part_of.as_deref());
                at = next.expect("it is a cycle").to_string();
            }
            let folded = |actor: &&Actor| {
                let kinds = &view.filter.hidden_actor_kinds;
                view.folded.contains(&actor.id) && !kinds.contains(&actor.kind)
            };
            let mut all = map.actors.iter().filter(|actor| cycle.contains(actor.id.as_str()));
            all.find(folded).map_or(found, |actor| actor.id.to_string())
        };
        let ids = || map.actors.iter().map(|actor| actor.id.to_string());
        let mut drawn: BTreeMap<String, String> = ids()
            .map(|id| (outermost(&id), id))
            .filter(|(by, id)| is_visible(id) && is_visible(by))
            .map(|(by, id)| (id, by))
            .collect();
        let mut ties = BTreeMap::new();
        for tie in &map.relations {
            let ends = (drawn.get(tie.from.as_str()), drawn.get(tie.to.as_str()));
            let (Some(from), Some(to)) = ends else { continue };
            let is_inside = tie.from != tie.to && from == to;
            let passes = !view.filter.hidden_stances.contains(&tie.stance)
                && (view.outlook || !tie.status.is_outlook())
                && !view.hidden_ties.contains(&tie.id);
            if passes && !is_inside {
                ties.insert(tie.id.to_string(), (from.clone(), to.clone()));
            }
        }
        if let Some(around) = &view.around {
            let mut near: BTreeSet<String> =
                around.actors.iter().filter_map(|id| drawn.get(id.as_str()).cloned()).collect();
            for _ in 0..around.steps {
                let next: Vec<String> = ties
                    .values()
                    .filter(|(from, to)| near.contains(from) || near.contains(to))
                    .flat_map(|(from, to)| [from.clone(), to.clone()])
                    .collect();
                near.extend(next);
            }
            drawn.retain(|_, by| near.contains(by));
            ties.retain(|_, (from, to)| near.contains(from) && near.contains(to));
        }
        if !view.filter.hidden_stances.is_empty() {
            let joined: BTreeSet<&String> = ties.values().flat_map(|(a, b)| [a, b]).collect();
            drawn.retain(|_, by| joined.contains(by));
        }
        Self { drawn, ties }
    }
}

proptest! {
    #[test]
    fn the_ties_behind_the_lines_are_exactly_the_visible_ties_each_once(
        map in any_map(), settings in any_view(), expanded in any::<Pick>(),
    ) {
        let rule = Rule::of(&map, &settings);
        let mut view = View { settings, ..View::default() };
        let before = shown(&map, &view);
        // One of the lines is expanded.
        if !before.lines().is_empty() {
            let line = expanded.index(before.lines().len()).into();
            view.expanded = before.lines().ties(line).to_vec();
        }
        for view in [View { expanded: Vec::new(), ..view.clone() }, view] {
            let shown = shown(&map, &view);
            let lines = by_line(&map, &shown);
            let mut behind: Vec<&String> = lines.iter().flatten().collect();
            behind.sort_unstable();
            prop_assert_eq!(behind, rule.ties.keys().collect::<Vec<_>>());
            for (at, line) in shown.lines().list().iter_enumerated() {
                let ends: BTreeSet<String> =
                    line.ends.iter().map(|end| map.actors[*end].id.to_string()).collect();
                prop_assert!(!lines[usize::from(at)].is_empty());
                for tie in &lines[usize::from(at)] {
                    let (from, to) = &rule.ties[tie];
                    prop_assert_eq!(&BTreeSet::from([from.clone(), to.clone()]), &ends);
                }
                let stances: BTreeSet<Stance> =
                    shown.lines().ties(at).iter().map(|tie| map.relations[*tie].stance).collect();
                if view.settings.line_mode() != LineMode::Pairs {
                    prop_assert_eq!(stances.len(), 1);
                }
                prop_assert_eq!(line.strands().map(|one| one.count).sum::<u32>() as usize, line.count());
            }
        }
    }

    #[test]
    fn lines_are_as_few_as_their_mode_allows(map in any_map(), settings in any_view()) {
        let rule = Rule::of(&map, &settings);
        let shown = shown(&map, &View { settings: settings.clone(), ..View::default() });
        let pair = |tie: &str| {
            let (from, to) = rule.ties[tie].clone();
            (from.clone().min(to.clone()), from.max(to))
        };
        let stance = |id: &str| {
            map.relations.iter().find(|tie| tie.id.as_str() == id).map(|tie| tie.stance)
        };
        let count = match settings.line_mode() {
            LineMode::Ties => rule.ties.len(),
            LineMode::Stances => {
                rule.ties.keys().map(|tie| (pair(tie), stance(tie))).collect::<BTreeSet<_>>().len()
            }
            LineMode::Pairs => rule.ties.keys().map(|tie| pair(tie)).collect::<BTreeSet<_>>().len(),
        };
        prop_assert_eq!(shown.lines().len(), count);
    }

    #[test]
    fn actors_are_drawn_by_the_rule_and_every_absence_has_its_reason(
        map in any_map(), settings in any_view(),
    ) {
        let rule = Rule::of(&map, &settings);
        let index = Index::of(&map);
        let shown = shown(&map, &View { settings: settings.clone(), ..View::default() });
        let (mut folded, mut left_out) = (0, 0);
        for (at, actor) in map.actors.iter_enumerated() {
            let by = shown.drawn_for(at).map(|by| map.actors[by].id.to_string());
            prop_assert_eq!(by.as_ref(), rule.drawn.get(actor.id.as_str()));
            let absence = Absence::of_actor(&shown, at);
            prop_assert_eq!(absence.is_none(), by.as_deref() == Some(actor.id.as_str()));
            prop_assert_eq!(
                matches!(absence, Some(Absence::Folded(_))),
                by.as_ref().is_some_and(|by| by != actor.id.as_str())
            );
            folded += usize::from(matches!(absence, Some(Absence::Folded(_))));
            left_out += usize::from(by.is_none());
            let is_hidden = |id: &ActorId| settings.hidden_actors.contains(id);
            if is_hidden(&actor.id) && by.is_none() {
                prop_assert_eq!(absence, Some(Absence::Hidden));
            }
        }
        prop_assert_eq!((shown.folded(), shown.left_out().count()), (folded, left_out));
        let stood_for: usize = shown.actors().map(|actor| shown.stands_for(actor)).sum();
        prop_assert_eq!(stood_for, folded);
        for (at, _) in map.relations.iter_enumerated() {
            let absence = Absence::of_tie(&map, &index, &settings, &shown, at);
            prop_assert_eq!(absence.is_none(), shown.contains(at));
        }
    }

    #[test]
    fn unfolding_what_is_around_an_actor_gives_it_a_shape_of_its_own(
        map in any_map(), settings in any_view(), actor in any::<Pick>(),
    ) {
        let index = Index::of(&map);
        let at = actor.index(map.actors.len()).into();
        let around = folded_around(&map, &index, &settings, at);
        let mut settings = settings;
        showing::show_everything(&mut settings);
        settings.folded.retain(|id| !around.contains(id));
        let view = View { settings, ..View::default() };
        prop_assert!(shown(&map, &view).is_drawn(at), "not drawn");
    }

    #[test]
    fn what_is_shown_again_is_drawn_and_nothing_else_is_left_out(
        map in any_map(), settings in any_view(), pick in any::<Pick>(),
    ) {
        let index = Index::of(&map);
        let actors = map.actors.iter().map(|actor| Element::Actor(actor.id.clone()));
        let ties = map.relations.iter().map(|tie| Element::Relation(tie.id.clone()));
        let elements: Vec<Element> = actors.chain(ties).collect();
        let element = &elements[pick.index(elements.len())];
        let after = showing::showing_again(&map, &index, &settings, element);
        let shown = shown(&map, &View { settings: after.clone(), ..View::default() });
        let absence = Absence::of(&map, &index, &after, &shown, element);
        let is_without_ties = element.actor().is_some() && after.filter.selects_ties();
        let is_drawn = absence.is_none()
            || (is_without_ties && absence == Some(Absence::Filtered));
        prop_assert!(is_drawn, "{element:?} is {absence:?}");
        prop_assert!(after.hidden_actors.is_subset(&settings.hidden_actors));
        prop_assert!(after.hidden_ties.is_subset(&settings.hidden_ties));
        prop_assert!(after.folded.is_subset(&settings.folded));
        let was_drawn = Absence::of(
            &map, &index, &settings, &self::shown(&map, &View { settings: settings.clone(),
            ..View::default() }), element,
        );
        if was_drawn.is_none() {
            prop_assert_eq!(after, settings, "it was drawn before");
        }
    }

    #[test]
    fn with_everything_shown_and_nothing_folded_each_tie_is_one_line(map in any_map()) {
        let shown = shown(&map, &looking(|view| view.outlook = true));
        prop_assert_eq!(shown.lines().len(), map.relations.len());
        prop_assert_eq!(shown.actors().count(), map.actors.len());
        for (at, line) in shown.lines().list().iter_enumerated() {
            let [tie] = shown.lines().ties(at) else { panic!("not one tie") };
            let tie = &map.relations[*tie];
            let ends = line.ends.map(|end| map.actors[end].id.clone());
            prop_assert_eq!(&ends, &[tie.from.clone(), tie.to.clone()]);
        }
    }

    #[test]
    fn any_view_of_any_map_returns_from_its_file(map in any_map(), settings in any_view()) {
        let mut map = Map { view: Some(Box::new(settings)), ..map };
        for (number, actor) in map.actors.iter_mut().enumerate() {
            // A file with a cycle of wholes is refused.
            let is_below = |whole: &ActorId| (0..number).any(|below| id(below) == whole.as_str());
            actor.part_of = actor.part_of.take().filter(|whole| is_below(whole));
        }
        let bytes = file::native::write::write(&map).expect("written");
        let again = file::parse(&bytes).expect("it opens").map;
        prop_assert_eq!(again.view, map.view);
    }

    #[test]
    fn saving_a_changed_view_changes_only_its_lines(
        settings in any_view(), then in any_view(), has_more in any::<bool>(),
    ) {
        // The example has ids of its own: none of these is in the map, which is allowed.
        let more = if has_more { ",\n  \"zoo\": {\n    \"view\": 1\n  }\n}\n" } else { "\n}\n" };
        let plain = without_view();
        let text = format!("{}{more}", plain.trim_end().trim_end_matches('}').trim_end());
        let rest = |bytes: &[u8]| {
            let mut value: serde_json::Value = serde_json::from_slice(bytes).expect("JSON");
            value.as_object_mut().expect("an object").remove("view");
            serde_json::to_string(&value).expect("written")
        };
        let mut document = opened(&text);
        let mut before = text.into_bytes();
        for settings in [settings, then] {
            document.apply(Command::SetView(Box::new(settings.clone()), "look"));
            let after = document.to_bytes().expect("written");
            prop_assert_eq!(rest(&after), rest(&before));
            let again = file::parse(&after).expect("it opens").map;
            prop_assert_eq!(&view_of(&again), &settings);
            // What is outside the view is the same, byte for byte.
            prop_assert_eq!(outside_view(&after), outside_view(&before));
            before = after.clone();
        }
    }
}

/// The lines of a file outside its `view`, without commas at their ends.
fn outside_view(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let mut is_inside = false;
    let mut lines = Vec::new();
    for line in text.lines() {
        is_inside |= line.starts_with("  \"view\": ");
        if !is_inside {
            lines.push(line.trim_end_matches(',').to_owned());
        }
        is_inside &= !(line.starts_with("  }") || line.starts_with("  \"view\": {}"));
    }
    lines
}

/// The example without its view, as text.
fn without_view() -> String {
    let map = Map { view: None, ..example() };
    String::from_utf8(file::native::write::write(&map).expect("written")).expect("UTF-8")
}

fn opened(text: &str) -> Document {
    Document::opened(file::parse(text.as_bytes()).expect("it opens"), Origin::Example)
}

fn folded_example() -> (Map, View) {
    let view = View {
        settings: ViewSettings {
            lines: Some(LineMode::Stances),
            folded: BTreeSet::from(["pakistan".into()]),
            ..ViewSettings::default()
        },
        ..View::default()
    };
    (example(), view)
}

#[test]
fn the_title_tells_how_much_is_folded_and_hidden_and_the_corner_names_it() {
    let (map, mut view) = folded_example();
    let parts = map
        .actors
        .iter()
        .filter(|actor| actor.part_of.as_deref().is_some_and(|whole| whole.as_str() == "pakistan"));
    let parts: Vec<&str> = parts.map(|actor| actor.name.as_str()).collect();
    assert!(parts.len() > 1);
    let drawn = shown(&map, &view);
    let words = not_shown(&map, &drawn).expect("something is folded");
    assert!(words.ends_with(&format!("{} actors folded", parts.len())), "{words}");
    let named = format!("Folded into Pakistan: {}.", parts.join(", "));
    assert_eq!(withheld::words(&map, &drawn), named);
    view.settings.hidden_actors.insert("jfm".into());
    let drawn = shown(&map, &view);
    let words = not_shown(&map, &drawn).expect("something is hidden");
    assert!(words.contains(", 1 actor hidden, "), "{words}");
    let named = withheld::words(&map, &drawn);
    assert!(named.contains("Hidden: "), "{named}");
    view.settings.hidden_ties.insert(map.relations.raw[0].id.clone());
    view.settings.filter.hidden_actor_kinds.insert(ActorKind::Population);
    let afghan_taliban = BTreeSet::from(["afghan_taliban".into()]);
    view.settings.around = Some(Neighbourhood { actors: afghan_taliban, steps: 1 });
    let drawn = shown(&map, &view);
    let words = not_shown(&map, &drawn).expect("much is left out");
    let wanted = ", only within 1 step of Afghan Taliban, 1 actor and 1 tie hidden, 2 actors left out \
                  by the filter, 4 actors folded";
    assert!(words.ends_with(wanted), "{words}");
    // As many as the corner has room for are named, first those that are hidden.
    let named = withheld::words(&map, &drawn);
    assert!(named.contains("Hidden: ") && !named.contains("Outside"), "{named}");
    view.settings.folded.clear();
    view.settings.around = None;
    let named = withheld::words(&map, &shown(&map, &view));
    assert!(named.contains("Left out by the filter: "), "{named}");
    // Many actors are counted, not named.
    view.settings.hidden_actors.extend(map.actors.iter().map(|actor| actor.id.clone()));
    assert_eq!(withheld::words(&map, &shown(&map, &view)), "");
}

#[test]
fn under_a_filter_actors_without_a_tie_are_not_drawn() {
    let map = example();
    let view = looking(|view| {
        view.filter.hidden_stances.extend([Stance::Hostile, Stance::Neutral, Stance::Mixed]);
    });
    let shown = shown(&map, &view);
    let tied: BTreeSet<_> = shown.lines().list().iter().flat_map(|line| line.ends).collect();
    assert_eq!(shown.actors().collect::<BTreeSet<_>>(), tied);
    assert!(tied.len() < map.actors.len());
}

#[test]
fn kinds_of_actors_can_be_left_out_and_the_filter_says_so() {
    let map = example();
    let view = looking(|view| view.filter.hidden_actor_kinds.extend([ActorKind::Person]));
    let drawn = shown(&map, &view);
    assert!(drawn.actors().all(|actor| map.actors[actor].kind != ActorKind::Person));
    let others = map.actors.iter().filter(|actor| actor.kind != ActorKind::Person);
    assert_eq!(drawn.actors().count(), others.count(), "actors without ties remain");
    assert!(view.filter_words(&map).contains("without actors of kind person"));
}

#[test]
fn a_neighbourhood_is_that_of_the_selection() {
    let map = example();
    let index = Index::of(&map);
    let selection = [Element::Actor("jfm".into())].into_iter().collect();
    let around = showing::around(&map, &index, &selection, 1).expect("a neighbourhood");
    let drawn = shown(&map, &looking(|view| view.around = Some(around)));
    let neighbours: BTreeSet<&str> = map
        .relations
        .iter()
        .filter(|tie| !tie.status.is_outlook())
        .filter(|tie| tie.from.as_str() == "jfm" || tie.to.as_str() == "jfm")
        .flat_map(|tie| [tie.from.as_str(), tie.to.as_str()])
        .collect();
    let actors: BTreeSet<&str> =
        drawn.actors().map(|actor| map.actors[actor].id.as_str()).collect();
    assert_eq!(actors, neighbours);
}

#[test]
fn only_drawn_actors_are_arranged_and_the_others_stay() {
    let (map, mut view) = folded_example();
    view.settings.hidden_actors.insert("jfm".into());
    let index = Index::of(&map);
    let drawn = shown(&map, &view);
    let positions = allegiance::layout::positions(&map);
    for method in &METHODS {
        let request = Request::new(&map, &index, &positions, method);
        let only = DrawnMap::of(&map, &index, &positions, &drawn);
        assert!(only.is_some());
        let arranged = arrange_drawn(&request, only.as_ref(), &Progress::default());
        let arranged = arranged.expect("not cancelled");
        for (actor, at) in arranged.positions.iter_enumerated() {
            if !drawn.is_drawn(actor) {
                assert_eq!(*at, positions[actor], "{}: {}", method.key, map.actors[actor].id);
            }
        }
        assert_ne!(arranged.positions, positions, "{}", method.key);
    }
    // A tie of a part counts for its whole.
    let request = Request::new(&map, &index, &positions, Method::usual());
    let only = DrawnMap::of(&map, &index, &positions, &drawn);
    let pairs = |drawn: Option<&DrawnMap>| {
        let arranged: Arranged =
            arrange_drawn(&request, drawn, &Progress::default()).expect("not cancelled");
        arranged.nearer.pairs
    };
    let (folded, whole) = (pairs(only.as_ref()), pairs(None));
    assert!(folded > 0 && folded < whole, "{folded} of {whole}");
}

#[test]
fn everything_shown_is_arranged_as_before() {
    let map = example();
    let index = Index::of(&map);
    let positions = allegiance::layout::positions(&map);
    let drawn = shown(&map, &looking(|_| {}));
    assert!(DrawnMap::of(&map, &index, &positions, &drawn).is_none(), "only forecasts are missing");
}

#[test]
fn camps_are_numbered_by_size_and_actors_without_friends_have_none() {
    let map = crate::support::map(&["a+b", "b+c", "d+e", "a-d", "f-a"]);
    let camps = allegiance::analysis::camps::of_map(&map, &Index::of(&map));
    let camp = |id: &str| camps[map.actors.position(|actor| actor.id.as_str() == id).expect("it")];
    assert_eq!([camp("a"), camp("b"), camp("c")], [Some(0); 3]);
    assert_eq!([camp("d"), camp("e"), camp("f")], [Some(1), Some(1), None]);
}

#[test]
fn short_labels_are_legible_on_every_tint() {
    // Relative luminance and contrast as in WCAG 2.2.
    let channel = |value: u8| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    let luminance = |color: allegiance::scene::primitive::Color| {
        0.2126 * channel(color.red) + 0.7152 * channel(color.green) + 0.0722 * channel(color.blue)
    };
    for theme in [Theme::light(), Theme::dark(), Theme::print()] {
        let mut tints = Vec::new();
        for camp in 0..CAMPS {
            let tint = theme.camp(u16::try_from(camp).expect("small"));
            let (a, b) = (luminance(theme.ink), luminance(tint));
            let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
            assert!(contrast >= 7.0, "{tint:?} on {:?}: {contrast}", theme.ground);
            assert!(tint != theme.paper && !tints.contains(&tint));
            tints.push(tint);
        }
        assert_eq!(theme.camp(6), theme.paper);
    }
}

#[test]
fn sizes_follow_the_measure() {
    let mut map = crate::support::map(&["a+b", "a-c", "a-d"]);
    for (actor, weight) in map.actors.iter_mut().zip([2.0, 8.0]) {
        actor.weight = Some(weight);
    }
    let size = |by: SizeBy, at: usize| shown(&map, &looking(|view| view.size = by)).size(at.into());
    assert!(size(SizeBy::Ties, 0) > size(SizeBy::Ties, 1));
    assert!(size(SizeBy::Weight, 0) < size(SizeBy::Weight, 1));
    assert!((size(SizeBy::Weight, 0) - 0.5).abs() < 1e-6, "areas are as weights: a quarter");
}

#[test]
fn a_picture_of_a_folded_whole_has_the_ties_of_its_parts() {
    let (map, view) = folded_example();
    let index = Index::of(&map);
    let drawn = shown(&map, &view);
    let positions = allegiance::layout::positions(&map);
    let selection = Selection::of(Element::Actor("pakistan".into()));
    let (part, ..) = fragment::pictured(&map, &index, &positions, &drawn, &selection);
    let at =
        |index: &Index, drawn: &Shown| drawn.degree(index.actor(&"pakistan".into()).expect("it"));
    let of_part = (Index::of(&part), shown(&part, &view));
    assert_eq!(at(&of_part.0, &of_part.1), at(&index, &drawn));
}
