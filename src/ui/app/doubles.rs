//! Actors that may be the same: they are listed, and merged one pair at a time.

use egui::Context;

use super::program::App;
use crate::analysis::doubles::{Double, doubles};
use crate::edit::{Command, Selection};
use crate::model::words::counted;
use crate::model::{ActorId, ActorIndex, Element};
use crate::ui::dialogs::doubles::{Doubled, LikelyDouble};
use crate::ui::dialogs::questions::Question;

impl App {
    /// Lists actors that may be the same.
    pub(super) fn show_doubles(&mut self) {
        self.modal = Some(Question::Doubles(self.likely_doubles()));
    }

    fn likely_doubles(&self) -> Vec<LikelyDouble> {
        let document = &self.session.document;
        let (map, index) = (document.map(), document.index());
        let named = |at: ActorIndex| {
            let ties = counted(index.ties(at).len(), "tie");
            (map.actors[at].id.clone(), format!("{} ({ties})", map.actors[at].name))
        };
        let shown = |double: Double| {
            let [(one, first), (other, second)] = [double.one, double.other].map(named);
            LikelyDouble { ids: [one, other], names: [first, second], reason: double.reason }
        };
        doubles(map).into_iter().map(shown).collect()
    }

    /// Words about actors that may be the same, for the status line.
    pub(super) fn words_about_doubles(&self) -> String {
        match doubles(self.session.document.map()).len() {
            0 => String::new(),
            1 => " Two actors may be the same: F10 shows them.".to_owned(),
            count => format!(" {count} pairs of actors may be the same: F10 lists them."),
        }
    }

    /// Does what was decided about a pair; the others stay in the list.
    pub(super) fn settle_double(
        &mut self,
        ctx: &Context,
        mut pairs: Vec<LikelyDouble>,
        done: Doubled,
    ) {
        match done {
            Doubled::Merge(kept, gone) => {
                self.session.document.seal();
                self.apply(Command::MergeActors(kept, gone));
                let left: Vec<[ActorId; 2]> = pairs.iter().map(|pair| pair.ids.clone()).collect();
                // Of those that were listed; names and numbers of ties may have changed.
                pairs = self.likely_doubles();
                pairs.retain(|pair| left.contains(&pair.ids));
            }
            Doubled::Different(one, other) => {
                pairs.retain(|pair| pair.ids != [one.clone(), other.clone()]);
            }
            Doubled::Show(one, other) => {
                let both = [one, other].map(Element::Actor);
                self.session.select(Selection::from_iter(both));
                self.release_keyboard(ctx);
                return;
            }
        }
        self.modal = Some(Question::Doubles(pairs));
    }
}
