//! A relation between two actors, and the types of its fields.

use arcstr::ArcStr;
use ecow::EcoString;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::evidence::few;
use super::{ActorId, Evidence, Extra, PartialDate, Period, RelationId};
use crate::named::Named;

/// A tie from one actor to another, with its evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Relation {
    pub id: RelationId,
    pub from: ActorId,
    pub to: ActorId,
    /// False if the tie holds equally in both directions.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub directed: bool,
    pub stance: Stance,
    /// The act or the relationship: `armed_attack`, `affiliated_with`. An open list.
    #[serde(default, skip_serializing_if = "RelationKind::is_empty")]
    pub kind: RelationKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    #[serde(default, skip_serializing_if = "Strength::is_default")]
    pub strength: Strength,
    #[serde(default, skip_serializing_if = "Status::is_default")]
    pub status: Status,
    /// The actor that claims the tie.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asserted_by: Option<Box<ActorId>>,
    /// The actor that denies the tie.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contested_by: Option<Box<ActorId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// When the tie began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<PartialDate>,
    /// When the tie ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<PartialDate>,
    #[serde(default, skip_serializing_if = "ArcStr::is_empty")]
    #[schemars(with = "String")]
    pub note: ArcStr,
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "few")]
    pub evidence: Vec<Evidence>,
    #[serde(flatten)]
    pub extra: Extra,
}

impl Relation {
    /// True if `other` is this tie with other words: notes, and texts of excerpts.
    #[must_use]
    pub fn is_reworded(&self, other: &Self) -> bool {
        let reworded = Self {
            note: other.note.clone(),
            evidence: other.evidence.clone(),
            extra: other.extra.clone(),
            ..self.clone()
        };
        self.evidence.len() == other.evidence.len() && reworded == *other
    }

    /// A directed, reported tie of the default strength, without evidence.
    #[must_use]
    pub fn new(id: RelationId, from: ActorId, to: ActorId, stance: Stance) -> Self {
        Self {
            id,
            from,
            to,
            directed: true,
            stance,
            kind: RelationKind::default(),
            channel: None,
            strength: Strength::default(),
            status: Status::default(),
            asserted_by: None,
            contested_by: None,
            confidence: None,
            start: None,
            end: None,
            note: ArcStr::new(),
            evidence: Vec::new(),
            extra: Extra::new(),
        }
    }

    /// Who says an excerpt of this tie: its own speaker, else the actor that claims the tie; `None`
    /// for the author of the source.
    #[must_use]
    pub fn speaker<'a>(&'a self, excerpt: &'a Evidence) -> Option<&'a ActorId> {
        excerpt.speaker.as_deref().or(self.asserted_by.as_deref())
    }

    /// The dates in words: `2021 – Mar 2024`, `since 2021`; `None` if neither is known.
    #[must_use]
    pub fn period(&self) -> Option<String> {
        self.when().words()
    }

    /// The start and the end.
    #[must_use]
    pub fn when(&self) -> Period {
        Period { start: self.start, end: self.end }
    }
}

fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde requires")]
fn is_true(value: &bool) -> bool {
    *value
}

/// Defines an enum with a key in the file and a displayed word for each value.
macro_rules! closed_list {
    ($(#[$doc:meta])* $name:ident {
        $($(#[$variant_doc:meta])* $variant:ident = $key:literal, $words:literal;)+
    }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[derive(Serialize, Deserialize, JsonSchema)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $key)] $variant,)+
        }

        impl Named for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];

            fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),+ }
            }
        }

        impl $name {
            /// Every value, in the order of menus and help texts.
            pub const ALL: &[Self] = <Self as Named>::ALL;

            /// The value as written in the file.
            #[must_use]
            pub fn key(self) -> &'static str {
                Named::key(self)
            }

            /// The value as displayed.
            #[must_use]
            pub fn words(self) -> &'static str {
                match self { $(Self::$variant => $words),+ }
            }
        }
    };
}

