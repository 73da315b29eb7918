//! The line at the bottom: counts, what is hidden, what is under way, the zoom.

use eframe::egui::{Align, Label, Layout, RichText, Ui};

use super::inspector::counted;
use crate::edit::Document;
use crate::model::filter::Filter;
use crate::text::visual;
use crate::ui::requests::actions::Action;

/// What the line shows besides the document.
pub struct Status<'a> {
    pub document: &'a Document,
    pub hidden_ties: usize,
    pub is_outlook_shown: bool,
    pub filter: &'a Filter,
    pub zoom: f32,
    pub busy: Option<&'a str>,
    /// How far that is, where it can be told and stopped.
    pub share: Option<f32>,
    /// Excerpts that were not found word for word.
    pub doubtful: usize,
    /// The last thing that happened.
    pub news: &'a str,
}

impl Status<'_> {
    /// Shows the line; its words can be clicked where there is something to do.
    pub fn ui(&self, ui: &mut Ui) -> Option<Action> {
        let mut chosen = None;
        ui.horizontal_centered(|ui| {
            let map = self.document.map();
            let counts = [
                counted(map.actors.len(), "actor"),
                counted(map.relations.len(), "tie"),
                counted(self.document.index().census().excerpts, "excerpt"),
            ];
            ui.label(counts.join(" · "));
            if !self.filter.is_none() {
                let words = format!("Filtered: {}", self.filter.words());
                let words = RichText::new(words).color(ui.visuals().warn_fg_color);
                let hint = format!("{} ties are left out", self.hidden_ties);
                ui.scope(|ui| {
                    ui.set_max_width((ui.available_width() * 0.4).max(60.0));
                    ui.add(Label::new(words).truncate()).on_hover_text(hint);
                });
                if ui.link("Show all ties").clicked() {
                    chosen = Some(Action::ShowAll);
                }
            }
            let outlooks = self.document.index().census().outlooks;
            if outlooks > 0 && !self.is_outlook_shown {
                let text = format!("{} hidden", counted(outlooks, "forecast"));
                if ui.link(text).on_hover_text("Show what may happen").clicked() {
                    chosen = Some(Action::Outlook);
                }
            }
            if self.is_outlook_shown && ui.link("Hide forecasts").clicked() {
                chosen = Some(Action::Outlook);
            }
            if !self.document.warnings.is_empty() {
                let text = RichText::new(counted(self.document.warnings.len(), "warning"))
                    .color(ui.visuals().warn_fg_color);
                if ui.link(text).on_hover_text("What should be looked at in this map").clicked() {
                    chosen = Some(Action::Problems);
                }
            }
            if self.doubtful > 0 {
                let words = format!(
                    "{} not word for word in the source",
                    counted(self.doubtful, "excerpt")
                );
                let text = RichText::new(words).color(ui.visuals().warn_fg_color);
                if ui.link(text).on_hover_text("Show the evidence table").clicked() {
                    chosen = Some(Action::Table);
                }
            }
            if let Some(busy) = self.busy {
                let share =
                    self.share.map_or(String::new(), |share| format!(" {:.0} %", share * 100.0));
                ui.label(RichText::new(format!("{busy}…{share}")).weak());
                if self.share.is_some() && ui.link("Cancel").clicked() {
                    chosen = Some(Action::CancelWork);
                }
            } else if !self.news.is_empty() {
                ui.scope(|ui| {
                    // Room for what stands at the right.
                    ui.set_max_width((ui.available_width() - 96.0).max(40.0));
                    ui.add(Label::new(RichText::new(visual(self.news)).weak()).truncate())
                        .on_hover_text(self.news);
                });
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let percent = self.zoom * 100.0;
                ui.label(if percent < 2.0 {
                    format!("{percent:.2}%")
                } else {
                    format!("{percent:.0}%")
                });
                if ui.link("Fit").on_hover_text("Show the whole map (F)").clicked() {
                    chosen = Some(Action::Fit);
                }
            });
        });
        chosen
    }
}
