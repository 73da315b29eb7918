//! The command line: output and exit codes.

use std::path::Path;
use std::process::{Command, Output};

use allegiance::analysis::report::ANALYSES;

use crate::support::{EXAMPLE, map, parse, project};

/// Runs the program without a display.
pub fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_allegiance"));
    for name in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
        command.env_remove(name);
    }
    command.args(arguments).output().expect("the program runs")
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

pub fn example() -> String {
    project("assets/maps/pakistan-afghan-taliban.json").display().to_string()
}

pub fn written(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("written");
    path.display().to_string()
}

#[test]
#[cfg(target_os = "linux")]
fn without_a_display_the_error_names_a_command_that_needs_none() {
    let output = run(&[]);
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    assert!(
        said.contains("there is no display") && said.contains("allegiance export MAP OUT.png"),
        "{said}"
    );
}

#[test]
fn check_distinguishes_valid_invalid_and_foreign_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let wrong = written(
        folder.path(),
        "wrong.json",
        &EXAMPLE.replacen("\"from\": \"pakistan\"", "\"from\": \"nobody\"", 1),
    );
    let foreign = written(folder.path(), "foreign.json", "{\"nodes\": []}");
    let good = run(&["check", &example()]);
    assert_eq!(good.status.code(), Some(0));
    assert_eq!(text(&good.stdout), format!("{}: 0 errors, 0 warnings\n", example()));
    let bad = run(&["check", &wrong]);
    assert_eq!(bad.status.code(), Some(1));
    assert!(
        text(&bad.stdout).contains("relations[0].from: no actor has the id \"nobody\""),
        "{}",
        text(&bad.stdout)
    );
    assert_eq!(run(&["check", &foreign]).status.code(), Some(2));
    assert_eq!(run(&["check", "no such file"]).status.code(), Some(2));
    assert_eq!(run(&["check", &example(), &wrong, &foreign]).status.code(), Some(2));
    assert_eq!(run(&["check"]).status.code(), Some(2));
    assert_eq!(run(&["no-such-command", "x"]).status.code(), Some(2));
}

#[test]
fn check_prints_json() {
    let folder = tempfile::tempdir().expect("a folder");
    let wrong = written(
        folder.path(),
        "wrong.json",
        &EXAMPLE.replacen("\"stance\": \"hostile\"", "\"stance\": 7", 1),
    );
    let output = run(&["check", "--json", &wrong]);
    assert_eq!(output.status.code(), Some(1));
    let problems: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let first = &problems[0];
    assert_eq!(
        (first["severity"].as_str(), first["path"].as_str()),
        (Some("error"), Some("relations[0].stance"))
    );
    assert!(first["line"].is_u64() && first["column"].is_u64());
    assert!(!first["expected"].as_str().unwrap_or_default().is_empty());
}

