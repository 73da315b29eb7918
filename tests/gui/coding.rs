//! Coding an article in the reader: from the pasted text to ties with evidence, by keyboard.

use std::ops::Range;

use allegiance::evidence::sentence::sentences;
use allegiance::evidence::{SourceText, segments};
use allegiance::model::{Map, Relation, Stance, Status};
use egui::accesskit::{Role, Toggled};
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use allegiance::file::EXAMPLE;

use crate::support::{Window, shared};

const ARTICLE: &str = "Volmark falls to the north\n\nThe city changed hands in one night.\n\n\
    By Jana Orlova\n\n3 May 2026\n\nThe Kestrian Army attacked the Front for Free Kestria (FFK) \
    on Sunday. Ivo Dan, the army chief, said the FFK had fled. The Red Cross may help Volmark.\n\n\
    Kestria and Borland signed a treaty in 2019. It has held.\n";

const NONE: Modifiers = Modifiers::NONE;

/// A new map with an article from the clipboard.
fn with_article(text: &str) -> Window {
    let mut window = Window::open(None);
    window.key(Modifiers::COMMAND, Key::N);
    window.harness.event(Event::Paste(text.to_owned()));
    window.settle();
    window
}

fn map(window: &Window) -> Map {
    Map::clone(window.app().document().map())
}

fn last_tie(window: &Window) -> Relation {
    map(window).relations.last().expect("a tie").clone()
}

/// The name of an actor.
fn name(map: &Map, id: &str) -> String {
    map.actors.iter().find(|actor| actor.id.as_str() == id).expect("known").name.clone()
}

/// The marked passage; the whole text if none is marked.
fn marked(window: &Window) -> String {
    let is_text = |node: &egui_kittest::Node<'_>| {
        matches!(node.accesskit_node().role(), Role::TextInput | Role::MultilineTextInput)
    };
    let mut texts = window.harness.get_all_by_label_contains("Text of");
    let node = texts.find(is_text).expect("the text");
    node.accesskit_node().value().unwrap_or_default()
}

#[test]
fn a_pasted_article_becomes_a_source_with_title_author_and_date() {
    let window = with_article(ARTICLE);
    let map = map(&window);
    let source = map.sources.first().expect("a source");
    assert_eq!(source.title, "Volmark falls to the north");
    assert_eq!(source.author, "Jana Orlova");
    assert_eq!(source.date.map(|date| date.to_string()).as_deref(), Some("2026-05-03"));
    let labels: Vec<&str> = source.paragraphs.iter().map(|one| one.label.as_str()).collect();
    assert_eq!(labels, ["T", "S", "A", "A2", "P1", "P2"]);
    let bytes = window.app().document().to_bytes().expect("written");
    assert!(allegiance::file::parse(&bytes).is_ok_and(|opened| opened.warnings.is_empty()));
}

#[test]
fn an_article_gives_its_first_tie_in_four_actions_and_one_undo_takes_it_back() {
    // Ctrl+N and Ctrl+V.
    let mut window = with_article(ARTICLE);
    window.key(NONE, Key::Space);
    assert!(marked(&window).starts_with("The Kestrian Army attacked"), "{}", marked(&window));
    window.key(NONE, Key::Enter);
    let map = map(&window);
    let tie = last_tie(&window);
    assert_eq!(name(&map, tie.from.as_str()), "Kestrian Army");
    assert_eq!(name(&map, tie.to.as_str()), "Front for Free Kestria");
    assert_eq!(map.actors.raw[1].short.as_deref(), Some("FFK"));
    assert_eq!((tie.stance, tie.status), (Stance::Hostile, Status::Reported));
    assert_eq!(tie.evidence[0].paragraph.as_deref(), Some("P1"));
    assert!(marked(&window).starts_with("Ivo Dan"), "the next sentence with a name is marked");
    window.key(Modifiers::COMMAND, Key::Z);
    let map = self::map(&window);
    assert_eq!((map.actors.len(), map.relations.len(), map.sources.len()), (0, 0, 1));
}

