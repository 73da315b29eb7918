//! Keyboard shortcuts. A shortcut does the same as its menu entry, and nothing if that is disabled.

use egui::{self, Context, Event, Key, Modifiers};

use super::focus::Keyboard;
use super::key_order::{is_typed, selecting_key};
use super::program::App;
use crate::ui::commands::commands;
use crate::ui::requests::actions::Action;
use crate::ui::requests::{Request, Requests};
use crate::ui::workspace::CommandInfo;

impl App {
    /// Performs the commands whose shortcuts were pressed in this frame, in the order of the keys.
    /// Keys after a click, or after a command that opens a field or a dialog, wait for the next
    /// frame, and so do other keys after one that selects another element of the map.
    pub(super) fn press_keys(&mut self, ctx: &Context, keyboard: Keyboard) {
        if matches!(keyboard, Keyboard::Dialog | Keyboard::Menu) {
            return;
        }
        let mut events = ctx.input_mut(|input| std::mem::take(&mut input.events)).into_iter();
        let (mut kept, mut waiting) = (Vec::new(), Vec::new());
        let (mut is_clicked, mut selecting) = (false, None);
        while let Some(event) = events.next() {
            let about = shortcut(&event, keyboard).or_else(|| {
                undo(&event)
                    .filter(|_| self.is_naming_new_actor(ctx) || self.is_writing_new_note(ctx))
            });
            let must_wait = is_typed(&event)
                && !keyboard.is_typing()
                && (!waiting.is_empty()
                    || self.is_field_wanted()
                    || self.modal.is_some()
                    || is_clicked
                    || (selecting.is_some() && is_other_key(&event, selecting)));
            if must_wait {
                waiting.push(event);
                continue;
            }
            is_clicked |= matches!(event, Event::PointerButton { .. });
            if keyboard == Keyboard::Map {
                selecting = selecting.or_else(|| selecting_key(&event));
            }
            let Some(about) = about else {
                kept.push(event);
                continue;
            };
            self.press(ctx, about, keyboard);
            if about.is_plain() {
                kept.push(event);
                // The letter of the shortcut is not typed into a field that it opens.
                let text = events.as_slice().first();
                if self.is_field_wanted() && matches!(text, Some(Event::Text(_))) {
                    events.next();
                }
            }
        }
        ctx.input_mut(|input| input.events = kept);
        self.shell.waiting.keep(ctx, waiting);
        let mut out = Requests::default();
        self.clipboard_keys(ctx, keyboard, &mut out);
        self.perform_all(ctx, out);
    }

    /// Performs a command if it is enabled.
    fn press(&mut self, ctx: &Context, about: &CommandInfo, keyboard: Keyboard) {
        if about.action == Action::Clear && keyboard == Keyboard::Control {
            // Escape only returns to the map; the selection is cleared by the next one.
            self.release_keyboard(ctx);
        } else if (about.is_possible)(&self.workspace()) {
            let mut out = Requests::default();
            out.act(about.action);
            self.perform_all(ctx, out);
        }
    }

    /// Handles copy, cut and paste, which egui reports as separate events, not as keys. A text
    /// field handles them itself, except with Shift, which are other commands.
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

/// True if a key other than this one is pressed.
fn is_other_key(event: &Event, than: Option<Key>) -> bool {
    matches!(event, Event::Key { key, pressed: true, .. } if Some(*key) != than)
}

/// The command whose shortcut this event is, with this keyboard focus.
fn shortcut(event: &Event, keyboard: Keyboard) -> Option<&'static CommandInfo> {
    let Event::Key { key, pressed: true, modifiers, .. } = event else { return None };
    let is_it = |about: &&CommandInfo| {
        is_listening(about, keyboard) && is_shortcut(about, *key, *modifiers)
    };
    // egui also matches Ctrl+S when Ctrl+Shift+S is pressed, so shortcuts with Shift come first.
    let with_shift = commands().iter().filter(|about| about.key.modifiers.shift).find(is_it);
    with_shift.or_else(|| commands().iter().find(is_it))
}

/// The undo command, if this event is its shortcut.
fn undo(event: &Event) -> Option<&'static CommandInfo> {
    let Event::Key { key, pressed: true, modifiers, .. } = event else { return None };
    let undo = commands().iter().find(|about| about.action == Action::Undo);
    undo.filter(|about| is_shortcut(about, *key, *modifiers))
}

/// The rule which shortcuts are active with a keyboard focus: those with a modifier always, unless
/// a text field handles them itself; function keys and Escape unless a field has the focus; letters
/// and other characters only if the map itself has it.
fn is_listening(about: &CommandInfo, keyboard: Keyboard) -> bool {
    match about.action {
        Action::LeaveCanvas | Action::Present | Action::PresentHere => true,
        // A text field handles these itself.
        Action::Undo | Action::Redo => !keyboard.is_typing(),
        Action::SelectAll | Action::Copy | Action::Cut | Action::Paste | Action::Align(_) => {
            !keyboard.is_typing() && keyboard != Keyboard::Text
        }
        _ if !about.is_plain() => true,
        _ if is_function_key(about.key.logical_key) => !keyboard.is_typing(),
        _ => keyboard == Keyboard::Map,
    }
}

/// True for Escape and F1 to F35.
fn is_function_key(key: Key) -> bool {
    let is_numbered = key.name().strip_prefix('F').is_some_and(|number| !number.is_empty());
    key == Key::Escape || is_numbered
}

/// True if this key with these modifiers is the shortcut.
fn is_shortcut(about: &CommandInfo, key: Key, modifiers: Modifiers) -> bool {
    if key != about.key.logical_key {
        return false;
    }
    if !about.is_plain() {
        return modifiers.matches_logically(about.key.modifiers);
    }
    // Some keyboards need Shift for these characters.
    let needs_shift = matches!(key, Key::Questionmark | Key::Plus);
    let is_bare = !modifiers.command && !modifiers.ctrl && !modifiers.alt;
    is_bare && (needs_shift || !modifiers.shift)
}
