//! Crash recovery: unsaved changes are recorded in a journal, and offered at the next start.

use egui::Context;

use super::program::App;
use crate::edit::Document;
use crate::model::words::counted;
use crate::ui::dialogs::questions::Question;

impl App {
    /// Appends the events of this frame to the journal; ends the journal once everything is saved.
    pub(super) fn write_journal(&mut self) {
        let events = self.session.document.take_events();
        if let Some(why) = self.recovery.journal.take_error() {
            self.recovery.is_broken = true;
            self.tell(format!("Changes cannot be recorded for recovery; save often: {why}"));
        }
        if self.recovery.is_broken && !events.is_empty() {
            self.recovery.is_broken = false;
            self.restart_journal();
            return;
        }
        let document = &self.session.document;
        for event in &events {
            self.recovery.journal.append(|| document.journal_header(), event);
        }
        if events.is_empty() && !document.is_unsaved() {
            self.recovery.journal.end();
        }
    }

    /// Restarts the journal: a header for the file on disk, and one event with all unsaved changes.
    pub(super) fn restart_journal(&mut self) {
        let document = &mut self.session.document;
        document.take_events();
        if !document.is_unsaved() {
            self.recovery.journal.end();
            return;
        }
        match document.unsaved_event() {
            Ok(event) => self.recovery.journal.restart(document.journal_header(), &event),
            Err(error) => log::error!("the journal could not be restarted: {error}"),
        }
    }

    /// Asks whether to recover the next journal that was left behind.
    pub(super) fn offer_recovery(&mut self) {
        // Journals without changes are deleted without asking.
        self.recovery.orphans.retain(|orphan| {
            let is_empty = orphan.events.is_empty();
            if is_empty && let Err(error) = orphan.discard() {
                log::warn!("an empty journal could not be deleted: {error}");
            }
            !is_empty
        });
        let Some(orphan) = self.recovery.orphans.first() else { return };
        let file = orphan.header.file.as_ref();
        let file =
            file.map_or_else(|| orphan.header.title.clone(), |file| file.display().to_string());
        let age = orphan.written.and_then(|written| written.elapsed().ok());
        self.modal = Some(Question::Recover { file, changes: orphan.events.len(), age });
    }

    /// Opens the first journal that was left behind, as unsaved work.
    pub(super) fn recover(&mut self, ctx: &Context) {
        if self.recovery.orphans.is_empty() {
            return;
        }
        let orphan = self.recovery.orphans.remove(0);
        match Document::recovered(&orphan.header, &orphan.events) {
            Ok(document) => {
                self.replace(ctx, document);
                // The events are written to a new journal before the old one is deleted.
                self.write_journal();
                if let Err(error) = orphan.discard() {
                    log::warn!("the old journal could not be deleted: {error}");
                }
                let changes = counted(orphan.events.len(), "change");
                self.tell(format!("Recovered {changes}; not saved yet"));
            }
            Err(error) => self.failed_to_open(&orphan.path, &error),
        }
    }

    /// Deletes the first journal that was left behind, and asks about the next.
    pub(super) fn discard_orphan(&mut self) {
        if self.recovery.orphans.is_empty() {
            return;
        }
        if let Err(error) = self.recovery.orphans.remove(0).discard() {
            log::warn!("the journal could not be deleted: {error}");
        }
        self.offer_recovery();
    }
}