closed_list!(
    /// The sign of a tie: friendly or hostile.
    Stance {
        Hostile = "hostile", "hostile";
        Cooperative = "cooperative", "cooperative";
        /// Both hostile and cooperative, or sources disagree.
        Mixed = "mixed", "mixed";
        Neutral = "neutral", "neutral";
    }
);

closed_list!(
    /// The form that a tie takes: words, acts or structure.
    Channel {
        Verbal = "verbal", "verbal";
        Material = "material", "material";
        /// Membership, office or family, without an act.
        Structural = "structural", "structural";
    }
);

closed_list!(
    /// How firmly the source states the tie.
    Status {
        /// The source reports it as fact.
        Reported = "reported", "Reported";
        /// A party in the source claims it.
        Claimed = "claimed", "Claimed";
        /// An inference of the author or the coder.
        Inferred = "inferred", "Inferred";
        /// The source says that it may happen.
        Forecast = "forecast", "Forecast";
        /// A what-if scenario.
        Hypothetical = "hypothetical", "Hypothetical";
    }
);

closed_list!(
    /// The coder's confidence in the tie (ICD 203's three levels).
    Confidence {
        High = "high", "high";
        Moderate = "moderate", "moderate";
        Low = "low", "low";
    }
);

impl Status {
    /// True for ties that do not exist, or not yet. They are drawn faint, and hidden by default.
    #[must_use]
    pub fn is_outlook(self) -> bool {
        matches!(self, Self::Forecast | Self::Hypothetical)
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde requires")]
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

#[expect(clippy::derivable_impls, reason = "a macro generates the variants")]
impl Default for Status {
    fn default() -> Self {
        Self::Reported
    }
}

/// How strong a tie is: 1 to 5, and 0 for purely structural ties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Strength(u8);

impl Strength {
    /// The greatest strength.
    pub const MAX: u8 = 5;

    /// The strength with this value; `None` if it is greater than 5.
    #[must_use]
    pub fn new(value: u8) -> Option<Self> {
        (value <= Self::MAX).then_some(Self(value))
    }

    /// The value, from 0 to 5.
    #[must_use]
    pub fn value(self) -> u8 {
        self.0
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde requires")]
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl Default for Strength {
    fn default() -> Self {
        Self(2)
    }
}

impl<'de> Deserialize<'de> for Strength {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Number;
        impl serde::de::Visitor<'_> for Number {
            type Value = Strength;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a strength from 0 to 5")
            }

            fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Strength, E> {
                let strength = u8::try_from(value).ok().and_then(Strength::new);
                strength
                    .ok_or_else(|| E::invalid_value(serde::de::Unexpected::Unsigned(value), &self))
            }
        }
        deserializer.deserialize_u64(Number)
    }
}

impl JsonSchema for Strength {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Strength".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "integer", "minimum": 0, "maximum": 5, "default": 2,
            "description": "1 (weak) to 5 (strong); 0 for purely structural ties.",
        })
    }
}

/// The act or the relationship, as written in the file. An open list.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct RelationKind(#[schemars(with = "String")] pub EcoString);

impl From<String> for RelationKind {
    fn from(key: String) -> Self {
        Self(key.into())
    }
}

impl RelationKind {
    /// Kinds that many maps have, in alphabetical order: mostly those of the event coding scheme
    /// PLOVER. For lists of suggestions.
    pub const COMMON: &[&str] = &[
        "accuse",
        "affiliated_with",
        "agree",
        "aid",
        "air_strike",
        "alliance",
        "armed_attack",
        "coerce",
        "consult",
        "cooperate",
        "mediate",
        "negotiate",
        "part_of",
        "protest",
        "reject",
        "request",
        "sanction",
        "support",
        "threaten",
        "warn",
    ];

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The kind as displayed: `armed attack`; `None` if the file gives none.
    #[must_use]
    pub fn words(&self) -> Option<String> {
        (!self.0.is_empty()).then(|| self.0.as_str().replace('_', " "))
    }
}
