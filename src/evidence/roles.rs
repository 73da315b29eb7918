//! Nouns and pronouns for kinds of actors: “soldiers” are an army, “the group” is the armed group
//! that was named last, “he” a person. The words are English.

use super::word_forms::is_same_word;
use crate::model::{Actor, ActorKind};

/// Words that stand for the same kinds of actors.
#[derive(Debug)]
pub struct Role {
    /// The words in a text, in lower case.
    words: &'static [&'static str],
    /// Words in the names of actors that can be meant, in lower case.
    names: &'static [&'static str],
    /// Kinds of actors that can be meant, where no name has one of the words.
    kinds: &'static [ActorKind],
}

const ROLES: &[Role] = &[
    Role {
        words: &[
            "army",
            "airmen",
            "conscripts",
            "forces",
            "garrison",
            "military",
            "navy",
            "officers",
            "sailors",
            "servicemen",
            "soldier",
            "soldiers",
            "troops",
        ],
        names: &["army", "defence", "defense", "guard", "military", "navy", "soldiers", "troops"],
        kinds: &[],
    },
    Role {
        words: &["constable", "constables", "gendarmes", "police", "policeman", "policemen"],
        names: &["enforcement", "gendarmerie", "police"],
        kinds: &[],
    },
    Role {
        words: &[
            "administration",
            "authorities",
            "cabinet",
            "government",
            "minister",
            "ministers",
            "ministry",
            "official",
            "officials",
            "regime",
        ],
        names: &["administration", "authorities", "cabinet", "government", "ministry", "regime"],
        kinds: &[ActorKind::GovernmentBody, ActorKind::State],
    },
    Role {
        words: &["capital", "country", "nation", "republic", "state", "territory"],
        names: &[],
        kinds: &[ActorKind::State],
    },
    Role {
        words: &[
            "extremists",
            "fighters",
            "group",
            "groups",
            "guerrillas",
            "gunmen",
            "insurgents",
            "militants",
            "militia",
            "organisation",
            "organization",
            "outfit",
            "rebels",
            "terrorists",
        ],
        names: &["fighters", "guerrillas", "insurgents", "militants", "militia", "rebels"],
        kinds: &[ActorKind::ArmedGroup, ActorKind::Collective],
    },
    Role {
        words: &["bloc", "camp", "elements", "faction", "factions", "ranks", "section", "wing"],
        names: &[],
        kinds: &[ActorKind::Faction],
    },
    Role {
        words: &["allies", "ally", "backers", "partner", "partners", "supporters"],
        names: &["allied", "allies", "backers", "partners", "supporters"],
        kinds: &[],
    },
    Role {
        words: &[
            "children",
            "citizens",
            "civilian",
            "civilians",
            "inhabitants",
            "people",
            "population",
            "refugees",
            "residents",
            "villagers",
            "women",
        ],
        names: &["children", "citizens", "civilians", "people", "refugees", "residents", "women"],
        kinds: &[ActorKind::Population],
    },
    Role {
        words: &["he", "her", "him", "his", "she", "spokesman", "spokesperson", "spokeswoman"],
        names: &[],
        kinds: &[ActorKind::Person],
    },
];

/// The role that a word in lower case stands for.
#[must_use]
pub fn role_of(word: &str) -> Option<&'static Role> {
    ROLES.iter().find(|role| role.words.contains(&word))
}

impl Role {
    /// True if the actor can be meant by the words, going by its name.
    #[must_use]
    pub fn names(&self, actor: &Actor) -> bool {
        let mut names = std::iter::once(&actor.name).chain(&actor.aliases);
        names.any(|name| {
            name.to_lowercase()
                .split(|letter: char| !letter.is_alphanumeric())
                .any(|word| self.names.iter().any(|one| is_same_word(one, word)))
        })
    }

    /// True if the actor can be meant by the words, going by its kind.
    #[must_use]
    pub fn fits(&self, actor: &Actor) -> bool {
        self.kinds.contains(&actor.kind)
    }
}
