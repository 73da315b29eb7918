//! The tie that a marked passage may become, and the field of it that is open.

use crate::model::{Period, Stance, Status, Strength};
use crate::ui::requests::{NewTie, Party};

/// Number of candidates that have a key for each end of the tie.
pub(super) const OFFERED: usize = 3;

/// The tie that a marked passage may become.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Draft {
    pub from: Option<Party>,
    pub to: Option<Party>,
    pub stance: Stance,
    pub status: Status,
    pub speaker: Option<Party>,
    pub kind: String,
    pub strength: Strength,
    pub period: Period,
    /// Candidates for the near end, best first.
    pub from_offers: Vec<Party>,
    /// Candidates for the far end of a tie that starts at `to_offers_for`.
    pub to_offers: Vec<Party>,
    pub to_offers_for: Option<Party>,
    /// True until there are candidates for the far end.
    pub lacks_to_offers: bool,
    /// True once the user chose the far end.
    pub is_to_chosen: bool,
    /// True once the user changed anything.
    pub is_changed: bool,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            from: None,
            to: None,
            stance: Stance::Hostile,
            status: Status::Reported,
            speaker: None,
            kind: String::new(),
            strength: Strength::default(),
            period: Period::default(),
            from_offers: Vec::new(),
            to_offers: Vec::new(),
            to_offers_for: None,
            lacks_to_offers: true,
            is_to_chosen: false,
            is_changed: false,
        }
    }
}

/// The field of the draft that a list of actors is open for, or that is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    From,
    To,
    Speaker,
    Kind,
    Date,
}

impl Field {
    pub fn words(self) -> &'static str {
        match self {
            Self::From => "From",
            Self::To => "To",
            Self::Speaker => "Said by",
            Self::Kind => "Kind",
            Self::Date => "Date",
        }
    }
}

/// An open field of the draft: a text, and the rows that it leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Picker {
    pub field: Field,
    pub text: String,
    /// Index of the row that Enter chooses.
    pub row: usize,
    /// True until the field has the keyboard.
    pub is_new: bool,
}

impl Draft {
    /// True if the tie can be added.
    pub fn is_complete(&self) -> bool {
        self.from.is_some() && self.to.is_some() && self.from != self.to
    }

    /// The candidates for the far end that have a key: all but the near end.
    pub fn offered_to(&self) -> impl Iterator<Item = &Party> {
        self.to_offers.iter().filter(|party| Some(*party) != self.from.as_ref()).take(OFFERED)
    }

    /// The candidates for the near end that have a key.
    pub fn offered_from(&self) -> impl Iterator<Item = &Party> {
        self.from_offers.iter().take(OFFERED)
    }

    /// Sets the near end. If it was the far end, the two change places.
    pub fn set_from(&mut self, party: Party) {
        if self.to.as_ref() == Some(&party) {
            self.to = self.from.take();
            self.is_to_chosen = true;
        }
        self.from = Some(party);
        self.is_changed = true;
    }

    /// Sets the far end. If it was the near end, the two change places.
    pub fn set_to(&mut self, party: Party) {
        if self.from.as_ref() == Some(&party) {
            self.from = self.to.take();
        }
        self.to = Some(party);
        self.is_to_chosen = true;
        self.is_changed = true;
    }

    /// The tie, if both ends are known.
    pub fn tie(&self) -> Option<NewTie> {
        let (Some(from), Some(to)) = (self.from.clone(), self.to.clone()) else { return None };
        self.is_complete().then(|| NewTie {
            from,
            to,
            stance: self.stance,
            status: self.status,
            speaker: self.speaker.clone(),
            kind: self.kind.trim().to_owned(),
            strength: self.strength,
            period: self.period,
        })
    }
}
