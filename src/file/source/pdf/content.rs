//! Interprets the contents of a page: which glyph is shown where. Everything but text is skipped.

use std::collections::HashMap;
use std::rc::Rc;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::annotations;
use super::font::Font;
use super::lexer::{Item, Lexer};
use super::matrix::Matrix;
use super::objects::{contents, dictionary, get, name, numbers, resolved};
use super::state::Run;

/// Maximum nesting of forms.
const DEPTH_LIMIT: usize = 12;
/// Maximum number of forms that are shown in a document.
const FORMS_LIMIT: usize = 100_000;
/// Maximum number of glyphs in a document.
const GLYPHS_LIMIT: usize = 8 << 20;
/// Maximum number of operators in a document.
const OPERATORS_LIMIT: usize = 32 << 20;
/// Maximum number of saved graphics states.
const STATES_LIMIT: usize = 1000;
/// Maximum number of operands that are kept.
const OPERANDS_LIMIT: usize = 100;

/// A glyph on a page. Positions are in points, y upwards.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Glyph {
    pub text: String,
    /// The start of the glyph on the baseline.
    pub x: f64,
    pub y: f64,
    /// The end of the glyph on the baseline.
    pub end_x: f64,
    pub end_y: f64,
    /// Height of the font.
    pub size: f64,
}

/// Reads pages of one document.
pub(super) struct Interpreter<'a> {
    document: &'a Document,
    fonts: HashMap<ObjectId, Rc<Font>>,
    glyphs_left: usize,
    operators_left: usize,
    forms_left: usize,
    /// The forms that are open.
    open: Vec<*const Stream>,
    glyphs: Vec<Glyph>,
    /// How many glyphs were shown, and how many of them have no known text.
    shown: usize,
    unknown: usize,
}

