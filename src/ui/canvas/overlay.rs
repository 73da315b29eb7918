//! Editing aids that are not part of the exported picture: guides and grid while dragging, and
//! pins.

use egui::{Painter, Rect, Vec2};

use super::state::Canvas;
use crate::edit::snap::GRID;
use crate::geometry::point;
use crate::scene::theme::Theme;
use crate::ui::widgets::style;
use crate::ui::workspace::Workspace;

/// Minimum distance of grid points, in screen points; a finer grid would appear as a grey area.
const GRID_AT_LEAST_PX: f32 = 7.0;

/// Minimum symbol scale (screen points per pixel at 100 %) at which pins are recognisable.
const PIN_AT_LEAST: f32 = 0.3;

impl Canvas {
    /// Paints the grid while actors are dragged and snap to it.
    pub(super) fn paint_grid(&self, workspace: &Workspace<'_>, painter: &Painter, theme: &Theme) {
        let step = GRID * self.camera.map_or(1.0, |camera| camera.zoom);
        let is_dragging = self.drag.as_ref().is_some_and(|drag| drag.has_moved);
        if !workspace.snapping().grid || !is_dragging || step < GRID_AT_LEAST_PX {
            return;
        }
        let color = style::color(theme.muted).gamma_multiply(0.35);
        let area = painter.clip_rect();
        let origin = self.screen_from_map(point(0.0, 0.0));
        let first = |start: f32, origin: f32| origin + ((start - origin) / step).ceil() * step;
        let mut x = first(area.left(), origin.x);
        while x <= area.right() {
            let mut y = first(area.top(), origin.y);
            while y <= area.bottom() {
                painter.rect_filled(
                    Rect::from_center_size((x, y).into(), Vec2::splat(1.5)),
                    0.0,
                    color,
                );
                y += step;
            }
            x += step;
        }
    }

    /// Paints the lines to the actors that the dragged one is aligned with.
    pub(super) fn paint_guides(&self, painter: &Painter, theme: &Theme) {
        let Some(drag) = &self.drag else { return };
        let accent = style::color(theme.accent);
        for guide in &drag.guides {
            let ends = [self.screen_from_map(guide.from), self.screen_from_map(guide.to)];
            painter.line_segment(ends, (1.0, accent));
        }
    }

    /// Paints a small pin at the upper right corner of each pinned actor.
    pub(super) fn paint_pins(&self, painter: &Painter, theme: &Theme) {
        let (ink, paper) = (style::color(theme.muted), style::color(theme.paper));
        if self.pixel() < PIN_AT_LEAST {
            return;
        }
        let size = (self.pixel() * 3.4).clamp(1.5, 4.5);
        for actor in self.actors_in_view() {
            if !self.overview.actor_looks[actor].is_pinned {
                continue;
            }
            let body = self.body(actor);
            let bounds = body.bounds();
            let corner = self.screen_from_map(point(bounds.max.x, bounds.min.y));
            if !painter.clip_rect().expand(10.0).contains(corner) {
                continue;
            }
            let head = corner + Vec2::new(size, -size);
            painter.line_segment([head, corner + Vec2::new(-size * 0.8, size * 0.8)], (1.3, ink));
            painter.circle(head, size, ink, (1.0, paper));
        }
    }
}
