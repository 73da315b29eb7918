//! The text of a source: paragraphs with labels, excerpts with highlights and badges, the marked
//! passage, and input on them.

use std::ops::Range;

use egui::{
    self, Align, EventFilter, FontId, Pos2, Rect, Response, RichText, ScrollArea, Sense, Stroke,
    StrokeKind, Ui, pos2, vec2,
};

use super::coding::Text;
use super::highlights::{Highlight, clicked, highlights, ink};
use super::part::part_range;
use super::rows::{LINE_HEIGHT, Rows};
use super::snap::{overlaps, snapped_to_words};
use super::state::Reader;
use super::text_id;
use crate::evidence::Segment;
use crate::evidence::mention::within;
use crate::evidence::paragraph::relabelled;
use crate::model::words::counted;
use crate::scene::theme::Theme;
use crate::ui::requests::{Request, Requests};
use crate::ui::widgets::excerpt_card::badge;
use crate::ui::widgets::style::{color, scene_theme};
use crate::ui::workspace::Workspace;

/// Width of the left margin for labels and badges, in points.
const MARGIN: f32 = 46.0;

/// The visible part of the text on the screen.
struct Page<'a> {
    rows: &'a Rows,
    /// Top left corner of the text.
    at: Pos2,
    part: Range<usize>,
    segments: &'a [Segment],
    highlights: &'a [Highlight],
    theme: &'a Theme,
}

impl Reader {
    pub(super) fn page_ui(
        &mut self,
        ui: &mut Ui,
        workspace: &Workspace<'_>,
        text: &Text<'_>,
        out: &mut Requests,
    ) {
        let segments = &text.prepared.segments;
        let (first, last) = self.part(segments);
        let part = self.clipped(part_range(segments, first, last, &text.prepared.text));
        let highlights = highlights(workspace, text.source, &part);
        self.parts_ui(ui, segments, first, last);
        let theme = scene_theme(ui.ctx());
        let area = ScrollArea::vertical().id_salt(("page", text.source.as_str(), first));
        area.auto_shrink(false).show(ui, |ui| {
            let width = (ui.available_width() - MARGIN - 10.0).max(80.0);
            let rows = Rows::of(ui, &text.prepared.text, segments, &part, width);
            let (space, _) = ui.allocate_exact_size(
                vec2(width + MARGIN, rows.size.y.max(ui.available_height())),
                Sense::hover(),
            );
            let at = space.min + vec2(MARGIN, 0.0);
            let response = ui.interact(
                Rect::from_min_size(at, vec2(width, space.height())),
                text_id(),
                Sense::click_and_drag(),
            );
            self.keep_focus(ui, &response);
            let page =
                Page { rows: &rows, at, part, segments, highlights: &highlights, theme: &theme };
            self.point(ui, &response, &page, text, out);
            self.update_draft(workspace, text);
            if self.has_focus && self.picker.is_none() {
                self.press_keys(ui, workspace, text, out);
            }
            self.copy_marked(ui, text);
            self.paint(ui, &page, text);
            page.hover_ui(ui, space, text);
            if let Some(target) = self.target.take() {
                let place = page.caret(target.start).union(page.caret(target.end)).expand(8.0);
                // A passage that is higher than the page is shown from its start.
                let fits = place.height() < ui.clip_rect().height();
                let align = if fits { Align::Center } else { Align::TOP };
                ui.scroll_to_rect(place, Some(align));
            }
            let label = format!("Text of {}", text.source);
            let marked = self.marked.clone().unwrap_or(page.part.clone());
            response.widget_info(|| {
                let mut info = egui::WidgetInfo::labeled(egui::WidgetType::TextEdit, true, &label);
                info.current_text_value = Some(text.prepared.text.slice(&marked).to_owned());
                info
            });
            label_menu(&response, &page, text, out);
        });
    }

    /// Takes the keyboard when that is wanted, and keeps the arrow keys while the text has it.
    fn keep_focus(&mut self, ui: &Ui, response: &Response) {
        let is_pressed = response.clicked() || response.is_pointer_button_down_on();
        if std::mem::take(&mut self.takes_focus) || is_pressed {
            response.request_focus();
        }
        self.has_focus = response.has_focus();
        let escape = self.marked.is_some() || self.lists_names;
        let filter = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            escape,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    }

