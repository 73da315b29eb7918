//! A whole map file.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::actor::Actor;
use super::date::PartialDate;
use super::evidence::Source;
use super::extra::Extra;
use super::ids::ActorId;
use super::relation::Relation;

/// The value of `format` in every map file.
pub const FORMAT: &str = "relationship-map";
/// The newest file format version this program writes.
pub const VERSION: u32 = 1;
/// Coordinates are map units (one pixel at 100 %); beyond this they are taken for a mistake.
pub const COORDINATE_LIMIT: f64 = 10_000_000.0;

/// A whole map file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(title = "Relationship map")]
pub struct Map {
    /// Always `relationship-map`.
    pub format: String,
    /// Version of the format; this program writes 1.
    pub version: u32,
    #[serde(default, skip_serializing_if = "Meta::is_empty")]
    pub meta: Meta,
    /// What the excerpts are taken from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    #[serde(default)]
    pub actors: Vec<Actor>,
    #[serde(default)]
    pub relations: Vec<Relation>,
    /// Where each actor is placed, by actor id.
    #[serde(default, skip_serializing_if = "Layout::is_empty", deserialize_with = "layout_once")]
    pub layout: Layout,
    #[serde(flatten)]
    pub extra: Extra,
}

impl Default for Map {
    fn default() -> Self {
        Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            meta: Meta::default(),
            sources: Vec::new(),
            actors: Vec::new(),
            relations: Vec::new(),
            layout: Layout::default(),
            extra: Extra::new(),
        }
    }
}

/// What the picture says about itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Meta {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The one line a reader should take away.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub message: String,
    /// The date the map speaks of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<PartialDate>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub author: String,
    /// Handling marking, such as `TLP:CLEAR`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub marking: String,
    /// What a reader must know before trusting the picture.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub caveat: String,
    #[serde(flatten)]
    pub extra: Extra,
}

impl Meta {
    /// True when nothing would be written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Placements by actor id, in file order.
pub type Layout = IndexMap<ActorId, Placement>;

/// Where one actor stands.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Placement {
    /// Map units to the right.
    pub x: f64,
    /// Map units downwards.
    pub y: f64,
    /// Automatic arrangements leave a pinned actor where it is.
    #[serde(default, skip_serializing_if = "is_false")]
    pub pinned: bool,
    #[serde(flatten)]
    pub extra: Extra,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
pub(crate) fn is_false(value: &bool) -> bool {
    !*value
}

/// Reads a layout and refuses an actor that is placed twice, which a plain map would pass over.
pub(crate) fn layout_once<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Layout, D::Error> {
    struct Once;
    impl<'de> serde::de::Visitor<'de> for Once {
        type Value = Layout;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("an object with a placement for each actor id")
        }

        fn visit_map<A: serde::de::MapAccess<'de>>(
            self,
            mut entries: A,
        ) -> Result<Layout, A::Error> {
            let mut layout = Layout::new();
            while let Some((id, placement)) = entries.next_entry::<ActorId, Placement>()? {
                if layout.contains_key(&id) {
                    return Err(serde::de::Error::custom(format!(
                        "actor \"{id}\" is placed twice in \"layout\", expected each actor once"
                    )));
                }
                layout.insert(id, placement);
            }
            Ok(layout)
        }
    }
    deserializer.deserialize_map(Once)
}