#[test]
fn cue_words_fill_in_status_stance_and_speaker() {
    let mut window = with_article(ARTICLE);
    window.key(NONE, Key::Space);
    window.key(NONE, Key::Enter);
    window.key(NONE, Key::Num1);
    window.key(NONE, Key::Enter);
    let map = map(&window);
    let claimed = last_tie(&window);
    assert_eq!(claimed.status, Status::Claimed);
    assert_eq!(name(&map, claimed.from.as_str()), "Ivo Dan");
    window.key(NONE, Key::Enter);
    let forecast = last_tie(&window);
    assert_eq!((forecast.status, forecast.stance), (Status::Forecast, Stance::Cooperative));
}

#[test]
fn every_field_of_the_tie_has_a_key() {
    let mut window = with_article(ARTICLE);
    window.key(NONE, Key::Space);
    for key in [Key::N, Key::I, Key::X, Key::G, Key::G] {
        window.key(NONE, key);
    }
    window.key(NONE, Key::K);
    window.type_text("armed attack");
    window.key(NONE, Key::Enter);
    window.key(NONE, Key::D);
    window.type_text("2 May");
    window.key(NONE, Key::Enter);
    window.key(NONE, Key::S);
    window.type_text("the Mayor");
    window.key(NONE, Key::Enter);
    window.key(NONE, Key::T);
    window.type_text("Harbour guild");
    window.key(NONE, Key::Enter);
    window.key(NONE, Key::Enter);
    let (map, tie) = (map(&window), last_tie(&window));
    assert_eq!(name(&map, tie.from.as_str()), "Front for Free Kestria");
    assert_eq!(name(&map, tie.to.as_str()), "Harbour guild");
    assert_eq!((tie.stance, tie.status), (Stance::Neutral, Status::Inferred));
    assert_eq!((tie.strength.value(), tie.kind.0.as_str()), (4, "armed_attack"));
    assert_eq!(tie.start.map(|date| date.to_string()).as_deref(), Some("2026-05-02"));
    let speaker = tie.evidence[0].speaker.as_deref().expect("a speaker");
    assert_eq!(name(&map, speaker.as_str()), "Mayor", "without the article");
}

#[test]
fn keys_mark_sentences_phrases_and_words() {
    let mut window = with_article(ARTICLE);
    let steps: &[(Modifiers, Key, &str)] = &[
        (NONE, Key::ArrowDown, "Volmark falls to the north"),
        (NONE, Key::ArrowDown, "The city changed hands in one night."),
        (NONE, Key::ArrowUp, "Volmark falls to the north"),
        (Modifiers::SHIFT, Key::ArrowLeft, "Volmark falls to the"),
        (Modifiers::ALT, Key::ArrowRight, "falls to the"),
        (Modifiers::SHIFT, Key::ArrowRight, "falls to the north"),
        (Modifiers::ALT, Key::ArrowLeft, "Volmark falls to the north"),
        (NONE, Key::U, "Kestria and Borland signed a treaty in 2019. It has held."),
        (NONE, Key::ArrowUp, "The Red Cross may help Volmark."),
        (NONE, Key::ArrowUp, "Ivo Dan, the army chief, said the FFK had fled."),
        (NONE, Key::ArrowRight, "Ivo Dan"),
        (NONE, Key::ArrowRight, "the army chief"),
        (NONE, Key::ArrowLeft, "Ivo Dan"),
    ];
    // Actors that are known, so that P2 names two of them.
    window.key(NONE, Key::F6);
    for actor in ["Kestria", "Borland"] {
        window.key(NONE, Key::N);
        window.type_text(actor);
        window.key(NONE, Key::Enter);
        window.key(NONE, Key::Escape);
        window.key(NONE, Key::Escape);
    }
    focus_text(&mut window);
    for (number, (modifiers, key, words)) in steps.iter().enumerate() {
        window.key(*modifiers, *key);
        assert_eq!(marked(&window), *words, "after step {number}, {key:?}");
    }
    window.key(NONE, Key::Escape);
    assert!(!window.sees("Add tie"), "Escape unmarks the passage");
    assert!(window.sees("Text of s1"));
}

/// Moves the keyboard to the text.
fn focus_text(window: &mut Window) {
    let is_text = |node: &egui_kittest::Node<'_>| {
        matches!(node.accesskit_node().role(), Role::TextInput | Role::MultilineTextInput)
    };
    window.harness.get_all_by_label_contains("Text of").find(is_text).expect("text").focus();
    window.settle();
}

