//! Tables, workbooks and event data.

use std::path::Path;
use std::sync::Arc;

use allegiance::file;
use allegiance::file::tables::Role;
use allegiance::file::tables::book::{Book, Imported, flaws_table};
use allegiance::file::tables::form::Told;
use allegiance::file::tables::plan::{Choice, Decimal, Shape};
use allegiance::file::tables::presets;
use allegiance::model::{Map, Relation, Stance};
use allegiance::progress::Progress;

use crate::support::shared;

/// A book of texts, each with a name.
fn book(texts: &[(&str, &[u8])]) -> Book {
    let mut book = Book::default();
    for (name, bytes) in texts {
        let bytes = Arc::new(bytes.to_vec());
        book.add(name, &bytes, &[], &Progress::default()).unwrap_or_else(|error| panic!("{error}"));
    }
    book
}

fn import(book: &Book) -> Imported {
    book.import("Test", &Progress::default()).unwrap_or_else(|error| panic!("{error}"))
}

fn read(text: &str) -> Imported {
    import(&book(&[("table", text.as_bytes())]))
}

fn map(text: &str) -> Map {
    read(text).opened.map
}

fn count(map: &Map, stance: Stance) -> usize {
    map.relations.iter().filter(|tie| tie.stance == stance).count()
}

fn ends(tie: &Relation) -> (&str, &str) {
    (tie.from.as_str(), tie.to.as_str())
}

fn roles(book: &Book) -> Vec<Role> {
    book.sheets[0].plan.columns.iter().map(|column| column.role).collect()
}

fn extra(tie: &Relation, name: &str) -> String {
    tie.extra.get(name).map(ToString::to_string).unwrap_or_default()
}

#[test]
fn a_table_of_ties_is_read_as_its_header_says() {
    let text = "From,To,Relationship,Sentiment,Since,Until,Weight,Quote,Citation,Page,Said by,Tags\n\
                Arland ,Borland,treaty,ally,2005-00-00,ongoing,3,\"We, the two, agree\",Daily News,4,\
                Borland,x|y\n\
                Borland,Carland,war,enemies,2/18/10,2012,9,,,,,\n\
                Carland,Arland,trade,unclear,,,1,,,,,\n";
    let table = book(&[("table", text.as_bytes())]);
    assert_eq!(
        roles(&table),
        [
            Role::From,
            Role::To,
            Role::Kind,
            Role::Stance,
            Role::Start,
            Role::End,
            Role::Strength,
            Role::Excerpt,
            Role::Source,
            Role::Paragraph,
            Role::Speaker,
            Role::Keep
        ]
    );
    let map = import(&table).opened.map;
    let names: Vec<&str> = map.actors.iter().map(|actor| actor.name.as_str()).collect();
    assert_eq!(names, ["Arland", "Borland", "Carland"], "blanks are no part of a name");
    let ties = &map.relations.raw;
    assert_eq!(ends(&ties[0]), ("Arland", "Borland"));
    assert_eq!((ties[0].stance, ties[0].kind.0.as_str()), (Stance::Cooperative, "treaty"));
    assert_eq!(ties[0].start.map(|date| date.to_string()).as_deref(), Some("2005"));
    assert_eq!(ties[0].end, None);
    assert_eq!(extra(&ties[0], "Tags"), "\"x|y\"");
    let said = &ties[0].evidence[0];
    assert_eq!(said.excerpt.as_str(), "We, the two, agree");
    assert_eq!(said.paragraph.as_deref(), Some("4"));
    assert_eq!(said.speaker.as_deref(), Some(&"Borland".into()));
    assert_eq!(map.sources.raw[0].title, "Daily News");
    assert_eq!(ties[1].stance, Stance::Hostile);
    assert_eq!(ties[1].start.map(|date| date.to_string()).as_deref(), Some("2010-02-18"));
    assert!(ties[1].strength > ties[0].strength && ties[0].strength > ties[2].strength);
    assert_eq!(ties[2].stance, Stance::Neutral);
}

