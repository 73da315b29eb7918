//! The state of text while a stream is interpreted (ISO 32000-1, 9.3).

use std::collections::HashMap;
use std::rc::Rc;

use lopdf::Dictionary;

use super::font::Font;
use super::matrix::Matrix;

/// The part of the graphics state that text depends on.
#[derive(Clone)]
pub(super) struct State {
    pub matrix: Matrix,
    pub font: Option<Rc<Font>>,
    pub size: f64,
    pub character_spacing: f64,
    pub word_spacing: f64,
    /// Horizontal scale, 1 for normal.
    pub scale: f64,
    pub leading: f64,
    pub rise: f64,
}

/// What is open while one stream is interpreted.
pub(super) struct Run<'a> {
    pub resources: Option<&'a Dictionary>,
    /// Fonts by name, as far as they were used.
    pub fonts: HashMap<Vec<u8>, Rc<Font>>,
    pub state: State,
    pub states: Vec<State>,
    /// The matrices of text and of its line.
    pub text: Matrix,
    pub line: Matrix,
    /// For each open marked content: the text that replaces its glyphs, until it is used.
    pub marked: Vec<Option<String>>,
}

impl<'a> Run<'a> {
    pub(super) fn new(resources: Option<&'a Dictionary>, matrix: Matrix) -> Self {
        let state = State {
            matrix,
            font: None,
            size: 1.0,
            character_spacing: 0.0,
            word_spacing: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        Self {
            resources,
            fonts: HashMap::new(),
            state,
            states: Vec::new(),
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            marked: Vec::new(),
        }
    }

    pub(super) fn restore(&mut self) {
        if let Some(state) = self.states.pop() {
            self.state = state;
        }
    }

    pub(super) fn set_line(&mut self, matrix: Matrix) {
        self.line = matrix;
        self.text = matrix;
    }

    pub(super) fn move_line(&mut self, x: f64, y: f64) {
        self.set_line(Matrix::translation(x, y).then(self.line));
    }

    pub(super) fn next_line(&mut self) {
        self.move_line(0.0, -self.state.leading);
    }

    /// Moves on by a distance in text space, along the direction of writing.
    pub(super) fn advance(&mut self, font: &Font, by: f64) {
        let (x, y) = if font.is_vertical { (0.0, by) } else { (by * self.state.scale, 0.0) };
        self.text = Matrix::translation(x, y).then(self.text);
    }
}
