//! Who stands how towards whom: a relation and its closed and open lists.

use arcstr::ArcStr;
use ecow::EcoString;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::evidence::few;
use super::{ActorId, Evidence, Extra, PartialDate, RelationId};
use crate::named::Named;

/// A tie from one actor to another, with what it rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Relation {
    pub id: RelationId,
    pub from: ActorId,
    pub to: ActorId,
    /// False when the tie holds both ways alike.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub directed: bool,
    pub stance: Stance,
    /// What is done or held: `armed_attack`, `affiliated_with`. An open list.
    #[serde(default, skip_serializing_if = "RelationKind::is_empty")]
    pub kind: RelationKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    #[serde(default, skip_serializing_if = "Strength::is_default")]
    pub strength: Strength,
    #[serde(default, skip_serializing_if = "Status::is_default")]
    pub status: Status,
    /// Whose claim it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asserted_by: Option<Box<ActorId>>,
    /// Who denies it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contested_by: Option<Box<ActorId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<PartialDate>,
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
    /// A reported tie of the default strength with nothing behind it yet.
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

    /// The dates in words: `2021 – Mar 2024`, `since 2021`; `None` where neither is known.
    #[must_use]
    pub fn period(&self) -> Option<String> {
        match (self.start, self.end) {
            (None, None) => None,
            (Some(start), Some(end)) if start == end => Some(start.words()),
            (Some(start), Some(end)) => Some(format!("{} – {}", start.words(), end.words())),
            (Some(start), None) => Some(format!("since {}", start.words())),
            (None, Some(end)) => Some(format!("until {}", end.words())),
        }
    }
}

fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
fn is_true(value: &bool) -> bool {
    *value
}

/// A closed list: its values, their keys in the file and their words on the screen.
macro_rules! closed_list {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $key:literal, $words:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
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
            /// Every value, in the order in which they are offered.
            pub const ALL: &[Self] = <Self as Named>::ALL;

            /// The value as it stands in the file.
            #[must_use]
            pub fn key(self) -> &'static str {
                Named::key(self)
            }

            /// The value in words.
            #[must_use]
            pub fn words(self) -> &'static str {
                match self { $(Self::$variant => $words),+ }
            }
        }
    };
}

closed_list!(
    /// The sign of a tie.
    Stance {
        Hostile = "hostile", "hostile";
        Cooperative = "cooperative", "cooperative";
        /// Both at once, or sources disagree.
        Mixed = "mixed", "mixed";
        Neutral = "neutral", "neutral";
    }
);

closed_list!(
    /// How the tie shows itself.
    Channel {
        Verbal = "verbal", "verbal";
        Material = "material", "material";
        /// Membership, office, family: no act behind it.
        Structural = "structural", "structural";
    }
);

closed_list!(
    /// How firmly the source states the tie.
    Status {
        /// The source reports it as fact.
        Reported = "reported", "Reported";
        /// Somebody in the source says so.
        Claimed = "claimed", "Claimed";
        /// The author's or the coder's reading.
        Inferred = "inferred", "Inferred";
        /// What the source says may happen.
        Forecast = "forecast", "Forecast";
        /// A what-if.
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
    /// Ties that are not (yet) so: faint, and hidden at first.
    #[must_use]
    pub fn is_outlook(self) -> bool {
        matches!(self, Self::Forecast | Self::Hypothetical)
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

#[expect(clippy::derivable_impls, reason = "the variants come out of a macro")]
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
    /// The strongest.
    pub const MAX: u8 = 5;

    /// `None` beyond 5.
    #[must_use]
    pub fn new(value: u8) -> Option<Self> {
        (value <= Self::MAX).then_some(Self(value))
    }

    /// 0 to 5.
    #[must_use]
    pub fn value(self) -> u8 {
        self.0
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
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

/// What is done or held, as the file says it. An open list.
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
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The kind in words: `armed attack`; `None` where the file gives none.
    #[must_use]
    pub fn words(&self) -> Option<String> {
        (!self.0.is_empty()).then(|| self.0.as_str().replace('_', " "))
    }
}
