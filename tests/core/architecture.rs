//! Imports run downward only and in no circle, and each outside crate has one place.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};
use syn::{Attribute, Expr, Item, Token, UseTree, Visibility};

use crate::support::project;

/// Modules from the top to the bottom. Each may use those in later groups and itself.
const FLOORS: &[&[&str]] = &[
    &["main"],
    &["cli", "ui"],
    &["export", "edit"],
    &["file", "draw", "layout"],
    &["scene", "evidence", "analysis"],
    &["model"],
    &["geometry", "text", "progress", "random", "named"],
];

/// A path of modules and names below `src`, without `crate`.
type Names = Vec<String>;

/// One source file.
struct Source {
    /// Path below `src`, with `/`.
    path: String,
    module: Names,
    /// What it names: in imports and in paths in its code, tests left out.
    named: BTreeSet<Names>,
    /// Names that it passes on, with what they stand for.
    passed_on: BTreeMap<String, Names>,
    /// Outside crates that it names.
    crates: BTreeSet<String>,
}

fn paths(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            paths(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn sources() -> Vec<Source> {
    let root = project("src");
    let mut found = Vec::new();
    paths(&root, &mut found);
    found.sort();
    found.iter().map(|path| read(&root, path)).collect()
}

fn read(root: &Path, path: &Path) -> Source {
    let below = path.strip_prefix(root).expect("below src").to_string_lossy().replace('\\', "/");
    let mut module: Names = below.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if module.last().is_some_and(|last| last == "mod" || last == "lib") {
        module.pop();
    }
    let mut source = Source {
        path: below,
        module,
        named: BTreeSet::new(),
        passed_on: BTreeMap::new(),
        crates: BTreeSet::new(),
    };
    let text = std::fs::read_to_string(path).expect("a text");
    let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", source.path));
    source.visit_file(&file);
    source
}

impl Source {
    /// The full path of what the file calls `names`; `None` for an outside crate or a local name.
    fn full(&self, names: &[String]) -> Option<Names> {
        match names.first()?.as_str() {
            "crate" | "allegiance" => Some(names[1..].to_vec()),
            "self" => Some([&self.module, &names[1..]].concat()),
            "super" => {
                let ups = names.iter().take_while(|name| *name == "super").count();
                let above = self.module.len().checked_sub(ups).expect("a module above");
                Some([&self.module[..above], &names[ups..]].concat())
            }
            _ => None,
        }
    }

    fn import(&mut self, prefix: &mut Names, tree: &UseTree, is_passed_on: bool) {
        let (name, known_as) = match tree {
            UseTree::Path(path) => {
                prefix.push(path.ident.to_string());
                self.import(prefix, &path.tree, is_passed_on);
                prefix.pop();
                return;
            }
            UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.import(prefix, tree, is_passed_on));
                return;
            }
            UseTree::Name(name) => (name.ident.to_string(), name.ident.to_string()),
            UseTree::Rename(rename) => (rename.ident.to_string(), rename.rename.to_string()),
            UseTree::Glob(_) => ("*".to_owned(), "*".to_owned()),
        };
        let mut names = prefix.clone();
        if name != "self" {
            names.push(name);
        }
        // A module may name its own children without `self`.
        let own =
            || (is_passed_on && !prefix.is_empty()).then(|| [&self.module[..], &names].concat());
        let Some(full) = self.full(&names).or_else(own) else {
            self.crates.insert(names[0].clone());
            return;
        };
        if is_passed_on {
            self.crates.insert(names[0].clone());
            self.passed_on.insert(known_as, full);
        } else {
            self.named.insert(full);
        }
    }
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    let is_test = |attribute: &Attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Ident>().is_ok_and(|ident| ident == "test")
    };
    attributes.iter().any(is_test)
}

impl<'a> Visit<'a> for Source {
    fn visit_item(&mut self, item: &'a Item) {
        match item {
            Item::Mod(inner) if is_for_tests(&inner.attrs) => {}
            Item::Fn(inner) if is_for_tests(&inner.attrs) => {}
            Item::Use(item) => {
                let is_passed_on = !matches!(item.vis, Visibility::Inherited);
                self.import(&mut Vec::new(), &item.tree, is_passed_on);
            }
            _ => visit::visit_item(self, item),
        }
    }

