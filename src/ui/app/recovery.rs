//! What a crash would lose is noted as it happens, and offered back at the next start.

use super::App;
use crate::edit::Document;
use crate::ui::dialogs::questions::Question;
use crate::ui::panels::inspector::counted;

impl App {
    /// Notes what happened in this frame; ends the journal once everything is saved.
    pub(super) fn keep_journal(&mut self) {
        let events = self.document.take_events();
        if let Some(why) = self.journal.take_trouble() {
            self.is_journal_broken = true;
            self.news = format!("Changes are not kept for recovery now, save often: {why}");
        }
        if self.is_journal_broken && !events.is_empty() {
            self.is_journal_broken = false;
            self.restart_journal();
            return;
        }
        for event in &events {
            let document = &self.document;
            self.journal.append(|| document.journal_header(), event);
        }
        if events.is_empty() && !self.document.is_unsaved() {
            self.journal.end();
        }
    }

    /// Begins the journal anew: from what is on disk, with all that is not.
    pub(super) fn restart_journal(&mut self) {
        self.document.take_events();
        if !self.document.is_unsaved() {
            self.journal.end();
            return;
        }
        match self.document.unsaved_event() {
            Ok(event) => self.journal.restart(self.document.journal_header(), &event),
            Err(error) => log::error!("the journal could not be begun anew: {error}"),
        }
    }

    /// Asks about the next piece of work that was left behind.
    pub(super) fn offer_recovery(&mut self) {
        // One that holds no change is of no use to anybody.
        self.orphans.retain(|orphan| {
            let is_empty = orphan.events.is_empty();
            if is_empty && let Err(error) = orphan.discard() {
                log::warn!("an empty journal stays: {error}");
            }
            !is_empty
        });
        let Some(orphan) = self.orphans.first() else { return };
        let file = orphan
            .header
            .file
            .as_ref()
            .map_or_else(|| orphan.header.title.clone(), |file| file.display().to_string());
        let age = orphan.written.and_then(|written| written.elapsed().ok());
        self.question = Some(Question::Recover { file, changes: orphan.events.len(), age });
    }

    /// Opens what was left behind, unsaved as it was.
    pub(super) fn recover(&mut self) {
        if self.orphans.is_empty() {
            return;
        }
        let orphan = self.orphans.remove(0);
        match Document::recovered(&orphan.header, &orphan.events) {
            Ok(document) => {
                self.replace(document);
                // The events are noted again in a journal of our own before the old one goes.
                self.keep_journal();
                if let Err(error) = orphan.discard() {
                    log::warn!("the old journal stays: {error}");
                }
                self.news =
                    format!("Recovered {}; not saved yet", counted(orphan.events.len(), "change"));
            }
            Err(error) => self.failed_to_open(&orphan.path, &error),
        }
    }

    /// Gives up on what was left behind.
    pub(super) fn discard_orphan(&mut self) {
        if self.orphans.is_empty() {
            return;
        }
        if let Err(error) = self.orphans.remove(0).discard() {
            log::warn!("the journal stays: {error}");
        }
        self.offer_recovery();
    }
}
