//! Keys to actions, and what each action does.

use eframe::egui::{self, Context, ViewportCommand};

use super::App;
use super::window::follow_theme;
use crate::edit::Selection;
use crate::layout::request::Method;
use crate::model::filter::Filter;
use crate::scene::view::shown_relations;
use crate::ui::dialogs::files::Wanted;
use crate::ui::dialogs::questions::{Question, Then};
use crate::ui::panels::toolbar::search_id;
use crate::ui::requests::actions::{self, Action, TABLE};
use crate::ui::settings::ThemeChoice;

impl App {
    pub(super) fn keys(&mut self, ctx: &Context, is_typing: bool) {
        let has_canvas =
            self.canvas.response_id.is_some_and(|id| ctx.memory(|memory| memory.has_focus(id)));
        let mut actions = Vec::new();
        // Ctrl+Shift+S is also a Ctrl+S to egui: the longer key is asked for first.
        let by_length = TABLE.iter().filter(|about| about.key.modifiers.shift);
        for about in by_length.chain(TABLE.iter().filter(|about| !about.key.modifiers.shift)) {
            let is_free = match about.action {
                Action::LeaveCanvas => true,
                // Enter belongs to whatever has the keyboard.
                Action::Evidence => has_canvas,
                // Escape in a field leaves the field.
                _ => !(about.is_plain() && is_typing),
            };
            // Undo inside a text field is the field's own.
            let is_fields_own = is_typing
                && matches!(
                    about.action,
                    Action::Undo
                        | Action::Redo
                        | Action::SelectAll
                        | Action::Copy
                        | Action::Cut
                        | Action::Paste
                        | Action::Align(_)
                );
            if is_free && !is_fields_own && ctx.input_mut(|input| is_pressed(input, about)) {
                actions.push(about.action);
            }
        }
        for action in actions {
            self.act(ctx, action);
        }
        if !is_typing {
            self.clipboard_keys(ctx, has_canvas);
        }
    }

    pub(super) fn act(&mut self, ctx: &Context, action: Action) {
        match action {
            Action::New => self.unless_unsaved(ctx, Then::New),
            Action::Open => self.unless_unsaved(ctx, Then::AskForFile),
            Action::OpenExample => self.unless_unsaved(ctx, Then::Example),
            Action::Save => self.save(ctx),
            Action::SaveAs => self.ask(ctx, Wanted::SaveMap),
            Action::Versions => self.show_versions(),
            Action::Export | Action::CopyPicture if self.document.map().actors.is_empty() => {
                "There is nothing to export on an empty map.".clone_into(&mut self.news);
            }
            Action::Export => self.open_export(),
            Action::CopyPicture => self.copy_picture(ctx),
            Action::Screenshot => {
                ctx.send_viewport_cmd(ViewportCommand::Screenshot(egui::UserData::default()))
            }
            Action::CancelWork => self.jobs.cancel(),
            Action::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
            Action::Undo => self.undo(),
            Action::Redo => self.redo(),
            Action::SelectAll => self.select(Selection::all_actors(self.document.map())),
            // The key by which one leaves whatever is under way.
            Action::Clear if self.jobs.share().is_some() => self.jobs.cancel(),
            Action::Clear => self.select(Selection::default()),
            Action::NewActor => self.add_actor(self.free_place(self.canvas.middle())),
            Action::Connect => self.connect_selected(),
            Action::Edit => self.is_editing = !self.is_editing,
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
            Action::Circle => self.arrange(ctx, Method::Circle),
            Action::ArrangeConcentric => self.arrange(ctx, Method::Concentric),
            Action::ArrangeTimeline => self.arrange(ctx, Method::Timeline),
            Action::ArrangeLayers => self.arrange(ctx, Method::Layers),
            Action::ArrangeSigned => self.arrange(ctx, Method::Signed),
            Action::ArrangeStress => self.arrange(ctx, Method::Stress),
            Action::SnapToLines => {
                self.settings.snaps_to_lines = !self.settings.snaps_to_lines;
                self.settings.store();
                let how = if self.settings.snaps_to_lines { "snap to" } else { "pass by" };
                self.news = format!("Dragged actors {how} the lines of others.");
            }
            Action::SnapToGrid => {
                self.settings.snaps_to_grid = !self.settings.snaps_to_grid;
                self.settings.store();
                let how = if self.settings.snaps_to_grid { "keep to" } else { "leave" };
                self.news = format!("Dragged actors {how} the grid.");
            }
            Action::AddExcerpt => self.add_excerpt(),
            Action::Fit => self.canvas.fit(),
            Action::ZoomIn => self.canvas.zoom_steps(1),
            Action::ZoomOut => self.canvas.zoom_steps(-1),
            Action::Search => self.wants_search_focus = true,
            Action::Reader => self.show_reader(!self.settings.is_reader_open),
            Action::Table => self.show_table(ctx, !self.table.is_open),
            Action::List => {
                self.settings.is_list_open =
                    !(self.settings.is_list_open || self.is_list_for_search);
                self.is_list_for_search = false;
                self.settings.store();
            }
            Action::Filter => self.is_filter_open = !self.is_filter_open,
            Action::ShowAll => self.show_all(),
            Action::Outlook => {
                self.view.outlook = !self.view.outlook;
                self.emphasise();
            }
            Action::Kinds => self.view.kinds = !self.view.kinds,
            Action::Membership => self.switch_membership(),
            Action::Theme => self.switch_theme(ctx),
            Action::Problems
                if self.document.warnings.is_empty() && self.reading.doubtful() > 0 =>
            {
                self.show_table(ctx, true);
            }
            Action::Problems if self.document.warnings.is_empty() => {
                "No warnings.".clone_into(&mut self.news)
            }
            Action::Problems => {
                self.question = Some(Question::Warnings(self.document.warnings.clone()))
            }
            Action::Keys => self.question = Some(Question::Keys),
            Action::Evidence => self.wants_evidence_focus = true,
            Action::LeaveCanvas => self.leave_or_enter_canvas(ctx),
        }
    }

