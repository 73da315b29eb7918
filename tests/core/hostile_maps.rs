//! Maps with extreme but valid contents, for tests that nothing panics on them.

use serde_json::{Value, json};

/// Texts that are hard to draw, to cut and to search.
fn texts() -> Vec<String> {
    let mut texts: Vec<String> = [
        "",
        " ",
        "\u{0}",
        "\u{200b}\u{200d}\u{feff}",
        "\u{301}\u{301}\u{301}",
        "نام دراز برای یک بازیگر ۱۲۳ with Latin",
        "\u{202e}\u{2066}abc\u{2069}\u{202c}",
        "👨‍👩‍👧‍👦🏳️‍🌈",
        "ﬁﬂ ﷺ İ ß Ǆ ŉ",
        "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 \u{10ffff}",
        "a\u{2028}b\u{85}c\r\nd\te",
        "中文和日本語の長い名前",
        "-/-/-/-/-/-",
    ]
    .map(str::to_owned)
    .into();
    texts.push("x".repeat(LONGEST));
    texts.push("长".repeat(LONGEST / 4));
    texts.push("a\u{301}".repeat(LONGEST / 6));
    texts
}

/// The length of the longest text.
const LONGEST: usize = 6_000;

/// Numbers at the ends of their ranges.
const NUMBERS: [u64; 6] = [0, 1, 7, 0x7fff_ffff, 0xffff_fffe, u64::MAX];

fn map(actors: &[Value], relations: &[Value], sources: &[Value], layout: &Value) -> Value {
    json!({"format": "relationship-map", "version": 1,
        "meta": {"title": texts().join(" "), "message": "m", "caveat": "c", "as_of": "0000"},
        "actors": actors, "relations": relations, "sources": sources, "layout": layout})
}

fn tie(number: usize, from: &str, to: &str) -> Value {
    let stance = ["hostile", "cooperative", "mixed", "neutral"][number % 4];
    json!({"id": format!("r{number}"), "from": from, "to": to, "stance": stance,
        "directed": !number.is_multiple_of(3), "strength": number % 6, "kind": texts()[number % 13],
        "start": "0000", "end": "9999-12-31"})
}

fn placed(places: &[(f64, f64)]) -> Value {
    let of =
        |(number, (x, y)): (usize, &(f64, f64))| (format!("a{number}"), json!({"x": x, "y": y}));
    Value::Object(places.iter().enumerate().map(of).collect())
}

fn actor(number: usize, name: &str) -> Value {
    let kinds = ["state", "armed_group", "person", "population", "", "𝔎"];
    json!({"id": format!("a{number}"), "name": name, "short": name, "kind": kinds[number % 6],
        "aliases": [name, ""]})
}

/// A tie and an actor with many excerpts, of a source with this text.
fn quoted(text: &str) -> Value {
    let excerpt = |(number, words): (usize, String)| {
        let (start, end) = (NUMBERS[number % 5], NUMBERS[number % 5 + 1]);
        json!({"source": "s", "excerpt": words, "start": start, "end": end, "paragraph": "P1",
            "prefix": texts()[(number + 3) % 16], "suffix": texts()[(number + 5) % 16]})
    };
    let excerpts: Vec<Value> = texts().into_iter().enumerate().map(excerpt).collect();
    let paragraph = |number: usize| {
        let label = format!("P{number}");
        json!({"label": label, "start": NUMBERS[number], "end": u64::MAX})
    };
    let paragraphs: Vec<Value> = (0..6).map(paragraph).collect();
    let source = json!({"id": "s", "title": "S", "text": text, "paragraphs": paragraphs});
    let mut relation = tie(0, "a0", "a1");
    relation["evidence"] = json!(excerpts);
    let mut first = actor(0, "A");
    first["evidence"] = json!(excerpts);
    map(&[first, actor(1, "B")], &[relation], &[source], &json!({}))
}

/// The maps, with a name for messages.
pub fn maps() -> Vec<(&'static str, Value)> {
    let names: Vec<Value> = texts().iter().enumerate().map(|(at, name)| actor(at, name)).collect();
    let short: Vec<Value> = (0..16).map(|at| actor(at, "A")).collect();
    let ring: Vec<Value> = (0..40)
        .map(|at| tie(at, &format!("a{}", at % 16), &format!("a{}", (at * 7 + 1) % 16)))
        .collect();
    let pair = [actor(0, "A"), actor(1, "B")];
    let parallel: Vec<Value> = (0..60).map(|at| tie(at, "a0", "a1")).collect();
    let loops: Vec<Value> = (0..9).map(|at| tie(at, "a0", "a0")).collect();
    let chain: Vec<Value> = (0..50)
        .map(|at| match at {
            0 => actor(0, "A"),
            _ => json!({"id": format!("a{at}"), "name": "A", "part_of": format!("a{}", at - 1)}),
        })
        .collect();
    let far = 10_000_000.0;
    let corners = [(far, far), (-far, -far), (far, -far), (-far, far), (1e-300, -0.0)];
    vec![
        ("no actors", map(&[], &[], &[], &json!({}))),
        ("one actor", map(&pair[..1], &[], &[], &json!({}))),
        ("names", map(&names, &ring, &[], &json!({}))),
        ("far apart", map(&short, &ring, &[], &placed(&corners))),
        ("one place", map(&names, &ring, &[], &placed(&[(5.0, 5.0); 16]))),
        ("parallel", map(&pair, &parallel, &[], &placed(&[(0.0, 0.0), (1.0, 0.0)]))),
        ("loops", map(&pair, &loops, &[], &json!({}))),
        ("a chain", map(&chain, &[], &[], &json!({}))),
        ("quoted from no text", quoted("")),
        ("quoted from one letter", quoted("\u{301}")),
        ("quoted from texts", quoted(&texts().join("\n\n"))),
    ]
}
