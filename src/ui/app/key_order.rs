//! Keys that arrive before the widget that they are meant for. In a slow frame, several keys and
//! clicks arrive together, and a field that a command opens has the focus only in a later frame.
//! Such keys wait, so that they neither run commands nor get lost.

use egui::{Context, Event, Key};

/// A field that is not shown within this many frames does not get the focus any more.
const FRAMES_AT_MOST: u32 = 10;

/// The keys that wait.
#[derive(Default)]
pub(super) struct WaitingKeys {
    events: Vec<Event>,
    /// The number of frames for which a field has been wanted.
    frames: u32,
}

impl WaitingKeys {
    /// Takes all keys of this frame away while a field is wanted; gives them back in the frame in
    /// which it has the focus. False if the field is no longer wanted: after Escape, or because it
    /// does not appear.
    pub fn order(&mut self, ctx: &Context, is_field_wanted: bool) -> bool {
        if !is_field_wanted {
            self.frames = 0;
            let mut events = std::mem::take(&mut self.events);
            if !events.is_empty() {
                ctx.input_mut(|input| {
                    events.append(&mut input.events);
                    input.events = events;
                });
            }
            return true;
        }
        self.frames += 1;
        let events = ctx.input_mut(|input| std::mem::take(&mut input.events));
        let (keys, others): (Vec<Event>, Vec<Event>) = events.into_iter().partition(is_typed);
        let is_cancelled = keys.iter().any(is_escape);
        self.events.extend(keys);
        ctx.input_mut(|input| input.events = others);
        ctx.request_repaint();
        if is_cancelled || self.frames > FRAMES_AT_MOST {
            self.events.clear();
            return false;
        }
        true
    }

    /// Keeps keys for the next frame.
    pub fn keep(&mut self, ctx: &Context, events: Vec<Event>) {
        if !events.is_empty() {
            self.events.extend(events);
            ctx.request_repaint();
        }
    }
}

/// True for what a keyboard sends.
pub(super) fn is_typed(event: &Event) -> bool {
    matches!(event, Event::Key { .. } | Event::Text(_) | Event::Ime(_) | Event::Paste(_))
}

/// The key, if it is one with which the map selects another element. The map handles it after the
/// commands.
pub(super) fn selecting_key(event: &Event) -> Option<Key> {
    let Event::Key { key, pressed: true, .. } = event else { return None };
    [Key::Tab, Key::OpenBracket, Key::CloseBracket].contains(key).then_some(*key)
}

fn is_escape(event: &Event) -> bool {
    matches!(event, Event::Key { key: Key::Escape, pressed: true, .. })
}
