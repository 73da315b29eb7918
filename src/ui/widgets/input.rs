//! Form fields that do not accept every text: dates, periods, numbers, ids and labels. A text that
//! is not accepted stays in its field, which is marked and says why; the value stays as it was
//! before the field was entered. `rejected.rs` lists such fields.

use egui::{Context, CornerRadius, Id, Key, RichText, Stroke, StrokeKind, Ui};

use super::form::{Form, forget, warning};
use super::rejected::{self, Rejected};
use crate::model::{PartialDate, Period, TypedDate};

/// When a field returns its new value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Returned {
    /// At every change of the text.
    AtOnce,
    /// When the field loses the focus, except after Escape.
    AtTheEnd,
}

#[expect(
    clippy::option_option,
    reason = "the outer one is `Some` if the value changed, the inner one is the value"
)]
impl Form<'_> {
    /// A date field. A date without a year is in the year of the map.
    pub fn date(
        &mut self,
        ui: &mut Ui,
        label: &str,
        value: Option<PartialDate>,
    ) -> Option<Option<PartialDate>> {
        let year = self.map.meta.as_of.map(PartialDate::year);
        let shown = value.map(PartialDate::long_words).unwrap_or_default();
        let read = |text: &str| match text.trim() {
            "" => Ok(None),
            text => {
                let date = text.parse::<TypedDate>().and_then(|date| date.in_year(year));
                date.map(Some).map_err(|error| error.to_string())
            }
        };
        let words = |date: &Option<PartialDate>| date.map(PartialDate::long_words);
        self.explained(ui, label, &shown, &read, words)
    }

    /// A field for the start and the end of a tie. Dates without a year are in `year`.
    pub fn period(
        &mut self,
        ui: &mut Ui,
        label: &str,
        value: Period,
        year: Option<u16>,
    ) -> Option<Period> {
        let shown = value.words().unwrap_or_default();
        let read = |text: &str| Period::read(text, year).map_err(|error| error.to_string());
        self.explained(ui, label, &shown, &read, |period| period.words())
    }

    /// A field that shows, while it has the focus, how its text is understood.
    fn explained<T>(
        &mut self,
        ui: &mut Ui,
        label: &str,
        shown: &str,
        read: &dyn Fn(&str) -> Result<T, String>,
        words: impl Fn(&T) -> Option<String>,
    ) -> Option<T> {
        let changed = self.checked(ui, label, shown, read, Returned::AtOnce);
        let typed = ui.data(|data| data.get_temp::<String>(self.id(label)));
        let understood = typed.and_then(|text| {
            let words = words(&read(&text).ok()?)?;
            (words != text.trim()).then_some(words)
        });
        if let Some(words) = understood {
            ui.label(RichText::new(words).size(12.0).weak());
        }
        changed
    }

    /// An id field. Returns the id when the field loses focus, unless it is empty or already in
    /// use. Escape restores the old id.
    pub fn id_line(
        &mut self,
        ui: &mut Ui,
        label: &str,
        value: &str,
        is_taken: impl Fn(&str) -> bool,
    ) -> Option<String> {
        let read = |text: &str| match text.trim() {
            "" => Err("The id cannot be empty.".to_owned()),
            other if other != value && is_taken(other) => {
                Err("This id is already in use.".to_owned())
            }
            other => Ok(other.to_owned()),
        };
        let typed = self.checked(ui, label, value, &read, Returned::AtTheEnd);
        typed.filter(|typed| typed != value)
    }

    /// A single-line text field whose text must be allowed.
    pub fn checked_line(
        &mut self,
        ui: &mut Ui,
        label: &str,
        value: &str,
        allowed: impl Fn(&str) -> Result<(), &'static str>,
    ) -> Option<String> {
        let read = |text: &str| allowed(text).map(|()| text.to_owned()).map_err(str::to_owned);
        self.checked(ui, label, value, &read, Returned::AtOnce)
    }

    /// A field for an optional whole number that must be allowed.
    pub fn count(
        &mut self,
        ui: &mut Ui,
        label: &str,
        value: Option<usize>,
        allowed: impl Fn(Option<usize>) -> Result<(), &'static str>,
    ) -> Option<Option<usize>> {
        let shown = value.map(|value| value.to_string()).unwrap_or_default();
        let read = |text: &str| {
            let value = match text.trim() {
                "" => Ok(None),
                text => text.parse().map(Some).map_err(|_| "Enter a whole number.".to_owned()),
            }?;
            allowed(value).map(|()| value).map_err(str::to_owned)
        };
        self.checked(ui, label, &shown, &read, Returned::AtOnce)
    }

    /// A field for a coordinate from `-limit` to `limit`.
    pub fn number(&mut self, ui: &mut Ui, label: &str, value: f64, limit: f64) -> Option<f64> {
        let read = |text: &str| match text.trim().parse::<f64>() {
            Ok(value) if value.abs() <= limit => Ok(value),
            Ok(value) if value.is_finite() => {
                Err(format!("Enter a number from -{limit} to {limit}."))
            }
            _ => Err("Enter a number.".to_owned()),
        };
        self.checked(ui, label, &value.to_string(), &read, Returned::AtOnce)
    }

    /// A field for an optional number from 0.
    pub fn optional_amount(
        &mut self,
        ui: &mut Ui,
        label: &str,
        value: Option<f64>,
    ) -> Option<Option<f64>> {
        let shown = value.map(|value| value.to_string()).unwrap_or_default();
        let read = |text: &str| match text.trim() {
            "" => Ok(None),
            text => match text.parse::<f64>() {
                Ok(value) if value >= 0.0 && value.is_finite() => Ok(Some(value)),
                _ => Err("Enter a number from 0, or nothing.".to_owned()),
            },
        };
        self.checked(ui, label, &shown, &read, Returned::AtOnce)
    }

    /// A single-line text field whose text is returned only if `read` accepts it.
    fn checked<T>(
        &mut self,
        ui: &mut Ui,
        label: &str,
        shown: &str,
        read: &dyn Fn(&str) -> Result<T, String>,
        returned: Returned,
    ) -> Option<T> {
        let field = self.id(label);
        let was_kept = ui.data(|data| data.get_temp::<String>(field)).is_some();
        let (text, response) = self.raw(ui, label, shown, false);
        if response.gained_focus() {
            keep_before(ui.ctx(), field, shown);
        }
        let is_given_up = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape));
        // A value that was not typed here is never rejected.
        let is_typed = was_kept || response.changed();
        let outcome = read(&text);
        match outcome {
            Err(reason) if is_typed && text != shown && !is_given_up => {
                mark(ui, &response, &reason);
                let (form, label) = (self.key, label.to_owned());
                rejected::add(ui.ctx(), Rejected { field, form, label, reason });
                ui.data_mut(|data| data.insert_temp(field, text));
                let before = take_back(ui.ctx(), field, response.changed());
                before.filter(|_| returned == Returned::AtOnce).and_then(|text| read(&text).ok())
            }
            outcome => {
                rejected::remove(ui.ctx(), field);
                if !response.has_focus() {
                    forget(ui.ctx(), field);
                }
                let is_returned = match returned {
                    Returned::AtOnce => response.changed(),
                    Returned::AtTheEnd => response.lost_focus() && !is_given_up,
                };
                outcome.ok().filter(|_| is_returned)
            }
        }
    }
}

/// The id under which the text of a field before it was entered is kept.
fn before_id(field: Id) -> Id {
    field.with("before")
}

fn keep_before(ctx: &Context, field: Id, shown: &str) {
    ctx.data_mut(|data| data.insert_temp(before_id(field), shown.to_owned()));
}

/// The text of the field before it was entered, if the value must return to it.
fn take_back(ctx: &Context, field: Id, is_changed: bool) -> Option<String> {
    let before = ctx.data(|data| data.get_temp::<String>(before_id(field)));
    before.filter(|_| is_changed)
}

/// Marks a field, and shows below it what is wrong.
fn mark(ui: &mut Ui, field: &egui::Response, reason: &str) {
    let stroke = Stroke::new(1.5, ui.visuals().error_fg_color);
    ui.painter().rect_stroke(field.rect, CornerRadius::same(3), stroke, StrokeKind::Inside);
    ui.ctx().accesskit_node_builder(field.id, |node| {
        node.set_invalid(egui::accesskit::Invalid::True);
        node.set_description(reason);
    });
    warning(ui, reason);
}
