//! Groups of an SVG: their ids, what they are, and their titles.

use std::fmt::Write as _;

use super::Writer;
use crate::export::formats::xml::words;
use crate::model::ActorIndex;
use crate::scene::line_words;
use crate::scene::primitive::Owner;

impl Writer<'_> {
    /// Opens a group of an owner. The first one gets the owner's id, later ones the id and a
    /// number.
    pub(super) fn open(&mut self, owner: Owner) {
        let map = self.picture.map;
        let actor = |index: ActorIndex| map.actors.get(index).map_or("", |actor| actor.id.as_str());
        let (class, id) = match owner {
            Owner::Actor(index) => ("actor", actor(index)),
            Owner::Line(line) => {
                let ties = self.picture.shown.lines().ties(line);
                let first = ties.first().and_then(|tie| map.relations.get(*tie));
                let class = if ties.len() == 1 { "tie" } else { "line" };
                (class, first.map_or("", |tie| tie.id.as_str()))
            }
            Owner::Tether(index) => ("part-of", actor(index)),
            Owner::Hull(index) => ("parts-of", actor(index)),
            Owner::Title => ("title", ""),
            Owner::Legend => ("legend", ""),
            Owner::Note(index) => {
                ("note", map.notes.get(index).map_or("", |note| note.id.as_str()))
            }
            Owner::Margin => ("margin", ""),
            Owner::List => ("list", ""),
            Owner::Crowd => ("crowd", ""),
        };
        let count = self.groups.entry(owner).or_default();
        *count += 1;
        let is_first = *count == 1;
        self.body.push_str("<g id=\"");
        self.body.push_str(self.numbers.as_ref().map_or("", |numbers| numbers.prefix));
        self.body.push_str(class);
        if !id.is_empty() {
            self.body.push('-');
            push_id(&mut self.body, id);
        }
        if !is_first {
            let _ = write!(self.body, ".{count}");
        }
        self.body.push('"');
        if let Some(numbers) = &self.numbers {
            match owner {
                Owner::Actor(actor) | Owner::Tether(actor) => {
                    if let Some(number) = numbers.actors.get(actor).copied().flatten() {
                        let _ = write!(self.body, " data-a=\"{number}\"");
                    }
                }
                Owner::Line(line) => {
                    let _ = write!(self.body, " data-l=\"{}\"", line.get());
                }
                _ => {}
            }
        }
        if !(self.is_detailed && is_first) {
            self.body.push('>');
            return;
        }
        let _ = write!(self.body, " class=\"{class}\"");
        let about = match owner {
            Owner::Actor(index) => map
                .actors
                .get(index)
                .map(|actor| format!("{} ({})", actor.full_name(), actor.kind.words())),
            Owner::Line(line) => {
                let lines = self.picture.shown.lines();
                Some(line_words::line(map, &self.picture.index, lines, line))
            }
            Owner::Note(index) => {
                map.notes.get(index).map(|note| format!("Note: {}", note.brief_text()))
            }
            _ => None,
        };
        // A picture that a script shows has a description of its own.
        let has_roles = self.numbers.is_none();
        match about {
            Some(about) => {
                let _ = write!(
                    self.body,
                    "{}><title>{}</title>",
                    if has_roles { " role=\"graphics-symbol img\"" } else { "" },
                    words(&about)
                );
            }
            None if has_roles => self.body.push_str(" role=\"graphics-object group\">"),
            None => self.body.push('>'),
        }
    }
}

/// Writes an id in characters that XML allows. Anything but ASCII letters, digits and `-` becomes
/// its code point, as in `_2e_`.
fn push_id(body: &mut String, id: &str) {
    for letter in id.chars() {
        match letter {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' => body.push(letter),
            _ => {
                let _ = write!(body, "_{:x}_", u32::from(letter));
            }
        }
    }
}
