//! Excerpts in texts that were changed in known ways, and sources that are damaged, huge or
//! encrypted.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use allegiance::evidence::anchor::{placed, resolve};
use allegiance::evidence::verify::{prepare, verify};
use allegiance::evidence::{Anchor, SourceText, State, Verified, segments};
use allegiance::file::source;
use allegiance::model::{Evidence, Paragraph, SourceId};
use proptest::prelude::*;

use crate::support::parse;

/// An invented article: title, three paragraphs, a note.
const ARTICLE: &str = "Arland and Borland trade blame at the border\n\
    Officials in Arland said on Monday that “armed men” had crossed the river near Tessa. \
    Borland’s ministry denied it.\n\
    The governor of Tessa called the raid a cross-border provocation and promised a swift answer \
    to it.\n\
    A spokesman for the river league, Old Marrow, spoke of talks. \
    \u{202b}קול שלום\u{202c} wrote a paper there, and café owners closed early.\n\
    The author writes about rivers.";

/// The paragraphs of the article, as a map stores them.
fn listed() -> Vec<Paragraph> {
    let text = SourceText::new(ARTICLE.to_owned());
    let labels = ["T", "P1", "P2", "P3", "A"];
    let found = segments(&text, &[]);
    let paragraph = |(segment, label): (allegiance::evidence::Segment, &str)| Paragraph {
        label: label.to_owned(),
        start: segment.range.start,
        end: segment.range.end,
        ..Paragraph::default()
    };
    found.into_iter().zip(labels).map(paragraph).collect()
}

/// The excerpt that is stored when these words are cut from the article.
fn cut(words: &str) -> Evidence {
    let text = SourceText::new(ARTICLE.to_owned());
    let byte = ARTICLE.find(words).unwrap_or_else(|| panic!("{words} is in the article"));
    let place = text.scalars(&(byte..byte + words.len()));
    placed(&Evidence::default(), &place, &text, &segments(&text, &listed()))
}

/// Looks up an excerpt in a changed article. Returns its state and the words at each place.
fn looked_up(excerpt: &Evidence, article: &str) -> (State, Vec<String>) {
    let text = SourceText::new(article.to_owned());
    let segments = segments(&text, &listed());
    let [Anchor { state, places }] =
        resolve(&[excerpt], &text, &segments).try_into().expect("one for one");
    (state, places.iter().map(|place| text.slice(place).to_owned()).collect())
}

const RAID: &str = "called the raid a cross-border provocation";
const MEN: &str = "“armed men” had crossed the river";

#[test]
fn excerpts_are_anchored_in_the_unchanged_article() {
    for words in [RAID, MEN, "Old Marrow", "קול שלום", "café", "talks"] {
        assert_eq!(
            looked_up(&cut(words), ARTICLE),
            (State::Anchored, vec![words.to_owned()]),
            "{words}"
        );
    }
}

#[test]
fn a_paragraph_inserted_before_it_moves_an_excerpt() {
    let article = ARTICLE.replacen("The governor", "Nobody was hurt.\n\nThe governor", 1);
    assert_eq!(looked_up(&cut(RAID), &article), (State::Moved, vec![RAID.to_owned()]));
    assert_eq!(looked_up(&cut(MEN), &article).0, State::Anchored, "an excerpt before it stays");
}

#[test]
fn a_sentence_moved_elsewhere_moves_an_excerpt() {
    let sentence = " Borland’s ministry denied it.";
    let without = ARTICLE.replacen(sentence, "", 1);
    let article = without.replacen("to it.\n", &format!("to it.{sentence}\n"), 1);
    assert_eq!(
        looked_up(&cut("ministry denied it"), &article),
        (State::Moved, vec!["ministry denied it".to_owned()])
    );
}

#[test]
fn quotes_dashes_spaces_ligatures_and_case_that_were_retyped_alter_an_excerpt() {
    let retyped = ARTICLE.replace(['“', '”'], "\"").replace('’', "'");
    assert_eq!(
        looked_up(&cut(MEN), &retyped),
        (State::Altered, vec!["\"armed men\" had crossed the river".to_owned()])
    );
    for (from, to) in [
        ("cross-border", "cross–border"),
        ("cross-border", "cross-bor\u{ad}der"),
        ("the raid", "the\u{a0}  raid"),
        ("provocation", "PROVOCATION"),
    ] {
        let (state, words) = looked_up(&cut(RAID), &ARTICLE.replacen(from, to, 1));
        assert_eq!((state, words), (State::Altered, vec![RAID.replacen(from, to, 1)]), "{to}");
    }
    let office = cut("closed early");
    assert_eq!(
        looked_up(&office, &ARTICLE.replace("closed early", "c\u{200d}losed  early")).0,
        State::Altered
    );
}

