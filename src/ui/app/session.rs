//! Everything that changes when another document is opened. It is constructed anew each time, never
//! reset field by field, so that no state of one document survives into the next.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use ecow::EcoString;
use egui::TextureHandle;

use super::presentation::Presentation;
use crate::analysis::camps;
use crate::edit::reading::Reading;
use crate::edit::{ContentVersion, Document, FormVersion, Selection, Version};
use crate::export::{Format, Page};
use crate::file::store::watch::Watch;
use crate::file::{Bytes, Opened};
use crate::model::check::check;
use crate::model::opening::view_of;
use crate::model::{
    ActorId, ActorIndex, Element, NoteId, PerActor, Problem, RelationIndex, SourceId, StepId,
    ViewSettings,
};
use crate::progress::Progress;
use crate::scene::shown::Shown;
use crate::scene::view::{Camps, Emphasis, View};
use crate::ui::canvas::Canvas;
use crate::ui::panels;
use crate::ui::panels::id::PanelId;
use crate::ui::panels::panel::Panel;
use crate::ui::panels::search::Search;
use crate::ui::workspace::{Focus, Presented};

/// Maps with more actors and ties than this are checked only on request after edits.
const CHECKED_AT_MOST: usize = 20_000;

/// The camps of maps with more actors and ties than this are found on a worker thread.
const CAMPS_AT_ONCE: usize = 20_000;

/// One open document and everything that belongs to it.
pub(super) struct Session {
    pub document: Document,
    pub canvas: Canvas,
    pub selection: Selection,
    /// The selection before the current one.
    pub previous: Option<Selection>,
    pub view: View,
    /// The settings of the view of a map that cannot be changed.
    pub own_view: Option<ViewSettings>,
    shown: ShownCache,
    /// The camp of each actor, and the content of the map for which they were found.
    camps: Option<(FormVersion, Camps)>,
    /// True if camps should be found on a worker thread.
    are_camps_wanted: bool,
    /// The content for which that is being done.
    camps_sought: Option<FormVersion>,
    problems: Problems,
    /// True if the inspector shows fields instead of evidence.
    pub is_editing: bool,
    /// The step of the briefing whose fields are shown.
    pub open_step: Option<StepId>,
    /// The step that is presented.
    pub presented: Option<Presented>,
    pub presentation: Option<Presentation>,
    /// The last actor that was added without a name, and the version of the document since.
    pub new_actor: Option<(ActorId, Version)>,
    /// The last note that was added, until it is left.
    pub new_note: Option<NoteId>,
    /// Where the keyboard focus should move; cleared once it is there.
    pub wanted_focus: Option<Focus>,
    pub search: Search,
    pub texts: Texts,
    pub disk: Disk,
    pub saves: Saves,
    pub preview: Preview,
    pub panels: Vec<Box<dyn Panel>>,
    /// True until the initial layout has started, for a map without positions.
    pub needs_layout: bool,
    /// The version for which the fonts were last chosen.
    pub fonts_for: Option<ContentVersion>,
    /// The state of the document whose unsaved changes the user does not want to save.
    pub discarded: Option<u64>,
}

impl Session {
    /// A session for a document; `id_tag` becomes part of every id that is generated in it.
    pub fn new(mut document: Document, id_tag: EcoString) -> Self {
        document.set_id_tag(id_tag);
        let map = document.map();
        let needs_layout = map.layout.is_empty() && map.actors.len() > 1;
        Self {
            canvas: Canvas::new(document.number()),
            problems: Problems::of(&document, Arc::clone(document.warnings())),
            document,
            selection: Selection::default(),
            previous: None,
            view: View::default(),
            own_view: None,
            shown: ShownCache::default(),
            camps: None,
            are_camps_wanted: false,
            camps_sought: None,
            is_editing: false,
            open_step: None,
            presented: None,
            presentation: None,
            new_actor: None,
            new_note: None,
            wanted_focus: None,
            search: Search::default(),
            texts: Texts::default(),
            disk: Disk::default(),
            saves: Saves::default(),
            preview: Preview::default(),
            panels: panels::all(),
            needs_layout,
            discarded: None,
            fonts_for: None,
        }
    }

    /// What the view shows; valid after `update_shown`.
    pub fn shown(&self) -> &Arc<Shown> {
        &self.shown.shown
    }

    /// The problems of the map, as of the last check.
    pub fn problems(&self) -> &[Problem] {
        &self.problems.list
    }

    /// Checks the map if its content has changed since the last check.
    pub fn check(&mut self) {
        let version = self.document.version().content();
        if self.problems.made_for.as_ref() != Some(&version) {
            self.problems = Problems::of(&self.document, check(self.document.map()).into());
        }
    }

