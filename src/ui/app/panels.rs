//! The bar, the line at the bottom, the panels at the sides, and the map between them.

use eframe::egui::{CentralPanel, Context, Frame, Margin, Panel, Ui, text, text_edit};

use super::App;
use crate::edit::Selection;
use crate::edit::snap::Snapping;
use crate::model::Element;
use crate::ui::canvas::Seen;
use crate::ui::dialogs::files::Wanted;
use crate::ui::dialogs::questions::Then;
use crate::ui::panels::editor::name_field;
use crate::ui::panels::filter::{Asked, FilterPanel};
use crate::ui::panels::inspector::{Outcome, Shown, inspector_ui};
use crate::ui::panels::list::list_ui;
use crate::ui::panels::reader::ReaderWish;
use crate::ui::panels::status::Status;
use crate::ui::panels::table::TableWish;
use crate::ui::panels::toolbar::Bar;

impl App {
    pub(super) fn panels(&mut self, ui: &mut Ui, ctx: &Context) {
        let mut actions = Vec::new();
        let bar_frame =
            Frame::new().fill(ui.visuals().panel_fill).inner_margin(Margin::symmetric(12, 6));
        Panel::top("toolbar").frame(bar_frame).exact_size(42.0).show(ui, |ui| {
            let bar = Bar {
                document: &self.document,
                recent: &self.settings.recent,
                search: &mut self.search,
                wants_search_focus: std::mem::take(&mut self.wants_search_focus),
                is_list_open: self.settings.is_list_open || self.is_list_for_search,
                has_outlook: self.document.index().census().outlooks > 0,
                is_outlook_shown: self.view.outlook,
                are_kinds_shown: self.view.kinds,
                is_filtered: !self.view.filter.is_none(),
                snapping: Snapping {
                    lines: self.settings.snaps_to_lines,
                    grid: self.settings.snaps_to_grid,
                },
            };
            let chosen = bar.ui(ui);
            actions.extend(chosen.actions);
            if let Some(path) = chosen.recent {
                self.unless_unsaved(ctx, Then::Open(path));
            }
            if chosen.is_search_left {
                self.search.clear();
            }
            if chosen.is_search_changed || chosen.is_search_left {
                self.is_list_for_search = !self.search.is_empty();
            }
            if chosen.is_search_done {
                self.found.refresh(
                    &self.search,
                    &self.document,
                    usize::try_from(self.documents_opened).unwrap_or(0),
                );
                if let Some(item) = self.found.first(&self.document) {
                    self.select_and_focus(item);
                }
            }
        });
        let status_frame =
            Frame::new().fill(ui.visuals().panel_fill).inner_margin(Margin::symmetric(14, 2));
        Panel::bottom("status").frame(status_frame).exact_size(28.0).show(ui, |ui| {
            let status = Status {
                document: &self.document,
                hidden_ties: self.canvas.hidden_ties(),
                is_outlook_shown: self.view.outlook,
                filter: &self.view.filter,
                zoom: self.canvas.camera().map_or(1.0, |camera| camera.zoom),
                busy: self.jobs.label(),
                share: self.jobs.share(),
                news: &self.news,
                doubtful: self.reading.doubtful(),
            };
            actions.extend(status.ui(ui));
        });
        self.side_panels(ui);
        let is_table = self.table.is_open;
        if is_table {
            self.table_panel(ui, ctx);
        } else {
            self.canvas_panel(ui, ctx);
        }
        if self.documents_opened > 0
            && !is_table
            && ctx.memory(|memory| memory.focused().is_none())
            && self.question.is_none()
        {
            // The keyboard belongs to the map unless something else took it.
            if let Some(id) = self.canvas.response_id {
                ctx.memory_mut(|memory| memory.request_focus(id));
            }
        }
        for action in actions {
            self.act(ctx, action);
        }
    }

    fn canvas_panel(&mut self, ui: &mut Ui, ctx: &Context) {
        CentralPanel::default().frame(Frame::NONE).show(ui, |ui| {
            let snapping =
                Snapping { lines: self.settings.snaps_to_lines, grid: self.settings.snaps_to_grid };
            let seen = Seen {
                document: &self.document,
                selection: &self.selection,
                view: &self.view,
                fonts: &self.fonts,
                snapping,
            };
            for wish in self.canvas.ui(ui, &seen) {
                self.grant(ctx, wish);
            }
        });
    }

