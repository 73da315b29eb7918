//! A whole map out of its text, piece by piece: it says how far it is, and stops when nobody wants it any more.
//!
//! Only for maps that are right. What is wrong with the others is found by reading them once more, at leisure.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::model::{Extra, Map};
use crate::progress::Progress;

/// Every so many pieces the text is asked where it is.
const BETWEEN_LOOKS: usize = 2000;

/// Reads a map; any error means only that this was none, or that nobody wants it.
pub(super) fn read(text: &str, progress: &Progress) -> serde_json::Result<Map> {
    let mut source = serde_json::Deserializer::from_str(text);
    let map = Whole { text, progress }.deserialize(&mut source)?;
    source.end()?;
    Ok(map)
}

struct Whole<'a> {
    text: &'a str,
    progress: &'a Progress,
}

impl<'de> DeserializeSeed<'de> for Whole<'_> {
    type Value = Map;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Map, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Whole<'_> {
    type Value = Map;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Map, A::Error> {
        let mut map = Map::default();
        let mut extra = Extra::new();
        let mut seen = [false; 7];
        while let Some(key) = entries.next_key::<Cow<'de, str>>()? {
            let place = ["format", "version", "meta", "sources", "actors", "relations", "layout"];
            let place = place.iter().position(|known| *known == key);
            if let Some(was_seen) = place.and_then(|place| seen.get_mut(place))
                && std::mem::replace(was_seen, true)
            {
                return Err(A::Error::duplicate_field("a key"));
            }
            match place {
                Some(0) => map.format = entries.next_value()?,
                Some(1) => map.version = entries.next_value()?,
                Some(2) => map.meta = entries.next_value()?,
                Some(3) => map.sources = entries.next_value()?,
                Some(4) => map.actors = entries.next_value_seed(self.list())?,
                Some(5) => map.relations = entries.next_value_seed(self.list())?,
                Some(6) => map.layout = entries.next_value::<Placed>()?.0,
                _ => _ = extra.insert(key.into_owned(), entries.next_value()?),
            }
        }
        if !seen[0] || !seen[1] {
            return Err(A::Error::missing_field("format"));
        }
        map.extra = extra;
        Ok(map)
    }
}

#[derive(Deserialize)]
struct Placed(#[serde(deserialize_with = "crate::model::layout_once")] crate::model::Layout);

impl Whole<'_> {
    fn list<T>(&self) -> List<'_, T> {
        List { text: self.text, progress: self.progress, kind: std::marker::PhantomData }
    }
}

/// Many of a kind.
struct List<'a, T> {
    text: &'a str,
    progress: &'a Progress,
    kind: std::marker::PhantomData<T>,
}

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for List<'_, T> {
    type Value = Vec<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<T>, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for List<'_, T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
        let mut list = Vec::new();
        let mut start = None;
        loop {
            if !list.len().is_multiple_of(BETWEEN_LOOKS) {
                match items.next_element()? {
                    Some(item) => list.push(item),
                    None => break,
                }
                continue;
            }
            // Taken as text first, which says where it lies.
            let Some(raw) = items.next_element::<&'de RawValue>()? else { break };
            let offset = raw.get().as_ptr().addr().saturating_sub(self.text.as_ptr().addr());
            #[expect(clippy::cast_precision_loss, reason = "a share")]
            self.progress.reach(offset as f32 / self.text.len() as f32).map_err(A::Error::custom)?;
            let read = offset - *start.get_or_insert(offset);
            if list.capacity() - list.len() < BETWEEN_LOOKS {
                // Room for the rest, were it all of this kind: growing step by step copies everything each time.
                let rest = (self.text.len() - offset).saturating_mul(list.len()) / read.max(1);
                list.reserve_exact(rest + BETWEEN_LOOKS);
            }
            list.push(serde_json::from_str(raw.get()).map_err(A::Error::custom)?);
        }
        if list.capacity() / 2 > list.len() {
            list.shrink_to_fit();
        }
        Ok(list)
    }
}
