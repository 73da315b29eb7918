//! Performs the requests of panels, keys and the canvas. The only place where that is done.

use egui::{self, Context, ViewportCommand};

use super::program::App;
use crate::edit::Selection;
use crate::model::Element;
use crate::model::view::Membership;
use crate::ui::dialogs::files::Wanted;
use crate::ui::dialogs::questions::{Question, Then};
use crate::ui::panels::id::PanelId;
use crate::ui::panels::search::First;
use crate::ui::panels::toolbar::search_id;
use crate::ui::requests::actions::Action;
use crate::ui::requests::{Request, Requests};
use crate::ui::widgets::rejected;
use crate::ui::workspace::Focus;

impl App {
    /// Performs requests in the order in which they were made.
    pub(super) fn perform_all(&mut self, ctx: &Context, requests: Requests) {
        let requests = requests.into_inner();
        if requests.is_empty() {
            return;
        }
        for request in requests {
            self.perform(ctx, request);
        }
        self.session.update_shown();
        // Panels and map that were already drawn in this frame are updated in the next.
        ctx.request_repaint();
    }

    fn perform(&mut self, ctx: &Context, request: Request) {
        match request {
            Request::Act(action) => self.act(ctx, action),
            Request::Edit(command) => self.edit(command),
            Request::SealStep => self.session.document.seal(),
            Request::AddActor(at) => self.add_actor(at),
            Request::AddNote(at) => self.add_note(at, None),
            Request::AddNoteAbout(element) => self.add_note_about(&element),
            Request::Connect(from, to) => self.connect(from, to),
            Request::Cite(evidence) => self.cite(*evidence),
            Request::AddTie(tie, evidence) => self.add_tie(*tie, *evidence),
            Request::AddProposed(party) => self.add_proposed(party),
            Request::AddNamedActor(evidence) => self.add_named_actor(*evidence),
            Request::PlaceExcerpt(element, number, place) => {
                self.place_excerpt(&element, number, &place);
            }
            Request::SetParagraphs(source, paragraphs) => self.set_paragraphs(&source, paragraphs),
            Request::Paste(text) => self.paste(&text),
            Request::Select(selection) => self.session.select(selection),
            Request::SelectPrevious => {
                if let Some(previous) = self.session.previous.take() {
                    self.session.select(previous);
                }
            }
            Request::Focus(element) => self.select_and_focus(ctx, &element),
            Request::EditFields(element) => {
                self.session.select(Selection::of(element));
                self.open_form();
            }
            Request::ToggleEditing => self.toggle_form(),
            Request::FocusTaken => self.session.wanted_focus = None,
            Request::SetFilter(filter, outlook) => {
                self.change_view("change the filter", |view| {
                    (view.filter, view.outlook) = (*filter, outlook);
                });
            }
            Request::ExpandLine => self.session.expand_line(),
            Request::CollapseLine => {
                self.session.collapse_line();
            }
            Request::Fold(whole, is_wanted) => self.fold(&[whole], is_wanted),
            Request::Hide(items) => self.hide(ctx, &items),
            Request::ShowAgain(element) => self.show_again(ctx, &element),
            Request::Locate(element) => self.locate(ctx, &element),
            Request::Search(text) => self.session.search.set_text(text),
            Request::SearchDone => {
                let session = &mut self.session;
                session.search.refresh(&session.document, &session.texts.reading, false);
                match session.search.first(&session.document) {
                    Some(First::Element(element)) => self.select_and_focus(ctx, &element),
                    Some(First::Passage(source, place)) => self.mark_words(&source, &place),
                    None => {}
                }
            }
            Request::Show(panel, is_open) => self.show_panel_with_focus(ctx, panel, is_open),
            Request::ShowStep(id) => self.show_step(ctx, id),
            Request::UpdateStep(id) => self.update_step(&id),
            Request::Read(source, place) => self.show_source(&source, Some(&place)),
            Request::MarkWords(source, place) => self.mark_words(&source, &place),
            Request::ShowSource(source) => self.show_source(&source, None),
            Request::Tell(words) => self.tell(words),
            Request::AttachText(source) => {
                self.session.texts.attaching = Some(source);
                self.ask(ctx, Wanted::SourceText);
            }
            Request::ReloadTexts => self.session.texts.is_reload_wanted = true,
            Request::Open(path) => self.open_path(ctx, path),
            Request::SaveTable(Ok(bytes)) => self.ask(ctx, Wanted::SaveTable(bytes.into())),
            Request::SaveTable(Err(error)) => self.fail("The table was not saved", error),
        }
    }

