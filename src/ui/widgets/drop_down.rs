//! A drop-down list that can be used with the keyboard: Enter, Space or the arrow keys open it, the
//! arrow keys move through it, typing goes to the next row with a word that begins so, Enter or
//! Space choose, Escape closes it.

use egui::{
    self, Button, ComboBox, Event, EventFilter, Id, IdSalt, Key, Modifiers, Popup, Response,
    ScrollArea, Ui, WidgetInfo, WidgetType,
};

/// Up to this many rows, all are built; beyond it, only the visible ones.
const BUILT_AT_MOST: usize = 200;

/// Height of an open list, in points.
const HEIGHT: f32 = 320.0;

/// Letters that follow each other within this time, in seconds, belong together.
const TYPING: f64 = 1.0;

/// A drop-down list of `count` rows.
pub struct DropDown<'a> {
    /// Identifies the list in its form.
    pub id: Id,
    /// The accessible name.
    pub label: &'a str,
    /// What is shown while the list is closed.
    pub shown: String,
    pub count: usize,
    /// The row of the current value.
    pub current: Option<usize>,
}

/// What the keys ask an open list for.
#[derive(Default)]
struct Pressed {
    row: Option<usize>,
    is_chosen: bool,
}

impl DropDown<'_> {
    /// Shows the list. Returns the row that was chosen, and the response of the closed list.
    pub fn ui(&self, ui: &mut Ui, words: impl Fn(usize) -> String) -> (Option<usize>, Response) {
        let button = ui.make_persistent_id(IdSalt::new(self.id));
        let popup = button.with("popup");
        let was_open = Popup::is_id_open(ui.ctx(), popup);
        if !was_open {
            ui.data_mut(|data| data.remove::<usize>(row_id(button)));
        }
        let pressed = self.keys(ui, button, popup, was_open, &words);
        let row = ui.data(|data| data.get_temp::<usize>(row_id(button))).or(self.current);
        let mut chosen = pressed.row.filter(|_| pressed.is_chosen);
        let combo = ComboBox::from_id_salt(self.id)
            .selected_text(self.shown.as_str())
            .width(ui.available_width())
            .height(HEIGHT)
            .truncate();
        let combo = combo.show_ui(ui, |ui| {
            let is_moved = pressed.row.is_some() || !was_open;
            let clicked = self.rows_ui(ui, row, is_moved, words);
            chosen = clicked.or(chosen);
        });
        let response = combo.response;
        response.widget_info(|| WidgetInfo::labeled(WidgetType::ComboBox, true, self.label));
        if response.clicked() {
            response.request_focus();
        }
        if chosen.is_some() {
            Popup::close_id(ui.ctx(), popup);
        }
        (chosen, response)
    }

    /// Takes the keys that are meant for the list.
    fn keys(
        &self,
        ui: &Ui,
        button: Id,
        popup: Id,
        is_open: bool,
        words: &impl Fn(usize) -> String,
    ) -> Pressed {
        if !ui.memory(|memory| memory.has_focus(button)) {
            return Pressed::default();
        }
        // The arrow keys do not move the focus, and Escape closes only the list.
        let filter =
            EventFilter { vertical_arrows: true, escape: is_open, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(button, filter));
        let last = self.count.saturating_sub(1);
        let before = ui.data(|data| data.get_temp::<usize>(row_id(button))).or(self.current);
        let mut pressed = Pressed::default();
        let mut row = before.unwrap_or(0);
        let (mut is_moved, mut is_opened) = (false, false);
        let mut typed = String::new();
        ui.input_mut(|input| {
            input.events.retain(|event| {
                if let Event::Text(text) = event
                    && is_open
                    && !text.trim().is_empty()
                {
                    typed.push_str(text);
                    return false;
                }
                let Some(key) = plain_key(event) else { return true };
                match key {
                    Key::ArrowDown | Key::ArrowUp if !is_open => is_opened = true,
                    _ if !is_open => return true,
                    Key::ArrowDown => row = (row + 1).min(last),
                    Key::ArrowUp => row = row.saturating_sub(1),
                    Key::Home => row = 0,
                    Key::End => row = last,
                    Key::Enter | Key::Space => pressed.is_chosen = true,
                    _ => return true,
                }
                is_moved |= is_open;
                false
            });
        });
        if !typed.is_empty() {
            let found = self.row_with(&typed_so_far(ui, button, &typed), row, words);
            is_moved |= found.is_some();
            row = found.unwrap_or(row);
        }
        if is_opened {
            Popup::open_id(ui.ctx(), popup);
        }
        if is_moved {
            ui.data_mut(|data| data.insert_temp(row_id(button), row));
            pressed.row = Some(row);
        }
        pressed
    }

    /// The next row that has a word that begins with what was typed: this one or a later one, for a
    /// single letter a later one; then from the first.
    fn row_with(&self, typed: &str, row: usize, words: &impl Fn(usize) -> String) -> Option<usize> {
        let start = row + usize::from(typed.chars().count() == 1);
        let has_word = |row: &usize| {
            let words = words(*row).to_lowercase();
            words.starts_with(typed)
                || words.split_whitespace().any(|word| {
                    word.trim_start_matches(|letter: char| !letter.is_alphanumeric())
                        .starts_with(typed)
                })
        };
        (start..self.count).chain(0..start.min(self.count)).find(has_word)
    }

    /// Shows the rows, with `row` marked; scrolls to it if it has moved. Returns the clicked row.
    fn rows_ui(
        &self,
        ui: &mut Ui,
        row: Option<usize>,
        is_moved: bool,
        words: impl Fn(usize) -> String,
    ) -> Option<usize> {
        let mut clicked = None;
        let mut row_ui = |ui: &mut Ui, number: usize, is_scrolled: bool| {
            let response = ui.add(Button::selectable(row == Some(number), words(number)));
            if is_scrolled && row == Some(number) {
                response.scroll_to_me(None);
            }
            if response.clicked() {
                clicked = Some(number);
            }
        };
        if self.count <= BUILT_AT_MOST {
            for number in 0..self.count {
                row_ui(ui, number, is_moved);
            }
            return clicked;
        }
        let height = ui.spacing().interact_size.y;
        let mut area = ScrollArea::vertical().max_height(HEIGHT);
        if let Some(row) = row.filter(|_| is_moved) {
            let step = height + ui.spacing().item_spacing.y;
            #[expect(clippy::cast_precision_loss, reason = "a number of rows")]
            let above = row.saturating_sub(3) as f32;
            area = area.vertical_scroll_offset(above * step);
        }
        area.show_rows(ui, height, self.count, |ui, rows| {
            for number in rows {
                row_ui(ui, number, false);
            }
        });
        clicked
    }
}

/// The id under which the marked row of an open list is kept.
fn row_id(button: Id) -> Id {
    button.with("row")
}

/// The key that was pressed without modifiers.
fn plain_key(event: &Event) -> Option<Key> {
    match event {
        Event::Key { key, pressed: true, modifiers: Modifiers::NONE, .. } => Some(*key),
        _ => None,
    }
}

/// What was typed in quick succession, with `more` at the end.
fn typed_so_far(ui: &Ui, button: Id, more: &str) -> String {
    let now = ui.input(|input| input.time);
    let id = button.with("typed");
    let before = ui.data(|data| data.get_temp::<(String, f64)>(id));
    let before = before.filter(|(_, time)| now - time < TYPING);
    let typed = before.map_or(String::new(), |(words, _)| words) + &more.to_lowercase();
    ui.data_mut(|data| data.insert_temp(id, (typed.clone(), now)));
    typed
}
