//! A whole map file.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use typed_index_collections::TiVec;

use super::actor::Actor;
use super::briefing::BriefingStep;
use super::date::PartialDate;
use super::evidence::{Evidence, Source};
use super::extra::Extra;
use super::ids::ActorId;
use super::indices::{PerActor, PerNote, PerRelation, PerSource};
use super::note::Note;
use super::relation::Relation;
use super::view::ViewSettings;

/// The value of `format` in every map file.
pub const FORMAT: &str = "relationship-map";
/// The version of the file format that this program writes.
pub const VERSION: u32 = 1;
/// Largest absolute value of a coordinate, in map units (one pixel at 100 %). Larger values are
/// reported as errors.
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
    /// The documents that excerpts are taken from.
    #[serde(default, skip_serializing_if = "TiVec::is_empty")]
    #[schemars(with = "Vec<Source>")]
    pub sources: PerSource<Source>,
    #[serde(default)]
    #[schemars(with = "Vec<Actor>")]
    pub actors: PerActor<Actor>,
    #[serde(default)]
    #[schemars(with = "Vec<Relation>")]
    pub relations: PerRelation<Relation>,
    /// The position of each actor, by actor id.
    #[serde(default, skip_serializing_if = "Layout::is_empty", deserialize_with = "layout_once")]
    pub layout: Layout,
    /// How the map is looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub view: Option<Box<ViewSettings>>,
    #[serde(default, skip_serializing_if = "TiVec::is_empty")]
    #[schemars(with = "Vec<Note>")]
    pub notes: PerNote<Note>,
    /// The steps of a briefing, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<BriefingStep>,
    /// Excerpts that are not assigned to an actor or a tie yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unassigned: Vec<Evidence>,
    #[serde(flatten)]
    pub extra: Extra,
}

impl Default for Map {
    fn default() -> Self {
        Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            meta: Meta::default(),
            sources: PerSource::new(),
            actors: PerActor::new(),
            relations: PerRelation::new(),
            layout: Layout::default(),
            view: None,
            notes: PerNote::new(),
            steps: Vec::new(),
            unassigned: Vec::new(),
            extra: Extra::new(),
        }
    }
}

/// Title, author and other texts about the map.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Meta {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The main message of the map, in one line.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub message: String,
    /// The date that the map describes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<PartialDate>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub author: String,
    /// Handling marking, such as `TLP:CLEAR`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub marking: String,
    /// Limitations that readers must know before they rely on the map.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub caveat: String,
    #[serde(flatten)]
    pub extra: Extra,
}

impl Meta {
    /// True if all fields are empty, so that `meta` is left out of the file.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Placements by actor id, in file order.
pub type Layout = IndexMap<ActorId, Placement>;

/// The position of one actor.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Placement {
    /// Horizontal position in map units, growing to the right.
    pub x: f64,
    /// Vertical position in map units, growing downwards.
    pub y: f64,
    /// True if automatic arrangements do not move the actor.
    #[serde(default, skip_serializing_if = "is_false")]
    pub pinned: bool,
    #[serde(flatten)]
    pub extra: Extra,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde requires")]
pub(crate) fn is_false(value: &bool) -> bool {
    !*value
}

/// Deserializes a layout. Fails if an actor is placed twice; a plain map would silently keep the
/// last placement.
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