#[test]
fn one_replaced_word_alters_an_excerpt() {
    let article = ARTICLE.replacen("provocation", "insult", 1);
    assert_eq!(
        looked_up(&cut("the raid a cross-border provocation and promised"), &article).0,
        State::Altered
    );
    let (state, words) = looked_up(&cut(RAID), &ARTICLE.replacen("raid", "attack", 1));
    assert_eq!(
        (state, words),
        (State::Altered, vec!["called the attack a cross-border provocation".to_owned()])
    );
}

#[test]
fn a_duplicated_passage_is_ambiguous_unless_position_or_context_decides() {
    let passage = "The governor of Tessa called the raid a cross-border provocation and promised \
                   a swift answer to it.\n";
    let after = ARTICLE.replacen(passage, &format!("{passage}{passage}"), 1);
    assert_eq!(looked_up(&cut(RAID), &after).0, State::Anchored, "the position decides");
    let before = format!("{passage}{ARTICLE}");
    let (state, words) = looked_up(&cut(RAID), &before);
    assert_eq!(
        (state, words.len()),
        (State::Ambiguous, 2),
        "same words, same context, and neither at the stored position"
    );
    let elsewhere = format!("They {RAID}, it was reported.\n{ARTICLE}");
    assert_eq!(
        looked_up(&cut(RAID), &elsewhere),
        (State::Moved, vec![RAID.to_owned()]),
        "the context decides"
    );
    let bare = Evidence { excerpt: "Arland".into(), ..Evidence::default() };
    assert_eq!(looked_up(&bare, ARTICLE).0, State::Ambiguous);
    let in_title = Evidence { paragraph: Some("T".into()), ..bare };
    assert_eq!(looked_up(&in_title, ARTICLE).0, State::Anchored, "the paragraph decides");
}

#[test]
fn a_removed_passage_is_lost() {
    let article = ARTICLE.replacen("called the raid a cross-border provocation and ", "", 1);
    assert_eq!(looked_up(&cut(RAID), &article), (State::Lost, vec![]));
    let empty = Evidence::default();
    assert_eq!(looked_up(&empty, ARTICLE), (State::Lost, vec![]));
    assert_eq!(looked_up(&cut(RAID), ""), (State::Lost, vec![]));
}

#[test]
fn right_to_left_and_combining_text_is_found_however_it_is_composed() {
    assert_eq!(
        looked_up(&cut("קול שלום"), &ARTICLE.replacen("Old Marrow, ", "", 1)).0,
        State::Moved
    );
    let decomposed = ARTICLE.replacen("café", "cafe\u{301}", 1);
    assert_eq!(looked_up(&cut("and café owners"), &decomposed).0, State::Altered);
    let marked = ARTICLE.replacen("קול שלום", "\u{200f}קול\u{200f} שלום", 1);
    assert_eq!(looked_up(&cut("קול שלום"), &marked).0, State::Altered);
}

#[test]
fn a_placed_excerpt_stores_its_position_and_context() {
    let excerpt = cut(RAID);
    assert_eq!(excerpt.paragraph.as_deref(), Some("P2"));
    assert_eq!(excerpt.prefix, "The governor of Tessa ");
    assert!(excerpt.suffix.starts_with(" and promised"), "{}", excerpt.suffix);
    assert_eq!(
        excerpt.end.zip(excerpt.start).map(|(end, start)| usize::from(end) - usize::from(start)),
        Some(RAID.chars().count())
    );
}

#[test]
fn an_excerpt_of_a_missing_text_has_no_state_and_others_are_verified() {
    let map = parse(
        r#"{"format":"relationship-map","version":1,
        "sources":[{"id":"s","text":"Arland struck Borland."},{"id":"t"}],
        "actors":[{"id":"a","name":"Arland","evidence":[{"source":"t","excerpt":"x"}]},
        {"id":"b","name":"Borland"}],
        "relations":[{"id":"r","from":"a","to":"b","stance":"hostile",
        "evidence":[{"source":"s","excerpt":"struck"}]}]}"#,
    );
    let (texts, errors) = source::texts(&map, None);
    assert!(errors.is_empty());
    let verified = verify(&map, &prepare(&map, &texts));
    assert_eq!(
        verified.iter().map(Verified::state).collect::<Vec<_>>(),
        [None, Some(State::Anchored)]
    );
    assert_eq!(
        (verified[1].owner.id(), verified[1].place(), verified[1].paragraph.as_deref()),
        ("r", Some(&(7..13)), Some("P1"))
    );
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

