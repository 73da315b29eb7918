//! Keyboard shortcuts. A shortcut does the same as its menu entry, and nothing if that is disabled.

use egui::{self, Context, Event};

use super::focus::Keyboard;
use super::program::App;
use crate::ui::commands::commands;
use crate::ui::requests::actions::Action;
use crate::ui::requests::{Request, Requests};
use crate::ui::workspace::CommandInfo;

impl App {
    /// Performs the commands whose shortcuts were pressed in this frame.
    pub(super) fn press_keys(&mut self, ctx: &Context, keyboard: Keyboard) {
        if matches!(keyboard, Keyboard::Dialog | Keyboard::Menu) {
            return;
        }
        let mut out = Requests::default();
        // egui also matches Ctrl+S when Ctrl+Shift+S is pressed, so shortcuts with Shift are
        // checked first.
        let (long, short): (Vec<&CommandInfo>, Vec<&CommandInfo>) =
            commands().iter().partition(|about| about.key.modifiers.shift);
        for about in long.into_iter().chain(short) {
            let undoes_actor = about.action == Action::Undo && self.is_naming_new_actor(ctx);
            if (is_listening(about, keyboard) || undoes_actor)
                && ctx.input_mut(|input| is_pressed(input, about))
                && (about.is_possible)(&self.workspace())
            {
                out.act(about.action);
            }
        }
        self.clipboard_keys(ctx, keyboard, &mut out);
        self.perform_all(ctx, out);
    }

    /// Handles copy, cut and paste, which egui reports as separate events, not as keys. A text field
    /// handles them itself, except with Shift, which are other commands.
    fn clipboard_keys(&self, ctx: &Context, keyboard: Keyboard, out: &mut Requests) {
        let is_on_map = keyboard == Keyboard::Map;
        let mut held = self.shell.held;
        let mut act = |action: Action| {
            let workspace = self.workspace();
            if workspace.about(action).is_some_and(|about| (about.is_possible)(&workspace)) {
                out.act(action);
            }
        };
        let mut pasted = Vec::new();
        for event in ctx.input(|input| input.events.clone()) {
            match event {
                Event::ModifiersChanged(modifiers) => held = modifiers,
                // egui reports Ctrl+C and Ctrl+X as copy and cut even if Shift is held.
                Event::Copy if held.shift => act(Action::CopyPicture),
                Event::Cut if held.shift && held.command => act(Action::ShowAll),
                Event::Copy if is_on_map => act(Action::Copy),
                Event::Cut if is_on_map => act(Action::Cut),
                Event::Paste(text) if !keyboard.is_typing() => pasted.push(text),
                _ => {}
            }
        }
        for text in pasted {
            out.push(Request::Paste(text));
        }
    }
}

/// True if the shortcut of this command is active with this keyboard focus.
fn is_listening(about: &CommandInfo, keyboard: Keyboard) -> bool {
    match about.action {
        Action::LeaveCanvas => true,
        // Enter is handled by the focused widget unless that is the map.
        Action::Evidence => keyboard == Keyboard::Map,
        // A text field handles these itself.
        Action::Clear if keyboard == Keyboard::MapBesideMark => true,
        Action::Undo | Action::Redo => !keyboard.is_typing(),
        Action::SelectAll | Action::Copy | Action::Cut | Action::Paste | Action::Align(_) => {
            !keyboard.is_typing() && keyboard != Keyboard::Text
        }
        _ => {
            let takes_letters = matches!(keyboard, Keyboard::Text | Keyboard::MapBesideMark);
            !(about.is_plain() && (keyboard.is_typing() || takes_letters))
        }
    }
}

/// True if the shortcut was pressed in this frame. One with modifiers is consumed.
fn is_pressed(input: &mut egui::InputState, about: &CommandInfo) -> bool {
    if !about.is_plain() {
        return input.consume_shortcut(&about.key);
    }
    // Uses the modifiers of the event: at the end of the frame they may have been released.
    let needs_shift = matches!(about.key.logical_key, egui::Key::Questionmark | egui::Key::Plus);
    input.events.iter().any(|event| match event {
        Event::Key { key, pressed: true, modifiers, .. } => {
            let is_bare = !modifiers.command && !modifiers.ctrl && !modifiers.alt;
            // Some keyboards need Shift for these characters.
            *key == about.key.logical_key && is_bare && (needs_shift || !modifiers.shift)
        }
        _ => false,
    })
}
