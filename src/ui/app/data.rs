//! Exports of the map as data for other programs.

use std::path::PathBuf;

use egui::Context;

use super::jobs::{Done, Job};
use super::program::App;
use crate::file::exchange::{EXCHANGE, ExchangeFormat};
use crate::file::store::output::{Inputs, write_output};
use crate::ui::dialogs::data::data_ui;
use crate::ui::dialogs::files::Wanted;
use crate::ui::dialogs::frame::modal;
use crate::ui::dialogs::questions::Question;

impl App {
    /// Opens the dialog, with the format that was chosen last.
    pub(super) fn open_data(&mut self) {
        if let Some(format) = self.data_format.or(EXCHANGE.first().copied()) {
            self.modal = Some(Question::Data(format));
        }
    }

    /// Shows the dialog and acts on its answer.
    pub(super) fn data_window(&mut self, ctx: &Context, mut format: &'static ExchangeFormat) {
        let map = self.session.document.map();
        let shown = modal(ctx, "export data").show(ctx, |ui| data_ui(ui, &mut format, map));
        let answer = if shown.should_close() { Some(false) } else { shown.inner };
        self.data_format = Some(format);
        match answer {
            None => self.modal = Some(Question::Data(format)),
            Some(false) => self.release_keyboard(ctx),
            Some(true) => {
                self.release_keyboard(ctx);
                self.ask(ctx, Wanted::SaveData(format));
            }
        }
    }

    /// Writes the map to a file on a worker thread.
    pub(super) fn export_data(
        &mut self,
        ctx: &Context,
        path: PathBuf,
        format: &'static ExchangeFormat,
    ) {
        let document = &self.session.document;
        let inputs = Inputs::of(document.path(), document.map());
        let map = document.shared_map();
        let job = Job::new("Exporting", "The data was not exported");
        self.jobs.start(ctx, job.for_document(document.number()), move || {
            let written = write_output(&path, &(format.write)(&map), &inputs);
            Done::TableSaved(path, written.map_err(|error| error.to_string()))
        });
    }
}
