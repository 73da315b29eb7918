//! The text of a source: paragraphs with labels, excerpts with highlights and badges, and pointer
//! input on them.

use std::ops::Range;

use egui::text::{CCursor, LayoutJob, TextFormat};
use egui::{
    self, Align, Color32, FontId, Galley, Id, Pos2, Rect, RichText, ScrollArea, Stroke, TextEdit,
    Ui, pos2, vec2,
};

use super::excerpts::stance_of;
use super::state::Reader;
use crate::evidence::paragraph::relabelled;
use crate::evidence::verify::Prepared;
use crate::evidence::{Segment, SourceText, State, Verified};
use crate::model::{Element, Stance};
use crate::scene::theme::Theme;
use crate::ui::requests::{Request, Requests};
use crate::ui::widgets::excerpt_card::badge;
use crate::ui::widgets::style::{color, scene_theme};
use crate::ui::workspace::Workspace;

/// Width of the left margin for labels and badges, in points.
const MARGIN: f32 = 46.0;
/// In points, like the two heights below.
const TEXT_SIZE: f32 = 14.5;
const LINE_HEIGHT: f32 = 22.0;
/// Height of the last line of a paragraph, including the gap below it.
const LAST_LINE_HEIGHT: f32 = 32.0;
/// Longer texts are shown in parts of about this many characters.
const PART_LETTERS: usize = 60_000;

/// The highlight of one excerpt.
struct Highlight {
    owner: Element,
    /// In scalar values of the whole text.
    range: Range<usize>,
    /// `None` for the excerpt of an actor.
    stance: Option<Stance>,
    is_selected: bool,
    /// True if the excerpt was found word for word.
    is_exact: bool,
}