    /// Performs a menu command.
    fn act(&mut self, ctx: &Context, action: Action) {
        match action {
            Action::New => self.confirm_unsaved_then(ctx, Then::New),
            Action::Open => self.confirm_unsaved_then(ctx, Then::AskForFile),
            Action::OpenExample => self.confirm_unsaved_then(ctx, Then::Example),
            Action::AddArticle => self.ask_for_article(ctx),
            Action::AddArticles => self.ask(ctx, Wanted::ArticleFolder),
            Action::Import => self.ask(ctx, Wanted::Import),
            Action::Doubles => self.show_doubles(),
            Action::Save => self.save(ctx),
            Action::SaveAs => self.save_as(ctx),
            Action::Versions => self.show_versions(),
            Action::Recover => self.show_unsaved_work(),
            Action::Export => self.open_export(),
            Action::ExportData => self.open_data(),
            Action::CopyPicture => self.copy_picture(ctx),
            Action::Screenshot => {
                let screenshot = ViewportCommand::Screenshot(egui::UserData::default());
                ctx.send_viewport_cmd(screenshot);
            }
            Action::CancelWork => self.cancel_work(ctx),
            Action::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
            Action::Undo => {
                rejected::clear(ctx);
                self.undo();
            }
            Action::Redo => {
                rejected::clear(ctx);
                self.redo();
            }
            Action::SelectAll => {
                let all = self.session.drawn_actors();
                self.session.select(all);
            }
            Action::Clear if self.session.canvas.cancel() => self.tell("Cancelled."),
            Action::Clear if self.session.unmark() => {}
            Action::Clear if self.session.collapse_line() => {}
            Action::Clear if self.jobs.share().is_some() => self.cancel_work(ctx),
            Action::Clear => {
                self.session.select(Selection::default());
                // What is selected next shows its evidence, not its fields.
                self.session.is_editing = false;
                self.release_keyboard(ctx);
            }
            Action::NewActor => {
                self.add_actor(self.free_place(self.session.canvas.middle()));
            }
            Action::NewNote => self.add_note_of_selection(),
            Action::Connect => self.connect_selected(),
            Action::Edit => self.toggle_form(),
            Action::Delete => self.delete_selected(),
            Action::Pin => self.pin_selected(),
            Action::Copy => self.copy(ctx),
            Action::CopyText => self.copy_text(ctx),
            Action::Cut => {
                self.copy(ctx);
                self.delete_selected();
            }
            Action::Paste => ctx.send_viewport_cmd(ViewportCommand::RequestPaste),
            Action::Duplicate => self.duplicate(),
            Action::Align(align) => self.align(align),
            Action::Arrange(method) => self.arrange(ctx, method),
            Action::SnapToLines => self.toggle_snapping(true),
            Action::SnapToGrid => self.toggle_snapping(false),
            Action::AddExcerpt => self.add_excerpt(),
            Action::Fit => self.session.canvas.fit(),
            Action::ZoomIn => self.session.canvas.zoom_steps(1),
            Action::ZoomOut => self.session.canvas.zoom_steps(-1),
            Action::Search => self.session.wanted_focus = Some(Focus::Search),
            Action::AddStep => self.add_step(),
            Action::Present => self.present(ctx, false),
            Action::PresentHere => self.present(ctx, true),
            Action::Toggle(panel) => self.toggle(ctx, panel),
            Action::Lines(mode) => self.set_lines(mode),
            Action::Fold => self.fold_selected(),
            Action::FoldAll => self.fold_all(true),
            Action::UnfoldAll => self.fold_all(false),
            Action::Hide => self.hide_selected(ctx),
            Action::Isolate(steps) => self.isolate(ctx, steps),
            Action::ShowAll => self.show_everything(),
            Action::Camps => self.switch_camps(),
            Action::Size => self.switch_size(),
            Action::Outlook => self.switch_outlook(),
            Action::Kinds => self.switch_kinds(),
            Action::Membership => self.switch_membership(),
            Action::Theme => self.switch_theme(ctx),
            Action::Problems => self.show_problems(ctx),
            Action::Keys => self.modal = Some(Question::Keys),
            Action::Evidence if self.session.canvas.connecting().is_some() => {
                self.finish_connecting();
            }
            Action::Evidence if self.session.switch_line() => {}
            Action::Evidence => match self.session.selection.only() {
                Some(Element::Note(_)) => self.open_form(),
                _ => self.session.wanted_focus = Some(Focus::Evidence),
            },
            Action::LeaveCanvas => self.leave_or_enter_canvas(ctx),
        }
    }