/// The error message for a file with this name and these bytes.
fn refusal(name: &str, bytes: &[u8]) -> String {
    let folder = folder();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("written");
    source::read(&path).expect_err("it is refused").message
}

#[test]
fn unreadable_sources_are_refused_with_a_reason() {
    assert_eq!(refusal("a.txt", b"\x00\x01\x02"), "this is not a text file");
    assert_eq!(refusal("a.txt", b" \n\t"), "it contains no text");
    assert_eq!(
        refusal("a.html", b"<html><body><script>1</script></body></html>"),
        "the words of this page are only in its scripts"
    );
    assert!(refusal("a.pdf", b"%PDF-1.4\nnothing more").contains("PDF cannot be read"));
    let nested = "<div>".repeat(1_000_000) + "deep" + &"</div>".repeat(1_000_000);
    assert_eq!(refusal("a.html", nested.as_bytes()), "its elements are nested 1000000 levels deep");
    let missing = source::read(std::path::Path::new("/nowhere/at/all.txt")).expect_err("not there");
    assert_eq!(missing.message, "there is no such file");
}

#[test]
fn a_text_of_two_hundred_megabytes_is_refused_before_it_is_read() {
    let folder = folder();
    let path = folder.path().join("huge.txt");
    let file = std::fs::File::create(&path).expect("created");
    file.set_len(200 << 20).expect("sparse");
    let error = source::read(&path).expect_err("too large");
    assert_eq!(
        (error.message.as_str(), error.expected.as_str()),
        ("the file is 200 MB", "at most 64 MB for its kind")
    );
}

/// A PDF of one page with these words, and with these extra entries in its trailer.
pub fn pdf(words: &str, trailer: &str) -> Vec<u8> {
    pdf_with(words, "", trailer)
}

/// The same with more resources of the page.
pub fn pdf_with(words: &str, resources: &str, trailer: &str) -> Vec<u8> {
    let content = format!("BT /F1 12 Tf 72 700 Td ({words}) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R \
             /Resources << /Font << /F1 5 0 R >> {resources} >> >>"
        ),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_owned(),
    ];
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        offsets.push(bytes.len());
        bytes.extend_from_slice(format!("{} 0 obj\n{object}\nendobj\n", at + 1).as_bytes());
    }
    let start = bytes.len();
    let entries: Vec<String> =
        offsets.iter().map(|offset| format!("{offset:010} 00000 n \n")).collect();
    let entries = entries.concat();
    let end = format!(
        "xref\n0 6\n0000000000 65535 f \n{entries}trailer\n\
         << /Size 6 /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n"
    );
    bytes.extend_from_slice(end.as_bytes());
    bytes
}

#[test]
fn the_text_of_a_pdf_is_read_and_an_encrypted_one_is_refused() {
    let folder = folder();
    let path = folder.path().join("report.pdf");
    std::fs::write(&path, pdf("Arland struck Borland at dawn", "")).expect("written");
    assert_eq!(source::read(&path).expect("read").as_str(), "Arland struck Borland at dawn");
    // Without its table of objects.
    let whole = pdf("Arland struck Borland at dawn", "");
    let end = whole.windows(5).position(|window| window == b"xref\n").expect("a table");
    std::fs::write(&path, &whole[..end]).expect("written");
    assert_eq!(source::read(&path).expect("read").as_str(), "Arland struck Borland at dawn");
    let key = "0123456789abcdef".repeat(4);
    let lock = format!(
        "/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{key}> /U <{key}> >>"
    );
    assert_eq!(refusal("report.pdf", &pdf("secret", &lock)), "this PDF is encrypted");
}

