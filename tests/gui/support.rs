//! The program without a real window, with dialogs that give scripted answers.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use allegiance::file::EXAMPLE;
use allegiance::ui::{App, Dialogs, Picked, Settings, Setup, Wanted};
use egui::accesskit::Role;
use egui::{
    self, Event, Key, Modifiers, PointerButton, Pos2, Vec2, ViewportCommand, ViewportEvent, vec2,
};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

/// Gives the queued answers in order, and cancels when the queue is empty.
#[derive(Default)]
pub struct Scripted {
    answers: Mutex<VecDeque<Picked>>,
    broken: Mutex<Broken>,
}

/// How dialogs fail.
#[derive(Clone, Copy, Default, PartialEq)]
pub enum Broken {
    #[default]
    No,
    Panics,
    Hangs,
}

impl Dialogs for Scripted {
    fn ask(&self, _: &Wanted, _: Option<&Path>, _: &str) -> Picked {
        let broken = || *self.broken.lock().expect("not poisoned");
        assert!(broken() != Broken::Panics, "the dialog is broken");
        while broken() == Broken::Hangs {
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        self.answers.lock().expect("not poisoned").pop_front().unwrap_or(Picked::Cancelled)
    }
}

/// The program under test.
pub struct Window {
    pub harness: Harness<'static, App>,
    dialogs: Arc<Scripted>,
}

impl Window {
    /// Opens `map`, or the example if there is none.
    pub fn open(map: Option<PathBuf>) -> Self {
        Self::with(map, Settings::default())
    }

    pub fn with(map: Option<PathBuf>, settings: Settings) -> Self {
        Self::journalled(map, settings, None)
    }

    /// With journals and earlier versions in the folder `state`.
    pub fn journalled(map: Option<PathBuf>, settings: Settings, state: Option<PathBuf>) -> Self {
        let mut window = Self::started(map, settings, state);
        window.settle();
        window
    }

    /// Like `open`, but returns before the second frame.
    pub fn unsettled(map: Option<PathBuf>) -> Self {
        Self::started(map, Settings::default(), None)
    }

    fn started(map: Option<PathBuf>, settings: Settings, state: Option<PathBuf>) -> Self {
        let dialogs = Arc::new(Scripted::default());
        let answers: Arc<dyn Dialogs> = Arc::clone(&dialogs) as Arc<dyn Dialogs>;
        let setup = Setup {
            map,
            settings,
            dialogs: answers,
            prints_frames: false,
            state,
            asks_for_theme: false,
            id_tag: "".into(),
        };
        let harness = Harness::builder()
            .with_size(Vec2::new(1440.0, 900.0))
            .with_theme(egui::Theme::Light)
            .with_step_dt(1.0 / 60.0)
            .build_eframe(|context| App::new(&context.egui_ctx, setup));
        Self { harness, dialogs }
    }

    /// Queues the answer of a dialog.
    pub fn will_pick(&self, picked: Picked) {
        self.dialogs.answers.lock().expect("not poisoned").push_back(picked);
    }

    /// Makes every dialog fail in this way from now on.
    pub fn break_dialogs(&self, broken: Broken) {
        *self.dialogs.broken.lock().expect("not poisoned") = broken;
    }

