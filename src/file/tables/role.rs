//! What a column of a table means.

use serde::{Deserialize, Serialize};

use crate::named::Named;

/// What a column of a table means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Kept with the actor or tie, under the name of the column.
    #[default]
    Keep,
    Ignore,
    From,
    To,
    /// The names of these actors, where `From` and `To` are ids.
    FromName,
    ToName,
    /// Both actors in one cell: `Austria-France`.
    Pair,
    Name,
    Id,
    Alias,
    PartOf,
    Stance,
    Kind,
    Strength,
    /// A count of what is friendly between the two; next to a count of what is hostile.
    Cooperation,
    Hostility,
    Direction,
    Status,
    Speaker,
    Start,
    End,
    Excerpt,
    Source,
    /// Where in the source: the label of a paragraph, the number of a page or of an event.
    Paragraph,
    Note,
    X,
    Y,
}

impl Named for Role {
    const ALL: &'static [Self] = &[
        Self::Keep,
        Self::Ignore,
        Self::From,
        Self::To,
        Self::FromName,
        Self::ToName,
        Self::Pair,
        Self::Name,
        Self::Id,
        Self::Alias,
        Self::PartOf,
        Self::Stance,
        Self::Kind,
        Self::Strength,
        Self::Cooperation,
        Self::Hostility,
        Self::Direction,
        Self::Status,
        Self::Speaker,
        Self::Start,
        Self::End,
        Self::Excerpt,
        Self::Source,
        Self::Paragraph,
        Self::Note,
        Self::X,
        Self::Y,
    ];

    fn key(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Ignore => "ignore",
            Self::From => "from",
            Self::To => "to",
            Self::FromName => "from_name",
            Self::ToName => "to_name",
            Self::Pair => "pair",
            Self::Name => "name",
            Self::Id => "id",
            Self::Alias => "alias",
            Self::PartOf => "part_of",
            Self::Stance => "stance",
            Self::Kind => "kind",
            Self::Strength => "strength",
            Self::Cooperation => "cooperation",
            Self::Hostility => "hostility",
            Self::Direction => "direction",
            Self::Status => "status",
            Self::Speaker => "speaker",
            Self::Start => "start",
            Self::End => "end",
            Self::Excerpt => "excerpt",
            Self::Source => "source",
            Self::Paragraph => "paragraph",
            Self::Note => "note",
            Self::X => "x",
            Self::Y => "y",
        }
    }

    fn hint(self) -> &'static str {
        match self {
            Self::Keep => "kept with the actor or tie",
            Self::Ignore => "not read",
            Self::From => "the actor from which the tie goes",
            Self::To => "the actor to which it goes",
            Self::FromName => "the name of the first actor, beside its id",
            Self::ToName => "the name of the second actor, beside its id",
            Self::Pair => "both actors in one cell, joined by a hyphen",
            Self::Name => "the name of the actor",
            Self::Id => "what the actor or tie is known by",
            Self::Alias => "other names, separated by |",
            Self::PartOf => "the actor it is part of",
            Self::Stance => "friend or foe: words, or numbers by their sign",
            Self::Kind => "the kind of actor or tie",
            Self::Strength => "a number; the larger, the stronger",
            Self::Cooperation => "a count of friendly acts",
            Self::Hostility => "a count of hostile acts",
            Self::Direction => "directed, undirected or mutual",
            Self::Status => "reported, claimed, inferred, forecast or hypothetical",
            Self::Speaker => "who says so",
            Self::Start => "since when",
            Self::End => "until when",
            Self::Excerpt => "the words that support it",
            Self::Source => "where these words stand: a title or an address",
            Self::Paragraph => "the place in the source",
            Self::Note => "a remark",
            Self::X => "position, to the right",
            Self::Y => "position, downwards",
        }
    }
}

impl Role {
    /// The name of the role as the window shows it: `Part of`.
    #[must_use]
    pub fn words(self) -> String {
        crate::model::words::capitalised(&self.key().replace('_', " "))
    }
}