    /// Like [`Self::check`], unless the map is so large that each edit would be delayed.
    pub fn check_if_quick(&mut self) {
        let map = self.document.map();
        if map.actors.len() + map.relations.len() <= CHECKED_AT_MOST {
            self.check();
        }
    }

    /// Number of camps; `None` if they are not shown, or not found yet.
    pub fn camps(&self) -> Option<usize> {
        let camps = self.view.camps.as_ref()?;
        Some(camps.iter().flatten().max().map_or(0, |last| usize::from(*last) + 1))
    }

    /// Finds the camps if they are shown and the content of the map has changed.
    fn refresh_camps(&mut self, version: FormVersion) {
        if !self.view.settings.camps {
            self.view.camps = None;
            return;
        }
        if self.camps.as_ref().is_none_or(|(made_for, _)| *made_for != version) {
            let (map, index) = (self.document.map(), self.document.index());
            if map.actors.len() + map.relations.len() > CAMPS_AT_ONCE {
                self.are_camps_wanted = true;
                return;
            }
            self.camps = Some((version, Some(Arc::new(camps::of_map(map, index)))));
        }
        self.view.camps = self.camps.as_ref().and_then(|(_, camps)| camps.clone());
    }

    /// The content for which camps should be found on a worker thread. It then counts as being
    /// worked on.
    pub fn camps_to_find(&mut self) -> Option<FormVersion> {
        let is_wanted = std::mem::take(&mut self.are_camps_wanted) && self.camps_sought.is_none();
        let version = self.document.version().form();
        if is_wanted {
            self.camps_sought = Some(version);
        }
        is_wanted.then_some(version)
    }

    /// Takes over camps that were found on a worker thread for this content, unless actors were
    /// added or removed since; `None` if they were not found.
    pub fn set_camps(&mut self, version: FormVersion, camps: Option<PerActor<Option<u16>>>) {
        self.camps_sought = None;
        let count = self.document.map().actors.len();
        self.camps = Some((version, camps.filter(|camps| camps.len() == count).map(Arc::new)));
        self.view.camps = self.camps.as_ref().and_then(|(_, camps)| camps.clone());
    }

    /// Recomputes what is shown and which elements are emphasised, if an input has changed.
    pub fn update_shown(&mut self) {
        let version = self.document.version().content();
        let map = self.document.map();
        let form = self.document.version().form();
        let is_same = |(made_for, view): &(FormVersion, Option<Box<ViewSettings>>)| {
            *made_for == form && *view == map.view
        };
        if !self.shown.settings_of.as_ref().is_some_and(is_same) {
            self.view.settings = self.own_view.clone().unwrap_or_else(|| view_of(map));
            self.shown.settings_of = Some((form, map.view.clone()));
        }
        self.refresh_camps(self.document.version().form());
        self.collapse_if_left();
        self.refresh_shown(version);
        let stressed = self.presented.as_ref().map_or(&self.selection, |step| &step.focus);
        if self.shown.emphasised.as_ref() != Some(stressed) {
            let stressed = stressed.clone();
            self.view.revealed = self.without_ties();
            self.refresh_shown(version);
            let emphasis = stressed.emphasis(self.document.index(), &self.shown.shown);
            self.view.emphasis = if self.presented.is_some() {
                let Emphasis { bright_actors, bright_relations, .. } = emphasis;
                Emphasis { bright_actors, bright_relations, ..Emphasis::default() }
            } else {
                emphasis
            };
            self.shown.emphasised = Some(stressed);
        }
    }

    fn refresh_shown(&mut self, version: ContentVersion) {
        let View { settings, expanded, revealed, .. } = &self.view;
        // A filter can look for words.
        let content = Some(version).filter(|_| !settings.filter.is_none());
        let version = (self.document.version().form(), content);
        let is_same = self.shown.made_for.as_ref().is_some_and(|key| {
            key.0 == version && key.1 == *settings && key.2 == *expanded && key.3 == *revealed
        });
        if !is_same {
            let (map, index) = (self.document.map(), self.document.index());
            self.shown.made_for =
                Some((version, settings.clone(), expanded.clone(), revealed.clone()));
            self.shown.shown = Arc::new(Shown::of(map, index, &self.view));
            self.shown.emphasised = None;
        }
    }

    /// Ends the expansion of a line if something else is selected.
    fn collapse_if_left(&mut self) {
        if self.view.expanded.is_empty() {
            return;
        }
        let index = self.document.index();
        let is_expanded = |item: &Element| match item {
            Element::Relation(id) => {
                index.relation(id).is_some_and(|tie| self.view.expanded.binary_search(&tie).is_ok())
            }
            Element::Actor(_) | Element::Note(_) => false,
        };
        if self.selection.is_empty() || !self.selection.items().all(is_expanded) {
            self.view.expanded.clear();
        }
    }