impl Reader {
    pub(super) fn page_ui(
        &mut self,
        ui: &mut Ui,
        workspace: &Workspace<'_>,
        prepared: &Prepared,
        out: &mut Requests,
    ) {
        let Some(source) = self.source.clone() else { return };
        let (segments, text) = (&prepared.segments, &*prepared.text);
        let (first, last) = self.part(segments);
        let part = self.clipped(part_range(segments, first, last, text));
        let highlights: Vec<Highlight> = highlights(workspace, &source)
            .into_iter()
            .filter(|mark| overlaps(&mark.range, &part))
            .collect();
        self.parts_ui(ui, segments, first, last);
        let theme = scene_theme(ui.ctx());
        let names: Vec<Range<usize>> =
            match workspace.reading.mentions.get(&source).filter(|_| self.shows_names) {
                Some(mentions) => mentions.iter().map(|mention| mention.range.clone()).collect(),
                None => Vec::new(),
            };
        ScrollArea::vertical().id_salt(("page", source.as_str(), first)).auto_shrink(false).show(
            ui,
            |ui| {
                let mut words = text.slice(&part);
                let width = (ui.available_width() - MARGIN - 10.0).max(80.0);
                let marked =
                    self.marked.clone().map(|marked| (marked, ui.visuals().selection.bg_fill));
                let job = job(
                    words,
                    &part,
                    text,
                    &highlights,
                    &names,
                    marked.as_ref(),
                    segments,
                    &theme,
                    width,
                );
                let mut layouter = |ui: &Ui, _: &dyn egui::TextBuffer, _: f32| {
                    ui.fonts_mut(|fonts| fonts.layout_job(job.clone()))
                };
                let shown = ui
                    .horizontal_top(|ui| {
                        ui.add_space(MARGIN);
                        let edit = TextEdit::multiline(&mut words)
                            .id(Id::new(("source text", source.as_str())))
                            .frame(egui::Frame::NONE)
                            .margin(egui::Margin::ZERO)
                            .desired_width(width)
                            .layouter(&mut layouter);
                        edit.show(ui)
                    })
                    .inner;
                let response = shown.response.response.clone();
                let label = format!("Text of {source}");
                response.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::WidgetType::TextEdit, true, &label)
                });
                let leaf =
                    VisibleText { galley: &shown.galley, at: shown.galley_pos, part: part.clone() };
                leaf.paint(ui, segments, &highlights, &theme);
                self.scroll_to_target(ui, &leaf);
                let cursor = shown.cursor_range.map(|range| range.as_sorted_char_range());
                if let Some(range) = cursor {
                    let range = part.start + range.start.0..part.start + range.end.0;
                    let is_marking = response.dragged() || response.is_pointer_button_down_on();
                    let whole =
                        if is_marking { range.clone() } else { snapped_to_words(text, &range) };
                    self.marked =
                        (range.end > range.start && whole.end > whole.start).then_some(whole);
                    if response.clicked()
                        && range.is_empty()
                        && let Some(element) = clicked(&highlights, range.start)
                    {
                        out.push(Request::Focus(element));
                    }
                }
                label_menu(&response, &leaf, &source, segments, out);
            },
        );
    }

    /// The paragraphs of the visible part, as indices `(first, last)` with `last` excluded.
    fn part(&mut self, segments: &[Segment]) -> (usize, usize) {
        if let Some(target) = &self.target {
            let at = segments.partition_point(|segment| segment.range.end <= target.start);
            let (first, last) = span(segments, self.first_segment);
            if at < first || at >= last {
                // Show some context before the target.
                self.first_segment = at.saturating_sub(3);
            }
        }
        span(segments, self.first_segment)
    }

    /// Limits the part to three times `PART_LETTERS`, around the target or the marked passage. Only
    /// a very long paragraph exceeds this.
    fn clipped(&self, part: Range<usize>) -> Range<usize> {
        let most = 3 * PART_LETTERS;
        if part.len() <= most {
            return part;
        }
        let place =
            self.target.as_ref().or(self.marked.as_ref()).map_or(part.start, |place| place.start);
        let start = place.saturating_sub(PART_LETTERS).clamp(part.start, part.end - most);
        start..start + most
    }

    fn parts_ui(&mut self, ui: &mut Ui, segments: &[Segment], first: usize, last: usize) {
        if first == 0 && last >= segments.len() {
            return;
        }
        ui.horizontal(|ui| {
            if ui.add_enabled(first > 0, egui::Button::new("Previous")).clicked() {
                let mut letters = 0;
                let before = segments.get(..first).unwrap_or_default().iter().rev();
                let fitting = before.take_while(|segment| {
                    letters += segment.range.len();
                    letters < PART_LETTERS
                });
                self.first_segment = first - fitting.count().max(1);
            }
            if ui.add_enabled(last < segments.len(), egui::Button::new("Next")).clicked() {
                self.first_segment = last;
            }
            let label = |at: usize| segments.get(at).map_or("", |segment| segment.label.as_str());
            let words =
                format!("{} to {} of {} paragraphs", label(first), label(last - 1), segments.len());
            ui.label(RichText::new(words).weak());
        });
    }

    fn scroll_to_target(&mut self, ui: &Ui, leaf: &VisibleText<'_>) {
        if let Some(target) = self.target.take() {
            let at = leaf.rect(target.start).union(leaf.rect(target.end));
            ui.scroll_to_rect(at.expand(30.0), Some(Align::Center));
        }
    }
}

/// The context menu of a paragraph, which changes its label.
fn label_menu(
    response: &egui::Response,
    leaf: &VisibleText<'_>,
    source: &crate::model::SourceId,
    segments: &[Segment],
    out: &mut Requests,
) {
    let id = response.id.with("paragraph");
    if response.secondary_clicked()
        && let Some(at) = response.interact_pointer_pos()
    {
        let letter = leaf.letter(at);
        let paragraph = segments.partition_point(|segment| segment.range.end < letter);
        response.ctx.data_mut(|data| data.insert_temp(id, paragraph));
    }
    response.context_menu(|ui| {
        let number = ui.data(|data| data.get_temp::<usize>(id)).unwrap_or(0);
        let Some(segment) = segments.get(number) else { return };
        ui.label(RichText::new(format!("Change {} to:", segment.label)).weak());
        for (words, label) in [
            ("Title", Some("T")),
            ("Standfirst", Some("S")),
            ("Numbered paragraph", None),
            ("Author note", Some("A")),
        ] {
            if ui.button(words).clicked() {
                let paragraphs = relabelled(segments, number, label);
                out.push(Request::SetParagraphs(source.clone(), paragraphs));
                ui.close();
            }
        }
    });
}

