//! The window shows maps with extreme contents without a panic.

use egui::{Key, Modifiers};

use crate::hostile_maps::maps;
use crate::support::{Folder, Window};

#[test]
fn the_window_shows_extreme_maps() {
    let folder = Folder::new();
    let shown = ["no actors", "names", "far apart", "one place", "loops", "quoted from texts"];
    for (about, map) in maps().into_iter().filter(|(about, _)| shown.contains(about)) {
        let path = folder.path("map.json");
        std::fs::write(&path, map.to_string()).expect("written");
        let mut window = Window::open(Some(path));
        assert!(!window.sees("could not be opened"), "{about}");
        // Evidence and fields of the map, of two actors and of a tie.
        for keys in [&[][..], &[Key::Tab], &[Key::Tab], &[Key::CloseBracket]] {
            for key in keys {
                window.key(Modifiers::NONE, *key);
            }
            window.key(Modifiers::NONE, Key::F2);
            // Leaves the field, and closes the form.
            window.key(Modifiers::NONE, Key::Escape);
            window.key(Modifiers::NONE, Key::F2);
        }
        // All actors, the list, the reader, membership as areas, labels on ties, the table.
        window.key(Modifiers::COMMAND, Key::A);
        window.key(Modifiers::COMMAND, Key::L);
        window.key(Modifiers::NONE, Key::R);
        window.key(Modifiers::COMMAND, Key::M);
        window.key(Modifiers::COMMAND, Key::K);
        window.key(Modifiers::NONE, Key::F9);
        window.key(Modifiers::NONE, Key::F8);
        window.key(Modifiers::NONE, Key::Escape);
    }
}