    /// Marks what the mouse is dragged over; a double click marks a sentence, and a click selects
    /// the owner of an excerpt.
    fn point(
        &mut self,
        ui: &Ui,
        response: &Response,
        page: &Page<'_>,
        text: &Text<'_>,
        out: &mut Requests,
    ) {
        let Some(at) = response.interact_pointer_pos() else {
            self.dragged_from = None;
            return;
        };
        let letter = page.letter(at);
        if response.double_clicked() {
            let sentence = text.named.sentence_around(&(letter..letter + 1));
            self.marked = (sentence.len() > 1).then_some(sentence);
        } else if response.clicked() {
            self.remove_mark();
            self.caret = letter;
            if let Some(element) = clicked(page.highlights, letter) {
                out.push(Request::Focus(element));
            }
        } else if response.dragged() && ui.input(|input| input.pointer.primary_down()) {
            let pressed = ui.input(|input| input.pointer.press_origin()).unwrap_or(at);
            let from = *self.dragged_from.get_or_insert_with(|| page.letter(pressed));
            let range = from.min(letter)..from.max(letter);
            let whole = snapped_to_words(&text.prepared.text, &range);
            self.marked = (!range.is_empty() && !whole.is_empty()).then_some(whole);
        }
        if response.drag_stopped() {
            self.dragged_from = None;
        }
    }

    fn copy_marked(&self, ui: &Ui, text: &Text<'_>) {
        let is_copied = |input: &egui::InputState| {
            input.events.iter().any(|event| matches!(event, egui::Event::Copy))
        };
        if self.has_focus
            && let Some(marked) = &self.marked
            && ui.input(is_copied)
        {
            ui.ctx().copy_text(text.prepared.text.slice(marked).to_owned());
        }
    }

    fn paint(&self, ui: &Ui, page: &Page<'_>, text: &Text<'_>) {
        let painter = ui.painter();
        let visuals = ui.visuals();
        page.paint_highlights(painter);
        if let Some(marked) = &self.marked {
            for rect in page.rects(marked) {
                painter.rect_filled(rect, 2.0, visuals.selection.bg_fill);
            }
        }
        if self.shows_names {
            let names = text.mentions.iter().map(|mention| &mention.range);
            for name in names.filter(|name| overlaps(name, &page.part)) {
                page.underline(painter, name, Stroke::new(1.0, color(page.theme.muted)));
            }
        }
        page.rows.paint(painter, page.at, color(page.theme.ink));
        page.paint_margin(painter, text);
        if self.has_focus {
            let frame =
                Rect::from_min_size(page.at - vec2(5.0, 2.0), page.rows.size + vec2(10.0, 4.0));
            let accent = Stroke::new(1.5, color(page.theme.accent));
            let visible = painter.clip_rect().shrink(1.0).intersect(frame);
            painter.rect_stroke(visible, 4.0, accent, StrokeKind::Inside);
            if self.marked.is_none() {
                let caret = page.caret(self.caret.clamp(page.part.start, page.part.end));
                painter.line_segment([caret.left_top(), caret.left_bottom()], accent);
            }
        }
    }
}

/// Whether a paragraph has been coded.
enum Coding {
    /// It has this many excerpts.
    Done(usize),
    /// It has none, and names this many actors.
    Open(usize),
    Nothing,
}