#[test]
fn letters_are_no_commands_of_the_map_while_a_passage_is_marked() {
    let mut window = with_article(ARTICLE);
    window.key(NONE, Key::ArrowDown);
    window.key(NONE, Key::F6);
    for key in [Key::N, Key::T, Key::X, Key::P, Key::R, Key::L, Key::G, Key::Delete] {
        window.key(NONE, key);
    }
    assert!(window.sees("Add tie"), "the passage is still marked");
    assert_eq!(map(&window).actors.len(), 0);
    window.key(NONE, Key::Escape);
    assert!(!window.sees("Add tie"));
}

#[test]
fn suggested_actors_are_accepted_and_rejected_with_one_key_each() {
    let mut window = with_article(ARTICLE);
    window.key(NONE, Key::P);
    assert!(window.sees("Suggested actors"));
    for key in [Key::Enter, Key::Delete, Key::Enter, Key::Enter, Key::Escape] {
        window.key(NONE, key);
    }
    let names: Vec<String> = map(&window).actors.iter().map(|one| one.name.clone()).collect();
    assert_eq!(names, ["Front for Free Kestria", "Kestrian Army", "Ivo Dan"]);
    assert_eq!(map(&window).actors.raw[2].note.as_str(), "the army chief");
    assert!(!window.sees("Suggested actors"));
}

/// What the bar shows for one end of the tie: `From: Pakistan`.
fn chosen(window: &Window, end: &str) -> String {
    let start = format!("{end}: ");
    let nodes: Vec<(String, bool)> = window
        .harness
        .query_all_by_label_contains(&start)
        .filter_map(|node| {
            let node = node.accesskit_node();
            let label = node.label()?;
            let is_on = node.toggled() == Some(Toggled::True) || node.is_selected() == Some(true);
            label.starts_with(&start).then_some((label, is_on))
        })
        .collect();
    let on = nodes.iter().find(|(_, is_on)| *is_on).or(nodes.first());
    on.map_or(String::new(), |(label, _)| label.trim_start_matches(&start).to_owned())
}

/// The candidates for one end, in order.
fn offered(window: &Window, end: &str) -> Vec<String> {
    let start = format!("{end}: ");
    let nodes = window.harness.query_all_by_label_contains(&start);
    let labels = nodes.filter_map(|node| node.accesskit_node().label());
    labels
        .filter(|label| label.starts_with(&start))
        .map(|label| label.trim_start_matches(&start).trim_end_matches(" (new)").to_owned())
        .collect()
}

/// True if a button or a row with this label is chosen.
fn is_on(window: &Window, label: &str) -> bool {
    let mut nodes = window.harness.query_all_by_label(label);
    nodes.any(|node| {
        let node = node.accesskit_node();
        node.toggled() == Some(Toggled::True) || node.is_selected() == Some(true)
    })
}

/// Counts the keys of a coder.
struct Coder {
    window: Window,
    keys: usize,
}

impl Coder {
    fn key(&mut self, key: Key) {
        self.window.key(NONE, key);
        self.keys += 1;
    }

    /// Sets one end of the tie, with as few keys as possible.
    fn set_end(&mut self, end: &str, wanted: &str) {
        if chosen(&self.window, end).trim_end_matches(" (new)") == wanted {
            return;
        }
        let (digits, list) = match end {
            "From" => ([Key::Num1, Key::Num2, Key::Num3], Key::F),
            _ => ([Key::Num4, Key::Num5, Key::Num6], Key::T),
        };
        let offers = offered(&self.window, end);
        if let Some(number) = offers.iter().take(3).position(|offer| offer == wanted) {
            self.key(digits[number]);
        } else {
            self.key(list);
            for letter in wanted.chars() {
                self.window.type_text(&letter.to_string());
                self.keys += 1;
                if is_on(&self.window, wanted) || is_on(&self.window, &format!("Create “{wanted}”"))
                {
                    break;
                }
            }
            self.key(Key::Enter);
        }
        assert_eq!(chosen(&self.window, end).trim_end_matches(" (new)"), wanted);
    }
}

