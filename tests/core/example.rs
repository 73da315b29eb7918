//! The bundled map: valid, in canonical form, and faithful to its source if the source is
//! available.

use std::collections::BTreeSet;

use allegiance::file;
use allegiance::model::{Evidence, Map, Status};

use crate::support::{EXAMPLE, parse, project};

fn excerpts(map: &Map) -> impl Iterator<Item = &Evidence> {
    let of_actors = map.actors.iter().flat_map(|actor| &actor.evidence);
    of_actors.chain(map.relations.iter().flat_map(|relation| &relation.evidence))
}

#[test]
fn has_no_warnings() {
    let opened = file::parse(EXAMPLE.as_bytes()).expect("the example opens");
    assert_eq!(opened.warnings, []);
}

#[test]
fn is_written_in_the_canonical_form() {
    let canonical =
        String::from_utf8(file::native::write::write(&parse(EXAMPLE)).expect("it is written"))
            .expect("UTF-8");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(project("assets/maps/pakistan-afghan-taliban.json"), &canonical)
            .expect("it can be written");
        return;
    }
    assert_eq!(EXAMPLE, canonical);
}

#[test]
fn every_tie_has_evidence_and_every_actor_has_a_position() {
    let map = parse(EXAMPLE);
    for relation in &map.relations {
        assert!(!relation.evidence.is_empty(), "{} has no excerpt", relation.id);
        assert!(relation.confidence.is_some(), "{} has no confidence", relation.id);
        assert!(relation.channel.is_some(), "{} has no channel", relation.id);
        assert_eq!(
            relation.status == Status::Claimed,
            relation.asserted_by.is_some(),
            "{}",
            relation.id
        );
    }
    for actor in &map.actors {
        assert!(map.layout.contains_key(&actor.id), "{} has no position", actor.id);
    }
}

#[test]
fn excerpts_are_short_phrases_with_a_position_and_no_context() {
    for evidence in excerpts(&parse(EXAMPLE)) {
        let words = evidence.excerpt.split_whitespace().count();
        assert!((1..=15).contains(&words), "“{}” has {words} words", evidence.excerpt);
        assert!(
            evidence.start.is_some() && evidence.end.is_some(),
            "“{}” has no position",
            evidence.excerpt
        );
        assert!(
            evidence.prefix.is_empty() && evidence.suffix.is_empty(),
            "“{}” carries context",
            evidence.excerpt
        );
        assert!(
            !evidence.excerpt.ends_with(['.', '!', '?']),
            "“{}” looks like a sentence",
            evidence.excerpt
        );
    }
}

/// Runs only if the article is beside the project, because it may not be part of the project.
#[test]
fn excerpts_are_the_article_s_own_words() {
    let Ok(article) = std::fs::read_to_string(project("../shared/seed/article.txt")) else {
        eprintln!("skipped: the article is not available");
        return;
    };
    let letters: Vec<char> = article.chars().collect();
    let map = parse(EXAMPLE);
    let source = map.sources.first().expect("one source");
    let mut covered = BTreeSet::new();
    for evidence in excerpts(&map) {
        let (start, end) =
            (evidence.start.expect("a start").into(), evidence.end.expect("an end").into());
        let text: String = letters[start..end].iter().collect();
        assert_eq!(text, evidence.excerpt);
        let label = evidence.paragraph.as_deref().expect("a paragraph");
        let paragraph = source
            .paragraphs
            .iter()
            .find(|paragraph| paragraph.label == label)
            .expect("the paragraph");
        assert!(paragraph.start <= start && end <= paragraph.end, "“{text}” is not in {label}");
        let whole: String = letters[paragraph.start..paragraph.end].iter().collect();
        let is_sentence = whole.split(['.', '!', '?']).any(|sentence| sentence.trim() == text);
        assert!(!is_sentence || label == "T", "“{text}” is a whole sentence");
        covered.extend(start..end);
    }
    let all: usize =
        source.paragraphs.iter().map(|paragraph| paragraph.end - paragraph.start).sum();
    assert!(covered.len() * 5 <= all, "the excerpts cover {} of {all} characters", covered.len());
}
