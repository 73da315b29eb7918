//! Measures one frame of a large map (building and tessellating) and compares it with the default
//! shapes of `egui_graphs`. Actors have no names in either. Run it with
//! `cargo bench --bench frames`.

#![expect(clippy::print_stdout, reason = "a benchmark prints its results")]

use std::time::Instant;

use allegiance::edit::{Document, Origin};
use allegiance::geometry::point;
use allegiance::model::{Actor, ActorId, Map, Placement, Relation, RelationId, Stance};
use allegiance::ui::Canvas;
use allegiance::ui::requests::Requests;
use allegiance::ui::testing::Stage;
use egui::{self, Context, Event, Modifiers, PointerButton, Pos2, RawInput, Rect, pos2, vec2};
use egui_graphs::{
    DefaultEdgeShape, DefaultNodeShape, Graph, GraphView, Layout, LayoutState, SettingsInteraction,
    SettingsNavigation,
};
use petgraph::Directed;
use petgraph::stable_graph::DefaultIx;

/// The same allocator as in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SCREEN: Rect = Rect { min: Pos2::ZERO, max: pos2(1920.0, 1080.0) };
const FRAMES: usize = 21;

/// Seeded pseudo-random numbers (xorshift; Marsaglia 2003).
struct Chance(u64);

impl Chance {
    /// A number from 0 up to, but not including, 1.
    fn share(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        f32::from(u16::try_from((self.0 >> 16) & 0xFFFF).unwrap_or(0)) / 65536.0
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "counts"
    )]
    fn below(&mut self, limit: usize) -> usize {
        (self.share() * limit as f32) as usize % limit
    }
}

#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
struct NoState;

impl LayoutState for NoState {}

#[derive(Default)]
struct NoLayout;

impl Layout<NoState> for NoLayout {
    fn from_state(_: NoState) -> impl Layout<NoState> {
        Self
    }

    fn next<N, E, Ty, Ix, Dn, De>(&mut self, _: &mut Graph<N, E, Ty, Ix, Dn, De>, _: &egui::Ui)
    where
        N: Clone,
        E: Clone,
        Ty: petgraph::EdgeType,
        Ix: petgraph::graph::IndexType,
        Dn: egui_graphs::DisplayNode<N, E, Ty, Ix>,
        De: egui_graphs::DisplayEdge<N, E, Ty, Ix, Dn>,
    {
    }

    fn state(&self) -> NoState {
        NoState
    }
}