    /// The selected actors that a filter would leave out because they have no tie.
    fn without_ties(&self) -> Vec<ActorIndex> {
        let index = self.document.index();
        let selected = self.selection.actors().filter_map(|id| index.actor(id));
        let mut revealed: Vec<ActorIndex> =
            selected.filter(|actor| self.shown.shown.degree(*actor) == 0).collect();
        if self.view.settings.filter.is_none() {
            revealed.clear();
        }
        revealed.sort_unstable();
        revealed
    }

    /// Replaces the settings of the view of a map that cannot be changed.
    pub fn set_own_view(&mut self, settings: ViewSettings) {
        self.own_view = Some(settings);
        self.shown.settings_of = None;
        self.update_shown();
    }

    /// Takes the settings of the view and the emphasis anew.
    pub fn forget_shown(&mut self) {
        self.shown.settings_of = None;
        self.shown.emphasised = None;
    }

    /// Draws each tie of the selected line as a line of its own.
    pub fn expand_line(&mut self) {
        let index = self.document.index();
        let lines = self.shown.shown.lines();
        let mut selected = self.selection.relations().filter_map(|id| index.relation(id));
        let line = selected.next().and_then(|tie| lines.line_of(tie));
        self.view.expanded = line.map_or_else(Vec::new, |line| lines.ties(line).to_vec());
    }

    /// Ends the expansion of a line, and selects the line. False if none is expanded.
    pub fn collapse_line(&mut self) -> bool {
        let ties = std::mem::take(&mut self.view.expanded);
        if ties.is_empty() {
            return false;
        }
        let selection = self.of_ties(&ties);
        self.select(selection);
        true
    }

    /// Expands the selected line if it stands for several ties, or ends its expansion. False if
    /// something else is selected.
    pub fn switch_line(&mut self) -> bool {
        if !self.view.expanded.is_empty() && self.selection.len() > 1 {
            return self.collapse_line();
        }
        let is_line = self.is_line_selected();
        if is_line {
            self.expand_line();
        }
        is_line
    }

    /// True if exactly the ties of one line for several ties are selected.
    fn is_line_selected(&self) -> bool {
        let (index, lines) = (self.document.index(), self.shown.shown.lines());
        let mut selected = self.selection.relations().filter_map(|id| index.relation(id));
        let line = selected.next().and_then(|tie| lines.line_of(tie));
        line.is_some_and(|line| {
            let ties = lines.ties(line);
            ties.len() > 1 && self.selection.has_same(&self.of_ties(ties))
        })
    }

    fn of_ties(&self, ties: &[RelationIndex]) -> Selection {
        let ties = ties.iter().filter_map(|tie| self.document.map().relations.get(*tie));
        ties.map(|tie| Element::Relation(tie.id.clone())).collect()
    }

    /// A selection of all actors that are drawn.
    pub fn drawn_actors(&self) -> Selection {
        let actors = self.shown.shown.actors();
        let actors = actors.filter_map(|actor| self.document.map().actors.get(actor));
        actors.map(|actor| Element::Actor(actor.id.clone())).collect()
    }

    /// Replaces the selection and stores the old one in `previous`.
    pub fn select(&mut self, selection: Selection) {
        if self.selection != selection {
            self.previous = Some(std::mem::replace(&mut self.selection, selection));
        }
    }

    /// The source whose text is open in the reader.
    pub fn source_shown(&self) -> Option<&SourceId> {
        self.panels.iter().find_map(|panel| panel.source())
    }

    /// Shows the text of a source from its start, with the keyboard.
    pub fn read_with_keyboard(&mut self, source: &SourceId) {
        for panel in &mut self.panels {
            panel.read(source, None);
            panel.take_keyboard();
        }
    }

    /// Marks words in the text of a source, and moves the keyboard there.
    pub fn mark_words(&mut self, source: &SourceId, place: &Range<usize>) {
        for panel in self.panels.iter_mut().filter(|panel| panel.id() == PanelId::READER) {
            panel.mark_words(source, place);
            panel.take_keyboard();
        }
    }

    /// Removes the mark from a passage. Returns false if none is marked.
    pub fn unmark(&mut self) -> bool {
        self.panels.iter_mut().any(|panel| panel.unmark())
    }

    /// Shows `place` of a source's text in the reader, or its start for `None`. The range counts
    /// characters.
    pub fn read(&mut self, source: &SourceId, place: Option<&Range<usize>>) {
        self.panels
            .iter_mut()
            .filter(|panel| panel.id() == PanelId::READER)
            .for_each(|panel| panel.read(source, place));
    }
}

