//! Form fields: a label with the value below it. A field returns its new value if it changed.
//! Fields that do not accept every text are in `input.rs`.

use std::hash::Hash;

use egui::{self, Context, Id, Response, RichText, TextEdit, Ui, WidgetInfo, WidgetType};

use super::drop_down::DropDown;
use super::field::{select_all, take};
use super::style::prose;
use crate::model::{Actor, ActorId, ActorIndex, Map, PerActorSlice};

/// A form that is being edited.
pub struct Form<'a> {
    pub map: &'a Map,
    /// Prefix of the field ids, unique for each edited object.
    pub key: Id,
    /// Set to true when a field loses focus. The next edit then starts a new undo step.
    pub is_left: bool,
}

/// Drops the unfinished input of a field, which then shows its value.
pub(super) fn forget(ctx: &Context, field: Id) {
    ctx.data_mut(|data| data.remove::<String>(field));
}

#[expect(
    clippy::option_option,
    reason = "the outer one is `Some` if the value changed, the inner one is the value"
)]
impl Form<'_> {
    pub(super) fn id(&self, label: &str) -> Id {
        self.key.with(label)
    }

    /// A single-line text field.
    pub fn line(&mut self, ui: &mut Ui, label: &str, value: &str) -> Option<String> {
        self.text(ui, label, value, false)
    }

    /// A multi-line text field.
    pub fn lines(&mut self, ui: &mut Ui, label: &str, value: &str) -> Option<String> {
        self.text(ui, label, value, true)
    }

    fn text(&mut self, ui: &mut Ui, label: &str, value: &str, has_lines: bool) -> Option<String> {
        let id = self.id(label);
        let (text, response) = self.raw(ui, label, value, has_lines);
        if response.lost_focus() {
            forget(ui.ctx(), id);
        }
        response.changed().then_some(text)
    }

    /// A text field that keeps its input, also after it loses the focus.
    pub(super) fn raw(
        &mut self,
        ui: &mut Ui,
        label: &str,
        value: &str,
        has_lines: bool,
    ) -> (String, Response) {
        caption(ui, label);
        let id = self.id(label);
        // Unfinished input is stored separately, because it may not be a valid value yet.
        let kept = ui.data(|data| data.get_temp::<String>(id));
        let mut text = kept.unwrap_or_else(|| value.to_owned());
        let edit = if has_lines {
            TextEdit::multiline(&mut text).desired_rows(2)
        } else {
            TextEdit::singleline(&mut text)
        };
        let edit = edit.id(id).desired_width(f32::INFINITY);
        let response = ui.add(edit.margin(egui::Margin::symmetric(8, 4)));
        response.widget_info(|| WidgetInfo::labeled(WidgetType::TextEdit, true, label));
        if response.gained_focus() {
            response.scroll_to_me(None);
            if ui.input(|input| input.key_pressed(egui::Key::Tab)) {
                select_all(ui.ctx(), id);
            }
        }
        // A field shows characters in logical order. Below it, text that contains right-to-left
        // script is repeated in visual order.
        if let std::borrow::Cow::Owned(_) = crate::text::visual(&text) {
            ui.label(RichText::new(prose(ui, &text, 13.0)).weak()).on_hover_text("Reading order");
        }
        self.is_left |= response.lost_focus();
        if response.has_focus() {
            ui.data_mut(|data| data.insert_temp(id, text.clone()));
        }
        (text, response)
    }

    /// A single-line text field whose value may be absent. Empty input is `None`.
    pub fn optional_line(
        &mut self,
        ui: &mut Ui,
        label: &str,
        value: Option<&str>,
    ) -> Option<Option<String>> {
        let text = self.line(ui, label, value.unwrap_or_default())?;
        Some(if text.trim().is_empty() { None } else { Some(text) })
    }

    /// A single-line text field with a menu of suggestions.
    pub fn open_list(
        &mut self,
        ui: &mut Ui,
        label: &str,
        value: &str,
        known: &[String],
    ) -> Option<String> {
        let typed = self.line(ui, label, value);
        let picked = ui.horizontal(|ui| {
            ui.spacing_mut().interact_size.y = 18.0;
            let menu = ui.menu_button(RichText::new("Suggestions ▾").size(12.0), |ui| {
                let mut picked = None;
                for word in known.iter().filter(|word| !word.is_empty()) {
                    if ui.button(word.replace('_', " ")).clicked() {
                        picked = Some(word.clone());
                        ui.close();
                    }
                }
                picked
            });
            menu.inner.flatten()
        });
        if picked.inner.is_some() {
            forget(ui.ctx(), self.id(label));
            self.is_left = true;
        }
        picked.inner.or(typed)
    }

    /// A drop-down list of fixed options.
    pub fn choice<T: Copy + PartialEq + Hash>(
        &mut self,
        ui: &mut Ui,
        label: &str,
        value: T,
        all: &[(T, String)],
    ) -> Option<T> {
        caption(ui, label);
        let current = all.iter().position(|(other, _)| *other == value);
        let words = |row: usize| all.get(row).map_or(String::new(), |(_, words)| words.clone());
        let shown = current.map_or(String::new(), words);
        let list = DropDown { id: self.id(label), label, shown, count: all.len(), current };
        let (chosen, response) = list.ui(ui, words);
        take(self.id(label), &response);
        let chosen = chosen.and_then(|row| all.get(row)).map(|(option, _)| *option);
        chosen.filter(|chosen| *chosen != value).inspect(|_| self.is_left = true)
    }

    /// A drop-down list of the actors of the map, with `–` for none.
    pub fn actor(
        &mut self,
        ui: &mut Ui,
        label: &str,
        value: Option<&ActorId>,
    ) -> Option<Option<Box<ActorId>>> {
        let actors = &self.map.actors;
        let at = value.and_then(|id| actors.position(|actor| actor.id == *id));
        // Row 0 is the entry for no actor.
        let option = |row: usize| row.checked_sub(1).map(ActorIndex::from);
        let current = at.map_or(0, |at| at.get() + 1);
        let words = |row: usize| words_at(actors, option(row));
        let chosen = self.rows(ui, label, current, actors.len() + 1, &words)?;
        Some(id_at(actors, option(chosen)))
    }

    /// A drop-down list of `count` rows. Returns the row that was chosen.
    pub fn rows(
        &mut self,
        ui: &mut Ui,
        label: &str,
        current: usize,
        count: usize,
        words: &dyn Fn(usize) -> String,
    ) -> Option<usize> {
        caption(ui, label);
        let (id, shown) = (self.id(label), words(current));
        let list = DropDown { id, label, shown, count, current: Some(current) };
        let (chosen, response) = list.ui(ui, words);
        take(id, &response);
        let chosen = chosen.filter(|chosen| *chosen != current)?;
        self.is_left = true;
        Some(chosen)
    }
}

/// The id of the actor at an index, if there is one.
fn id_at(actors: &PerActorSlice<Actor>, at: Option<ActorIndex>) -> Option<Box<ActorId>> {
    at.and_then(|at| actors.get(at)).map(|actor| Box::new(actor.id.clone()))
}

/// The name of the actor at an index, or `–` if there is none.
fn words_at(actors: &PerActorSlice<Actor>, at: Option<ActorIndex>) -> String {
    at.and_then(|at| actors.get(at)).map_or("–".to_owned(), Actor::full_name)
}

/// Shows what is wrong with the field above.
pub fn warning(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).size(12.0).color(ui.visuals().error_fg_color));
}

fn caption(ui: &mut Ui, label: &str) {
    ui.add_space(2.0);
    ui.label(RichText::new(label).size(12.0).weak());
}
