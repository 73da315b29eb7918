//! The control at the lower edge of a whole that folds and unfolds it, and the link in the title
//! that shows everything again.

use egui::{Align2, FontId, Painter, Ui};

use super::state::Canvas;
use crate::geometry::{Point, Rect};
use crate::model::citation::isolated;
use crate::model::words::counted;
use crate::model::{ActorIndex, Element};
use crate::scene::picture::pill;
use crate::scene::theme::Theme;
use crate::ui::requests::Request;
use crate::ui::requests::actions::Action;
use crate::ui::widgets::style;
use crate::ui::workspace::Workspace;

/// A control that folds or unfolds a whole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct FoldControl {
    pub actor: ActorIndex,
    /// True if the whole is folded now.
    pub is_folded: bool,
    /// Number of actors that it stands for, or would stand for.
    pub count: usize,
    /// In map units.
    pub rect: Rect,
}

impl FoldControl {
    /// What the control does, for screen readers.
    pub fn name(&self, workspace: &Workspace<'_>) -> String {
        let actor = workspace.document.map().actors.get(self.actor);
        let name = actor.map_or_else(String::new, |actor| isolated(&actor.name).into_owned());
        let count = counted(self.count, "actor");
        if self.is_folded {
            format!("Unfold {name}, stands for {count}")
        } else {
            format!("Fold {count} into {name}")
        }
    }

    pub fn request(&self, workspace: &Workspace<'_>) -> Option<Request> {
        let actor = workspace.document.map().actors.get(self.actor)?;
        Some(Request::Fold(actor.id.clone(), !self.is_folded))
    }
}

impl Canvas {
    /// The controls that are shown: on every folded whole, and on the wholes under the pointer and
    /// in the selection.
    pub(super) fn fold_controls(&self, workspace: &Workspace<'_>) -> Vec<FoldControl> {
        if self.glide.is_some() || self.is_crowded() {
            return Vec::new();
        }
        let (shown, index) = (workspace.shown, workspace.document.index());
        let mut controls: Vec<FoldControl> = if shown.folded() == 0 {
            Vec::new()
        } else {
            let folded = self.actors_in_view().into_iter();
            let folded = folded.filter(|actor| shown.stands_for(*actor) > 0);
            folded.map(|actor| self.folded_control(workspace, actor)).collect()
        };
        let selected = workspace.selection.only().and_then(|item| match item {
            Element::Actor(id) => index.actor(id),
            Element::Relation(_) | Element::Note(_) => None,
        });
        let mut open: Vec<ActorIndex> = selected.into_iter().chain(self.hovered_actor).collect();
        open.dedup();
        for actor in open {
            let parts = index.parts(actor).len();
            if parts > 0 && shown.is_drawn(actor) && shown.stands_for(actor) == 0 {
                let rect = pill::usual_place(&self.body(actor), 1, self.unit);
                controls.push(FoldControl { actor, is_folded: false, count: parts, rect });
            }
        }
        controls
    }

    fn folded_control(&self, workspace: &Workspace<'_>, actor: ActorIndex) -> FoldControl {
        let count = workspace.shown.stands_for(actor);
        let drawn = self.scene.pills.iter().find(|pill| pill.actor == actor);
        let rect = drawn.map_or_else(
            || pill::usual_place(&self.body(actor), pill::words(count).len(), self.unit),
            |pill| pill.rect,
        );
        FoldControl { actor, is_folded: true, count, rect }
    }

    /// The control at a map point.
    pub(super) fn fold_control_at(
        &self,
        workspace: &Workspace<'_>,
        at: Point,
    ) -> Option<FoldControl> {
        let mut controls = self.fold_controls(workspace).into_iter();
        controls.rfind(|control| control.rect.grown(2.0 * self.unit).contains(at))
    }

    /// Paints the controls of wholes that are not folded. Those of folded ones are in the scene.
    pub(super) fn paint_fold_controls(
        &self,
        workspace: &Workspace<'_>,
        painter: &Painter,
        theme: &Theme,
    ) {
        if self.drag.is_some() {
            return;
        }
        for control in self.fold_controls(workspace) {
            if control.is_folded {
                continue;
            }
            let (min, max) = (control.rect.min, control.rect.max);
            let rect =
                egui::Rect::from_two_pos(self.screen_from_map(min), self.screen_from_map(max));
            let (ink, paper) = (style::color(theme.ink), style::color(theme.paper));
            painter.rect(rect, rect.height() * 0.5, paper, (1.2, ink), egui::StrokeKind::Middle);
            let font = FontId::proportional((rect.height() * 0.9).max(6.0));
            painter.text(rect.center(), Align2::CENTER_CENTER, "−", font, ink);
        }
    }

    /// The part of the title that tells what is not shown, in screen points, and what a click on it
    /// does; `None` if nothing is left out.
    pub(super) fn title_link(&self, workspace: &Workspace<'_>) -> Option<(egui::Rect, Action)> {
        let action = workspace.what_shows()?;
        let (furniture, _) = self.furniture.as_ref()?;
        let about = furniture.about?;
        let at = |at: Point| self.rect.min + egui::vec2(at.x, at.y);
        Some((egui::Rect::from_two_pos(at(about.min), at(about.max)), action))
    }

    /// Underlines the title while the pointer is on the part that shows everything again.
    pub(super) fn paint_title_link(&self, ui: &Ui, workspace: &Workspace<'_>, painter: &Painter) {
        let Some((rect, _)) = self.title_link(workspace) else { return };
        if ui.input(|input| input.pointer.hover_pos()).is_some_and(|at| rect.contains(at)) {
            let color = ui.visuals().hyperlink_color;
            painter.line_segment([rect.left_bottom(), rect.right_bottom()], (1.0, color));
        }
    }
}