#[test]
fn twenty_ties_of_a_real_article_take_a_median_of_six_keys_each_at_most() {
    let Ok(article) = std::fs::read_to_string(shared("seed/article.txt")) else {
        eprintln!("skipped: the article is not here");
        return;
    };
    let example = allegiance::file::parse(EXAMPLE.as_bytes()).expect("the example").map;
    let text = SourceText::new(article.trim().to_owned());
    let all = sentences(&text, &segments(&text, &[]));
    let mut ties: Vec<(Range<usize>, &Relation)> = Vec::new();
    for tie in &example.relations {
        let Some(excerpt) = tie.evidence.first() else { continue };
        let Some(byte) = text.as_str().find(excerpt.excerpt.as_str()) else { continue };
        let at = text.scalar(byte);
        let around = all.iter().find(|one| one.start <= at && at < one.end);
        ties.extend(around.map(|sentence| (sentence.clone(), tie)));
    }
    ties.sort_by_key(|(sentence, _)| sentence.start);
    assert!(ties.len() > 20, "{} ties", ties.len());
    let mut coder = Coder { window: with_article(&article), keys: 0 };
    let mut counts = Vec::new();
    for (number, (sentence, tie)) in ties.iter().enumerate().take(20) {
        coder.keys = 0;
        let wanted = text.slice(sentence);
        // The next sentence with a name is marked already, unless the last tie was the first of
        // several in its sentence.
        for _ in 0..12 {
            if coder.window.sees("Add tie") && marked(&coder.window) == wanted {
                break;
            }
            let at = all.iter().position(|one| text.slice(one) == marked(&coder.window));
            let is_before = at.is_some_and(|at| all[at].start > sentence.start);
            coder.key(if is_before { Key::ArrowUp } else { Key::ArrowDown });
        }
        assert_eq!(marked(&coder.window), wanted);
        coder.set_end("From", &name(&example, tie.from.as_str()));
        coder.set_end("To", &name(&example, tie.to.as_str()));
        if !is_on(&coder.window, tie.stance.words()) {
            coder.key(match tie.stance {
                Stance::Hostile => Key::H,
                Stance::Cooperative => Key::C,
                Stance::Mixed => Key::M,
                Stance::Neutral => Key::N,
            });
        }
        if !is_on(&coder.window, tie.status.words()) {
            coder.key(match tie.status {
                Status::Reported => Key::R,
                Status::Claimed => Key::L,
                Status::Inferred => Key::I,
                Status::Forecast => Key::O,
                Status::Hypothetical => Key::Y,
            });
        }
        // With Shift, the sentence stays marked for its next tie.
        let stays = ties.get(number + 1).is_some_and(|(next, _)| next == sentence);
        coder.window.key(if stays { Modifiers::SHIFT } else { NONE }, Key::Enter);
        coder.keys += 1;
        let made = last_tie(&coder.window);
        assert_eq!((made.stance, made.status), (tie.stance, tie.status), "{}", tie.id);
        counts.push(coder.keys);
    }
    assert_eq!(map(&coder.window).relations.len(), 20);
    let in_order = counts.clone();
    counts.sort_unstable();
    let median = (counts[9] + counts[10]).div_ceil(2);
    assert!(median <= 6, "a median of {median} keys: {in_order:?}");
    eprintln!("keys for each tie: {in_order:?}");
}

#[test]
fn a_longer_name_is_suggested_after_the_name_inside_it_became_an_actor() {
    let mut window = with_article(
        "Kestria bombed Tarsa, said Kestria’s minister. Nobody in Kestria slept. The Front for \
         Free Kestria (FFK) left Tarsa. The FFK won.",
    );
    window.key(NONE, Key::P);
    for key in [Key::Enter, Key::Enter, Key::Enter] {
        window.key(NONE, key);
    }
    let names: Vec<String> = map(&window).actors.iter().map(|one| one.name.clone()).collect();
    assert_eq!(names, ["Kestria", "Front for Free Kestria", "Tarsa"]);
    // Undo brings the suggestion back.
    window.key(Modifiers::COMMAND, Key::Z);
    assert!(window.sees("Tarsa – 2 times"));
}