#[test]
fn a_web_page_is_reduced_to_its_article() {
    let sentence = "The governor of Tessa spoke for a long while about the river, the raid and \
                    the talks to come. ";
    let body: Vec<String> =
        (0..6).map(|number| format!("<p>{number}. {}</p>", sentence.repeat(3))).collect();
    let body = body.concat();
    let page = format!(
        "<!doctype html><html><head><title>River talks</title>\
         <script>var x = '<div>';</script></head><body>\
         <nav><a href='/a'>Home</a> <a href='/b'>Subscribe now</a></nav>\
         <article><h1>River talks</h1>{body}</article>\
         <footer>Advertisement</footer></body></html>"
    );
    let folder = folder();
    let path = folder.path().join("page.html");
    std::fs::write(&path, page).expect("written");
    let text = source::read(&path).expect("read");
    let lines: Vec<&str> = text.as_str().lines().collect();
    assert_eq!(lines[0], "River talks");
    assert_eq!(lines.len(), 7, "{lines:#?}");
    assert!(lines[1].starts_with("0. The governor of Tessa spoke"));
    assert!(!text.as_str().contains("Subscribe") && !text.as_str().contains("var x"));
}

#[test]
fn a_text_file_must_be_inside_the_folder_of_the_map() {
    let folder = folder();
    let inner = folder.path().join("maps");
    std::fs::create_dir_all(inner.join("texts")).expect("folders");
    std::fs::write(folder.path().join("secret.txt"), "secret").expect("written");
    std::fs::write(inner.join("texts/a.txt"), "words").expect("written");
    let map = inner.join("map.json");
    assert!(source::beside(&map, "texts/a.txt").is_ok());
    let absolute = folder.path().join("secret.txt").display().to_string();
    for outside in ["../secret.txt", "texts/../../secret.txt", &absolute] {
        let error = source::beside(&map, outside).expect_err(outside);
        assert_eq!(error.message, "the path leads out of the map's folder");
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(folder.path().join("secret.txt"), inner.join("link.txt"))
            .expect("a link");
        assert!(source::beside(&map, "link.txt").is_err(), "a link does not lead out either");
    }
}

fn paragraph_text() -> impl Strategy<Value = String> {
    proptest::collection::vec("[a-zA-Z’“”éß漢ا]{1,9}", 1..25).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn an_untouched_source_anchors_every_excerpt_cut_from_it(
        paragraphs in proptest::collection::vec(paragraph_text(), 1..12),
        cuts in proptest::collection::vec((0.0_f64..1.0, 1_usize..60), 1..20),
    ) {
        let text = SourceText::new(paragraphs.join("\n\n"));
        let segments = segments(&text, &[]);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a share of a length"
        )]
        let places: Vec<Range<usize>> = cuts.iter().map(|(share, length)| {
            let start = ((text.length() - 1) as f64 * share) as usize;
            start..(start + length).min(text.length())
        }).collect();
        let excerpts: Vec<Evidence> = places
            .iter()
            .map(|place| placed(&Evidence::default(), place, &text, &segments))
            .collect();
        let anchors = resolve(&excerpts.iter().collect::<Vec<_>>(), &text, &segments);
        for (anchor, place) in anchors.iter().zip(&places) {
            prop_assert_eq!(anchor.state, State::Anchored);
            prop_assert_eq!(anchor.place(), Some(place));
        }
        // Without a stored position, each excerpt is found at the same place, or at several places
        // that include it.
        let bare: Vec<Evidence> =
            excerpts.iter().map(|one| Evidence { start: None, end: None, ..one.clone() }).collect();
        let anchors = resolve(&bare.iter().collect::<Vec<_>>(), &text, &segments);
        for ((anchor, place), excerpt) in anchors.iter().zip(&places).zip(&bare) {
            if !excerpt.excerpt.trim().is_empty() {
                prop_assert!(anchor.places.contains(place), "{:?} {:?}", anchor, place);
            }
        }
    }
}

#[test]
fn excerpts_are_looked_up_only_in_their_own_source() {
    let map = parse(
        r#"{"format":"relationship-map","version":1,"sources":[{"id":"s"},{"id":"t"}],
        "actors":[{"id":"a","name":"A",
        "evidence":[{"source":"s","excerpt":"only here"},{"source":"t","excerpt":"only here"}]}],
        "relations":[]}"#,
    );
    let text = |words: &str| Arc::new(SourceText::new(words.to_owned()));
    let texts = BTreeMap::from([
        (SourceId::from("s"), text("only here")),
        (SourceId::from("t"), text("elsewhere")),
    ]);
    let verified = verify(&map, &prepare(&map, &texts));
    assert_eq!(
        verified.iter().map(Verified::state).collect::<Vec<_>>(),
        [Some(State::Anchored), Some(State::Lost)]
    );
}