/// Cache of the problems of the map.
#[derive(Default)]
struct Problems {
    list: Arc<[Problem]>,
    /// The cache key of `list`.
    made_for: Option<ContentVersion>,
}

impl Problems {
    fn of(document: &Document, list: Arc<[Problem]>) -> Self {
        Self { list, made_for: Some(document.version().content()) }
    }
}

type ShownKey =
    ((FormVersion, Option<ContentVersion>), ViewSettings, Vec<RelationIndex>, Vec<ActorIndex>);

/// Cache of what the view shows.
#[derive(Default)]
struct ShownCache {
    shown: Arc<Shown>,
    /// The cache key of `shown`: version of the form (with a filter, of the content), settings,
    /// expanded ties and revealed actors.
    made_for: Option<ShownKey>,
    /// The form of the map, and its view, from which the settings were taken.
    settings_of: Option<(FormVersion, Option<Box<ViewSettings>>)>,
    /// The selection for which `View::emphasis` was computed.
    emphasised: Option<Selection>,
}

/// The texts of the sources, and the state of reading them.
#[derive(Default)]
pub(super) struct Texts {
    pub reading: Arc<Reading>,
    /// The content version and the number of the last save for which the last reading was started.
    /// Saves count because texts are looked up in the folder of the map file.
    pub read_for: Option<(ContentVersion, u64)>,
    /// Number and start time, in seconds of egui's clock, of the running reading.
    pub running: Option<(u64, f64)>,
    /// Number of readings started so far.
    pub count: u64,
    /// True if the texts should be read from their files again.
    pub is_reload_wanted: bool,
    /// The source to which the next chosen text is attached; for `None` see `App::read_text`.
    pub attaching: Option<SourceId>,
    /// True if the text that is read becomes a new source.
    pub adds_source: bool,
    /// Watches the files of the texts; `None` if there are none, or the system cannot watch them.
    pub watch: Option<Watch>,
    /// The files being watched.
    pub watched: Vec<PathBuf>,
    /// Set by the watcher thread when a text may have changed.
    pub may_have_changed: Arc<AtomicBool>,
}

/// Saves of this document.
#[derive(Default)]
pub(super) struct Saves {
    pub running: Vec<Saving>,
    /// Number of the last save started.
    pub last: u64,
    /// True if a save was requested while another was running.
    pub is_wanted: bool,
}

/// A running save.
pub(super) struct Saving {
    pub number: u64,
    pub path: PathBuf,
    /// Start time in seconds of egui's clock.
    pub started: f64,
    /// True if the user was already asked about its duration.
    pub was_reported: bool,
}

/// The cache key of an export preview: the page, the file format, the selection if only that is
/// exported, the step if each is exported, and the version of the map.
pub(super) type PreviewKey = (Page, &'static Format, (Option<Selection>, Option<usize>), Version);

/// The preview in the export dialog.
#[derive(Default)]
pub(super) struct Preview {
    /// The key for which the last preview was started.
    pub key: Option<PreviewKey>,
    /// Number of previews started so far; also the number of the last one.
    pub number: u64,
    /// `Some` while a preview is being drawn.
    pub progress: Option<Arc<Progress>>,
    pub picture: Option<TextureHandle>,
    /// The encoded file that the picture shows.
    pub bytes: Option<Arc<[u8]>>,
    /// Size in pixels or pages and size of the file, or an error message.
    pub words: String,
}

impl Preview {
    /// True while a preview is being drawn.
    pub fn is_drawing(&self) -> bool {
        self.progress.is_some()
    }

    /// Cancels drawing and drops the encoded file.
    pub fn end(&mut self) {
        if let Some(progress) = self.progress.take() {
            progress.cancel();
        }
        self.bytes = None;
    }
}

/// The state of watching the open file.
#[derive(Default)]
pub struct Disk {
    /// The path being watched.
    pub watched: Option<PathBuf>,
    /// `None` if the system cannot watch the file.
    pub watch: Option<Watch>,
    /// Set by the watcher thread when the file may have changed.
    pub may_have_changed: Arc<AtomicBool>,
    /// Bytes on disk for which the user postponed the decision; empty if the file is missing.
    pub put_off: Option<Bytes>,
    /// Incremented by each of our own writes and merges, so that the result of an older check is
    /// discarded.
    pub writes: u64,
    /// A different map on disk; the user is asked about it once no other dialog is open.
    pub other: Option<Opened>,
}

impl Disk {
    /// True if the file was found missing.
    pub fn is_gone(&self) -> bool {
        self.put_off.as_ref().is_some_and(|bytes| bytes.is_empty())
    }
}
