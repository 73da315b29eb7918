//! The dialog for several articles at once: what is known of each, and the pattern by which the names
//! of the files tell more.

use egui::{self, Grid, Id, RichText, ScrollArea, TextEdit, Ui};

use super::frame::dialog_ui;
use crate::file::source::batch::Batch;
use crate::file::source::name_pattern::{FIELDS, NamePattern, USUAL};
use crate::model::words::{counted, cut_to};
use crate::text::visual;
use crate::ui::widgets::drop_down::DropDown;
use crate::ui::widgets::style::bold;

/// How many articles and errors are listed.
const LISTED: usize = 200;
const ERRORS: usize = 5;

/// Articles that were read, and the pattern for the names of their files.
#[derive(Clone, Debug, Default)]
pub struct Articles {
    pub batch: Batch,
    pub pattern: String,
}

impl Articles {
    /// The pattern; `None` if there is none, or it cannot be read.
    #[must_use]
    pub fn name_pattern(&self) -> Option<NamePattern> {
        NamePattern::parse(&self.pattern).ok()
    }
}

/// Shows the dialog. The answer is true to add the articles.
pub fn articles_ui(ui: &mut Ui, articles: &mut Articles) -> Option<bool> {
    let count = articles.batch.texts.len();
    let heading = format!("Add {}", counted(count, "article"));
    let body = |ui: &mut Ui| {
        pattern_ui(ui, &mut articles.pattern);
        let pattern = articles.name_pattern();
        if let Some(pattern) = &pattern {
            let texts = articles.batch.texts.iter();
            let fits = texts.filter(|text| pattern.read(&text.name()).is_some()).count();
            ui.label(format!("{fits} of {} have this form.", counted(count, "name")));
        }
        ui.add_space(6.0);
        ScrollArea::horizontal().show(ui, |ui| list_ui(ui, articles, pattern.as_ref()));
        for error in articles.batch.errors.iter().take(ERRORS) {
            ui.label(RichText::new(visual(&error.to_string())).color(ui.visuals().warn_fg_color));
        }
        if articles.batch.errors.len() > ERRORS {
            let more = articles.batch.errors.len() - ERRORS;
            ui.label(format!("… and {more} more files that could not be read."));
        }
        if articles.batch.left_out > 0 {
            ui.label(format!(
                "{} too many were left out.",
                counted(articles.batch.left_out, "file")
            ));
        }
        None
    };
    dialog_ui(ui, 940.0, &heading, body, |ui| {
        let add = ui.add_enabled(count > 0, egui::Button::new("Add them"));
        if ui.memory(|memory| memory.focused().is_none()) {
            add.request_focus();
        }
        if add.clicked() {
            Some(true)
        } else if ui.button("Cancel").clicked() {
            Some(false)
        } else {
            None
        }
    })
}

fn pattern_ui(ui: &mut Ui, pattern: &mut String) {
    ui.horizontal_wrapped(|ui| {
        let label = ui.label("Names of the files are");
        let field = TextEdit::singleline(pattern).desired_width(260.0);
        ui.add(field.hint_text("not used")).labelled_by(label.id);
        ui.allocate_ui([170.0, ui.spacing().interact_size.y].into(), |ui| {
            ui.set_width(170.0);
            let drop_down = DropDown {
                id: Id::new("usual patterns"),
                label: "Usual patterns",
                shown: "Usual patterns".to_owned(),
                count: USUAL.len(),
                current: USUAL.iter().position(|usual| *usual == pattern.as_str()),
            };
            let words = |row: usize| USUAL.get(row).map_or(String::new(), ToString::to_string);
            let (chosen, _) = drop_down.ui(ui, words);
            if let Some(usual) = chosen.and_then(|row| USUAL.get(row)) {
                (*usual).clone_into(pattern);
            }
        });
    });
    let problem = NamePattern::parse(pattern).err().filter(|_| !pattern.is_empty());
    match problem {
        Some(problem) => ui.label(RichText::new(problem).color(ui.visuals().warn_fg_color)),
        None => ui.label(RichText::new(format!("Fields: {}", FIELDS.join(" "))).weak().size(12.0)),
    };
}

fn list_ui(ui: &mut Ui, articles: &Articles, pattern: Option<&NamePattern>) {
    Grid::new("articles").striped(true).spacing([14.0, 4.0]).show(ui, |ui| {
        for name in ["File", "Title", "Author", "Publisher", "Date", "Words"] {
            ui.label(RichText::new(name).font(bold(13.0)));
        }
        ui.end_row();
        for text in articles.batch.texts.iter().take(LISTED) {
            let source = text.source(pattern);
            let date = source.date.map_or(String::new(), |date| date.to_string());
            let name = text.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            for (cell, letters) in [
                (&name, 30),
                (&source.title, 46),
                (&source.author, 24),
                (&source.publisher, 20),
                (&date, 12),
            ] {
                ui.label(visual(&cut_to(cell, letters))).on_hover_text(visual(cell));
            }
            ui.label(text.file.text.as_str().split_whitespace().count().to_string());
            ui.end_row();
        }
    });
    if articles.batch.texts.len() > LISTED {
        ui.label(format!("and {} more", articles.batch.texts.len() - LISTED));
    }
}
