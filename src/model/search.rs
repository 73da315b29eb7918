//! Word search over names, aliases, notes, notes on the map and excerpts, with the best matches
//! first.

use memchr::memmem::Finder;

use super::query::{Index, claims};
use super::{Actor, ActorIndex, Evidence, Map, NoteIndex, Relation, RelationIndex};

/// Score of a match that is a whole text.
const WHOLE: u32 = 100;
/// Score of a match at the beginning of a text.
const BEGINNING: u32 = 60;
/// Score of a match at the beginning of a word.
const WORD: u32 = 30;
/// Score of a match elsewhere.
const WITHIN: u32 = 12;

/// All searchable texts of a map, in lower case and concatenated.
#[derive(Clone, Debug, Default)]
pub struct Haystack {
    text: String,
    segments: Vec<Segment>,
    /// Number of actors.
    actors: usize,
    /// Number of relations.
    relations: usize,
    /// Number of notes on the map.
    notes: usize,
}

/// One text of an actor, a relation or a note.
#[derive(Clone, Copy, Debug)]
struct Segment {
    /// Byte offset of its end in `Haystack::text`, including the separator.
    end: usize,
    /// Index of the actor, relation or note; relations follow the actors, and notes follow these.
    item: u32,
    /// Weight of a match in this text, in percent of a match in a name.
    weight: u8,
}

/// Search results, best first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    pub actors: Vec<ActorIndex>,
    pub relations: Vec<RelationIndex>,
    pub notes: Vec<NoteIndex>,
}

impl Haystack {
    /// Collects the searchable texts of a map.
    #[must_use]
    pub fn of(map: &Map, index: &Index) -> Self {
        let mut haystack = Self {
            actors: map.actors.len(),
            relations: map.relations.len(),
            notes: map.notes.len(),
            ..Self::default()
        };
        for (item, actor) in map.actors.iter().enumerate() {
            haystack.actor(item, actor);
        }
        for (at, relation) in map.relations.iter_enumerated() {
            haystack.relation(map, index, at, relation);
        }
        let before = haystack.actors + haystack.relations;
        for (at, note) in map.notes.iter().enumerate() {
            haystack.add(before + at, &note.text, 60);
        }
        haystack
    }

    fn actor(&mut self, item: usize, actor: &Actor) {
        self.add(item, &actor.name, 100);
        for alias in actor.short.iter().chain(&actor.aliases) {
            self.add(item, alias, 95);
        }
        self.add(item, &actor.kind.words(), 40);
        self.add(item, &actor.note, 30);
        self.excerpts(item, &actor.evidence);
    }

    fn relation(&mut self, map: &Map, index: &Index, at: RelationIndex, relation: &Relation) {
        let item = self.actors + at.get();
        for id in [&relation.from, &relation.to] {
            if let Some(actor) = index.actor(id).and_then(|at| map.actors.get(at)) {
                self.add(item, &actor.name, 50);
                self.add(item, actor.short.as_deref().unwrap_or(""), 50);
            }
        }
        self.add(item, &relation.kind.words().unwrap_or_default(), 60);
        self.add(item, relation.stance.words(), 30);
        self.add(item, relation.status.words(), 30);
        for claim in claims(map, index, relation) {
            self.add(item, &claim, 35);
        }
        self.add(item, &relation.note, 40);
        self.excerpts(item, &relation.evidence);
    }

    fn excerpts(&mut self, item: usize, evidence: &[Evidence]) {
        for excerpt in evidence {
            self.add(item, &excerpt.excerpt, 45);
            self.add(item, &excerpt.note, 30);
        }
    }

    fn add(&mut self, item: usize, words: &str, weight: u8) {
        if words.is_empty() {
            return;
        }
        if words.is_ascii() {
            let start = self.text.len();
            self.text.push_str(words);
            self.text[start..].make_ascii_lowercase();
        } else {
            self.text.extend(words.chars().flat_map(char::to_lowercase));
        }
        // Separator, so that no match spans two texts.
        self.text.push('\n');
        self.segments.push(Segment {
            end: self.text.len(),
            item: u32::try_from(item).unwrap_or(u32::MAX),
            weight,
        });
    }