#[test]
fn actors_and_ties_come_from_two_sheets_and_are_joined_by_id_name_or_alias() {
    let actors = "id;label;type;aka;parent;X;Y\n1;Arland;State;AR|Ar-land;;10;20\n2;Army;Armed group;;1;5;5\n";
    let ties = "Source;Target;Polarity\n1;Army;-\nAR;2;+\n1;New one;0\n";
    let found = import(&book(&[("ties", ties.as_bytes()), ("actors", actors.as_bytes())]));
    let map = &found.opened.map;
    assert_eq!(map.actors.len(), 3);
    assert_eq!(map.actors.raw[1].part_of.as_deref(), Some(&"1".into()));
    assert_eq!(map.actors.raw[0].aliases, ["AR", "Ar-land"]);
    assert_eq!(map.layout.len(), 2);
    let all: Vec<(&str, &str)> = map.relations.iter().map(ends).collect();
    assert_eq!(all, [("1", "2"), ("1", "2"), ("1", "New one")]);
    let stances: Vec<Stance> = map.relations.iter().map(|tie| tie.stance).collect();
    assert_eq!(stances, [Stance::Hostile, Stance::Cooperative, Stance::Neutral]);
    let told: Vec<&str> =
        found.opened.warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert!(told.iter().any(|words| words.contains("added: New one")), "{told:?}");
}

#[test]
fn numbers_have_the_decimal_sign_of_the_table_and_their_sign_is_the_stance() {
    let text =
        "\u{feff}Stranka A;Stranka B;Ocena\r\nSKD;ZLSD;-2,15\r\nSLS;SPS;2,35\r\nLDS;SPS;0\r\n";
    let table = book(&[("table", text.as_bytes())]);
    assert_eq!(table.sheets[0].plan.decimal, Decimal::Comma);
    let map = import(&table).opened.map;
    let stances: Vec<Stance> = map.relations.iter().map(|tie| tie.stance).collect();
    assert_eq!(stances, [Stance::Hostile, Stance::Cooperative, Stance::Neutral]);
    assert_eq!(extra(&map.relations.raw[0], "Ocena"), "-2.15");
    assert!(map.relations.iter().all(|tie| !tie.directed), "A and B are on a par");
}

#[test]
fn thresholds_and_choices_decide_about_stances() {
    let mut table = book(&[("t", b"from,to,score\na,b,1\nb,c,5\nc,d,9\n")]);
    let plan = &mut table.sheets[0].plan;
    plan.columns[2].role = Role::Stance;
    plan.thresholds = [3.0, 7.0];
    let map = import(&table).opened.map;
    let stances: Vec<Stance> = map.relations.iter().map(|tie| tie.stance).collect();
    assert_eq!(stances, [Stance::Hostile, Stance::Neutral, Stance::Cooperative]);

    let mut table = book(&[("t", b"from,to,stance\na,b,ally\nb,c,trade\nc,d,split\na,d,trade\n")]);
    let planned = &mut table.sheets[0];
    assert_eq!(planned.stance_counts()[0], ("trade".to_owned(), 2));
    assert_eq!(planned.plan.stances["ally"], Choice::Cooperative);
    planned.plan.stances.insert("trade".to_owned(), Choice::Skip);
    planned.plan.stances.insert("split".to_owned(), Choice::Mixed);
    let found = import(&table);
    assert_eq!((found.skipped, found.opened.map.relations.len()), (2, 2));
    assert_eq!(found.opened.map.relations.raw[1].stance, Stance::Mixed);
}

#[test]
fn bad_rows_are_listed_and_the_good_ones_are_read() {
    let found =
        read("from,to,weight,start\na,b,1,2001\nb,,2,2002\nc,d,many,2003\nd,e,3,some day\n");
    let map = &found.opened.map;
    assert_eq!(map.relations.len(), 2);
    assert_eq!((found.rows, found.left_out, found.flaw_count), (4, 2, 3));
    let flaws: Vec<(u64, &str, &str, bool)> = found
        .flaws
        .iter()
        .map(|flaw| (flaw.line, flaw.column.as_str(), flaw.reason.as_str(), flaw.is_left_out))
        .collect();
    assert_eq!(
        flaws,
        [
            (3, "to", "the row has no second actor", true),
            (4, "weight", "“many” is no number", true),
            (5, "start", "“some day” is no date; it is kept as text", false)
        ]
    );
    assert_eq!(extra(&map.relations.raw[1], "x_start"), "\"some day\"");
    let table = String::from_utf8(flaws_table(&found.flaws).expect("a table")).expect("UTF-8");
    assert!(table.contains("table,4,weight,“many” is no number,no,c,d,many,2003"), "{table}");
}

