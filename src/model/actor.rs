//! An actor and its kind.

use std::borrow::Cow;

use arcstr::ArcStr;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::evidence::few;
use super::{ActorId, Evidence, Extra};

/// A state, body, group, person or collective on the map.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Actor {
    pub id: ActorId,
    pub name: String,
    /// An abbreviation that fits inside the actor's shape.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short: Option<String>,
    #[serde(default, skip_serializing_if = "ActorKind::is_unknown")]
    pub kind: ActorKind,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// The actor that this one belongs to; drawn as a thin line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<Box<ActorId>>,
    /// Wikidata item, such as `Q843`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub wikidata: Option<ArcStr>,
    /// How much the analyst thinks that the actor weighs, on any scale from 0; shown as size.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<f64>,
    #[serde(default, skip_serializing_if = "ArcStr::is_empty")]
    #[schemars(with = "String")]
    pub note: ArcStr,
    /// Excerpts that identify or describe the actor.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "few")]
    pub evidence: Vec<Evidence>,
    #[serde(flatten)]
    pub extra: Extra,
}

impl Actor {
    /// True if `other` is this actor with other words: names, notes, and texts of excerpts.
    #[must_use]
    pub fn is_reworded(&self, other: &Self) -> bool {
        let reworded = Self {
            name: other.name.clone(),
            short: other.short.clone(),
            aliases: other.aliases.clone(),
            wikidata: other.wikidata.clone(),
            note: other.note.clone(),
            evidence: other.evidence.clone(),
            extra: other.extra.clone(),
            ..self.clone()
        };
        self.evidence.len() == other.evidence.len() && reworded == *other
    }

    /// The name, followed by the short form if that is an acronym that the name does not contain:
    /// `Tehreek-e-Taliban Pakistan (TTP)`.
    #[must_use]
    pub fn full_name(&self) -> String {
        match self.short.as_deref() {
            Some(short) if is_acronym(short) && !self.name.contains(short) => {
                format!("{} ({short})", self.name)
            }
            _ => self.name.clone(),
        }
    }

    /// The short form if it is an acronym and the name is longer than 22 characters; else the name.
    /// For lists and labels.
    #[must_use]
    pub fn brief_name(&self) -> &str {
        match self.short.as_deref() {
            Some(short) if is_acronym(short) && self.name.chars().count() > 22 => short,
            _ => &self.name,
        }
    }
}

/// The name of an actor in a passage that names it: one line, without an article before it and
/// punctuation after it. `The` can be a part of a name, as in The Hague; `the` cannot.
#[must_use]
pub fn name_in(passage: &str) -> String {
    let name = passage.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = name.trim_end_matches([',', ';', ':']);
    let bare = name.strip_prefix("the ").filter(|rest| rest.starts_with(char::is_uppercase));
    bare.unwrap_or(name).to_owned()
}

/// True for three or more capital letters.
fn is_acronym(short: &str) -> bool {
    short.chars().count() >= 3 && short.chars().all(char::is_uppercase)
}

/// The kind of an actor, which determines its shape. An open list: other kinds are kept unchanged.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "Cow<'_, str>", into = "String")]
pub enum ActorKind {
    State,
    GovernmentBody,
    ArmedGroup,
    Person,
    Faction,
    Organisation,
    Population,
    Collective,
    /// No kind is given.
    #[default]
    Unknown,
    /// A kind that is not in this list, as written in the file.
    Other(String),
}

impl ActorKind {
    /// Every kind that has its own shape.
    pub const KNOWN: [Self; 8] = [
        Self::State,
        Self::GovernmentBody,
        Self::ArmedGroup,
        Self::Person,
        Self::Faction,
        Self::Organisation,
        Self::Population,
        Self::Collective,
    ];

    fn is_unknown(&self) -> bool {
        *self == Self::Unknown
    }

    /// The kind as written in the file.
    #[must_use]
    pub fn key(&self) -> &str {
        match self {
            Self::State => "state",
            Self::GovernmentBody => "government_body",
            Self::ArmedGroup => "armed_group",
            Self::Person => "person",
            Self::Faction => "faction",
            Self::Organisation => "organisation",
            Self::Population => "population",
            Self::Collective => "collective",
            Self::Unknown => "unknown",
            Self::Other(key) => key,
        }
    }

    /// The kind as displayed: `armed group`.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Unknown => "kind not given".to_owned(),
            kind => kind.key().replace('_', " "),
        }
    }
}

impl From<String> for ActorKind {
    fn from(key: String) -> Self {
        Cow::<str>::from(key).into()
    }
}

impl From<Cow<'_, str>> for ActorKind {
    fn from(key: Cow<'_, str>) -> Self {
        if key == "unknown" {
            return Self::Unknown;
        }
        let known = Self::KNOWN.into_iter().find(|kind| kind.key() == key);
        known.unwrap_or_else(|| Self::Other(key.into_owned()))
    }
}

impl From<ActorKind> for String {
    fn from(kind: ActorKind) -> Self {
        kind.key().to_owned()
    }
}

impl JsonSchema for ActorKind {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ActorKind".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let examples: Vec<&str> = Self::KNOWN.iter().map(Self::key).collect();
        schemars::json_schema!({
            "type": "string",
            "description": "The kind of actor. An open list: other kinds are kept and drawn as a \
                            plain circle.",
            "examples": examples,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::name_in;

    #[test]
    fn the_name_in_a_passage_has_no_article_and_no_punctuation() {
        assert_eq!(name_in("the Kestrian\nArmy,"), "Kestrian Army");
        assert_eq!(name_in("The Hague"), "The Hague");
        assert_eq!(name_in("the militia"), "the militia");
        assert_eq!(name_in("U.S."), "U.S.");
    }
}
