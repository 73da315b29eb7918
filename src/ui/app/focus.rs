//! Keyboard focus: the one rule that decides whether a key is a command, text, or neither.

use egui::{self, Context, FocusDirection, Popup};

use super::program::App;
use crate::ui::panels::id::PanelId;
use crate::ui::panels::reader::text_id;
use crate::ui::widgets::field;
use crate::ui::workspace::Focus;

/// What has the keyboard focus in this frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keyboard {
    /// A dialog in front of everything else.
    Dialog,
    /// An open menu or list.
    Menu,
    /// A text field, or one that loses the focus in this frame and still handles Escape and Enter.
    Field,
    /// The text of a source. Letters are its own commands.
    Text,
    /// The map, while a passage of a text is marked: letters do nothing.
    MapBesideMark,
    /// The map.
    Map,
    /// A button or another control.
    Control,
}

impl Keyboard {
    /// True if a text field has the focus.
    pub fn is_typing(self) -> bool {
        self == Self::Field
    }
}

impl App {
    /// Determines what has the keyboard focus. If nothing has it, the map receives it in the same
    /// frame. Keys pressed right after the start, a dialog or Escape are then not lost, and egui
    /// does not use Tab to move the focus through the toolbar.
    pub(super) fn keyboard(&mut self, ctx: &Context) -> Keyboard {
        if self.modal.is_some() {
            return Keyboard::Dialog;
        }
        if Popup::is_any_open(ctx) {
            return Keyboard::Menu;
        }
        let was_typing = self.shell.was_typing;
        if ctx.text_edit_focused() {
            return Keyboard::Field;
        }
        if ctx.memory(|memory| memory.has_focus(text_id()))
            && ctx.read_response(text_id()).is_some()
        {
            return Keyboard::Text;
        }
        let canvas = self.session.canvas.id();
        let is_shown = !self.settings.is_open(PanelId::TABLE);
        let focused = ctx.memory(egui::Memory::focused);
        let is_gone = |id| Some(id) != canvas && ctx.read_response(id).is_none();
        let is_lost = focused.is_none_or(is_gone);
        if let Some(canvas) = canvas.filter(|_| is_shown && is_lost) {
            ctx.memory_mut(|memory| memory.request_focus(canvas));
        }
        let has_map = is_shown && (is_lost || focused == canvas);
        if has_map {
            // On the map, Tab and the arrow keys select and move actors instead of the focus.
            ctx.memory_mut(|memory| memory.move_focus(FocusDirection::None));
        }
        // egui has already taken the focus from a control when Escape was pressed.
        let left_control =
            self.shell.was_on_control && ctx.input(|input| input.key_pressed(egui::Key::Escape));
        match (was_typing, has_map && !left_control) {
            (true, _) => Keyboard::Field,
            (false, true) if self.has_mark() => Keyboard::MapBesideMark,
            (false, true) => Keyboard::Map,
            (false, false) => Keyboard::Control,
        }
    }

    /// True if an open panel has a marked passage.
    fn has_mark(&self) -> bool {
        let panels = self.session.panels.iter();
        panels.filter(|panel| self.is_open(panel.id())).any(|panel| panel.has_mark())
    }

    /// True if a field will get the keyboard focus as soon as it is shown.
    pub(super) fn is_field_wanted(&self) -> bool {
        matches!(self.session.wanted_focus, Some(Focus::Search | Focus::Field { .. }))
    }

    /// Lets keys wait for the field that is wanted; see [`super::key_order`].
    pub(super) fn order_keys(&mut self, ctx: &Context) {
        let is_field_wanted = self.is_field_wanted();
        if !self.shell.waiting.order(ctx, is_field_wanted) {
            self.session.wanted_focus = None;
        }
    }

    /// Offers the keyboard focus to the form field that should get it; see [`field::take`].
    pub(super) fn offer_focus(&self, ctx: &Context) {
        let wanted = match self.session.wanted_focus {
            Some(Focus::Field { id, .. }) => Some(id),
            _ => None,
        };
        field::want(ctx, wanted);
    }

    /// Records what has the focus at the end of a frame, and marks it if it was moved by a key.
    pub(super) fn note_focus(&mut self, ctx: &Context) {
        if let Some(Focus::Field { id, .. }) = self.session.wanted_focus
            && field::is_taken(ctx, id)
        {
            self.session.wanted_focus = None;
        }
        let focused = ctx.memory(egui::Memory::focused);
        self.shell.was_typing = ctx.text_edit_focused();
        self.shell.was_on_control = !self.shell.was_typing
            && self.modal.is_none()
            && focused.is_some_and(|focused| Some(focused) != self.session.canvas.id());
        let (is_pointed, is_typed) = ctx.input(|input| {
            (input.pointer.any_pressed(), input.keys_down.contains(&egui::Key::Tab))
        });
        let is_shown = self.shell.is_focus_shown;
        self.shell.is_focus_shown = !is_pointed && (is_shown || is_typed);
        let is_on_control = focused.is_some() && Some(focused) != Some(self.session.canvas.id());
        if self.shell.is_focus_shown && is_on_control && !self.shell.was_typing {
            mark_focus(ctx);
        }
    }

    /// Removes the keyboard focus from any widget except the map, so that the map gets it in the
    /// next frame.
    pub(super) fn release_keyboard(&self, ctx: &Context) {
        let canvas = self.session.canvas.id();
        ctx.memory_mut(|memory| {
            if let Some(focused) = memory.focused().filter(|focused| Some(*focused) != canvas) {
                memory.surrender_focus(focused);
            }
        });
        ctx.request_repaint();
    }
}

/// Draws a border around the control that has the focus.
fn mark_focus(ctx: &Context) {
    let focused = ctx.memory(egui::Memory::focused);
    let Some(control) = focused.and_then(|focused| ctx.read_response(focused)) else { return };
    let painter = ctx.layer_painter(control.layer_id);
    let stroke = egui::Stroke::new(2.0, ctx.global_style().visuals.hyperlink_color);
    let rect = control.rect.intersect(control.interact_rect.expand(2.0)).expand(2.0);
    painter.rect_stroke(rect, 4.0, stroke, egui::StrokeKind::Middle);
}
