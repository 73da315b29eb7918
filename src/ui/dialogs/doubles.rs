//! The dialog that lists actors that may be the same.

use egui::{RichText, Ui};

use super::frame::dialog_ui;
use crate::model::ActorId;
use crate::text::visual;
use crate::ui::widgets::paged_list;
use crate::ui::widgets::style::bold;

/// Two actors that may be the same, as the dialog shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LikelyDouble {
    pub ids: [ActorId; 2],
    /// Names with the number of ties: `Taliban (12 ties)`.
    pub names: [String; 2],
    pub reason: &'static str,
}

/// What to do with a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubled {
    /// Keep the first actor and merge the second into it.
    Merge(ActorId, ActorId),
    /// Select both.
    Show(ActorId, ActorId),
    /// Remove the pair from the list.
    Different(ActorId, ActorId),
}

/// Shows the list. `None` while nothing is clicked; the answer is `None` for Close.
pub fn doubles_ui(ui: &mut Ui, pairs: &[LikelyDouble]) -> Option<Option<Doubled>> {
    let body = |ui: &mut Ui| {
        if pairs.is_empty() {
            ui.label("No two actors have names alike.");
            return None;
        }
        ui.label(
            "Of two that are merged, one keeps its name; the other name becomes an alias, and all \
             ties and excerpts move to it. Merging can be undone.",
        );
        let mut done = None;
        for pair in pairs.iter().take(paged_list::shown(ui, "doubles")) {
            ui.add_space(6.0);
            ui.push_id(&pair.ids, |ui| done = done.take().or(pair_ui(ui, pair)));
        }
        paged_list::more_ui(ui, "doubles", pairs.len());
        done.map(Some)
    };
    dialog_ui(ui, 660.0, "Actors that may be the same", body, |ui| {
        let close = ui.button("Close");
        if ui.memory(|memory| memory.focused().is_none()) {
            close.request_focus();
        }
        close.clicked().then_some(None)
    })
}

fn pair_ui(ui: &mut Ui, pair: &LikelyDouble) -> Option<Doubled> {
    let [one, other] = &pair.names;
    let words = format!("{}  –  {}", visual(one), visual(other));
    ui.label(RichText::new(words).font(bold(13.0)));
    ui.label(RichText::new(crate::model::words::capitalised(pair.reason)).weak().size(12.0));
    let [first, second] = &pair.ids;
    let bare = |name: &str| name.rsplit_once(" (").map_or(name, |(name, _)| name).to_owned();
    let choices = [
        (format!("Keep “{}”", visual(&bare(one))), Doubled::Merge(first.clone(), second.clone())),
        (format!("Keep “{}”", visual(&bare(other))), Doubled::Merge(second.clone(), first.clone())),
        ("Show both".to_owned(), Doubled::Show(first.clone(), second.clone())),
        ("Different".to_owned(), Doubled::Different(first.clone(), second.clone())),
    ];
    let mut done = None;
    ui.horizontal_wrapped(|ui| {
        for (text, meaning) in choices {
            let button = ui.button(text);
            if button.gained_focus() {
                button.scroll_to_me(None);
            }
            if button.clicked() {
                done = Some(meaning);
            }
        }
    });
    done
}
