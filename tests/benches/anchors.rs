//! Measures how long it takes to find 10,000 excerpts in a text of 5 MB, and how much longer a
//! separate search for each takes. Run it with `cargo bench --bench anchors`.

#![expect(clippy::print_stdout, reason = "a benchmark prints its results")]

use std::time::{Duration, Instant};

use allegiance::evidence::anchor::{placed, resolve};
use allegiance::evidence::{SourceText, State, segments};
use allegiance::model::Evidence;

const TEXT_BYTES: usize = 5_000_000;
const EXCERPTS: usize = 10_000;

/// Seeded pseudo-random numbers (xorshift; Marsaglia 2003).
struct Chance(u64);

impl Chance {
    /// A number from 0 up to, but not including, `limit`.
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or(0) % limit
    }
}

/// A text of random words, about `TEXT_BYTES` long.
fn article(chance: &mut Chance) -> String {
    let words: Vec<String> = (0..4000)
        .map(|_| {
            (0..2 + chance.below(8))
                .map(|_| char::from(b'a' + u8::try_from(chance.below(26)).unwrap_or(0)))
                .collect()
        })
        .collect();
    let mut text = String::new();
    while text.len() < TEXT_BYTES {
        for _ in 0..60 + chance.below(60) {
            text.push_str(&words[chance.below(words.len())]);
            text.push(' ');
        }
        text.push_str("“said” the ministry.\n");
    }
    text
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let outcome = work();
    (outcome, start.elapsed())
}

fn main() {
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    let text = SourceText::new(article(&mut chance));
    let segments = segments(&text, &[]);
    let cut: Vec<Evidence> = (0..EXCERPTS)
        .map(|_| {
            let start = chance.below(text.length() - 200);
            placed(&Evidence::default(), &(start..start + 30 + chance.below(120)), &text, &segments)
        })
        .collect();
    let with = |change: &dyn Fn(usize, &mut Evidence)| -> Vec<Evidence> {
        let mut all = cut.clone();
        all.iter_mut().enumerate().for_each(|(at, one)| change(at, one));
        all
    };
    let forget = |one: &mut Evidence| (one.start, one.end) = (None, None);
    let cases = [
        ("each at its position", cut.clone()),
        (
            "each somewhere else",
            with(&|_, one| one.start = one.start.map(|start| (usize::from(start) + 7).into())),
        ),
        ("no position stored", with(&|_, one| forget(one))),
        ("quotes retyped in one of a hundred", {
            with(&|at, one| {
                forget(one);
                if at % 100 == 0 {
                    one.excerpt = one.excerpt.to_uppercase().into();
                }
            })
        }),
        ("a word replaced in one of a thousand", {
            with(&|at, one| {
                forget(one);
                if at % 1000 == 0 {
                    one.excerpt = one.excerpt.replacen(' ', " not ", 1).into();
                }
            })
        }),
    ];
    println!("{EXCERPTS} excerpts, {} MB of text, one thread", text.as_str().len() / 1_000_000);
    for (name, excerpts) in &cases {
        let all: Vec<&Evidence> = excerpts.iter().collect();
        let (anchors, took) = timed(|| resolve(&all, &text, &segments));
        let count = |state: State| anchors.iter().filter(|anchor| anchor.state == state).count();
        println!(
            "{name}: {:.3} s; {} anchored, {} moved, {} altered, {} ambiguous, {} lost",
            took.as_secs_f64(),
            count(State::Anchored),
            count(State::Moved),
            count(State::Altered),
            count(State::Ambiguous),
            count(State::Lost)
        );
    }
    let (_, ours) = timed(|| resolve(&cases[2].1.iter().collect::<Vec<_>>(), &text, &segments));
    // Searches only every hundredth excerpt. The ratio below scales the time up.
    let (found, peer) = timed(|| {
        cut.iter().step_by(100).filter(|one| text.as_str().contains(one.excerpt.as_str())).count()
    });
    let ratio = peer.as_secs_f64() * 100.0 / ours.as_secs_f64();
    println!(
        "one search after the other takes {ratio:.1} times as long ({found} of {} found)",
        EXCERPTS / 100
    );
}
