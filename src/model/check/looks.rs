//! The checks of what says how the map is looked at: positions, notes and steps.

use foldhash::HashSet;

use super::checker::{About, Checker};
use super::place::At;
use crate::model::citation::isolated;
use crate::model::{ActorId, COORDINATE_LIMIT};

impl Checker<'_> {
    pub(super) fn layout(&mut self) {
        let list = At::top("layout");
        self.about = About::Map;
        let are_all_known =
            self.map.layout.keys().eq(self.map.actors.iter().map(|actor| &actor.id));
        for (id, placement) in &self.map.layout {
            let at = list.key(id.as_str());
            self.unknown_keys(Some(&at), &placement.extra);
            if !are_all_known && !self.known.actors.contains_key(id) {
                self.error(
                    at,
                    format!("no actor has the id \"{id}\""),
                    "the id of an actor in this map",
                );
            }
            self.coordinates(&at, [placement.x, placement.y]);
        }
    }

    /// Checks the `x` and `y` of the object at `at`.
    fn coordinates(&mut self, at: &At<'_>, [x, y]: [f64; 2]) {
        for (key, value) in [("x", x), ("y", y)] {
            if value.is_nan() || value.abs() > COORDINATE_LIMIT {
                let expected = format!("a number from -{COORDINATE_LIMIT} to {COORDINATE_LIMIT}");
                self.error(at.key(key), format!("the coordinate is {value}"), expected);
            }
        }
    }

    pub(super) fn notes(&mut self) {
        if self.map.notes.is_empty() {
            return;
        }
        let ties: HashSet<&str> = self.map.relations.iter().map(|tie| tie.id.as_str()).collect();
        let list = At::top("notes");
        for (index, note) in self.map.notes.iter().enumerate() {
            let at = list.index(index);
            self.about = About::Note(note);
            self.unknown_keys(Some(&at), &note.extra);
            self.coordinates(&at, [note.x, note.y]);
            if note.width.is_nan() || note.width <= 0.0 || note.width > COORDINATE_LIMIT {
                let message = format!("the width of {} is {}", self.name(), note.width);
                let expected = format!("a number above 0, up to {COORDINATE_LIMIT}");
                self.error(at.key("width"), message, expected);
            }
            if let Some(id) = note.about.as_deref()
                && !ties.contains(id)
                && !self.known.actors.contains_key(&ActorId::from(id))
            {
                let message = format!("{} is about \"{id}\", which is not in the map", self.name());
                self.warning(at.key("about"), message, "the id of an actor or relation");
            }
        }
    }

    pub(super) fn steps(&mut self) {
        if self.map.steps.is_empty() {
            return;
        }
        self.about = About::Map;
        let ties: HashSet<&str> = self.map.relations.iter().map(|tie| tie.id.as_str()).collect();
        let list = At::top("steps");
        for (number, step) in self.map.steps.iter().enumerate() {
            let at = list.index(number);
            self.unknown_keys(Some(&at), &step.extra);
            self.unknown_keys(Some(&at.key("view")), &step.view.extra);
            let name = step.name(number + 1);
            if let Some(camera) = step.camera {
                let at = at.key("camera");
                self.coordinates(&at, [camera.x, camera.y]);
                if let Some(ratio) = camera.ratio.filter(|ratio| !(0.01..=100.0).contains(ratio)) {
                    let message = format!("the ratio of the step “{}” is {ratio}", isolated(&name));
                    self.error(at.key("ratio"), message, "width divided by height, 0.01 to 100");
                }
                if !(camera.zoom > 0.0 && camera.zoom <= COORDINATE_LIMIT) {
                    let message =
                        format!("the zoom of the step “{}” is {}", isolated(&name), camera.zoom);
                    let expected = format!("a number above 0, up to {COORDINATE_LIMIT}");
                    self.error(at.key("zoom"), message, expected);
                }
            }
            for (number, id) in step.focus.iter().enumerate() {
                if !ties.contains(id.as_str())
                    && !self.known.actors.contains_key(&ActorId::from(id.as_str()))
                {
                    let message = format!(
                        "in the step “{}”, the focus has \"{id}\", which is not in the map",
                        isolated(&name)
                    );
                    let at = at.key("focus");
                    self.warning(at.index(number), message, "the id of an actor or relation");
                }
            }
        }
    }
}
