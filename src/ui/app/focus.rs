//! Keyboard focus: the one rule that decides whether a key is a command, text, or neither.

use egui::{self, Context, FocusDirection, Popup};

use super::program::App;
use crate::ui::panels::id::PanelId;
use crate::ui::panels::reader::text_id;

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
        match (was_typing, has_map) {
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

    /// Removes the keyboard focus from any widget, so that the map gets it in the next frame.
    pub(super) fn release_keyboard(ctx: &Context) {
        ctx.memory_mut(|memory| {
            if let Some(focused) = memory.focused() {
                memory.surrender_focus(focused);
            }
        });
        ctx.request_repaint();
    }
}