    /// Runs frames until the program is idle, including work on threads. Panics if it never is.
    pub fn settle(&mut self) {
        for _ in 0..200 {
            self.harness.run_steps(4);
            if self.harness.state().is_quiet() {
                self.harness.run_steps(4);
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        panic!("the program never became idle");
    }

    /// Runs frames until `is_so` returns true. Panics after ten seconds; `what` names the
    /// condition.
    pub fn until(&mut self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let start = std::time::Instant::now();
        while !is_so(self) {
            assert!(start.elapsed().as_secs() < 10, "timed out waiting for: {what}");
            self.harness.run_steps(2);
            std::thread::sleep(std::time::Duration::from_millis(15));
        }
        self.harness.run_steps(4);
    }

    pub fn app(&self) -> &App {
        self.harness.state()
    }

    /// Clicks the widget with this accessible name.
    pub fn click(&mut self, name: &str) {
        self.harness.get_by_label(name).click();
        self.settle();
    }

    /// Clicks the widget whose accessible name contains `name`.
    pub fn click_containing(&mut self, name: &str) {
        self.harness.get_by_label_contains(name).click();
        self.settle();
    }

    /// Expands the line whose accessible name contains `line`, and clicks one of its ties.
    pub fn click_tie(&mut self, line: &str, tie: &str) {
        self.click_containing(line);
        self.click_containing(line);
        // The tie is listed in the inspector as well.
        let on_map = self.harness.query_all_by(|node| {
            node.role() == Role::ListItem && node.label().is_some_and(|label| label.contains(tie))
        });
        on_map.last().expect("the tie on the map").click();
        self.settle();
    }

    /// True if the accessible name of a widget contains `name`.
    pub fn sees(&self, name: &str) -> bool {
        self.harness.query_all_by_label_contains(name).next().is_some()
    }

    pub fn key(&mut self, modifiers: Modifiers, key: egui::Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.settle();
    }

    pub fn type_text(&mut self, text: &str) {
        self.harness.event(Event::Text(text.to_owned()));
        self.settle();
    }

    /// The centre of the widget whose accessible name contains `name`.
    pub fn middle(&self, name: &str) -> Pos2 {
        self.harness.get_by_label_contains(name).rect().center()
    }

    /// Clicks at a position.
    pub fn tap(&mut self, at: Pos2, modifiers: Modifiers) {
        self.harness.event_modifiers(Event::PointerMoved(at), modifiers);
        self.harness.step();
        for pressed in [true, false] {
            let event = Event::PointerButton {
                pos: at,
                button: PointerButton::Primary,
                pressed,
                modifiers,
            };
            self.harness.event_modifiers(event, modifiers);
            self.harness.step();
        }
        self.settle();
    }

    /// Presses the button at `from`, moves the pointer by `by` and releases the button.
    pub fn drag(&mut self, from: Pos2, by: Vec2, modifiers: Modifiers) {
        let button = |pos, pressed| Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers,
        };
        self.harness.event_modifiers(Event::PointerMoved(from), modifiers);
        self.harness.run_steps(2);
        self.harness.event_modifiers(button(from, true), modifiers);
        self.harness.run_steps(2);
        for share in [0.3, 0.7, 1.0] {
            self.harness.event_modifiers(Event::PointerMoved(from + by * share), modifiers);
            self.harness.run_steps(2);
        }
        self.harness.event_modifiers(button(from + by, false), modifiers);
        self.settle();
    }

    /// Drops a file on the window.
    pub fn drop_file(&mut self, path: &Path) {
        self.harness.input_mut().dropped_files.push(Arc::new(Dropped(path.to_owned())));
        self.settle();
    }

    /// Presses the window's close button. Returns the viewport commands that the program sends.
    pub fn press_close(&mut self) -> Vec<ViewportCommand> {
        let viewport = self.harness.input().viewport_id;
        let info = self.harness.input_mut().viewports.entry(viewport).or_default();
        info.events.push(ViewportEvent::Close);
        self.harness.step();
        let commands = self.commands();
        let info = self.harness.input_mut().viewports.entry(viewport).or_default();
        info.events.clear();
        self.harness.run_steps(4);
        commands
    }

    /// The viewport commands of the last frame.
    pub fn commands(&self) -> Vec<ViewportCommand> {
        let viewports = self.harness.output().viewport_output.values();
        viewports.flat_map(|viewport| viewport.commands.clone()).collect()
    }

    /// Runs frames until the program closes its window. Panics after ten seconds.
    pub fn until_it_closes(&mut self) {
        let start = std::time::Instant::now();
        loop {
            self.harness.step();
            if self.commands().contains(&ViewportCommand::Close) {
                return;
            }
            assert!(start.elapsed().as_secs() < 10, "the window never closed");
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
    }

    /// The position of an actor in the map's layout.
    pub fn place(&self, id: &str) -> (f64, f64) {
        let placement = &self.app().document().map().layout[&allegiance::model::ActorId::from(id)];
        (placement.x, placement.y)
    }
}

pub const MODERATES: &str = "Moderates (pro-Pakistan camp), faction";

/// A temporary folder.
pub struct Folder(pub tempfile::TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes the example map to `map.json` and returns the path.
    pub fn example(&self) -> PathBuf {
        let path = self.path("map.json");
        std::fs::write(&path, EXAMPLE).expect("written");
        path
    }
}

/// The path of a file of the project.
pub fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

pub fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("the file is there")
}

pub fn move_an_actor(window: &mut Window) {
    let at = window.middle(MODERATES);
    window.drag(at, vec2(40.0, 20.0), Modifiers::NONE);
    assert!(window.app().document().is_unsaved());
}

fn is_field(node: &egui_kittest::Node<'_>) -> bool {
    matches!(node.accesskit_node().role(), Role::TextInput | Role::MultilineTextInput)
}

/// Scrolls to a field and clicks it.
pub fn enter(window: &mut Window, field: &str) {
    for is_in_view in [false, true] {
        let found = window
            .harness
            .get_all_by_label(field)
            .find(is_field)
            .unwrap_or_else(|| panic!("no field {field}"));
        if is_in_view {
            found.click();
        } else {
            found.scroll_to_me();
        }
        window.settle();
    }
}

/// Replaces the text of a field.
pub fn fill(window: &mut Window, field: &str, text: &str) {
    enter(window, field);
    window.key(Modifiers::COMMAND, Key::A);
    if text.is_empty() {
        window.key(Modifiers::NONE, Key::Delete);
    } else {
        window.type_text(text);
    }
}

/// Scrolls to a button and clicks it.
pub fn press(window: &mut Window, button: &str) {
    window.harness.get_by_label(button).scroll_to_me();
    window.settle();
    window.click(button);
}

pub fn saved_bytes(window: &Window) -> Vec<u8> {
    window.app().document().to_bytes().expect("it is written")
}

pub fn undo_all(window: &mut Window) {
    while window.app().document().undo_name().is_some() {
        // A field may have the focus, and would handle undo itself.
        window.key(Modifiers::NONE, Key::F6);
        window.click("☰ Menu");
        window.click_containing("Undo ");
    }
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

/// A file that does not travel with the program.
pub fn shared(path: &str) -> PathBuf {
    let folder = std::env::var_os("ALLEGIANCE_SHARED");
    folder.map_or_else(|| project("../shared"), PathBuf::from).join(path)
}

/// What commands change, as text: map, selection, panels, view and forms.
pub fn state(window: &Window) -> String {
    let workspace = window.app().workspace();
    let all = (
        workspace.document.version(),
        workspace.selection,
        workspace.view,
        workspace.settings,
        workspace.is_editing,
        window.app().zoom(),
    );
    format!("{all:?}")
}
