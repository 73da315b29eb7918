//! What the panel shows if one tie is selected: what it is and the excerpts that support it.

use egui::{self, RichText, Ui};

use super::kept::kept_ui;
use super::page::{EDIT_WIDTH, Page, heading_link};
use crate::model::{Element, RelationIndex};
use crate::ui::requests::Request;
use crate::ui::widgets::excerpt_card::{badge_ui, chips, relation_facts};
use crate::ui::widgets::style::{bold, prose, scene_theme};

impl Page<'_> {
    pub(super) fn relation_ui(&mut self, ui: &mut Ui, at: RelationIndex) {
        let document = self.document;
        let Some(relation) = document.map().relations.get(at) else { return };
        let theme = scene_theme(ui.ctx());
        let ends = document.index().ends(at);
        ui.horizontal_wrapped(|ui| {
            ui.set_max_width(ui.available_width() - EDIT_WIDTH);
            badge_ui(ui, relation.stance, relation.status, &theme);
            if let Some((from, to)) = ends {
                for (number, end) in [from, to].into_iter().enumerate() {
                    let Some(actor) = document.map().actors.get(end) else { continue };
                    if heading_link(ui, actor.brief_name()).clicked() {
                        self.out.push(Request::Focus(Element::Actor(actor.id.clone())));
                    }
                    if number == 0 {
                        ui.label(
                            RichText::new(if relation.directed { "→" } else { "↔" })
                                .font(bold(15.0)),
                        );
                    }
                }
            }
        });
        let strength = match relation.strength.value() {
            0 => "strength not given".to_owned(),
            value => format!("strength {value} of 5"),
        };
        let channel = relation.channel.map(|channel| channel.words().to_owned());
        let tags = std::iter::once(relation.stance.words().to_owned())
            .chain(relation.kind.words())
            .chain(channel);
        chips(ui, tags.chain(std::iter::once(strength)));
        ui.label(RichText::new(relation_facts(document, relation)).weak());
        kept_ui(ui, &relation.extra);
        if relation.evidence.is_empty() {
            if !relation.note.is_empty() {
                ui.label(prose(ui, &relation.note, 13.0));
            }
            ui.label(
                RichText::new("No excerpt supports this tie.").color(ui.visuals().warn_fg_color),
            );
        }
        self.cards_of(ui, relation, None);
    }
}