    fn visit_path(&mut self, path: &'a syn::Path) {
        let names: Names = path.segments.iter().map(|part| part.ident.to_string()).collect();
        match self.full(&names) {
            Some(full) => {
                self.named.insert(full);
            }
            None if names.len() > 1 => {
                self.crates.insert(names[0].clone());
            }
            None => {}
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'a syn::Macro) {
        type Arguments = syn::punctuated::Punctuated<Expr, Token![,]>;
        // Most macros take expressions. The arguments live in the tokens, so they are read apart.
        if let Ok(arguments) = call.parse_body_with(Arguments::parse_terminated) {
            let mut inner = Source {
                path: self.path.clone(),
                module: self.module.clone(),
                named: BTreeSet::new(),
                passed_on: BTreeMap::new(),
                crates: BTreeSet::new(),
            };
            for argument in &arguments {
                visit::visit_expr(&mut InnerVisit(&mut inner), argument);
            }
            self.named.append(&mut inner.named);
            self.crates.append(&mut inner.crates);
        }
    }
}

/// Visits what does not live as long as the file.
struct InnerVisit<'s>(&'s mut Source);

impl Visit<'_> for InnerVisit<'_> {
    fn visit_path(&mut self, path: &syn::Path) {
        let names: Names = path.segments.iter().map(|part| part.ident.to_string()).collect();
        if let Some(full) = self.0.full(&names) {
            self.0.named.insert(full);
        } else if names.len() > 1 {
            self.0.crates.insert(names[0].clone());
        }
        visit::visit_path(self, path);
    }
}

/// The file in which a name is defined, followed through the modules that pass it on.
fn home<'s>(sources: &'s [Source], names: &[String]) -> Option<&'s Source> {
    let mut names = names.to_vec();
    // Enough steps for any chain; a chain that never ends is no import.
    for _ in 0..20 {
        let module = (0..=names.len())
            .rev()
            .find_map(|end| sources.iter().find(|source| source.module == names[..end]))?;
        let rest = &names[module.module.len()..];
        let Some(first) = rest.first() else { return Some(module) };
        match module.passed_on.get(first) {
            Some(full) => names = [full, &rest[1..]].concat(),
            None => return Some(module),
        }
    }
    None
}

fn floor(module: &str) -> usize {
    FLOORS
        .iter()
        .position(|floor| floor.contains(&module))
        .unwrap_or_else(|| panic!("{module} has no floor"))
}

/// The files that each file uses, by their positions in `sources`.
fn uses(sources: &[Source]) -> Vec<BTreeSet<usize>> {
    let position: BTreeMap<&str, usize> =
        sources.iter().enumerate().map(|(at, source)| (source.path.as_str(), at)).collect();
    let used = |source: &Source| {
        let homes = source.named.iter().filter_map(|names| home(sources, names));
        homes
            .filter(|other| other.path != source.path)
            .map(|other| position[&*other.path])
            .collect()
    };
    sources.iter().map(used).collect()
}

/// Files that use each other in a circle, if there are such.
fn circle(uses: &[BTreeSet<usize>]) -> Option<Vec<usize>> {
    // Depth first: a file that is met again on the way to it closes a circle.
    fn walk(
        at: usize,
        uses: &[BTreeSet<usize>],
        way: &mut Vec<usize>,
        done: &mut BTreeSet<usize>,
    ) -> Option<Vec<usize>> {
        if let Some(start) = way.iter().position(|on_way| *on_way == at) {
            return Some(way[start..].to_vec());
        }
        if !done.insert(at) {
            return None;
        }
        way.push(at);
        let found = uses[at].iter().find_map(|next| walk(*next, uses, way, done));
        way.pop();
        found
    }
    let mut done = BTreeSet::new();
    (0..uses.len()).find_map(|start| walk(start, uses, &mut Vec::new(), &mut done))
}