    fn cancel_work(&mut self, ctx: &Context) {
        self.jobs.cancel(ctx.input(|input| input.time));
    }

    fn show_problems(&mut self, ctx: &Context) {
        self.session.check();
        let problems = self.session.problems();
        if !problems.is_empty() {
            self.modal = Some(Question::Problems(problems.to_vec()));
        } else if self.session.texts.reading.doubtful() > 0 {
            self.show_panel_with_focus(ctx, PanelId::TABLE, true);
        } else {
            self.tell("No problems found.");
        }
    }

    fn toggle(&mut self, ctx: &Context, panel: PanelId) {
        self.show_panel_with_focus(ctx, panel, !self.is_open(panel));
    }

    /// Opens or closes a panel and saves the settings.
    pub(super) fn show_panel(&mut self, panel: PanelId, is_open: bool) {
        if panel == PanelId::LIST {
            self.session.search.opens_list = false;
        }
        if panel == PanelId::READER && !is_open {
            self.session.unmark();
        }
        self.settings.set_open(panel, is_open);
        self.settings.store();
    }

    /// Opens or closes a panel. The table and the map replace each other, so for the table the
    /// keyboard focus is released.
    fn show_panel_with_focus(&mut self, ctx: &Context, panel: PanelId, is_open: bool) {
        self.show_panel(panel, is_open);
        if panel == PanelId::TABLE {
            self.release_keyboard(ctx);
        }
    }

    /// Switches snapping to other actors if `is_to_lines`, else snapping to the grid.
    fn toggle_snapping(&mut self, is_to_lines: bool) {
        let settings = &mut self.settings;
        let (snaps, what) = if is_to_lines {
            (&mut settings.snaps_to_lines, "other actors")
        } else {
            (&mut settings.snaps_to_grid, "the grid")
        };
        *snaps = !*snaps;
        let how = if *snaps { "snap" } else { "do not snap" };
        settings.store();
        self.tell(format!("Dragged actors {how} to {what}."));
    }

    fn switch_outlook(&mut self) {
        let is_shown = self.session.view.settings.outlook;
        let name = if is_shown { "hide forecasts" } else { "show forecasts" };
        self.change_view(name, |view| view.set_outlook(!is_shown));
    }

    fn switch_kinds(&mut self) {
        let is_shown = self.session.view.settings.kinds;
        let name = if is_shown { "hide tie labels" } else { "show tie labels" };
        self.change_view(name, |view| view.kinds = !is_shown);
    }

    fn switch_membership(&mut self) {
        let (next, words) = match self.session.view.settings.membership {
            Membership::Tethers => {
                (Membership::Hulls, "Membership: an area around a whole and its parts.")
            }
            Membership::Hulls => (Membership::Nothing, "Membership: not shown."),
            Membership::Nothing => {
                (Membership::Tethers, "Membership: a thin line from a part to its whole.")
            }
        };
        self.change_view("show membership differently", |view| view.membership = next);
        self.tell(words);
    }

    /// Moves the keyboard focus from the map to the search field, from there to the steps if they
    /// are shown, and from everywhere else to the map.
    fn leave_or_enter_canvas(&mut self, ctx: &Context) {
        let canvas = self.session.canvas.id();
        let has_focus = |id| ctx.memory(|memory| memory.has_focus(id));
        if has_focus(search_id()) && self.is_open(PanelId::STEPS) {
            self.session.wanted_focus = Some(Focus::Steps);
            return;
        }
        let is_on_canvas = canvas.is_some_and(has_focus);
        match canvas.filter(|_| !is_on_canvas && !self.is_open(PanelId::TABLE)) {
            None => ctx.memory_mut(|memory| memory.request_focus(search_id())),
            Some(canvas) => {
                ctx.memory_mut(|memory| memory.request_focus(canvas));
                self.session.canvas.show_focus();
            }
        }
    }
}