#[test]
fn matrices_and_lists_of_neighbours_are_recognised() {
    let map = map_of(";A;B;C\nA;0;-2;1\nB;-2;0;0\nC;1;0;3\n");
    assert_eq!((map.actors.len(), map.relations.len()), (3, 3));
    assert!(map.relations.iter().all(|tie| !tie.directed), "it is symmetric");
    assert_eq!(count(&map, Stance::Hostile), 1);
    let map = map_of("a;b\nb;c;d\ne\nf; a ;g;h; i  \n");
    assert_eq!((map.actors.len(), map.relations.len()), (9, 7));
    assert!(map.actors.iter().any(|actor| actor.id.as_str() == "i"));
}

fn map_of(text: &str) -> Map {
    map(text)
}

#[test]
fn headers_are_found_below_titles_and_rows_may_have_none() {
    let text = "Table 3. Alliances\nSource: a study\n\nsource,target,sign\na,b,1\nb,c,-1\n";
    let table = book(&[("t", text.as_bytes())]);
    assert_eq!(table.sheets[0].plan.header, Some(4));
    assert_eq!(import(&table).opened.map.relations.len(), 2);
    let table = book(&[("t", b"Ann,Bob,1\nBob,Carl,-2\nCarl,Ann,3\n")]);
    assert_eq!(table.sheets[0].plan.header, None);
    let map = import(&table).opened.map;
    assert_eq!((map.relations.len(), count(&map, Stance::Hostile)), (3, 1));
}

#[test]
fn pairs_in_one_cell_are_two_actors() {
    let map = map(
        "rivalry,start,end\nAustria (Hungary)-France,P1494,1918\nBritain-France 1,1494,ongoing\n\
                   Chad-Libya,1966,1994\n",
    );
    let all: Vec<(&str, &str)> = map.relations.iter().map(ends).collect();
    assert_eq!(all, [("Austria (Hungary)", "France"), ("Britain", "France"), ("Chad", "Libya")]);
    assert_eq!(map.relations.raw[0].start.map(|date| date.to_string()).as_deref(), Some("1494"));
}