    fn side_panels(&mut self, ui: &mut Ui) {
        let panel = ui.visuals().panel_fill;
        let evidence_frame = Frame::new().fill(panel).inner_margin(Margin {
            left: 18,
            right: 12,
            top: 16,
            bottom: 0,
        });
        let mut outcome = Outcome::default();
        let widest = (ui.available_width() * 0.45).max(260.0);
        let mut wishes = Vec::new();
        Panel::right("evidence")
            .frame(evidence_frame)
            .default_size(374.0)
            .size_range(260.0..=widest)
            .show(ui, |ui| {
                if self.settings.is_reader_open {
                    wishes = self.reader_panel(ui);
                }
                let wants_focus = std::mem::take(&mut self.wants_evidence_focus);
                let before = self.before.as_ref().and_then(Selection::only);
                let shown = Shown {
                    document: &self.document,
                    selection: &self.selection,
                    reading: &self.reading,
                };
                outcome = inspector_ui(ui, &shown, wants_focus, self.is_editing, before);
                if self.is_editing && std::mem::take(&mut self.wants_name_focus) {
                    self.take_name(ui.ctx());
                }
            });
        self.take_wanted_field(ui.ctx());
        for wish in wishes.into_iter().chain(outcome.wishes) {
            self.heed_reader(&ui.ctx().clone(), wish);
        }
        if let Some((source, place)) = outcome.reads {
            self.reader.go(source, place);
            self.show_reader(true);
        }
        self.is_editing ^= outcome.toggles_editing;
        let mut chosen = outcome.chosen;
        if outcome.goes_back
            && let Some(before) = self.before.take()
        {
            self.select(before);
        }
        for command in outcome.edits.commands {
            self.apply(command);
        }
        if outcome.edits.is_left {
            self.document.seal();
        }
        if self.settings.is_list_open || self.is_list_for_search {
            let list_frame = Frame::new().fill(panel).inner_margin(Margin {
                left: 14,
                right: 8,
                top: 10,
                bottom: 0,
            });
            Panel::left("list")
                .frame(list_frame)
                .default_size(270.0)
                .size_range(220.0..=480.0)
                .show(ui, |ui| {
                    self.found.refresh(
                        &self.search,
                        &self.document,
                        usize::try_from(self.documents_opened).unwrap_or(0),
                    );
                    chosen =
                        list_ui(ui, &self.found, &self.document, &self.selection, &self.search)
                            .or(chosen.take());
                });
        }
        if self.is_filter_open {
            let filter_frame = Frame::new().fill(panel).inner_margin(Margin {
                left: 14,
                right: 8,
                top: 10,
                bottom: 0,
            });
            Panel::left("filter")
                .frame(filter_frame)
                .default_size(250.0)
                .size_range(210.0..=420.0)
                .show(ui, |ui| {
                    let shown = self.canvas.shown_ties();
                    let before = self.view.filter.clone();
                    let (document, filter, epoch) =
                        (&self.document, &mut self.view.filter, self.filters);
                    match (FilterPanel { document, filter, shown, epoch }).ui(ui) {
                        Some(Asked::Close) => self.is_filter_open = false,
                        Some(Asked::ShowAll) => self.show_all(),
                        None => {}
                    }
                    if self.view.filter != before {
                        self.emphasise();
                    }
                });
        }
        if let Some(item) = chosen {
            self.select_and_focus(item);
        }
    }

    /// The source's text, below the evidence.
    fn reader_panel(&mut self, ui: &mut Ui) -> Vec<ReaderWish> {
        let mut wishes = Vec::new();
        let tallest = (ui.available_height() - 160.0).max(160.0);
        let frame = Frame::new().inner_margin(Margin { left: 0, right: 0, top: 8, bottom: 4 });
        let half = ui.available_height() * 0.52;
        Panel::bottom("reader")
            .frame(frame)
            .resizable(true)
            .default_size(half)
            .size_range(140.0..=tallest)
            .show(ui, |ui| {
                // A panel is as high as what is in it.
                ui.set_min_height(ui.available_height());
                let seen = Shown {
                    document: &self.document,
                    reading: &self.reading,
                    selection: &self.selection,
                };
                wishes = self.reader.ui(ui, &seen);
            });
        wishes
    }

    /// The table instead of the map, or the map again; neither keeps the keyboard of the other.
    pub(super) fn show_table(&mut self, ctx: &Context, is_open: bool) {
        self.table.is_open = is_open;
        ctx.memory_mut(|memory| {
            if let Some(focused) = memory.focused() {
                memory.surrender_focus(focused);
            }
        });
    }

    fn table_panel(&mut self, ui: &mut Ui, ctx: &Context) {
        let frame =
            Frame::new().fill(ui.visuals().panel_fill).inner_margin(Margin::symmetric(16, 12));
        let made_of = (
            self.documents_opened,
            self.document.said(),
            std::sync::Arc::as_ptr(&self.reading).addr(),
        );
        let mut wish = None;
        CentralPanel::default().frame(frame).show(ui, |ui| {
            wish = self.table.ui(ui, &self.document, &self.reading.verified, made_of);
        });
        match wish {
            None => {}
            Some(TableWish::Select(item)) => self.select_and_focus(item),
            Some(TableWish::Source(id)) => {
                self.reader.show(id);
                self.show_reader(true);
            }
            Some(TableWish::Save) => self.ask(ctx, Wanted::SaveTable),
            Some(TableWish::Close) => self.show_table(ctx, false),
        }
    }

    /// Puts the keyboard into the field that was asked for, now that it is there.
    fn take_wanted_field(&mut self, ctx: &Context) {
        let Some(field) = self.wanted_field else { return };
        if let Some(response) = ctx.read_response(field) {
            response.request_focus();
            self.wanted_field = None;
            ctx.request_repaint();
        } else if !self.is_editing {
            self.wanted_field = None;
        }
    }

    /// Puts the keyboard into the name of the selected actor, ready to be typed over.
    fn take_name(&self, ctx: &Context) {
        let Some(Element::Actor(id)) = self.selection.only() else { return };
        let field = name_field(id);
        let end = self.document.index().name(self.document.map(), id).chars().count();
        let all = text::CCursorRange::two(text::CCursor::new(0), text::CCursor::new(end));
        let mut state = text_edit::TextEditState::default();
        state.cursor.set_char_range(Some(all));
        state.store(ctx, field);
        ctx.memory_mut(|memory| memory.request_focus(field));
    }
}