impl Page<'_> {
    /// Shows a tooltip in the margin: the label of the paragraph under the pointer, and whether it
    /// is coded.
    fn hover_ui(&self, ui: &Ui, space: Rect, text: &Text<'_>) {
        let margin = Rect::from_min_size(space.min, vec2(MARGIN - 4.0, space.height()));
        let response = ui.interact(margin, ui.id().with("margin"), Sense::hover());
        let Some(at) = response.hover_pos() else { return };
        let Some((number, ..)) =
            self.rows.paragraphs().find(|(_, top, height)| at.y < self.at.y + top + height)
        else {
            return;
        };
        let Some(segment) = self.segments.get(number) else { return };
        let words = match self.coding(segment, text) {
            Coding::Done(count) => counted(count, "excerpt"),
            Coding::Open(actors) => format!("names {actors} actors, not coded yet"),
            Coding::Nothing => "names fewer than two actors".to_owned(),
        };
        response.on_hover_text_at_pointer(format!("{}: {words}", segment.label));
    }

    fn rects(&self, range: &Range<usize>) -> impl Iterator<Item = Rect> {
        let shift = self.at.to_vec2();
        self.rows.rects(range).into_iter().map(move |rect| rect.translate(shift))
    }

    /// The caret rectangle before a character of the whole text.
    fn caret(&self, letter: usize) -> Rect {
        self.rows.caret(letter).translate(self.at.to_vec2())
    }

    /// The character of the whole text at a point on the screen.
    fn letter(&self, at: Pos2) -> usize {
        self.rows.letter(at - self.at)
    }

    fn underline(&self, painter: &egui::Painter, range: &Range<usize>, stroke: Stroke) {
        for rect in self.rects(range) {
            let y = rect.bottom() - 3.5;
            painter.line_segment([pos2(rect.left(), y), pos2(rect.right(), y)], stroke);
        }
    }

    /// Paints the background of each excerpt. Where several overlap, the selected one gives the
    /// colour, otherwise the innermost one; the one around it is underlined.
    fn paint_highlights(&self, painter: &egui::Painter) {
        let mut edges: Vec<usize> =
            self.highlights.iter().flat_map(|mark| [mark.range.start, mark.range.end]).collect();
        edges.sort_unstable();
        edges.dedup();
        for pair in edges.windows(2) {
            let [start, end] = [pair[0], pair[1]];
            let over: Vec<&Highlight> = self
                .highlights
                .iter()
                .filter(|mark| mark.range.start <= start && mark.range.end >= end)
                .collect();
            let top = over.iter().find(|mark| mark.is_selected).or(over.last());
            let Some(top) = top else { continue };
            let strength = if top.is_selected { 0.42 } else { 0.16 };
            let fill = ink(top.stance, self.theme).gamma_multiply(strength);
            for rect in self.rects(&(start..end)) {
                painter.rect_filled(rect, 0.0, fill);
            }
            if let Some(second) = over.iter().rev().nth(1) {
                let stroke = Stroke::new(2.0, ink(second.stance, self.theme));
                self.underline(painter, &(start..end), stroke);
            }
        }
    }

    /// Paints labels, badges, and a bar beside each paragraph: filled if it is coded, hollow if it
    /// names two actors and is not.
    fn paint_margin(&self, painter: &egui::Painter, text: &Text<'_>) {
        let left = self.at.x - MARGIN;
        for (number, top, height) in self.rows.paragraphs() {
            let Some(segment) = self.segments.get(number) else { continue };
            let at = pos2(left, self.at.y + top + 3.0);
            let font = FontId::proportional(11.0);
            let muted = color(self.theme.muted);
            painter.text(at, egui::Align2::LEFT_TOP, &segment.label, font, muted);
            let coding = self.coding(segment, text);
            // Wide enough to show that it is hollow.
            let width = if matches!(coding, Coding::Open(_)) { 5.0 } else { 3.0 };
            let bar = Rect::from_min_size(
                pos2(self.at.x - 6.0 - width, self.at.y + top + 2.0),
                vec2(width, height - 4.0),
            );
            match coding {
                Coding::Done(_) => {
                    painter.rect_filled(bar, 1.0, muted.gamma_multiply(0.7));
                }
                Coding::Open(_) => {
                    let stroke = Stroke::new(1.0, color(self.theme.accent));
                    painter.rect_stroke(bar, 1.0, stroke, StrokeKind::Inside);
                }
                Coding::Nothing => {}
            }
        }
        self.paint_badges(painter, left);
    }

    fn paint_badges(&self, painter: &egui::Painter, left: f32) {
        let mut places: Vec<Pos2> = Vec::new();
        for mark in self.highlights {
            let Some(stance) = mark.stance else { continue };
            let line = self.caret(mark.range.start);
            let mut at = pos2(self.at.x - 17.0, line.top() + LINE_HEIGHT / 2.0 - 1.0);
            // Badges on the same line are placed side by side.
            while places.iter().any(|other| (*other - at).length() < 12.0) {
                at -= vec2(13.0, 0.0);
            }
            places.push(at);
            if at.x < left + 6.0 {
                continue;
            }
            badge(painter, at, stance, mark.is_open, self.theme);
            if !mark.is_exact {
                let stroke = Stroke::new(1.0, color(self.theme.muted));
                painter.circle_stroke(at, 9.0, stroke);
            }
            if mark.is_selected {
                painter.circle_stroke(at, 9.0, Stroke::new(1.5, color(self.theme.accent)));
            }
        }
    }

    fn coding(&self, segment: &Segment, text: &Text<'_>) -> Coding {
        let there = self.highlights.iter().filter(|mark| overlaps(&mark.range, &segment.range));
        match (there.count(), within(text.mentions, &segment.range).len()) {
            (0, actors) if actors > 1 => Coding::Open(actors),
            (0, _) => Coding::Nothing,
            (count, _) => Coding::Done(count),
        }
    }
}

/// The context menu of a paragraph, which changes its label.
fn label_menu(response: &Response, page: &Page<'_>, text: &Text<'_>, out: &mut Requests) {
    let id = response.id.with("paragraph");
    if response.secondary_clicked()
        && let Some(at) = response.interact_pointer_pos()
    {
        let letter = page.letter(at);
        let paragraph = page.segments.partition_point(|segment| segment.range.end < letter);
        response.ctx.data_mut(|data| data.insert_temp(id, paragraph));
    }
    response.context_menu(|ui| {
        let number = ui.data(|data| data.get_temp::<usize>(id)).unwrap_or(0);
        let Some(segment) = page.segments.get(number) else { return };
        ui.label(RichText::new(format!("Change {} to:", segment.label)).weak());
        for (words, label) in [
            ("Title", Some("T")),
            ("Standfirst", Some("S")),
            ("Numbered paragraph", None),
            ("Author note", Some("A")),
        ] {
            if ui.button(words).clicked() {
                let paragraphs = relabelled(page.segments, number, label);
                out.push(Request::SetParagraphs(text.source.clone(), paragraphs));
                ui.close();
            }
        }
    });
}
