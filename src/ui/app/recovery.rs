//! Crash recovery: unsaved changes are recorded in a journal, and offered at the next start.

use std::path::Path;

use egui::Context;

use super::program::{App, Recovery};
use crate::edit::Document;
use crate::edit::unsaved::Unsaved;
use crate::model::words::counted;
use crate::ui::dialogs::questions::{Question, Then};
use crate::ui::dialogs::recover::Decision;

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

    /// Deletes journals without changes, without asking.
    pub(super) fn forget_empty_journals(&mut self) {
        self.recovery.orphans.retain(|orphan| {
            let is_empty = orphan.events.is_empty();
            if is_empty && let Err(error) = orphan.discard() {
                log::warn!("an empty journal could not be deleted: {error}");
            }
            !is_empty
        });
    }

    /// Asks once about the unsaved work of earlier runs, as soon as no other dialog is open. The
    /// map that was opened stays open.
    pub(super) fn offer_recovery(&mut self) {
        if self.recovery.is_offer_due && self.modal.is_none() {
            self.recovery.is_offer_due = false;
            self.list_unsaved_work();
        }
    }

    /// Lists all unsaved work, also what was put off.
    pub(super) fn show_unsaved_work(&mut self) {
        self.recovery.put_off.clear();
        // Another window may have recovered some of it.
        self.recovery.orphans.retain(|orphan| orphan.path.exists());
        self.list_unsaved_work();
        if self.modal.is_none() {
            self.tell("There is no unsaved work to recover.");
        }
    }

    /// Lists the unsaved work that was not put off, if there is any.
    fn list_unsaved_work(&mut self) {
        let Recovery { orphans, put_off, .. } = &self.recovery;
        let left = orphans.iter().filter(|orphan| !put_off.contains(&orphan.path));
        let left: Vec<Unsaved> = left.map(Unsaved::of).collect();
        self.modal = Some(Question::Recover(left))
            .filter(|question| matches!(question, Question::Recover(left) if !left.is_empty()));
    }

    /// Performs a decision on unsaved work, and lists the rest.
    pub(super) fn decide(&mut self, ctx: &Context, decision: Decision) {
        match decision {
            Decision::Recover(journal) => {
                self.confirm_unsaved_then(ctx, Then::Recover(journal));
            }
            Decision::Discard(journal) => {
                self.discard_unsaved_work(&journal);
                self.list_unsaved_work();
            }
            Decision::Later(journal) => {
                self.recovery.put_off.insert(journal);
                self.list_unsaved_work();
                if self.modal.is_none() {
                    self.put_off_recovery();
                }
            }
        }
    }

    /// Says how unsaved work is found later.
    pub(super) fn put_off_recovery(&mut self) {
        self.tell("Unsaved work stays available: Menu, Recover unsaved work… (Ctrl+F5)");
    }

    /// Opens the unsaved work of a journal.
    pub(super) fn recover(&mut self, ctx: &Context, journal: &Path) {
        let orphans = &mut self.recovery.orphans;
        let Some(at) = orphans.iter().position(|orphan| orphan.path == journal) else { return };
        if !journal.exists() {
            orphans.remove(at);
            self.tell("Another window has recovered or discarded this work.");
            return;
        }
        let orphan = orphans.remove(at);
        match Document::recovered(&orphan.header, &orphan.events) {
            Ok(document) => {
                self.replace(ctx, document);
                // The events are written to a new journal before the old one is deleted.
                self.write_journal();
                if let Err(error) = orphan.discard() {
                    log::warn!("the old journal could not be deleted: {error}");
                }
                let changes = counted(Unsaved::of(&orphan).changes, "change");
                self.tell(format!("Recovered {changes}; not saved yet"));
            }
            Err(error) => {
                self.failed_to_open(&orphan.path, &error);
                self.recovery.orphans.insert(at, orphan);
            }
        }
    }

    /// Deletes a journal that was left behind.
    fn discard_unsaved_work(&mut self, journal: &Path) {
        let orphans = &mut self.recovery.orphans;
        let Some(at) = orphans.iter().position(|orphan| orphan.path == journal) else { return };
        if let Err(error) = orphans.remove(at).discard() {
            log::warn!("the journal could not be deleted: {error}");
        }
    }
}
