//! One frame of the map: pointer input, keys, then painting.
//!
//! `GraphView` requests another frame every time it runs, so it runs only if there is pointer
//! input.

use egui::{self, Rect, Response, Sense, Ui};

use super::access::describe;
use super::empty::empty_ui;
use super::state::Canvas;
use crate::geometry::point;
use crate::model::citation::quoted;
use crate::scene::theme::Theme;
use crate::text::visual;
use crate::ui::requests::Requests;
use crate::ui::widgets::style;
use crate::ui::widgets::words::line_name;
use crate::ui::workspace::Workspace;

impl Canvas {
    /// Shows the map for one frame, and pushes requests for user input.
    pub fn ui(&mut self, ui: &mut Ui, workspace: &Workspace<'_>, out: &mut Requests) {
        let theme = style::scene_theme(ui.ctx());
        let size = ui.available_size();
        let resized = (size.x - self.page.x).abs() > 0.5 || (size.y - self.page.y).abs() > 0.5;
        self.page = point(size.x.max(1.0), size.y.max(1.0));
        if resized && self.is_fitted {
            self.is_fit_wanted = true;
        }
        self.refresh(ui, workspace, &theme);
        let response = if self.needs_pointer_input(ui) {
            let response = self.point(ui, workspace, out);
            self.refresh(ui, workspace, &theme);
            response
        } else {
            // Allocates the same widget as `GraphView`, so that egui can assign the next press to
            // it.
            ui.allocate_painter(size, Sense::click_and_drag()).0
        };
        self.rect = response.rect;
        self.response_id = Some(response.id);
        self.keys(ui, workspace, &response, out);
        self.context_menu(workspace, &response, out);
        self.paint(ui, workspace, &response, &theme);
        describe(ui, workspace, self, &response, out);
        self.hint(ui, workspace, &response);
        if workspace.document.map().actors.is_empty() {
            empty_ui(ui, response.rect, workspace, out);
        }
    }

    fn paint(&self, ui: &Ui, workspace: &Workspace<'_>, response: &Response, theme: &Theme) {
        let painter = ui.painter_at(response.rect);
        if !self.is_covered_by_still() {
            painter.rect_filled(response.rect, 0.0, style::color(theme.ground));
        }
        self.paint_grid(workspace, &painter, theme);
        let is_still = self.paint_still(&painter);
        if is_still {
            // Nothing else is drawn, or what is dragged was drawn above it.
        } else if self.is_large() {
            self.paint_large(&painter, theme);
        } else if let Some(sketch) = &self.sketch {
            sketch.paint(&painter, self.screen_from_map(sketch.origin));
        }
        self.paint_rings(workspace, &painter, theme);
        self.paint_pins(&painter, theme);
        // The picture of a small map has its notes as well.
        if !is_still || self.is_large() {
            self.paint_notes(&painter);
        }
        self.paint_edges(&painter, response.rect.min);
        self.paint_guides(&painter, theme);
        self.paint_fold_controls(workspace, &painter, theme);
        self.paint_title_link(ui, workspace, &painter);
        self.paint_handle(ui, workspace, &painter, theme);
        self.paint_note_edge(workspace, &painter, theme);
        if let (Some(start), Some(end)) =
            (self.marquee, ui.input(|input| input.pointer.latest_pos()))
        {
            let accent = style::color(theme.accent);
            let area = Rect::from_two_pos(start, end);
            painter.rect(
                area,
                2.0,
                accent.gamma_multiply(0.12),
                (1.0, accent),
                egui::StrokeKind::Middle,
            );
        }
        if response.has_focus() && self.is_focus_shown {
            let accent = style::color(theme.accent).gamma_multiply(0.5);
            painter.rect_stroke(
                response.rect.shrink(1.0),
                0.0,
                (1.0, accent),
                egui::StrokeKind::Inside,
            );
        }
    }

    /// Shows a tooltip for the line under the pointer: how many ties it stands for and how firm
    /// they are, then the words of the firmest.
    fn hint(&self, ui: &Ui, workspace: &Workspace<'_>, response: &Response) {
        let Some(line) = self.hovered_line else { return };
        let has_dialog = ui.memory(|memory| memory.top_modal_layer().is_some());
        if has_dialog
            || self.drag.is_some()
            || !response.hovered()
            || ui.input(|input| input.pointer.any_down())
        {
            return;
        }
        let (document, shown) = (workspace.document, workspace.shown);
        let words = line_name(document, shown, line);
        let ties = shown.lines().ties(line).iter();
        let ties = ties.filter_map(|tie| document.map().relations.get(*tie));
        let firmest = ties.filter(|tie| !tie.evidence.is_empty()).min_by_key(|tie| tie.status);
        response.clone().on_hover_ui_at_pointer(|ui| {
            ui.set_max_width(320.0);
            ui.label(visual(&words));
            if let Some(excerpt) = firmest.and_then(|tie| tie.evidence.first()) {
                ui.label(
                    egui::RichText::new(style::prose(ui, &quoted(&excerpt.excerpt), 13.0)).weak(),
                );
            }
        });
    }
}