/// Trims white space at both ends of a range, and extends the range to whole words.
fn snapped_to_words(text: &SourceText, range: &Range<usize>) -> Range<usize> {
    let mut start = range.start;
    let mut end = range.end.min(text.length());
    while start < end && is_space(text, start) {
        start += 1;
    }
    while start < end && is_space(text, end - 1) {
        end -= 1;
    }
    while start < end && start > 0 && is_word(text, start) && is_word(text, start - 1) {
        start -= 1;
    }
    while start < end && end < text.length() && is_word(text, end - 1) && is_word(text, end) {
        end += 1;
    }
    start..end
}

/// True if a character is white space, or if the text has no character there.
fn is_space(text: &SourceText, at: usize) -> bool {
    letter_at(text, at).is_none_or(char::is_whitespace)
}

/// True if a character is a letter or a digit.
fn is_word(text: &SourceText, at: usize) -> bool {
    letter_at(text, at).is_some_and(char::is_alphanumeric)
}

/// The character at an index; `None` after the end of the text.
fn letter_at(text: &SourceText, at: usize) -> Option<char> {
    text.slice(&(at..at + 1)).chars().next()
}

fn overlaps(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// The paragraphs of the part that begins at `first`, as `(first, last)` with `last` excluded.
fn span(segments: &[Segment], first: usize) -> (usize, usize) {
    let first = first.min(segments.len().saturating_sub(1));
    let mut letters = 0;
    let fitting = segments.get(first..).unwrap_or_default().iter().take_while(|segment| {
        let fits = letters < PART_LETTERS;
        letters += segment.range.len();
        fits
    });
    (first, first + fitting.count().max(1))
}

fn part_range(segments: &[Segment], first: usize, last: usize, text: &SourceText) -> Range<usize> {
    let start = segments.get(first).filter(|_| first > 0).map_or(0, |segment| segment.range.start);
    let end = segments.get(last).map_or(text.length(), |next| next.range.start);
    start..end.max(start)
}

/// The highlights of the excerpts that were found in a source, in text order. A longer one comes
/// before a shorter one with the same start.
fn highlights(workspace: &Workspace<'_>, source: &crate::model::SourceId) -> Vec<Highlight> {
    let places = workspace.reading.places(source);
    let mut highlights: Vec<Highlight> =
        places.map(|(one, place)| highlight_of(workspace, one, place)).collect();
    highlights.sort_by_key(|mark| (mark.range.start, std::cmp::Reverse(mark.range.end)));
    highlights
}

/// The highlight of an excerpt that was found at `place`.
fn highlight_of(workspace: &Workspace<'_>, one: &Verified, place: &Range<usize>) -> Highlight {
    Highlight {
        stance: stance_of(workspace.document, &one.owner),
        owner: one.owner.clone(),
        range: place.clone(),
        is_selected: workspace.selection.contains(&one.owner),
        is_exact: one.state().is_some_and(State::is_exact),
    }
}

/// The element that a click on a character selects: the owner of the highlight there. If several
/// highlights overlap, each click selects the next one.
fn clicked(highlights: &[Highlight], letter: usize) -> Option<Element> {
    let there: Vec<&Highlight> = highlights
        .iter()
        .filter(|mark| mark.range.start <= letter && letter <= mark.range.end)
        .collect();
    let next = there.iter().position(|mark| mark.is_selected).map_or(0, |at| at + 1);
    there.get(next).or(there.first()).map(|mark| mark.owner.clone())
}

fn ink(stance: Option<Stance>, theme: &Theme) -> Color32 {
    stance.map_or(color(theme.muted), |stance| color(theme.stance(stance)))
}

#[expect(clippy::too_many_arguments, reason = "all inputs of the layout of one page")]
fn job(
    words: &str,
    part: &Range<usize>,
    text: &SourceText,
    highlights: &[Highlight],
    names: &[Range<usize>],
    marked: Option<&(Range<usize>, Color32)>,
    segments: &[Segment],
    theme: &Theme,
    width: f32,
) -> LayoutJob {
    let mut edges: Vec<usize> = vec![part.start, part.end];
    let inside = |at: &usize| part.contains(at);
    edges.extend(
        highlights.iter().flat_map(|mark| [mark.range.start, mark.range.end]).filter(inside),
    );
    edges.extend(names.iter().flat_map(|name| [name.start, name.end]).filter(inside));
    edges.extend(
        marked.into_iter().flat_map(|(marked, _)| [marked.start, marked.end]).filter(inside),
    );
    // The last character of a paragraph has a taller line, which makes the gap below it.
    let ends = segments
        .iter()
        .flat_map(|segment| [segment.range.end.saturating_sub(1), segment.range.end]);
    edges.extend(ends.filter(inside));
    edges.sort_unstable();
    edges.dedup();
    let mut job =
        LayoutJob { wrap: egui::text::TextWrapping::wrap_at_width(width), ..LayoutJob::default() };
    let base = text.byte(part.start);
    for pair in edges.windows(2) {
        let (start, end) = (pair[0], pair[1]);
        let bytes = text.byte(start) - base..text.byte(end) - base;
        let is_gap = segments.binary_search_by_key(&end, |segment| segment.range.end).is_ok()
            && end == start + 1;
        let mut format = TextFormat {
            font_id: FontId::proportional(TEXT_SIZE),
            color: color(theme.ink),
            line_height: Some(if is_gap { LAST_LINE_HEIGHT } else { LINE_HEIGHT }),
            valign: Align::TOP,
            ..TextFormat::default()
        };
        let over: Vec<&Highlight> = highlights
            .iter()
            .filter(|mark| mark.range.start <= start && mark.range.end >= end)
            .collect();
        // The selected highlight gives the colour, otherwise the innermost one.
        let top = over.iter().find(|mark| mark.is_selected).or(over.last());
        if let Some(top) = top {
            let strength = if top.is_selected { 0.42 } else { 0.16 };
            format.background = ink(top.stance, theme).gamma_multiply(strength);
            format.expand_bg = 0.0;
        }
        if let Some((_, color)) =
            marked.filter(|(marked, _)| marked.start <= start && marked.end >= end)
        {
            format.background = *color;
        }
        if let Some(second) = over.iter().rev().nth(1) {
            format.underline = Stroke::new(2.0, ink(second.stance, theme));
        } else if names.iter().any(|name| name.start <= start && name.end >= end) {
            format.underline = Stroke::new(1.0, color(theme.muted));
        }
        job.sections.push(egui::text::LayoutSection {
            leading_space: 0.0,
            byte_range: bytes_of(&bytes),
            format,
        });
    }
    words.clone_into(&mut job.text);
    job
}

fn bytes_of(bytes: &Range<usize>) -> Range<egui::text::ByteIndex> {
    egui::text::ByteIndex(bytes.start)..egui::text::ByteIndex(bytes.end)
}

/// The visible part of the text, after layout.
struct VisibleText<'a> {
    galley: &'a Galley,
    /// Top left corner of the galley on the screen.
    at: Pos2,
    /// In scalar values of the whole text.
    part: Range<usize>,
}