#[test]
fn encodings_are_guessed_and_can_be_told() {
    let russian = "Кто;Кому;Отношение\nАлександр;Наталья;вражда\nМинистр;Генерал;дружба\n";
    let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(russian);
    let mut table = book(&[("t", &bytes)]);
    assert_eq!(table.sheets[0].plan.columns[0].name, "Кто");
    let utf16: Vec<u8> =
        std::iter::once(0xFEFF).chain(russian.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(book(&[("t", &utf16)]).sheets[0].plan.columns[1].name, "Кому");
    let told = Told { encoding: Some("windows-1252".to_owned()), separator: Some(',') };
    table.sheets[0].tell(&told);
    assert_eq!(table.sheets[0].plan.columns.len(), 1);
    assert!(!table.sheets[0].plan.columns[0].name.contains("Кто"));
}

#[test]
fn ids_are_texts_and_one_id_for_many_names_is_none() {
    let map = map("id,name\n007,Bond\n-99,Ann\n-99,Bob\n1.0,Carl\n");
    let ids: Vec<&str> = map.actors.iter().map(|actor| actor.id.as_str()).collect();
    assert_eq!(ids, ["007", "Ann", "Bob", "1"]);
    // `NA` can be a name.
    let map = map_of("from,to\nNA,ZA\nZA,NA\n");
    assert_eq!(map.actors.len(), 2);
}

#[test]
fn events_are_gathered_to_dyads_with_a_few_of_their_words() {
    let mut text = "event_id_cnty,event_date,year,disorder_type,event_type,sub_event_type,actor1,\
                    actor2,source,notes,fatalities\n"
        .to_owned();
    for day in 1..=9 {
        text += "YEM#,0# March 2024,2024,x,Battles,Armed clash,Houthis,Army,Daily News,\
                 \"Clash, number #\",#\n"
            .replace('#', &day.to_string())
            .as_str();
    }
    text +=
        "YEM10,10 March 2024,2024,x,Strategic developments,Agreement,Army,Houthis,Wire,Truce,0\n";
    text += "YEM11,11 March 2024,2024,x,Protests,Peaceful protest,Protesters,,Wire,March,0\n";
    let table = book(&[("acled", text.as_bytes())]);
    assert_eq!(table.sheets[0].preset, "ACLED");
    let found = import(&table);
    let map = &found.opened.map;
    assert_eq!((map.actors.len(), map.relations.len()), (2, 2));
    assert_eq!(
        (found.left_out, found.flaws[0].reason.as_str()),
        (1, "the row has no second actor")
    );
    let clash = &map.relations.raw[0];
    assert_eq!((ends(clash), clash.stance), (("Houthis", "Army"), Stance::Hostile));
    assert_eq!((extra(clash, "events"), extra(clash, "fatalities")), ("9".into(), "45".into()));
    assert_eq!(clash.period().as_deref(), Some("1 Mar 2024 – 9 Mar 2024"));
    assert_eq!(clash.evidence.len(), 5);
    let words: Vec<&str> = clash.evidence.iter().map(|one| one.excerpt.as_str()).collect();
    assert_eq!(words[0], "Clash, number 5", "those with most deaths, by date");
    assert_eq!(clash.evidence[0].paragraph.as_deref(), Some("YEM5"));
    assert!(clash.evidence[0].note.contains("5 March 2024; fatalities 5"));
    assert_eq!(map.relations.raw[1].stance, Stance::Cooperative);
}

#[test]
fn rows_with_counts_of_both_kinds_become_up_to_two_ties() {
    let map = map("i,j,year,verbCoop,matlCoop,verbConf,matlConf\nArland,Borland,2014,5,1,2,0\n\
                   Borland,Carland,2014,0,0,0,0\nArland,Carland,2014,0,0,3,9\n");
    assert_eq!(map.relations.len(), 3);
    assert_eq!((count(&map, Stance::Cooperative), count(&map, Stance::Hostile)), (1, 2));
    assert_eq!(map.relations.raw[0].kind.0.as_str(), "verbcoop");
    assert_eq!(extra(&map.relations.raw[0], "count"), "6");
}

#[test]
fn a_preset_of_the_user_fits_tables_with_its_columns() {
    let mut table = book(&[("t", b"who,against,how\na,b,x\n")]);
    for (column, role) in [(0, Role::From), (1, Role::To), (2, Role::Stance)] {
        table.sheets[0].set_role(column, role);
    }
    table.sheets[0].plan.shape = Shape::Ties;
    table.sheets[0].plan.stances.insert("x".to_owned(), Choice::Hostile);
    let mine = presets::Preset {
        name: "Mine".to_owned(),
        names: Vec::new(),
        plan: table.sheets[0].plan.clone(),
    };
    let json = serde_json::to_string(&mine).expect("it is written");
    let mine: presets::Preset = serde_json::from_str(&json).expect("it is read");
    let mut other = Book::default();
    let bytes = Arc::new(b"Against,Who,How,More\nc,d,x,1\nd,e,y,2\n".to_vec());
    other.add("other", &bytes, &[mine], &Progress::default()).expect("it is read");
    assert_eq!(other.sheets[0].preset, "Mine");
    let map = import(&other).opened.map;
    assert_eq!(ends(&map.relations.raw[0]), ("d", "c"));
    let stances: Vec<Stance> = map.relations.iter().map(|tie| tie.stance).collect();
    assert_eq!(stances, [Stance::Hostile, Stance::Neutral]);
}

#[test]
fn what_is_no_table_is_refused_with_a_reason() {
    let refusal = |bytes: &[u8]| {
        let mut book = Book::default();
        let progress = Progress::default();
        match book.add("t", &Arc::new(bytes.to_vec()), &[], &progress) {
            Ok(()) => book.import("t", &progress).expect_err("refused").to_string(),
            Err(error) => error.to_string(),
        }
    };
    assert!(refusal(b"PK\x03\x04 xl/ nonsense").contains("is damaged"));
    assert!(refusal(b"").contains("the file is empty"));
    assert!(refusal(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").contains("this is not a text with a table"));
    assert!(refusal(b"words\nand more words\n").contains("no columns with actors were found"));
    assert!(refusal(b"from,to\n,\n").contains("the file has no actors and no ties"));
    let progress = Progress::default();
    progress.cancel();
    let table = book(&[(
        "t",
        &b"from,to\n".iter().copied().chain(b"a,b\n".repeat(5000)).collect::<Vec<u8>>(),
    )]);
    assert!(table.import("t", &progress).expect_err("cancelled").to_string().contains("cancelled"));
}

#[test]
fn a_workbook_that_would_fill_the_memory_is_refused() {
    use std::io::Write as _;
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut archive = zip::ZipWriter::new(&mut bytes);
    let options = zip::write::SimpleFileOptions::default();
    archive.start_file("xl/workbook.xml", options).expect("a part");
    let zeros = vec![0_u8; 1 << 20];
    for _ in 0..2100 {
        archive.write_all(&zeros).expect("written");
    }
    archive.finish().expect("an archive");
    let bytes = bytes.into_inner();
    assert!(bytes.len() < 10 << 20);
    let error = Book::default().add("bomb", &Arc::new(bytes), &[], &Progress::default());
    assert!(error.expect_err("refused").to_string().contains("more than 2 GB when unpacked"));
}

/// Real tables: name, actors, ties, hostile and cooperative ones.
const TRUTH: [(&str, usize, usize, usize, usize); 20] = [
    ("csv/gephi/adj_list.csv", 9, 7, 0, 0),
    ("csv/gephi/matrix.csv", 5, 6, 0, 0),
    ("csv/gephi/matrix.xlsx", 5, 6, 0, 0),
    ("csv/gephi/complex_matrix.csv", 27, 351, 0, 0),
    ("csv/gephi/edges_table_opposite_force_undirected_issue_1848.csv", 176, 7346, 0, 0),
    ("csv/gephi/edges_table_repeated_with_ids.csv", 4, 4, 0, 0),
    ("csv/gephi/edges_table_with_timeset_intervals.csv", 3, 5, 0, 0),
    ("csv/gephi/nodes_table_types_test.csv", 5, 0, 0, 0),
    ("csv/gephi/test_utf8_chars_with_bom.csv", 2, 0, 0, 0),
    ("csv/transformed/stranke94-decimal-comma.csv", 10, 45, 27, 18),
    ("signed/derived-tribes.csv", 16, 58, 29, 29),
    ("signed/derived-avatar.csv", 464, 1679, 579, 1100),
    ("signed/derived-cow-last.csv", 151, 1247, 147, 1100),
    ("kumu/paypal-mafia.xlsx", 34, 49, 0, 0),
    ("kumu/snap-to-tutorial-data.xlsx", 51, 113, 0, 0),
    ("onodo/onodo_template.xlsx", 2, 1, 0, 0),
    ("events/tss_rivalries.xlsx", 133, 264, 0, 0),
    ("events/derived/atop-alliance-2018.csv", 186, 4228, 0, 4228),
    ("events/derived/td_rivalries.csv", 113, 197, 0, 0),
    ("events/gdelt2-sample.export.CSV", 2, 1, 0, 1),
];

#[test]
fn real_tables_have_what_other_readers_find_in_them() {
    let folder = shared("data/files");
    if !folder.is_dir() {
        eprintln!("skipped: there is no {}", folder.display());
        return;
    }
    let open = |name: &str| file::open(&folder.join(name)).map(|opened| opened.map);
    let mut wrong = Vec::new();
    for (name, actors, ties, hostile, cooperative) in TRUTH {
        match open(name) {
            Ok(map) => {
                let stances = (count(&map, Stance::Hostile), count(&map, Stance::Cooperative));
                let found = (map.actors.len(), map.relations.len(), stances.0, stances.1);
                if found != (actors, ties, hostile, cooperative) {
                    wrong.push(format!("{name}: {found:?}"));
                }
            }
            Err(error) => wrong.push(format!("{name}: {error}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let mafia = open("kumu/paypal-mafia.xlsx").expect("it opens");
    let kind = |key: &str| mafia.actors.iter().filter(|actor| actor.kind.key() == key).count();
    assert_eq!((kind("person"), kind("company")), (17, 17));
    let kind = |key: &str| mafia.relations.iter().filter(|tie| tie.kind.0 == key).count();
    assert_eq!((kind("employee/founder"), kind("investor")), (40, 9));
    assert_eq!(ends(&mafia.relations.raw[0]), ("PayPal", "Ken Howery"));
    let size = |name: &str| {
        let map = open(name).expect("it opens");
        let tie = map.relations.iter().find(|tie| ends(tie) == ("A", "D")).expect("a tie");
        extra(tie, "value")
    };
    assert_eq!(size("csv/gephi/matrix.csv"), "2");
    assert_eq!(size("csv/gephi/matrix.xlsx"), "1");
    let icews = open("events/derived/icews-dyads-mena-2014.csv").expect("it opens");
    assert_eq!(icews.actors.len(), 19);
    let sum = |stance: Stance| {
        let ties = icews.relations.iter().filter(|tie| tie.stance == stance);
        let counts =
            ties.filter_map(|tie| tie.extra.get("count").and_then(serde_json::Value::as_f64));
        format!("{:.0}", counts.sum::<f64>())
    };
    assert_eq!(sum(Stance::Cooperative), (30_453 + 1_465).to_string());
    assert_eq!(sum(Stance::Hostile), (4_205 + 7_317).to_string());
    let broken = open("kumu/overview-of-the-euro-crisis.xlsx").expect_err("it is damaged");
    assert!(broken.to_string().contains("is damaged"));
    let mids = open("events/derived/cow_mid_dirdisps.csv").expect("it opens");
    assert_eq!(mids.actors.len(), 195);
    let name = |id: &str| {
        mids.actors.iter().find(|one| one.id.as_str() == id).map(|one| one.name.as_str())
    };
    assert_eq!(name("666"), Some("Israel"), "states have their names");
    assert!(mids.actors.iter().all(|one| one.name.parse::<u32>().is_err()));
    let first = Path::new("csv/TableA11.csv");
    let bytes = std::fs::read(folder.join(first)).expect("it is there");
    let table = book(&[("a11", &bytes)]);
    assert_eq!(table.sheets[0].plan.header, Some(5));
}

#[test]
fn what_was_set_by_hand_stays_when_the_header_or_the_encoding_changes() {
    let mut table = book(&[("t", b"Title of it all;;\nuno;due;tre\na;b;x\nb;c;y\n")]);
    let planned = &mut table.sheets[0];
    planned.set_header(Some(1));
    for (column, role) in [(0, Role::From), (1, Role::To), (2, Role::Kind)] {
        planned.set_role(column, role);
    }
    planned.plan.shape = Shape::Ties;
    planned.set_header(Some(2));
    assert_eq!(planned.plan.columns[0].name, "uno");
    assert_eq!(roles(&table), [Role::From, Role::To, Role::Kind]);
    let planned = &mut table.sheets[0];
    planned.tell(&Told { encoding: Some("windows-1252".to_owned()), separator: None });
    assert_eq!(planned.plan.shape, Shape::Ties);
    assert_eq!(roles(&table), [Role::From, Role::To, Role::Kind]);
}

#[test]
fn wholes_are_found_by_their_other_names_and_added_if_they_are_not_listed() {
    let text =
        "Name,Abbreviation,Part of\nSyrian Democratic Forces,SDF,\nYPG,,SDF\nOthers,,Nowhere\n";
    let map = map(text);
    let whole = |name: &str| {
        let actor = map.actors.iter().find(|one| one.name == name).expect("an actor");
        actor.part_of.as_deref().map(ToString::to_string)
    };
    assert_eq!(whole("YPG").as_deref(), Some("Syrian Democratic Forces"));
    assert_eq!(whole("Others").as_deref(), Some("Nowhere"));
    assert_eq!(map.actors.len(), 4);
}

#[test]
fn rows_with_further_excerpts_of_a_tie_are_that_tie() {
    let text = "From,To,Stance,Excerpt,Citation,URL,Tie\na,b,hostile,One.,News,http://n.example,r1\n\
                a,b,hostile,Two.,News,http://n.example,r1\na,b,hostile,Three.,Wire,,r2\n";
    let map = map(text);
    assert_eq!(map.relations.len(), 2);
    assert_eq!(map.relations.raw[0].evidence.len(), 2);
    let source = &map.sources.raw[0];
    assert_eq!((source.title.as_str(), source.url.as_deref()), ("News", Some("http://n.example")));
}