impl<'a> Interpreter<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        Self {
            document,
            fonts: HashMap::new(),
            glyphs_left: GLYPHS_LIMIT,
            operators_left: OPERATORS_LIMIT,
            forms_left: FORMS_LIMIT,
            open: Vec::new(),
            glyphs: Vec::new(),
            shown: 0,
            unknown: 0,
        }
    }

    /// How many glyphs were shown, and how many of them have no known text.
    pub(super) fn counts(&self) -> (usize, usize) {
        (self.shown, self.unknown)
    }

    /// True if a limit was reached, so that text is missing.
    pub(super) fn is_exhausted(&self) -> bool {
        self.glyphs_left == 0 || self.operators_left == 0 || self.forms_left == 0
    }

    /// The glyphs of a page in the order of its contents.
    pub(super) fn page(&mut self, page: &'a Dictionary) -> Vec<Glyph> {
        self.glyphs.clear();
        self.open.clear();
        let resources = inherited(self.document, page, b"Resources");
        let resources = resources.and_then(|object| object.as_dict().ok());
        let bytes = self.page_contents(page);
        self.run(&bytes, resources, Matrix::IDENTITY, 0);
        self.annotations(page);
        std::mem::take(&mut self.glyphs)
    }

    fn page_contents(&self, page: &Dictionary) -> Vec<u8> {
        match get(self.document, page, b"Contents") {
            Some(Object::Stream(stream)) => contents(self.document, stream),
            Some(Object::Array(parts)) => {
                let mut bytes = Vec::new();
                for part in parts {
                    if let Some(Object::Stream(stream)) = resolved(self.document, part) {
                        bytes.extend(contents(self.document, stream));
                        bytes.push(b'\n');
                    }
                }
                bytes
            }
            _ => Vec::new(),
        }
    }

    /// Texts of form fields and remarks, which are streams of their own.
    fn annotations(&mut self, page: &'a Dictionary) {
        for (stream, place) in annotations::shown(self.document, page) {
            self.form(stream, None, place, 0);
        }
    }

    fn form(
        &mut self,
        stream: &'a Stream,
        outer: Option<&'a Dictionary>,
        matrix: Matrix,
        depth: usize,
    ) {
        let document = self.document;
        // A form that contains itself is shown once.
        let address = std::ptr::from_ref(stream);
        if self.open.contains(&address) || self.is_exhausted() {
            return;
        }
        self.forms_left -= 1;
        let own = numbers(document, &stream.dict, b"Matrix").and_then(|six| Matrix::of(&six));
        let matrix = own.unwrap_or(Matrix::IDENTITY).then(matrix);
        let resources = dictionary(document, &stream.dict, b"Resources").or(outer);
        let bytes = contents(document, stream);
        self.open.push(address);
        self.run(&bytes, resources, matrix, depth + 1);
        self.open.pop();
    }

    fn run(
        &mut self,
        bytes: &[u8],
        resources: Option<&'a Dictionary>,
        matrix: Matrix,
        depth: usize,
    ) {
        let mut run = Run::new(resources, matrix);
        let mut operands: Vec<Item> = Vec::new();
        for item in Lexer::new(bytes) {
            let Item::Operator(operator) = item else {
                if operands.len() < OPERANDS_LIMIT {
                    operands.push(item);
                }
                continue;
            };
            if self.is_exhausted() {
                return;
            }
            self.operators_left -= 1;
            if operator == b"Do" {
                self.object(&operands, &run, depth);
            } else {
                self.operate(&operator, &operands, &mut run);
            }
            operands.clear();
        }
    }

    /// Shows another stream, if it is a form.
    fn object(&mut self, operands: &[Item], run: &Run<'a>, depth: usize) {
        let document = self.document;
        let Some(key) = operands.last().and_then(Item::name) else { return };
        let objects = run.resources.and_then(|dict| dictionary(document, dict, b"XObject"));
        if let Some(Object::Stream(stream)) = objects.and_then(|dict| get(document, dict, key))
            && name(document, &stream.dict, b"Subtype") != Some(b"Image")
            && depth < DEPTH_LIMIT
        {
            self.form(stream, run.resources, run.state.matrix, depth);
        }
    }

    fn operate(&mut self, operator: &[u8], operands: &[Item], run: &mut Run<'a>) {
        let number = |at: usize| operands.get(at).and_then(Item::number).unwrap_or(0.0);
        match operator {
            b"q" if run.states.len() < STATES_LIMIT => run.states.push(run.state.clone()),
            b"Q" => run.restore(),
            b"cm" => {
                if let Some(matrix) = matrix(operands) {
                    run.state.matrix = matrix.then(run.state.matrix);
                }
            }
            b"BT" => run.set_line(Matrix::IDENTITY),
            b"Tf" => {
                run.state.size = operands.last().and_then(Item::number).unwrap_or(1.0);
                run.state.font =
                    operands.first().and_then(Item::name).and_then(|name| self.font(name, run));
            }
            b"Tc" => run.state.character_spacing = number(0),
            b"Tw" => run.state.word_spacing = number(0),
            b"Tz" => run.state.scale = number(0) / 100.0,
            b"TL" => run.state.leading = number(0),
            b"Ts" => run.state.rise = number(0),
            b"Td" => run.move_line(number(0), number(1)),
            b"TD" => {
                run.state.leading = -number(1);
                run.move_line(number(0), number(1));
            }
            b"Tm" => {
                if let Some(matrix) = matrix(operands) {
                    run.set_line(matrix);
                }
            }
            b"T*" => run.next_line(),
            b"Tj" | b"TJ" => self.show(operands.last(), run),
            b"'" => {
                run.next_line();
                self.show(operands.last(), run);
            }
            b"\"" => {
                run.state.word_spacing = number(0);
                run.state.character_spacing = number(1);
                run.next_line();
                self.show(operands.last(), run);
            }
            b"BMC" if run.marked.len() < STATES_LIMIT => run.marked.push(None),
            b"BDC" if run.marked.len() < STATES_LIMIT => {
                let replaced = self.actual_text(operands.last(), run);
                run.marked.push(replaced);
            }
            b"EMC" => drop(run.marked.pop()),
            _ => {}
        }
    }

    fn font(&mut self, name: &[u8], run: &mut Run<'a>) -> Option<Rc<Font>> {
        if let Some(font) = run.fonts.get(name) {
            return Some(Rc::clone(font));
        }
        let document = self.document;
        let fonts = dictionary(document, run.resources?, b"Font")?;
        let (id, object) = document.dereference(fonts.get(name).ok()?).ok()?;
        let dict = object.as_dict().ok()?;
        let made = || Rc::new(Font::new(document, dict));
        let font = match id {
            Some(id) => Rc::clone(self.fonts.entry(id).or_insert_with(made)),
            None => made(),
        };
        run.fonts.insert(name.to_vec(), Rc::clone(&font));
        Some(font)
    }

    /// The text that replaces the glyphs of marked content.
    fn actual_text(&self, properties: Option<&Item>, run: &Run<'a>) -> Option<String> {
        let text = match properties? {
            Item::Name(name) => {
                let document = self.document;
                let all = dictionary(document, run.resources?, b"Properties")?;
                let properties = dictionary(document, all, name)?;
                get(document, properties, b"ActualText")?.as_str().ok()?.to_vec()
            }
            entries => entries.entry(b"ActualText")?.text()?.to_vec(),
        };
        lopdf::decode_text_string(&Object::string_literal(text)).ok()
    }

    /// Shows a string, or strings with adjustments between them.
    fn show(&mut self, operand: Option<&Item>, run: &mut Run<'a>) {
        let Some(font) = run.state.font.clone() else { return };
        match operand {
            Some(Item::Text(bytes)) => self.show_text(&font, bytes, run),
            Some(Item::List(items)) => {
                for item in items {
                    match item {
                        Item::Text(bytes) => self.show_text(&font, bytes, run),
                        Item::Number(number) => {
                            run.advance(&font, -number / 1000.0 * run.state.size);
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    fn show_text(&mut self, font: &Font, bytes: &[u8], run: &mut Run<'a>) {
        for shown in font.shown(bytes) {
            if self.glyphs_left == 0 {
                return;
            }
            self.glyphs_left -= 1;
            let state = &run.state;
            let matrix = run.text.then(state.matrix);
            // Vertical glyphs are as high as the font.
            let length = if font.is_vertical { -state.size } else { shown.width * state.size };
            let end = if font.is_vertical { (0.0, length) } else { (length * state.scale, 0.0) };
            let (x, y) = matrix.apply(0.0, state.rise);
            let (end_x, end_y) = matrix.apply(end.0, end.1 + state.rise);
            let size = (state.size * matrix.c.hypot(matrix.d)).abs();
            let word = if shown.is_blank { state.word_spacing } else { 0.0 };
            let spacing = state.character_spacing + word;
            self.shown += 1;
            let replaced = run.marked.iter_mut().rev().find_map(Option::as_mut);
            let is_replaced = replaced.is_some();
            self.unknown += usize::from(shown.text.is_empty() && !is_replaced);
            let text = replaced.map_or(shown.text, std::mem::take);
            let is_finite = [x, y, end_x, end_y, size].iter().all(|number| number.is_finite());
            if is_finite && !text.is_empty() {
                self.glyphs.push(Glyph { text, x, y, end_x, end_y, size });
            } else if is_finite
                && is_replaced
                && let Some(last) = self.glyphs.last_mut()
            {
                // The replacement stands for this glyph too, and where the widest one stands.
                let width = |x: f64, y: f64, end_x: f64, end_y: f64| (end_x - x).hypot(end_y - y);
                if width(x, y, end_x, end_y) > width(last.x, last.y, last.end_x, last.end_y) {
                    (last.x, last.y) = (x, y);
                    (last.end_x, last.end_y) = (end_x, end_y);
                }
            }
            run.advance(font, length + spacing);
        }
    }
}

fn matrix(operands: &[Item]) -> Option<Matrix> {
    let numbers: Vec<f64> = operands.iter().filter_map(Item::number).collect();
    Matrix::of(&numbers)
}

/// An entry of a page, or of the nearest node above it.
fn inherited<'a>(document: &'a Document, page: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    /// Real trees have a few levels; damaged ones may be circles.
    const LEVELS_LIMIT: usize = 50;
    let mut node = Some(page);
    for _ in 0..LEVELS_LIMIT {
        let current = node?;
        if let Some(found) = get(document, current, key) {
            return Some(found);
        }
        node = dictionary(document, current, b"Parent");
    }
    None
}