#[test]
fn text_prints_what_would_be_attached_and_its_notes() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.txt");
    let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(
        "Переговоры прекращены\nАвтор: Иван Петров\n\nМинистр сказал, что встречи не будет.",
    );
    std::fs::write(&path, bytes).expect("written");
    let path = path.display().to_string();
    let output = run(&["text", &path]);
    assert_eq!(output.status.code(), Some(0));
    let printed = text(&output.stdout);
    assert!(printed.starts_with("Переговоры прекращены\n"), "{printed}");
    assert!(printed.ends_with("встречи не будет.\n"), "{printed}");
    let told = text(&output.stderr);
    assert!(
        told.contains("a.txt: The file does not say") && told.contains("windows-1251"),
        "{told}"
    );
    let output = run(&["text", &path, "--json"]);
    let read: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(read["title"], "Переговоры прекращены");
    assert_eq!(read["author"], "Иван Петров");
    assert_eq!(read["date"], serde_json::Value::Null);
    assert_eq!(read["notes"].as_array().map(Vec::len), Some(1));
    let book = folder.path().join("a.pptx");
    std::fs::write(&book, crate::sources::zipped(&[("ppt/x.xml", "")])).expect("written");
    let output = run(&["text", &book.display().to_string()]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    assert!(
        text(&output.stderr).contains("this is a PowerPoint presentation"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn verify_tells_that_the_encoding_of_a_source_was_guessed() {
    let folder = tempfile::tempdir().expect("a folder");
    let map = quoting(folder.path(), "Borland wept", true);
    let (bytes, ..) = encoding_rs::WINDOWS_1251.encode("Министр сказал нет. Borland wept.");
    std::fs::write(folder.path().join("text.txt"), bytes).expect("written");
    let output = run(&["verify", &map]);
    let told = text(&output.stderr);
    assert!(told.contains("windows-1251 was guessed"), "{told}");
}

#[test]
fn a_damaged_source_does_not_stop_the_program() {
    let folder = tempfile::tempdir().expect("a folder");
    let damaged = written(folder.path(), "a.pdf", "%PDF-1.4\nnothing more");
    let output = run(&["text", &damaged]);
    assert_eq!(output.status.code(), Some(2));
    let told = text(&output.stderr);
    assert!(told.contains("this PDF cannot be read") && told.contains("print it to a new PDF"));
}

#[test]
fn schema_prints_a_json_schema() {
    let output = run(&["schema"]);
    let schema: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert!(schema["$schema"].as_str().unwrap_or_default().contains("json-schema.org"));
    assert_eq!(schema["title"], "Relationship map");
}

/// Writes a map with one excerpt from the source `s`, which has a text if `has_text`. Returns the
/// path of the map.
pub fn quoting(folder: &Path, excerpt: &str, has_text: bool) -> String {
    let file = if has_text { r#","text_file":"text.txt""# } else { "" };
    written(folder, "text.txt", "Arland struck Borland.\nBorland wept.\n");
    let map = format!(
        r#"{{"format":"relationship-map","version":1,"sources":[{{"id":"s"{file}}}],
        "actors":[{{"id":"a","name":"A","evidence":[{{"source":"s","excerpt":"{excerpt}"}}]}}],
        "relations":[]}}"#
    );
    written(folder, "map.json", &map)
}

#[test]
fn verify_reports_the_state_of_every_excerpt() {
    let folder = tempfile::tempdir().expect("a folder");
    for (excerpt, has_text, code, said) in [
        ("struck", true, 0, "actor a, excerpt 1: anchored in s, P1, 7–13: “struck”\n1 anchored\n"),
        (
            "Borland",
            true,
            1,
            "actor a, excerpt 1: ambiguous in s, at 14–21 or 23–30: “Borland”\n1 ambiguous\n",
        ),
        ("peace was made", true, 1, "actor a, excerpt 1: lost in s: “peace was made”\n1 lost\n"),
        ("struck", false, 2, "actor a, excerpt 1: missing in s: “struck”\n1 missing\n"),
        (
            "ARLAND struck Borland",
            true,
            1,
            "actor a, excerpt 1: altered in s, P1, 0–21: “ARLAND struck Borland”; \
             there it says “Arland struck Borland”\n1 altered\n",
        ),
    ] {
        let output = run(&["verify", &quoting(folder.path(), excerpt, has_text)]);
        assert_eq!(
            (output.status.code(), text(&output.stdout)),
            (Some(code), said.to_owned()),
            "{excerpt}"
        );
    }
}

#[test]
fn verify_accepts_texts_from_elsewhere_and_prints_json() {
    let folder = tempfile::tempdir().expect("a folder");
    let map = quoting(folder.path(), "wept", false);
    let source = format!("s={}", folder.path().join("text.txt").display());
    let output = run(&["verify", &map, "--source", &source, "--json"]);
    assert_eq!(output.status.code(), Some(0));
    let rows: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let expected = serde_json::json!([{
        "excerpt": "wept", "state": "anchored", "source": "s", "paragraph": "P2",
        "start": 31, "end": 35, "owner": "a", "number": 0
    }]);
    assert_eq!(rows, expected);
    let unknown = run(&["verify", &map, "--source", "nobody=x.txt"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(text(&unknown.stderr).contains("no source has the id \"nobody\""));
    let missing = run(&["verify", &map, "--source", "s=no such file"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(text(&missing.stderr).contains("there is no such file"));
    assert_eq!(run(&["verify", &map, "--source", "s"]).status.code(), Some(2));
}

#[test]
fn recover_lists_and_writes_unsaved_work() {
    let state = tempfile::tempdir().expect("a folder");
    let recover = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_allegiance"));
        command
            .env("XDG_STATE_HOME", state.path())
            .arg("recover")
            .args(arguments)
            .output()
            .expect("the program runs")
    };
    if !cfg!(target_os = "linux") {
        return;
    }
    assert_eq!(text(&recover(&[]).stdout), "There is no unsaved work to recover.\n");
    let mut document = allegiance::edit::Document::opened(
        allegiance::file::parse(EXAMPLE.as_bytes()).expect("it opens"),
        allegiance::edit::Origin::Example,
    );
    document.apply(allegiance::edit::Command::Delete(vec![allegiance::model::Element::Actor(
        "jfm".into(),
    )]));
    let folder = allegiance::file::store::journal::folder(&state.path().join("allegiance"));
    let mut journal = allegiance::file::store::journal::Journal::new(Some(folder));
    for event in document.take_events() {
        journal.append(|| document.journal_header(), &event);
    }
    drop(journal);
    let listed = text(&recover(&[]).stdout);
    assert!(
        listed
            == "1: Pakistan and the Afghan Taliban, March 2024, 1 change, less than a minute ago, \
                not saved to a file yet\n",
        "{listed}"
    );
    let out = state.path().join("out.json").display().to_string();
    assert_eq!(recover(&["--out", &out]).status.code(), Some(0));
    assert_eq!(std::fs::read(&out).expect("written"), document.to_bytes().expect("written"));
    assert_eq!(recover(&["--out", &out]).status.code(), Some(2), "an existing file is left alone");
    assert_eq!(recover(&["--number", "2", "--discard"]).status.code(), Some(2));
    assert_eq!(recover(&["--discard"]).status.code(), Some(0));
    assert_eq!(text(&recover(&["--json"]).stdout), "[]\n");
}

#[test]
fn arrange_prints_one_line_per_actor_whatever_its_id() {
    let folder = tempfile::tempdir().expect("a folder");
    let map = r#"{"format":"relationship-map","version":1,"actors":[
        {"id":"a\nb\tc","name":"A"},{"id":"d","name":"D"}],
        "relations":[{"id":"r","from":"a\nb\tc","to":"d","stance":"hostile"}]}"#;
    let printed = run(&["arrange", &written(folder.path(), "map.json", map)]);
    let printed = text(&printed.stdout);
    let lines: Vec<&str> = printed.lines().collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(
        lines[0].starts_with("a b c\t") && lines.iter().all(|line| line.split('\t').count() == 3)
    );
}

#[test]
fn arrange_prints_positions_or_writes_the_map() {
    let printed = run(&["arrange", &example(), "--seed", "7"]);
    assert_eq!(printed.status.code(), Some(0), "{}", text(&printed.stderr));
    let lines: Vec<Vec<String>> = text(&printed.stdout)
        .lines()
        .map(|line| line.split('\t').map(str::to_owned).collect())
        .collect();
    assert_eq!(lines.len(), 16);
    assert!(lines.iter().all(|line| line.len() == 3
        && line[1].parse::<f64>().is_ok()
        && line[2].parse::<f64>().is_ok()));
    assert_eq!(run(&["arrange", &example(), "--seed", "7"]).stdout, printed.stdout);
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("arranged.json");
    let written =
        run(&["arrange", &example(), "--method", "stress", "--out", &out.display().to_string()]);
    assert_eq!(written.status.code(), Some(0), "{}", text(&written.stderr));
    let opened = allegiance::file::open(&out).unwrap_or_else(|error| panic!("{error}"));
    let before =
        allegiance::file::parse(EXAMPLE.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(opened.map.relations, before.map.relations);
    assert_ne!(opened.map.layout, before.map.layout);
    assert_eq!(run(&["arrange", "no such map"]).status.code(), Some(2));
    for method in ["signed", "stress", "circle", "concentric", "timeline", "layers"] {
        let printed = run(&["arrange", &example(), "--method", method]);
        assert_eq!(
            (printed.status.code(), text(&printed.stdout).lines().count()),
            (Some(0), 16),
            "{method}"
        );
    }
    assert_eq!(run(&["arrange", &example(), "--method", "spiral"]).status.code(), Some(2));
}

#[test]
fn every_analysis_prints_its_report_as_lines_and_as_json() {
    for analysis in &ANALYSES {
        let output = run(&["analyse", &example(), "--by", analysis.key]);
        assert_eq!(output.status.code(), Some(0));
        let lines = text(&output.stdout);
        assert!(lines.starts_with(&analysis.columns.join("\t")), "{lines}");
        let json = run(&["analyse", &example(), "--by", analysis.key, "--json"]);
        let json: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
        let rows = json["rows"].as_array().expect("rows");
        assert_eq!(rows.len() + 2, lines.lines().count());
        let map = parse(EXAMPLE);
        for row in rows {
            assert_eq!(row["cells"].as_array().map(Vec::len), Some(analysis.columns.len()));
            for id in row["ids"].as_array().expect("ids") {
                let is_actor = map.actors.iter().any(|actor| *id == actor.id.as_str());
                assert!(is_actor, "{id} is no actor");
            }
        }
    }
}

#[test]
fn the_camps_of_a_map_of_two_camps_are_these() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("camps.json");
    let mut map = map(&["a+b", "b+c", "d+e", "a-d", "c-e", "b-f"]);
    map.actors.raw[1].name = "B\tor\nb".to_owned();
    std::fs::write(&path, serde_json::to_vec(&map).expect("JSON")).expect("written");
    let output = run(&["analyse", &path.display().to_string()]);
    let expected = "camp\tactors\tfriendly pairs inside\thostile pairs inside\tnames\n\
                    1\t3\t2\t0\tA; B or b; C\n2\t2\t1\t0\tD; E\n\
                    2 camps; 1 actor in no camp. (approximate)\n";
    assert_eq!(text(&output.stdout), expected);
    let missing = run(&["analyse", "missing.json"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(text(&missing.stderr).contains("there is no such file"));
}

#[test]
fn convert_writes_other_formats_and_says_what_they_cannot_carry() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = |name: &str| folder.path().join(name).display().to_string();
    for name in ["a.gexf", "b.graphml", "c.cx2", "d.kumu.json"] {
        let output = run(&["convert", &example(), &out(name)]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        assert!(text(&output.stderr).contains("cannot carry: 61 excerpts, 1 source"));
        // And back.
        let back = run(&["convert", &out(name), &out("back.json")]);
        assert_eq!(back.status.code(), Some(0), "{}", text(&back.stderr));
        let map = allegiance::file::open(Path::new(&out("back.json"))).expect("a map").map;
        assert_eq!((map.actors.len(), map.relations.len()), (16, 57));
    }
    let wrong = run(&["convert", &example(), &out("a.xyz")]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(
        text(&wrong.stderr).contains("use json, xlsx, gexf, graphml, kumu.json, cx2, net"),
        "{}",
        text(&wrong.stderr)
    );
    let own = written(folder.path(), "own.json", EXAMPLE);
    let over = run(&["convert", &own, &own]);
    assert_eq!(over.status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(&own).expect("there"), EXAMPLE);
}

#[test]
fn import_reads_tables_adds_them_to_a_map_and_lists_what_it_could_not_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = written(
        folder.path(),
        "deals.csv",
        "Sender,Receiver,Tone,N\nArland,Borland,warm,3\nBorland,Arland,cold,7\nCarland,,cold,1\n",
    );
    let out = folder.path().join("deals.json").display().to_string();
    let rejected = folder.path().join("rejected.csv").display().to_string();
    let output = run(&[
        "import",
        &table,
        "--out",
        &out,
        "--rejected",
        &rejected,
        "--columns",
        "from=Sender,to=Receiver,stance=Tone",
        "--stances",
        "warm=cooperative,cold=hostile",
    ]);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert_eq!(text(&output.stdout), "2 actors, 2 ties\n");
    assert!(said.contains("line 4, column Receiver: the row has no second actor"), "{said}");
    assert!(said.contains("2 of 3 rows read"), "{said}");
    let found = parse(&std::fs::read_to_string(&out).expect("written"));
    let stances: Vec<&str> = found.relations.iter().map(|tie| tie.stance.key()).collect();
    assert_eq!(stances, ["cooperative", "hostile"]);
    let listed = std::fs::read_to_string(&rejected).expect("written");
    assert!(listed.contains("deals,4,Receiver,the row has no second actor,no,Carland,,cold,1"));

    // Into that map: one actor is new.
    let more = written(folder.path(), "more.csv", "from,to,sign\nArland,Darland,-1\n");
    let output = run(&["import", &more, "--into", &out, "--out", &out]);
    let said = text(&output.stdout);
    assert!(said.contains("new: 1 actor, 1 tie, 0 excerpts, 0 sources"), "{said}");
    assert!(said.ends_with("3 actors, 3 ties\n"), "{said}");
    let output = run(&["import", &more, "--into", &out]);
    assert!(text(&output.stdout).contains("new: 0 actors, 0 ties"), "nothing is doubled");

    for (arguments, expected) in [
        (vec!["import", &table, "--columns", "from=Nobody"], "there is no column “Nobody”"),
        (vec!["import", &table, "--columns", "boss=Sender"], "there is no role “boss”"),
        (vec!["import", &table, "--preset", "nothing"], "no preset “nothing”; there are ACLED"),
        (vec!["import", &table, "--preset", "acled"], "the columns of acled are not in the file"),
        (vec!["import", &table, "--encoding", "x"], "no encoding “x”"),
        (vec!["import", &table, "--out", &table], "this is one of the input maps"),
        (vec!["import", "nowhere.csv"], "there is no such file"),
    ] {
        let output = run(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).contains(expected), "{}", text(&output.stderr));
    }
    assert!(std::fs::read_to_string(&table).expect("there").starts_with("Sender,"));
}

#[test]
fn import_makes_sources_of_a_folder_of_texts_by_the_names_of_the_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let inside = folder.path().join("articles/more");
    std::fs::create_dir_all(&inside).expect("a folder");
    let text = "The ministry said on Sunday that the talks were over.\n\nNobody agreed.\n";
    for (name, words) in [
        ("2024-03-24 Ann Bee - Talks end.txt", text),
        ("notes.txt", text),
        (".hidden.txt", text),
        ("picture.png", "no text"),
    ] {
        std::fs::write(folder.path().join("articles").join(name), words).expect("written");
    }
    std::fs::write(inside.join("2023 Carl - War.md"), text).expect("written");
    let out = folder.path().join("out.json").display().to_string();
    let articles = folder.path().join("articles").display().to_string();
    let output = run(&["import", &articles, "--names", "{date} {author} - {title}", "--out", &out]);
    let said = text_of(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("3 sources"), "{said}");
    let map = parse(&std::fs::read_to_string(&out).expect("written"));
    let told: Vec<(&str, &str, String)> = map
        .sources
        .iter()
        .map(|one| {
            let date = one.date.map_or(String::new(), |date| date.to_string());
            (one.title.as_str(), one.author.as_str(), date)
        })
        .collect();
    assert_eq!(told[0], ("Talks end", "Ann Bee", "2024-03-24".to_owned()));
    assert_eq!(told[1], ("War", "Carl", "2023".to_owned()));
    assert!(told[2].0 == "notes" || told[2].0.starts_with("The ministry"), "{told:?}");
    assert!(map.sources.iter().all(|one| one.text.is_some()));
    let wrong = run(&["import", &articles, "--names", "{date}{title}"]);
    assert!(text_of(&wrong).contains("put something between"), "{}", text_of(&wrong));
}

fn text_of(output: &Output) -> String {
    text(&output.stderr)
}
