//! Sentences about the parts of a map that have no place on a slide.

use foldhash::HashSet;

use super::format::Format;
use super::formats::pptx::behind_actors;
use super::picture::Picture;
use crate::geometry::{Point, Rect};
use crate::model::ActorIndex;
use crate::model::words::counted;

/// Sentences about what is beside a slide, about names that found no room on it, and about lines
/// that pass behind actors; `pictures` are the slides in their order. Empty for other formats, and
/// if everything has its place.
#[must_use]
pub fn remarks(format: &Format, pictures: &[Picture<'_>]) -> Vec<String> {
    if !format.is_slides {
        return Vec::new();
    }
    let mut remarks = Vec::new();
    for (number, picture) in pictures.iter().enumerate() {
        let (zoom, shift) = picture.placing();
        let page = Rect { min: Point::default(), max: picture.size };
        let scene = &picture.scene;
        let is_beside = |actor: &&ActorIndex| {
            let at = scene.bodies[**actor].centre;
            !page.contains(at * zoom + shift)
        };
        let have_names: HashSet<ActorIndex> = scene.names.iter().map(|name| name.actor).collect();
        let (beside, seen): (Vec<&ActorIndex>, Vec<_>) = scene.actors.iter().partition(is_beside);
        let beside = beside.len();
        let without = seen.iter().filter(|actor| !have_names.contains(*actor)).count();
        let slide = if pictures.len() == 1 {
            "the slide".to_owned()
        } else {
            format!("slide {}", number + 1)
        };
        if beside > 0 {
            remarks.push(format!(
                "{} beside {slide}, where only the editor shows them",
                counted(beside, "actor")
            ));
        }
        if without > 0 {
            let names = counted(without, "name");
            let theirs = if without == 1 {
                "it is the alternative text of its shape"
            } else {
                "they are the alternative texts of their shapes"
            };
            remarks.push(format!("{names} found no room on {slide}; {theirs}"));
        }
        let behind = behind_actors(picture);
        if behind > 0 {
            let lines = counted(behind, "line");
            let (pass, them) = if behind == 1 { ("passes", "it") } else { ("pass", "them") };
            remarks.push(format!(
                "{lines} {pass} behind actors on {slide}, around which a picture bows {them}; move \
                 these actors"
            ));
        }
    }
    remarks
}
