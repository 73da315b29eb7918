//! Keys to commands. A key does what its menu entry does, and nothing where that is disabled.

use eframe::egui::{self, Context, Event};

use super::focus::Keyboard;
use super::program::App;
use crate::ui::requests::actions::{About, Action, table};
use crate::ui::requests::{Request, Requests};

impl App {
    /// Performs the commands whose keys were pressed in this frame.
    pub(super) fn press_keys(&mut self, ctx: &Context, keyboard: Keyboard) {
        if matches!(keyboard, Keyboard::Dialog | Keyboard::Menu) {
            return;
        }
        let mut out = Requests::default();
        // To egui, Ctrl+Shift+S is a Ctrl+S as well: the longer key is asked for first.
        let (long, short): (Vec<&About>, Vec<&About>) =
            table().iter().partition(|about| about.key.modifiers.shift);
        for about in long.into_iter().chain(short) {
            if is_listening(about, keyboard)
                && ctx.input_mut(|input| is_pressed(input, about))
                && (about.is_possible)(&self.workspace())
            {
                out.act(about.action);
            }
        }
        if !keyboard.is_typing() {
            self.clipboard_keys(ctx, keyboard, &mut out);
        }
        self.perform_all(ctx, out);
    }

    /// Copying and pasting arrive as events of their own, not as keys.
    fn clipboard_keys(&self, ctx: &Context, keyboard: Keyboard, out: &mut Requests) {
        let is_on_map = keyboard == Keyboard::Map;
        let mut held = self.shell.held;
        let mut act = |action: Action| {
            if (action.about().is_possible)(&self.workspace()) {
                out.act(action);
            }
        };
        let mut pasted = Vec::new();
        for event in ctx.input(|input| input.events.clone()) {
            match event {
                Event::ModifiersChanged(modifiers) => held = modifiers,
                // To egui, every Ctrl+C and Ctrl+X is a copy or a cut, whatever else is held.
                Event::Copy if held.shift => act(Action::CopyPicture),
                Event::Cut if held.shift && held.command => act(Action::ShowAll),
                Event::Copy if is_on_map => act(Action::Copy),
                Event::Cut if is_on_map => act(Action::Cut),
                Event::Paste(text) => pasted.push(text),
                _ => {}
            }
        }
        for text in pasted {
            out.push(Request::Paste(text));
        }
    }
}

/// True if the key of this command is listened to while something has the keyboard.
fn is_listening(about: &About, keyboard: Keyboard) -> bool {
    match about.action {
        Action::LeaveCanvas => true,
        // Enter belongs to whatever has the keyboard.
        Action::Evidence => keyboard == Keyboard::Map,
        // Inside a text field these are the field's own.
        Action::Undo
        | Action::Redo
        | Action::SelectAll
        | Action::Copy
        | Action::Cut
        | Action::Paste
        | Action::Align(_) => !keyboard.is_typing(),
        _ => !(about.is_plain() && keyboard.is_typing()),
    }
}

fn is_pressed(input: &mut egui::InputState, about: &About) -> bool {
    if !about.is_plain() {
        return input.consume_shortcut(&about.key);
    }
    // The modifiers at the time of the press: by the end of the frame the key may be up again.
    let needs_shift = matches!(about.key.logical_key, egui::Key::Questionmark | egui::Key::Plus);
    input.events.iter().any(|event| match event {
        Event::Key { key, pressed: true, modifiers, .. } => {
            let is_bare = !modifiers.command && !modifiers.ctrl && !modifiers.alt;
            // Some signs cannot be typed without Shift.
            *key == about.key.logical_key && is_bare && (needs_shift || !modifiers.shift)
        }
        _ => false,
    })
}