#[test]
fn imports_run_downward_only() {
    let sources = sources();
    for source in sources.iter().filter(|source| !source.module.is_empty()) {
        let own = &source.module[0];
        for names in &source.named {
            let Some(other) = home(&sources, names) else { continue };
            let Some(module) = other.module.first().filter(|module| *module != own) else {
                continue;
            };
            assert!(floor(module) > floor(own), "src/{} may not use {module}", source.path);
        }
    }
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let sources = sources();
    let uses = uses(&sources);
    let count: usize = uses.iter().map(BTreeSet::len).sum();
    assert!(count > 4 * sources.len(), "only {count} uses were found");
    if let Some(circle) = circle(&uses) {
        let files: Vec<&str> = circle.iter().map(|at| sources[*at].path.as_str()).collect();
        panic!("these files use each other in a circle: {}", files.join(" -> "));
    }
}

#[test]
fn a_circle_is_found() {
    let uses = |of: &[&[usize]]| -> Vec<BTreeSet<usize>> {
        of.iter().map(|used| used.iter().copied().collect()).collect()
    };
    assert_eq!(circle(&uses(&[&[1, 2], &[3], &[1], &[2]])), Some(vec![1, 3, 2]));
    assert_eq!(circle(&uses(&[&[1, 2], &[3], &[1, 3], &[]])), None);
}

#[test]
fn outside_crates_have_one_place_each() {
    let places = [
        ("egui", "ui/"),
        ("eframe", "ui/"),
        ("egui_graphs", "ui/canvas/graph.rs"),
        ("rfd", "ui/dialogs/files.rs"),
        ("anyhow", "main.rs"),
        ("harfrust", "text/"),
        ("clap", "cli/"),
        ("dom_smoothie", "file/source/html.rs"),
        ("mailparse", "file/source/mail.rs"),
        ("zip", "file/source/package.rs"),
        ("encoding_rs", "file/"),
        ("calamine", "file/tables/workbook.rs"),
        ("chardetng", "file/source/decode.rs"),
        ("lopdf", "file/source/pdf/"),
        ("cff_parser", "file/source/pdf/embedded.rs"),
        ("flate2", "file/source/pdf/objects.rs"),
    ];
    let sources = sources();
    for (name, place) in places {
        let users: Vec<&str> = sources
            .iter()
            .filter(|source| source.crates.contains(name))
            .map(|source| source.path.as_str())
            .collect();
        assert!(!users.is_empty(), "{name} is not found where it is used");
        for path in users {
            let is_start = path == "main.rs" && name == "clap";
            assert!(path.starts_with(place) || is_start, "src/{path} names {name}");
        }
    }
}

#[test]
fn the_packages_asked_for_are_direct_dependencies_and_unmaintained_ones_are_not() {
    let manifest = std::fs::read_to_string(project("Cargo.toml")).expect("a text");
    let has = |name: &str| manifest.lines().any(|line| line.starts_with(&format!("{name} = ")));
    for name in ["eframe", "egui", "egui_graphs", "serde", "rfd"] {
        assert!(has(name), "Cargo.toml does not name {name}");
    }
    // RUSTSEC-2026-0206 and RUSTSEC-2026-0192.
    for name in ["rustybuzz", "ttf-parser"] {
        assert!(!has(name), "{name} is not maintained");
    }
    let lock = std::fs::read_to_string(project("Cargo.lock")).expect("a text");
    assert!(!lock.contains("name = \"rustybuzz\""), "a dependency brings rustybuzz");
}

#[test]
fn every_file_says_what_lives_in_it() {
    for source in sources() {
        let text = std::fs::read_to_string(project("src").join(&source.path)).expect("a text");
        assert!(text.starts_with("//!"), "src/{} does not open with //!", source.path);
    }
}

#[test]
fn the_top_level_holds_only_what_was_agreed() {
    let agreed = ["Cargo.toml", "Cargo.lock", "README.md", "src", "assets", "tests", "target"];
    for entry in std::fs::read_dir(project("")).expect("a folder").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        assert!(
            name.starts_with('.') || agreed.contains(&name.as_str()),
            "{name} at the top level"
        );
    }
}