    /// Finds the actors, relations and notes that contain all of the words. Finds nothing if there
    /// are no words.
    #[must_use]
    pub fn find(&self, words: &str) -> Hits {
        let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
        let mut worth: Option<Vec<u32>> = None;
        for word in &words {
            let mut found = self.worth(word);
            if let Some(before) = worth {
                for (worth, before) in found.iter_mut().zip(before) {
                    *worth = if *worth > 0 && before > 0 { *worth + before } else { 0 };
                }
            }
            worth = Some(found);
        }
        let worth = worth.unwrap_or_default();
        Hits {
            actors: Self::best(&worth, 0, self.actors),
            relations: Self::best(&worth, self.actors, self.relations),
            notes: Self::best(&worth, self.actors + self.relations, self.notes),
        }
    }

    /// Of the `count` scores from index `from`, the indices of those above 0, counted from `from`;
    /// the highest score first.
    fn best<K: From<usize>>(worth: &[u32], from: usize, count: usize) -> Vec<K> {
        let mut found: Vec<(u32, usize)> = worth
            .iter()
            .skip(from)
            .take(count)
            .copied()
            .zip(0..)
            .filter(|(worth, _)| *worth > 0)
            .collect();
        found.sort_unstable_by_key(|(worth, at)| (std::cmp::Reverse(*worth), *at));
        found.into_iter().map(|(_, at)| at.into()).collect()
    }

    /// For each actor, relation and note, the score of its best match of `word`; 0 if there is
    /// none.
    fn worth(&self, word: &str) -> Vec<u32> {
        let mut worth = vec![0; self.actors + self.relations + self.notes];
        let mut segment = 0;
        let bytes = self.text.as_bytes();
        for start in Finder::new(word).find_iter(bytes) {
            while self.segments.get(segment).is_some_and(|one| one.end <= start) {
                segment += 1;
            }
            let Some(one) = self.segments.get(segment) else { break };
            let begins = segment
                .checked_sub(1)
                .and_then(|before| self.segments.get(before))
                .map_or(0, |one| one.end);
            let is_word = start == begins
                || bytes
                    .get(start - 1)
                    .is_some_and(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric());
            let place = match (start == begins, start + word.len() + 1 == one.end) {
                (true, true) => WHOLE,
                (true, false) => BEGINNING,
                _ if is_word => WORD,
                _ => WITHIN,
            };
            if let Some(best) = worth.get_mut(one.item as usize) {
                *best = (*best).max(place * u32::from(one.weight));
            }
        }
        worth
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits(words: &str) -> Hits {
        let map: Map = serde_json::from_str(
            r#"{"format":"relationship-map","version":1,"actors":[
            {"id":"a","name":"Ministry of Defence"},{"id":"b","name":"Defence"},
            {"id":"c","name":"Self-Defence Units"},
            {"id":"d","name":"Council","note":"of defence"},{"id":"e","name":"ÉTAT"}],
            "relations":[{"id":"r","from":"d","to":"e","stance":"hostile","contested_by":"e",
            "evidence":[{"source":"s","excerpt":"shelled the bridge"}]}],
            "notes":[{"id":"n","text":"Talks","x":0,"y":0},
            {"id":"m","text":"Defence of\nthe border","x":0,"y":0}]}"#,
        )
        .expect("a map");
        Haystack::of(&map, &Index::of(&map)).find(words)
    }

    fn actors(words: &str) -> Vec<usize> {
        hits(words).actors.into_iter().map(usize::from).collect()
    }

    #[test]
    fn the_best_comes_first() {
        assert_eq!(actors("defence"), [1, 0, 2, 3]);
        assert_eq!(actors("min def"), [0]);
        assert_eq!(actors("état"), [4]);
        assert_eq!(hits("bridge hostile council").relations, [RelationIndex::from(0)]);
        assert_eq!(hits("contested").relations, [RelationIndex::from(0)]);
        assert_eq!(actors("bridge"), [0; 0]);
        assert_eq!(actors(""), [0; 0]);
        assert_eq!(hits("nobody at all"), Hits::default());
    }
}