impl VisibleText<'_> {
    /// The caret rectangle before a character of the whole text.
    fn rect(&self, letter: usize) -> Rect {
        let letter = letter.clamp(self.part.start, self.part.end) - self.part.start;
        self.galley.pos_from_cursor(CCursor::new(letter)).translate(self.at.to_vec2())
    }

    /// The character of the whole text at a point on the screen.
    fn letter(&self, at: Pos2) -> usize {
        self.part.start + self.galley.cursor_from_pos(at - self.at).index.0
    }

    /// Paints the labels and badges in the margin.
    fn paint(&self, ui: &Ui, segments: &[Segment], highlights: &[Highlight], theme: &Theme) {
        let painter = ui.painter();
        let left = self.at.x - MARGIN;
        for segment in segments.iter().filter(|segment| overlaps(&segment.range, &self.part)) {
            let at = pos2(left, self.rect(segment.range.start).top() + 3.0);
            painter.text(
                at,
                egui::Align2::LEFT_TOP,
                &segment.label,
                FontId::proportional(11.0),
                color(theme.muted),
            );
        }
        let mut places: Vec<Pos2> = Vec::new();
        for mark in highlights {
            let Some(stance) = mark.stance else { continue };
            let line = self.rect(mark.range.start);
            let mut at = pos2(self.at.x - 11.0, line.top() + LINE_HEIGHT / 2.0 - 1.0);
            // Badges on the same line are placed side by side.
            while places.iter().any(|other| (*other - at).length() < 12.0) {
                at -= vec2(13.0, 0.0);
            }
            places.push(at);
            if at.x < left + 6.0 {
                continue;
            }
            badge(painter, at, stance, !mark.is_exact, theme);
            if mark.is_selected {
                painter.circle_stroke(at, 9.0, Stroke::new(1.5, color(theme.accent)));
            }
        }
    }
}
