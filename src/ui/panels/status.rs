//! The status bar: counts, hidden ties, warnings, running work, and zoom.

use egui::{Align, Label, Layout, RichText, Ui};

use super::id::PanelId;
use super::panel::{Panel, Place};
use crate::model::words::{counted, shown_of};
use crate::scene::page::title::not_shown;
use crate::text::visual;
use crate::ui::requests::Requests;
use crate::ui::requests::actions::Action;
use crate::ui::widgets::words::census_words;
use crate::ui::workspace::Workspace;

/// In bars narrower than this, only ties are counted, in points.
const NARROW: f32 = 760.0;

/// The status bar.
pub struct Status;

impl Panel for Status {
    fn id(&self) -> PanelId {
        PanelId("status")
    }

    fn place(&self) -> Place {
        Place::Bottom(28.0)
    }

    fn ui(&mut self, ui: &mut Ui, workspace: &Workspace<'_>, out: &mut Requests) {
        let Workspace { document, view, news, .. } = *workspace;
        ui.horizontal_centered(|ui| {
            // In a narrow window, the hidden ties and the messages matter more than all counts.
            ui.label(if ui.available_width() < NARROW {
                shown_of(workspace.shown.ties().len(), document.map().relations.len(), "tie")
            } else {
                census_words(document, workspace.shown)
            });
            if !view.settings.filter.is_none() {
                let words = format!("Filtered: {}", view.filter_words(document.map()));
                let words = RichText::new(words).color(ui.visuals().warn_fg_color);
                let hint = format!(
                    "{} hidden",
                    counted(document.map().relations.len() - workspace.shown.ties().len(), "tie")
                );
                ui.scope(|ui| {
                    ui.set_max_width((ui.available_width() * 0.4).max(60.0));
                    ui.add(Label::new(words).truncate()).on_hover_text(hint);
                });
            }
            not_shown_ui(ui, workspace, out);
            let outlooks = document.index().census().outlooks;
            if outlooks > 0 && !view.settings.outlook {
                let text = format!("{} hidden", counted(outlooks, "forecast"));
                if ui.link(text).on_hover_text("Show the forecasts").clicked() {
                    out.act(Action::Outlook);
                }
            }
            if view.settings.outlook && ui.link("Hide forecasts").clicked() {
                out.act(Action::Outlook);
            }
            if !workspace.problems.is_empty() {
                let text = RichText::new(counted(workspace.problems.len(), "warning"))
                    .color(ui.visuals().warn_fg_color);
                if ui.link(text).on_hover_text("Show the problems in this map (F8)").clicked() {
                    out.act(Action::Problems);
                }
            }
            if workspace.unsaved_works > 0 {
                let words = format!("Unsaved work of {}", counted(workspace.unsaved_works, "map"));
                let text = RichText::new(words).color(ui.visuals().warn_fg_color);
                let hint = "Recover or discard what a crash left behind (F5)";
                if ui.link(text).on_hover_text(hint).clicked() {
                    out.act(Action::Recover);
                }
            }
            let doubtful = workspace.reading.doubtful();
            if doubtful > 0 {
                let words = format!("{} not found word for word", counted(doubtful, "excerpt"));
                let text = RichText::new(words).color(ui.visuals().warn_fg_color);
                if ui.link(text).on_hover_text("Show the evidence table (F9)").clicked() {
                    out.act(Action::Toggle(PanelId::TABLE));
                }
            }
            if let Some(work) = workspace.work {
                let share =
                    work.share.map_or(String::new(), |share| format!(" {:.0} %", share * 100.0));
                ui.label(RichText::new(format!("{}…{share}", work.label)).weak());
                if work.share.is_some() && ui.link("Cancel").clicked() {
                    out.act(Action::CancelWork);
                }
            } else if !news.is_empty() {
                ui.scope(|ui| {
                    // Leave room for the zoom at the right.
                    ui.set_max_width((ui.available_width() - 96.0).max(40.0));
                    ui.add(Label::new(RichText::new(visual(news)).weak()).truncate())
                        .on_hover_text(news);
                });
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let percent = workspace.zoom * 100.0;
                ui.label(if percent < 2.0 {
                    format!("{percent:.2}%")
                } else {
                    format!("{percent:.0}%")
                });
                if ui.link("Fit").on_hover_text("Fit to window (F)").clicked() {
                    out.act(Action::Fit);
                }
            });
        });
    }
}

/// How much of the map is drawn. If something is left out, a link shows it again.
fn not_shown_ui(ui: &mut Ui, workspace: &Workspace<'_>, out: &mut Requests) {
    let Some(words) = not_shown(workspace.document.map(), workspace.shown) else { return };
    let Some(action) = workspace.what_shows() else {
        // The other counts of the bar name the ties already.
        if workspace.shown.lines().len() < workspace.shown.ties().len() {
            ui.label(words);
        }
        return;
    };
    let about = workspace.about(action);
    let hint = about.map_or_else(String::new, |about| {
        format!("{} ({})", about.text, about.key_words(ui.ctx()))
    });
    let text = RichText::new(words).color(ui.visuals().warn_fg_color);
    if ui.link(text).on_hover_text(hint).clicked() {
        out.act(action);
    }
}