#[test]
fn two_ties_that_are_added_at_once_share_their_new_actors() {
    let mut window = with_article(
        "The Kestrian Army attacked Volmark. The Kestrian Army left Volmark. It rained.",
    );
    window.key(NONE, Key::Space);
    // Both before the text has been read again with the new actors.
    window.harness.key_press(Key::Enter);
    window.harness.key_press(Key::Enter);
    window.settle();
    let names: Vec<String> = map(&window).actors.iter().map(|one| one.name.clone()).collect();
    assert_eq!(names, ["Kestrian Army", "Volmark"]);
    assert_eq!(map(&window).relations.len(), 2);
}

#[test]
fn the_actors_suggested_for_the_far_end_depend_on_the_near_end() {
    let mut window = with_article(
        "Ministers of Arland, of Borland and of Corland met. Arland bombed Borland. Corland \
         bombed Dorland. It rained.",
    );
    for (from, to) in [("Arland", "Borland"), ("Corland", "Dorland")] {
        mark(&mut window, &format!("{from} bombed {to}."));
        assert_eq!((chosen(&window, "From"), chosen(&window, "To")), (named(from), named(to)));
        window.key(NONE, Key::Enter);
    }
    mark(&mut window, "It rained.");
    let set_from = |window: &mut Window, name: &str| {
        window.key(NONE, Key::F);
        window.type_text(name);
        window.key(NONE, Key::Enter);
        assert_eq!(chosen(window, "From"), name);
    };
    set_from(&mut window, "Arland");
    assert_eq!(chosen(&window, "To"), "Borland", "the one that Arland has a tie with");
    set_from(&mut window, "Corland");
    assert_eq!(chosen(&window, "To"), "Dorland");
    assert_eq!(offered(&window, "To")[0], "Dorland");
    // What the user chose is kept.
    window.key(NONE, Key::T);
    window.type_text("Borland");
    window.key(NONE, Key::Enter);
    set_from(&mut window, "Arland");
    assert_eq!(chosen(&window, "To"), "Borland");
}

/// Marks a sentence, from the start of the text on.
fn mark(window: &mut Window, sentence: &str) {
    for key in [Key::ArrowUp, Key::ArrowDown] {
        for _ in 0..9 {
            if window.sees("Add tie") && marked(window) == sentence {
                return;
            }
            window.key(NONE, key);
        }
    }
    panic!("“{sentence}” was not marked");
}

/// A name as the bar shows it before there is such an actor.
fn named(name: &str) -> String {
    format!("{name} (new)")
}

#[test]
fn the_next_uncoded_paragraph_after_the_last_is_the_first_and_the_status_line_says_so() {
    let mut window = with_article(
        "News of a war\n\nArland struck Borland.\n\nIt rained.\n\nBorland hit Arland.",
    );
    window.key(NONE, Key::F6);
    for actor in ["Arland", "Borland"] {
        window.key(NONE, Key::N);
        window.type_text(actor);
        window.key(NONE, Key::Enter);
        window.key(NONE, Key::Escape);
        window.key(NONE, Key::Escape);
    }
    focus_text(&mut window);
    let notice = "continued from the start";
    for (modifiers, words, is_around) in [
        (NONE, "Arland struck Borland.", false),
        (NONE, "Borland hit Arland.", false),
        (NONE, "Arland struck Borland.", true),
        (NONE, "Borland hit Arland.", false),
        (Modifiers::SHIFT, "Arland struck Borland.", false),
    ] {
        window.key(modifiers, Key::U);
        assert_eq!(marked(&window), words);
        assert!(!is_around || window.sees(notice));
    }
    window.key(Modifiers::SHIFT, Key::U);
    assert_eq!(marked(&window), "Borland hit Arland.");
    assert!(window.sees("continued from the end"));
}

#[test]
fn the_kind_of_a_tie_is_chosen_from_common_ones_on_a_new_map() {
    let mut window = with_article(ARTICLE);
    window.key(NONE, Key::Space);
    window.key(NONE, Key::K);
    window.type_text("sanc");
    assert!(window.sees("sanction"));
    window.key(NONE, Key::Enter);
    window.key(NONE, Key::Enter);
    assert_eq!(last_tie(&window).kind.0.as_str(), "sanction");
}
