//! Everything that changes when another document is opened. It is constructed anew each time, never
//! reset field by field, so that no state of one document survives into the next.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use ecow::EcoString;
use eframe::egui::TextureHandle;

use super::external_changes::Disk;
use crate::edit::reading::Reading;
use crate::edit::{ContentVersion, Document, Selection, Version};
use crate::export::{Format, Page};
use crate::model::SourceId;
use crate::model::filter::Filter;
use crate::progress::Progress;
use crate::scene::view::{ShownTies, View};
use crate::ui::canvas::Canvas;
use crate::ui::panels;
use crate::ui::panels::id::PanelId;
use crate::ui::panels::panel::Panel;
use crate::ui::panels::search::Search;
use crate::ui::workspace::Focus;

/// One open document and everything that belongs to it.
pub(super) struct Session {
    pub document: Document,
    pub canvas: Canvas,
    pub selection: Selection,
    /// What was selected before.
    pub previous: Option<Selection>,
    pub view: View,
    shown: Shown,
    /// The inspector shows fields instead of evidence.
    pub is_editing: bool,
    /// Where the keyboard should go, until it is there.
    pub wanted_focus: Option<Focus>,
    pub search: Search,
    pub texts: Texts,
    pub disk: Disk,
    pub saves: Saves,
    pub preview: Preview,
    pub panels: Vec<Box<dyn Panel>>,
    /// Positions are still to be computed for a map that has none.
    pub needs_layout: bool,
    /// The fonts are still to be chosen for the words of this version.
    pub fonts_for: Option<ContentVersion>,
}

impl Session {
    /// A session that begins with a document; `id_tag` is part of every id that is made in it.
    pub fn new(mut document: Document, id_tag: EcoString) -> Self {
        document.set_id_tag(id_tag);
        let map = document.map();
        let needs_layout = map.layout.is_empty() && map.actors.len() > 1;
        Self {
            canvas: Canvas::new(document.number()),
            document,
            selection: Selection::default(),
            previous: None,
            view: View::default(),
            shown: Shown::default(),
            is_editing: false,
            wanted_focus: None,
            search: Search::default(),
            texts: Texts::default(),
            disk: Disk::default(),
            saves: Saves::default(),
            preview: Preview::default(),
            panels: panels::all(),
            needs_layout,
            fonts_for: None,
        }
    }

    /// The ties that the view shows, as last computed.
    pub fn shown(&self) -> &ShownTies {
        &self.shown.ties
    }

    /// Computes which ties are shown, and what stands out, if something they depend on changed.
    pub fn update_shown(&mut self) {
        let version = self.document.version().content();
        let key = (version, self.view.filter.clone(), self.view.outlook);
        if self.shown.made_for.as_ref() != Some(&key) {
            let (map, index) = (self.document.map(), self.document.index());
            self.shown.ties = ShownTies::of(map, index, &self.view);
            self.shown.made_for = Some(key);
            self.shown.emphasised = None;
        }
        if self.shown.emphasised.as_ref() != Some(&self.selection) {
            let is_shown = |tie: usize| self.shown.ties.contains(tie);
            self.view.emphasis = self.selection.emphasis(self.document.index(), is_shown);
            self.shown.emphasised = Some(self.selection.clone());
        }
    }

    /// Selects something else.
    pub fn select(&mut self, selection: Selection) {
        if self.selection != selection {
            self.previous = Some(std::mem::replace(&mut self.selection, selection));
        }
    }

    /// The source whose text is shown.
    pub fn source_shown(&self) -> Option<&SourceId> {
        self.panels.iter().find_map(|panel| panel.source())
    }

    /// Shows a place in a source's text, or the text from its start.
    pub fn read(&mut self, source: &SourceId, place: Option<&Range<usize>>) {
        self.panels
            .iter_mut()
            .filter(|panel| panel.id() == PanelId::Reader)
            .for_each(|panel| panel.read(source, place));
    }
}

/// The ties that the view shows, and what they were computed for.
#[derive(Default)]
struct Shown {
    ties: ShownTies,
    made_for: Option<(ContentVersion, Filter, bool)>,
    /// The selection that the view's emphasis was computed for.
    emphasised: Option<Selection>,
}

/// What is known of the sources' texts, and how it is kept up to date.
#[derive(Default)]
pub(super) struct Texts {
    pub reading: Arc<Reading>,
    /// What the last reading was started for: the content, and the number of the last save, since
    /// the file's folder may decide where texts are.
    pub read_for: Option<(ContentVersion, u64)>,
    /// Number and start, in seconds of egui's clock, of the reading under way.
    pub running: Option<(u64, f64)>,
    /// Readings started so far.
    pub count: u64,
    /// The texts are to be read from their files again.
    pub is_reload_wanted: bool,
    /// The source that the next chosen text is for.
    pub attaching: Option<SourceId>,
}

/// Saves of this document.
#[derive(Default)]
pub(super) struct Saves {
    pub running: Vec<Saving>,
    /// The number of the last save that was started.
    pub last: u64,
    /// A save was asked for while one was under way.
    pub is_wanted: bool,
}

/// A save under way.
pub(super) struct Saving {
    pub number: u64,
    pub path: PathBuf,
    /// In seconds of egui's clock.
    pub started: f64,
    /// The person was told that it takes long.
    pub was_reported: bool,
}

/// What a preview of the export depends on: the page, the kind of file, the selection if only that
/// is exported, and the state of the map.
pub(super) type PreviewKey = (Page, &'static Format, Option<Selection>, Version);

/// The picture in the export window.
#[derive(Default)]
pub(super) struct Preview {
    /// What the last one was asked for.
    pub key: Option<PreviewKey>,
    /// How many were asked for.
    pub number: u64,
    pub progress: Option<Arc<Progress>>,
    pub picture: Option<TextureHandle>,
    /// The file that the picture shows.
    pub bytes: Option<Arc<[u8]>>,
    pub words: String,
}

impl Preview {
    /// True while a picture is being drawn.
    pub fn is_drawing(&self) -> bool {
        self.progress.is_some()
    }

    /// Stops drawing and drops the file.
    pub fn end(&mut self) {
        if let Some(progress) = self.progress.take() {
            progress.cancel();
        }
        self.bytes = None;
    }
}