    /// Leaves nothing out any more.
    pub(super) fn show_all(&mut self) {
        self.view.filter = Filter::default();
        self.filters += 1;
        self.emphasise();
    }

    /// The selection and its neighbourhood stand out: of what is shown.
    pub(super) fn emphasise(&mut self) {
        let map = self.document.map();
        let mut is_shown = vec![false; map.relations.len()];
        for tie in shown_relations(map, &self.view) {
            is_shown[tie] = true;
        }
        let is_shown = |tie: usize| is_shown.get(tie).copied().unwrap_or(false);
        self.view.emphasis = self.selection.emphasis(self.document.index(), is_shown);
    }

    fn leave_or_enter_canvas(&mut self, ctx: &Context) {
        let Some(canvas) = self.canvas.response_id else { return };
        let is_on_canvas = ctx.memory(|memory| memory.has_focus(canvas));
        if is_on_canvas || self.table.is_open {
            ctx.memory_mut(|memory| memory.request_focus(search_id()));
        } else {
            ctx.memory_mut(|memory| memory.request_focus(canvas));
            self.canvas.is_focus_shown = true;
        }
    }

    fn switch_theme(&mut self, ctx: &Context) {
        let is_dark = ctx.theme() == egui::Theme::Dark;
        self.settings.theme = if is_dark { ThemeChoice::Light } else { ThemeChoice::Dark };
        self.settings.store();
        follow_theme(ctx, self.settings.theme);
    }
}

fn is_pressed(input: &mut egui::InputState, about: &actions::About) -> bool {
    if !about.is_plain() {
        return input.consume_shortcut(&about.key);
    }
    // What was held when the key went down: by the end of the frame it may be up again.
    let needs_shift = matches!(about.key.logical_key, egui::Key::Questionmark | egui::Key::Plus);
    input.events.iter().any(|event| match event {
        egui::Event::Key { key, pressed: true, modifiers, .. } => {
            let is_bare = !modifiers.command && !modifiers.ctrl && !modifiers.alt;
            // Shift may be needed to type the sign at all.
            *key == about.key.logical_key && is_bare && (needs_shift || !modifiers.shift)
        }
        _ => false,
    })
}