/// A map of `count` actors at random positions, with two random ties per actor.
#[expect(clippy::cast_precision_loss, reason = "counts")]
fn random_map(count: usize) -> Map {
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    let side = 150.0 * (count as f32).sqrt();
    let id = |at: usize| ActorId::from(format!("a{at}"));
    let mut map = Map::default();
    for at in 0..count {
        map.actors.push(Actor { id: id(at), ..Actor::default() });
        let place = Placement {
            x: (chance.share() * side).into(),
            y: (chance.share() * side * 0.56).into(),
            ..Placement::default()
        };
        map.layout.insert(id(at), place);
    }
    let stances = [Stance::Hostile, Stance::Cooperative, Stance::Mixed, Stance::Neutral];
    for tie in 0..2 * count {
        let (from, to) = (chance.below(count), chance.below(count));
        let to = if from == to { (to + 1) % count } else { to };
        map.relations.push(Relation::new(
            RelationId::from(format!("r{tie}")),
            id(from),
            id(to),
            stances[tie % 4],
        ));
    }
    map
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn input(time: f64, events: Vec<Event>) -> RawInput {
    RawInput { screen_rect: Some(SCREEN), time: Some(time), events, ..RawInput::default() }
}

/// The time to build and tessellate one frame, in milliseconds.
fn frame(ctx: &Context, time: f64, events: Vec<Event>, mut show: impl FnMut(&mut egui::Ui)) -> f64 {
    let start = Instant::now();
    let output = ctx.run_ui(input(time, events), |ui| show(ui));
    let primitives = ctx.tessellate(output.shapes, output.pixels_per_point);
    let elapsed = start.elapsed().as_secs_f64() * 1000.0;
    assert!(!primitives.is_empty());
    elapsed
}

/// The median time of a frame of `egui_graphs` with default shapes and everything in view, in
/// milliseconds.
fn peer(map: &Map) -> f64 {
    let document = Document::opened(opened(map), Origin::New);
    let mut graph: Graph<(), (), Directed, DefaultIx, DefaultNodeShape, DefaultEdgeShape> =
        Graph::new();
    let nodes: Vec<_> = document
        .positions()
        .iter()
        .map(|at| graph.add_node_with_location((), pos2(at.x, at.y)))
        .collect();
    for tie in map.relations.keys() {
        if let Some((from, to)) = document.index().ends(tie) {
            graph.add_edge(nodes[from.get()], nodes[to.get()], ());
        }
    }
    let ctx = Context::default();
    let interaction = SettingsInteraction::new();
    let navigation =
        SettingsNavigation::new().with_fit_to_screen_enabled(true).with_zoom_and_pan_enabled(true);
    let mut time = 0.0;
    let mut times = Vec::new();
    for _ in 0..FRAMES + 3 {
        time += 0.016;
        times.push(frame(&ctx, time, Vec::new(), |ui| {
            let view = GraphView::<NoState, NoLayout>::new();
            view.with_interactions(&interaction).with_navigations(&navigation).show(ui, &mut graph);
        }));
    }
    median(times.split_off(3))
}

fn opened(map: &Map) -> allegiance::file::Opened {
    allegiance::file::parse(&allegiance::file::native::write::write(map).expect("written"))
        .expect("a map")
}

/// A canvas outside the program.
struct Stand {
    ctx: Context,
    canvas: Canvas,
    stage: Stage,
    time: f64,
    /// The times that the pictures of crowded views took, in milliseconds.
    pictures: Vec<f64>,
}

impl Stand {
    fn frame(&mut self, events: Vec<Event>) -> f64 {
        // The time advances with each frame, so that no frame counts as idle.
        self.time += 0.016;
        self.stage.update();
        let Self { ctx, canvas, stage, time, pictures } = self;
        let workspace = stage.workspace();
        let mut out = Requests::default();
        let elapsed = frame(ctx, *time, events, |ui| canvas.ui(ui, &workspace, &mut out));
        // In the program, a worker thread does this.
        let start = Instant::now();
        if stage.draw_still(canvas, ctx) {
            pictures.push(start.elapsed().as_secs_f64() * 1000.0);
        }
        elapsed
    }

    /// Runs frames until animations and caches have finished.
    fn rest(&mut self) {
        for _ in 0..20 {
            self.frame(Vec::new());
        }
    }

    /// The median time of frames with input from `step`, in milliseconds.
    fn median_frame(&mut self, mut step: impl FnMut(&mut Canvas, usize) -> Vec<Event>) -> f64 {
        let mut times = Vec::new();
        for number in 0..FRAMES {
            let events = step(&mut self.canvas, number);
            times.push(self.frame(events));
        }
        median(times)
    }
}

fn main() {
    println!("{:<10} {:<34} {:>9} {:>9} {:>7}", "actors", "frame", "ms", "peer ms", "ratio");
    for count in [20, 400, 1_000, 10_000, 100_000] {
        let map = random_map(count);
        let peer = peer(&map);
        let document = Document::opened(opened(&map), Origin::New);
        let ctx = Context::default();
        allegiance::ui::install(&ctx);
        let mut stand = Stand {
            ctx,
            canvas: Canvas::default(),
            stage: Stage::new(document),
            time: 0.0,
            pictures: Vec::new(),
        };
        stand.rest();
        if !stand.pictures.is_empty() {
            let pictures = median(std::mem::take(&mut stand.pictures));
            println!("{count:<10} {:<34} {pictures:>9.2}", "its picture, on a worker thread");
        }
        let tell = |what: &str, own: f64| {
            println!("{count:<10} {what:<34} {own:>9.2} {peer:>9.2} {:>7.3}", own / peer);
        };
        tell("at rest", stand.median_frame(|_, _| Vec::new()));
        tell(
            "zooming, all in view",
            stand.median_frame(|canvas, number| {
                canvas.zoom_steps(if number % 2 == 0 { -1 } else { 1 });
                Vec::new()
            }),
        );
        stand.canvas.fit();
        stand.rest();
        tell(
            "moving the view, all in view",
            stand.median_frame(|canvas, number| {
                canvas.pan(vec2(if number % 8 < 4 { 9.0 } else { -9.0 }, 3.0));
                Vec::new()
            }),
        );
        stand.canvas.fit();
        stand.rest();
        let button = |pos, pressed| Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        let at = stand.canvas.screen_from_map(stand.stage.document.positions().raw[count / 2]);
        stand.frame(vec![Event::PointerMoved(at)]);
        stand.frame(vec![button(at, true)]);
        for step in 0_u8..4 {
            stand.frame(vec![Event::PointerMoved(at + vec2(0.0, 8.0 * f32::from(step)))]);
        }
        tell(
            "dragging one actor, all in view",
            stand.median_frame(|_, number| {
                vec![Event::PointerMoved(
                    at + vec2(if number % 2 == 0 { 60.0 } else { 66.0 }, 40.0),
                )]
            }),
        );
        stand.frame(vec![button(at, false)]);
        stand.frame(vec![Event::PointerGone]);
        let middle = stand.stage.document.positions().raw[count / 3];
        let mut steps = 0;
        while stand.canvas.in_view() > 3000 && steps < 40 {
            stand.canvas.zoom_steps(1);
            stand.canvas.focus(point(middle.x, middle.y));
            stand.rest();
            steps += 1;
        }
        let few = stand.canvas.in_view();
        tell(&format!("close, {few} in view, at rest"), stand.median_frame(|_, _| Vec::new()));
        tell(
            &format!("close, {few} in view, moving"),
            stand.median_frame(|canvas, number| {
                canvas.pan(vec2(if number % 8 < 4 { 9.0 } else { -9.0 }, 3.0));
                Vec::new()
            }),
        );
        tell(
            &format!("close, {few} in view, zooming"),
            stand.median_frame(|canvas, number| {
                canvas.zoom_steps(if number % 2 == 0 { -1 } else { 1 });
                Vec::new()
            }),
        );
    }
}
