//! Maps of other programs.

use allegiance::file::{self, Opened};
use allegiance::model::{ActorId, Map, Stance};

use crate::support::shared;

fn opened(text: &str) -> Opened {
    file::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

fn refusal(text: &str) -> String {
    file::parse(text.as_bytes()).expect_err("it is refused").to_string()
}

/// What is told about a file, one line each.
fn remarks(opened: &Opened) -> String {
    opened.warnings.iter().map(|one| one.message.clone()).collect::<Vec<_>>().join("\n")
}

fn directed(map: &Map) -> usize {
    map.relations.iter().filter(|tie| tie.directed).count()
}

const GEXF: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
 <meta><title>Two camps</title></meta>
 <graph defaultedgetype="directed">
  <attributes class="node"><attribute id="0" title="kind" type="string"/>
   <attribute id="1" title="Seats: all" type="integer"/></attributes>
  <attributes class="edge"><attribute id="0" title="note" type="string"/></attributes>
  <nodes>
   <node id=" a " label="Arland "><attvalues><attvalue for="0" value="State"/>
     <attvalue for="1" value="12"/><attvalue for="url" value="http://a.example"/></attvalues>
     <viz:position x="10" y="100"/>
     <nodes><node id="a1" label="Army of Arland"/></nodes></node>
   <node id="b"><viz:position x="400" y="-50"/></node>
  </nodes>
  <edges>
   <edge source="a" target="b" weight="-2.5" kind="attacks" start="1991-05-00" end="ongoing">
    <attvalues><attvalue for="0" value="since the war"/></attvalues></edge>
   <edge id="e" source="b" target="a" type="undirected" weight="4"/>
   <edge id="e" source="a" target="c" weight="0.0"/>
  </edges>
 </graph></gexf>"#;

#[test]
fn gexf_keeps_names_places_kinds_dates_and_unknown_attributes() {
    let opened = opened(GEXF);
    let map = &opened.map;
    assert_eq!(map.meta.title, "Two camps");
    let names: Vec<&str> = map.actors.iter().map(|actor| actor.name.as_str()).collect();
    assert_eq!(names, ["Arland", "Army of Arland", "b", "c"]);
    let arland = &map.actors.raw[0];
    assert_eq!((arland.id.as_str(), arland.kind.key()), ("a", "state"));
    assert_eq!(arland.extra.get("Seats: all"), Some(&"12".into()));
    assert_eq!(arland.extra.get("url"), Some(&"http://a.example".into()), "never declared");
    assert_eq!(map.actors.raw[1].part_of.as_deref(), Some(&"a".into()));
    // Gephi's y grows upwards.
    let [a, b] = ["a", "b"].map(|id| map.layout.get(&ActorId::from(id)).expect("a place"));
    assert!(a.x < b.x && a.y < b.y, "{a:?} {b:?}");
    let ties = &map.relations.raw;
    let stances: Vec<Stance> = ties.iter().map(|tie| tie.stance).collect();
    assert_eq!(stances, [Stance::Hostile, Stance::Cooperative, Stance::Neutral]);
    let ids: Vec<&str> = ties.iter().map(|tie| tie.id.as_str()).collect();
    assert_eq!(ids, ["r1", "e", "e.2"]);
    assert_eq!(ties[0].kind.0, "attacks");
    assert_eq!(ties[0].note.as_str(), "since the war");
    assert_eq!(ties[0].start.map(|date| date.to_string()).as_deref(), Some("1991-05"));
    assert_eq!(ties[0].end, None);
    assert_eq!(ties[0].extra.get("x_end"), Some(&"ongoing".into()));
    assert_eq!((ties[0].directed, ties[1].directed), (true, false));
    assert!(ties[1].strength > ties[0].strength && ties[0].strength > ties[2].strength);
    assert!(remarks(&opened).contains("ties name 1 actor that the file does not list; added: c"));
    assert!(remarks(&opened).contains("without a place in a map: “Seats: all”, “url”"));
    assert!(!remarks(&opened).contains("unknown key") && !remarks(&opened).contains("excerpt"));
    assert!(opened.native_bytes().is_none());
}

#[test]
fn graphml_reads_groups_labels_and_arrows_of_yed() {
    let text = r#"<graphml xmlns:y="http://www.yworks.com/xml/graphml">
      <key id="d0" for="node" yfiles.type="nodegraphics"/>
      <key id="d1" for="edge" yfiles.type="edgegraphics"/>
      <key id="w" for="edge" attr.name="weight" attr.type="double"><default>1</default></key>
      <key id="l" for="node" attr.name="url"/><key id="l" for="edge" attr.name="label"/>
      <graph edgedefault="directed">
       <node id="g"><data key="d0"><y:ProxyAutoBoundsNode><y:Realizers><y:GroupNode>
         <y:Geometry x="0" y="0" width="300" height="200"/><y:NodeLabel>Bloc<y:M/></y:NodeLabel>
         </y:GroupNode></y:Realizers></y:ProxyAutoBoundsNode></data>
        <graph id="g:"><node id="g::a"><data key="d0"><y:ShapeNode>
         <y:Geometry x="10" y="20" width="30" height="40"/><y:NodeLabel>Arland</y:NodeLabel>
         </y:ShapeNode></data></node></graph></node>
       <node id="b"><data key="l">http://b.example</data></node>
       <edge source="g::a" target="b"><data key="l">supplies</data>
        <data key="d1"><y:PolyLineEdge><y:Arrows source="standard" target="none"/>
        </y:PolyLineEdge></data></edge>
       <edge source="g" target="b" directed="false"/>
      </graph></graphml>"#;
    let map = opened(text).map;
    let names: Vec<&str> = map.actors.iter().map(|actor| actor.name.as_str()).collect();
    assert_eq!(names, ["Bloc", "Arland", "b"]);
    assert_eq!(map.actors.raw[1].part_of.as_deref(), Some(&"g".into()));
    let tie = &map.relations.raw[0];
    assert_eq!(
        (tie.from.as_str(), tie.to.as_str(), tie.kind.0.as_str()),
        ("b", "g::a", "supplies")
    );
    assert!(tie.directed && !map.relations.raw[1].directed);
    // The middle, not the corner: (25, 40) and (150, 100).
    let [a, g] = ["g::a", "g"].map(|id| map.layout.get(&ActorId::from(id)).expect("a place"));
    assert!(((g.x - a.x) / (g.y - a.y) - 125.0 / 60.0).abs() < 1e-9);
}

#[test]
fn kumu_finds_ends_by_id_or_label_and_places_in_its_maps() {
    let text = r#"{"name": "Mafia", "elements": [
        {"_id": "e1", "attributes": {"label": "Peter ", "element type": "Person", "Net worth": 3}},
        {"id": 7, "label": "PayPal", "type": "Organization", "description": "A company"}],
      "connections": [
        {"from": "Peter", "to": "PayPal", "direction": "mutual", "type": "Founder"},
        {"from": 7, "to": "e1", "reversed": true, "attributes": {"stance": "hostile"}}],
      "maps": [{"_id": "m", "elements": [{"element": "e1", "position": {"x": 5, "y": 6}}]}]}"#;
    let map = opened(text).map;
    assert_eq!(map.meta.title, "Mafia");
    assert_eq!(map.actors.len(), 2);
    let peter = &map.actors.raw[0];
    assert_eq!((peter.name.as_str(), peter.kind.key()), ("Peter", "person"));
    assert_eq!(peter.extra.get("Net worth"), Some(&3.into()));
    assert_eq!(map.actors.raw[1].kind.key(), "organisation");
    assert_eq!(map.actors.raw[1].note.as_str(), "A company");
    let ties = &map.relations.raw;
    assert_eq!((ties[0].from.as_str(), ties[0].to.as_str()), ("e1", "7"));
    assert!(!ties[0].directed && ties[0].kind.0 == "founder");
    assert_eq!((ties[1].from.as_str(), ties[1].to.as_str()), ("e1", "7"));
    assert_eq!(ties[1].stance, Stance::Hostile);
    assert_eq!(map.layout.len(), 1);
}

#[test]
fn a_canvas_has_arrows_by_default_and_groups_are_wholes() {
    let text = r#"{"nodes":[
        {"id":"g","type":"group","x":0,"y":0,"width":500,"height":300,"label":"Bloc"},
        {"id":"a","type":"text","text":"Arland\nA state.","x":20,"y":20,"width":100,"height":60},
        {"id":"b","type":"link","url":"http://b.example","x":900,"y":20,"width":100,"height":60}],
      "edges":[{"id":"e","fromNode":"a","toNode":"b","label":"attacks"},
        {"id":"f","fromNode":"a","toNode":"b","toEnd":"none"}]}"#;
    let map = opened(text).map;
    assert_eq!(map.actors.raw[1].name, "Arland");
    assert_eq!(map.actors.raw[1].note.as_str(), "Arland\nA state.");
    assert_eq!(map.actors.raw[1].part_of.as_deref(), Some(&"g".into()));
    assert_eq!(map.actors.raw[2].part_of, None);
    assert_eq!(directed(&map), 1);
    assert_eq!(map.relations.raw[0].kind.0, "attacks");
}

#[test]
fn what_cannot_be_read_is_refused_with_a_reason() {
    let bomb = r#"<!DOCTYPE gexf [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><gexf>&b;</gexf>"#;
    assert!(refusal(bomb).contains("document type"), "{}", refusal(bomb));
    assert!(refusal("<gexf><meta/></gexf>").contains("no graph"));
    assert!(refusal("<gexf><graph>").contains("XML"));
    assert!(refusal("<graphml><graph/></graphml>").contains("no actors"));
    let kumu = r#"{"elements": 3, "connections": []}"#;
    assert!(refusal(kumu).contains("Kumu"), "{}", refusal(kumu));
}

/// Actors, ties, directed ties and places of each file, as other programs read them.
const TRUTH: [(&str, usize, usize, Option<usize>, usize); 47] = [
    ("gexf/graphology-rio.gexf", 366, 1107, None, 366),
    ("gexf/graphology-celegans.gexf", 306, 2345, Some(0), 0),
    ("gexf/graphology-case.gexf", 10, 20, None, 0),
    ("gexf/graphology-undeclared_attribute.gexf", 2, 1, None, 0),
    ("gexf/generated-networkx-spells.gexf", 2, 1, Some(1), 0),
    ("graphml/yed-openqda-plugin-arch.graphml", 25, 18, Some(0), 25),
    ("graphml/igraph-yfiles.graphml", 4, 4, None, 4),
    ("graphml/cytoscape-atted.graphml", 41, 118, Some(0), 0),
    ("graphml/gephi-cdata.graphml", 2, 1, None, 0),
    ("graphml/graphology-missing_nodes.graphml", 51, 37, None, 0),
    ("graphml/graphology-mixed_multigraph.graphml", 6, 8, Some(2), 0),
    ("kumu/snap-to-tutorial-project.json", 51, 113, Some(0), 51),
    ("kumu/kumu-changelabs-template.json", 10, 11, Some(11), 10),
    ("canvas/sample.canvas", 5, 1, Some(1), 5),
    ("oligrapher/exxon-extracted.json", 3, 1, Some(1), 3),
    ("oligrapher/dev-graph.json", 36, 97, Some(6), 36),
    ("cx/demo.cx2", 6, 6, None, 6),
    ("cx/glypican2.cx2", 2, 1, Some(0), 2),
    ("gml/yed_arrows.gml", 4, 4, None, 4),
    ("gml/igraph-graph1.gml", 3, 2, Some(2), 1),
    ("gml/igraph-karate.gml", 34, 78, Some(0), 0),
    ("dl/igraph-edgelist1.dl", 5, 5, Some(5), 0),
    ("dl/igraph-edgelist2.dl", 5, 5, Some(5), 0),
    ("dl/igraph-edgelist4.dl", 5, 5, Some(5), 0),
    ("dl/igraph-edgelist6.dl", 5, 5, Some(5), 0),
    ("dl/igraph-fullmatrix1.dl", 5, 6, Some(0), 0),
    ("dl/igraph-fullmatrix3.dl", 5, 6, Some(0), 0),
    ("dl/igraph-nodelist1.dl", 5, 5, Some(5), 0),
    // A symmetric matrix has one tie for two cells: 1,934 of them; then 3,306 of another matrix.
    ("dl/socnetv-Bernard_Killworth_Fraternity.dl", 58, 967 + 3306, Some(3306), 0),
    ("dl/socnetv-Freeman_EIES_network_48actors_Messages.dl", 32, 460, Some(460), 0),
    ("dl/socnetv-Freeman_EIES_networks_32actors.dl", 32, 650 + 759 + 460, None, 0),
    ("dl/socnetv-Thurman_Office_Networks_Coalitions.dl", 15, 34 + 33, Some(34), 0),
    ("dl/socnetv-Zachary_Karate_Club.dl", 34, 78 + 78, Some(0), 0),
    ("vna/gephi-emptyattribute.vna", 3, 3, Some(1), 3),
    ("pajek/Stranke94.net", 10, 45, Some(0), 10),
    ("pajek/BalesSign.net", 20, 84, Some(84), 0),
    ("pajek/igraph-pajek_signed.net", 10, 45, Some(45), 0),
    ("pajek/igraph-pajek_arcslist.net", 18, 55, Some(55), 0),
    ("pajek/igraph-utf8_with_bom.net", 10, 6, Some(0), 10),
    ("pajek/socnetv-Sampson_Monks_N18.net", 18, 41, Some(25), 0),
    ("pajek/MONK.NET", 18, 55, Some(55), 18),
    ("pajek/socnetv-Padgett.paj", 16, 35, Some(0), 16),
    ("pajek/TFI.paj", 177, 1472, Some(0), 177),
    ("pajek/eva-cp1252.net", 8497, 6726, Some(6726), 0),
    ("canvas/empty-Untitled.canvas", 1, 0, Some(0), 1),
    ("gexf/graphology-mixed.gexf", 3, 3, None, 0),
    ("gexf/gephi-infinity.gexf", 1, 0, Some(0), 0),
];

#[test]
fn real_files_have_what_other_programs_find_in_them() {
    let folder = shared("data/files");
    if !folder.is_dir() {
        eprintln!("skipped: there is no {}", folder.display());
        return;
    }
    let mut wrong = Vec::new();
    for (name, actors, ties, arrows, places) in TRUTH {
        let opened = match file::open(&folder.join(name)) {
            Ok(opened) => opened,
            Err(error) => {
                wrong.push(format!("{name}: {error}"));
                continue;
            }
        };
        let map = &opened.map;
        let found = (map.actors.len(), map.relations.len(), directed(map), map.layout.len());
        let expected = (actors, ties, arrows.unwrap_or(found.2), places);
        if found != expected {
            wrong.push(format!("{name}: {found:?} instead of {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Hostile and cooperative ties by sign.
    for (name, hostile, cooperative) in [
        ("pajek/Stranke94.net", 27, 18),
        ("pajek/BalesSign.net", 29, 55),
        ("pajek/igraph-pajek_signed.net", 10, 35),
    ] {
        let map = file::open(&folder.join(name)).expect("it opens").map;
        let count = |stance| map.relations.iter().filter(|tie| tie.stance == stance).count();
        assert_eq!((count(Stance::Hostile), count(Stance::Cooperative)), (hostile, cooperative));
    }
    let padgett = file::open(&folder.join("pajek/socnetv-Padgett.paj")).expect("it opens").map;
    let kinds = |kind: &str| padgett.relations.iter().filter(|tie| tie.kind.0 == kind).count();
    assert_eq!((kinds("marital"), kinds("business")), (20, 15));
    let meta = file::open(&folder.join("gexf/gephi-meta.gexf"));
    assert!(meta.expect_err("there is no graph").to_string().contains("no graph"));
}

proptest::proptest! {
    #[test]
    fn a_damaged_file_is_read_or_refused_and_never_panics(
        which in 0_usize..7,
        at in 0_usize..2000,
        byte in proptest::prelude::any::<u8>(),
        length in 0_usize..40,
    ) {
        let text = [
            GEXF,
            r#"{"elements":[{"label":"a"}],"connections":[{"from":"a","to":"b"}]}"#,
            r#"<graphml><key id="k" attr.name="label"/><graph><node id="a"><data key="k">A</data></node>
               <edge source="a" target="b"/></graph></graphml>"#,
            "*Vertices 3\n1 \"A b\" 0.1 0.2\n*Matrix\n0 1 0\n1 0 -1\n0 -1 0\n*Arcslist\n1 2 3\n",
            "graph [ directed 1 node [ id 1 label \"a &#233;\" graphics [ x 1 y 2 ] ]\n\
             edge [ source 1 target 2 weight -1 ] ]",
            r#"[{"CXVersion":"2.0"},{"attributeDeclarations":[{"nodes":{"name":{"a":"n"}}}]},
               {"nodes":[{"id":1,"x":1,"y":2,"v":{"n":"A"}}]},{"edges":[{"id":1,"s":1,"t":1}]}]"#,
            r#"{"nodes":{"1":{"name":"A","x":1,"y":2,"edgeIds":["e"]}},
               "edges":{"e":{"node1_id":1,"node2_id":"2","arrow":"1->2"}}}"#,
        ];
        let mut bytes = text[which].as_bytes().to_vec();
        let at = at % bytes.len();
        let end = (at + length).min(bytes.len());
        bytes.splice(at..end, [byte]);
        let _ = file::parse(&bytes);
    }
}

#[test]
fn pajek_reads_arcs_edges_relations_and_matrices_with_signs() {
    let text = "\u{feff}*Network Two camps\r\n*Vertices 3\r\n1 \"Arland x\" 0.1 0.2\r\n2 Borland 0.9 0.8\r\n\
                % a remark\r\n*Arcs :1 \"attacks\"\r\n1 2 -2 l \"raids\"\r\n2 3\r\nbroken\r\n*Edges\r\n1 3 1\r\n\
                *Vector v\r\n*Vertices 3\r\n0.5\r\n1\r\n2\r\n";
    let opened = opened(text);
    let map = &opened.map;
    let names: Vec<&str> = map.actors.iter().map(|actor| actor.name.as_str()).collect();
    assert_eq!(names, ["Arland x", "Borland", "3"]);
    assert_eq!(map.meta.title, "Two camps");
    let ties = &map.relations.raw;
    assert_eq!((ties.len(), directed(map)), (3, 2));
    assert_eq!((ties[0].kind.0.as_str(), ties[0].stance), ("raids", Stance::Hostile));
    assert_eq!((ties[1].kind.0.as_str(), ties[1].stance), ("attacks", Stance::Neutral));
    assert_eq!(ties[2].stance, Stance::Cooperative);
    assert!(remarks(&opened).contains("lines that could not be read: 9"), "{}", remarks(&opened));
    let matrix = "*vertices 2\n1 a\n2 b\n*matrix\n 0 -3\n -3 0\n";
    let map = self::opened(matrix).map;
    assert_eq!(map.relations.len(), 1);
    assert_eq!(
        (map.relations.raw[0].stance, map.relations.raw[0].directed),
        (Stance::Hostile, false)
    );
    assert!(refusal("*Vertices 99999999999\n*Arcs\n1 2\n").contains("vertices"));
}

#[test]
fn gml_keeps_what_is_complete_of_a_file_that_ends_in_the_middle() {
    let text = "# made by hand\ngraph [\n directed 1\n node [ id 1 label \"Caf&#233;\" graphics [ x 5 y 6 ] ]\n\
                node [ id two a [ b 1 ] ]\n edge [ source 1 target two weight -0.5 label \"raids\" ]\n edge [ source";
    let opened = opened(text);
    let map = &opened.map;
    assert_eq!(map.actors.raw[0].name, "Café");
    assert_eq!(map.relations.raw[0].kind.0, "raids");
    assert_eq!(map.relations.raw[0].stance, Stance::Hostile);
    assert!(remarks(&opened).contains("the file ends in the middle"), "{}", remarks(&opened));
}

#[test]
fn cx2_has_short_names_and_defaults() {
    let text = r#"[{"CXVersion":"2.0","hasFragments":false},
        {"attributeDeclarations":[{"nodes":{"name":{"a":"n"},"type":{"v":"Person"}},
          "edges":{"interaction":{"a":"i"}}}]},
        {"nodes":[{"id":1,"x":1,"y":2,"v":{"n":"Anna"}},{"id":2,"v":{"n":"Bert","type":"State"}}]},
        {"edges":[{"id":1,"s":1,"t":2,"v":{"i":"attacks","directed":false}}]},
        {"status":[{"success":true}]}]"#;
    let map = opened(text).map;
    let kinds: Vec<&str> = map.actors.iter().map(|actor| actor.kind.key()).collect();
    assert_eq!((map.actors.raw[0].name.as_str(), kinds), ("Anna", vec!["person", "state"]));
    let tie = &map.relations.raw[0];
    assert_eq!((tie.kind.0.as_str(), tie.directed), ("attacks", false));
}

/// Number of damaged copies of each real file.
const COPIES: u64 = 60;

#[test]
fn damaged_real_files_are_read_or_refused_and_never_panic() {
    let folder = shared("data/files");
    if !folder.is_dir() {
        eprintln!("skipped: there is no {}", folder.display());
        return;
    }
    let mut random = allegiance::random::Random::new(7);
    let mut tried = 0;
    for kind in [
        "gexf",
        "graphml",
        "kumu",
        "oligrapher",
        "cx",
        "gml",
        "canvas",
        "pajek",
        "dl",
        "vna",
        "onodo",
        "refs",
        "qda",
        "webanno",
        "csv/gephi",
        "csv/transformed",
        "signed",
        "events",
        "events/derived",
    ] {
        let Ok(files) = std::fs::read_dir(folder.join(kind)) else { continue };
        for path in files.flatten().map(|entry| entry.path()) {
            let Ok(bytes) = std::fs::read(&path) else { continue };
            if bytes.is_empty() || bytes.len() > 100_000 {
                continue;
            }
            for _ in 0..COPIES {
                let mut damaged = bytes.clone();
                let count = u32::try_from(damaged.len()).expect("small");
                for _ in 0..=random.below(4) {
                    let at = random.below(count.min(u32::try_from(damaged.len()).expect("small")))
                        as usize;
                    match random.below(3) {
                        0 => damaged[at] = u8::try_from(random.below(256)).expect("a byte"),
                        1 => damaged.truncate(at.max(1)),
                        _ => {
                            damaged.remove(at);
                            damaged.push(b'"');
                        }
                    }
                }
                let _ = file::parse(&damaged);
                tried += 1;
            }
        }
    }
    assert!(tried > 1000, "{tried} copies");
}

/// What graph formats can carry of a map.
fn carried(mut map: Map) -> Map {
    map.sources.clear();
    map.notes.clear();
    map.view = None;
    map.meta =
        allegiance::model::Meta { title: map.meta.title.trim().into(), ..Default::default() };
    for actor in &mut map.actors {
        actor.evidence.clear();
        actor.wikidata = None;
    }
    for tie in &mut map.relations {
        tie.evidence.clear();
    }
    for place in map.layout.values_mut() {
        place.pinned = false;
    }
    map
}

#[test]
fn the_example_comes_back_from_every_graph_format() {
    let map = opened(crate::support::EXAMPLE).map;
    for format in allegiance::file::exchange::EXCHANGE {
        let bytes = (format.write)(&map);
        if !format.comes_back {
            file::parse(&bytes).unwrap_or_else(|error| panic!("{}: {error}", format.name));
            continue;
        }
        let again = file::parse(&bytes).unwrap_or_else(|error| panic!("{error}"));
        let (mut expected, mut found) = (carried(map.clone()), carried(again.map.clone()));
        if !format.has_places {
            expected.layout.clear();
        }
        if !format.has_title {
            expected.meta.title.clear();
        }
        // Files of graphs have no order of places.
        expected.layout.sort_keys();
        found.layout.sort_keys();
        pretty_assertions(&expected, &found, format.name);
        assert!(again.warnings.is_empty(), "{}: {}", format.name, remarks(&again));
    }
    let first = allegiance::file::exchange::by_name("x.gexf").expect("a format");
    let lost = allegiance::file::exchange::lost(&map, first).join(", ");
    assert!(lost.contains("61 excerpts") && lost.contains("1 source"), "{lost}");
}

fn pretty_assertions(expected: &Map, found: &Map, name: &str) {
    assert_eq!(expected.meta, found.meta, "{name}");
    for (expected, found) in expected.actors.iter().zip(&found.actors) {
        assert_eq!(expected, found, "{name}");
    }
    for (expected, found) in expected.relations.iter().zip(&found.relations) {
        assert_eq!(expected, found, "{name}");
    }
    assert_eq!(expected.layout, found.layout, "{name}");
    assert_eq!(expected, found, "{name}");
}

proptest::proptest! {
    #[test]
    fn a_map_comes_back_from_every_graph_format(
        names in proptest::collection::vec("[a-zé<>&\"'\\]\n ]{1,12}", 1..8),
        ties in proptest::collection::vec(
            (0_usize..8, 0_usize..8, 0_usize..4, 0_u8..6, proptest::prelude::any::<bool>(), "[a-z_]{0,8}"),
            0..12,
        ),
    ) {
        let count = names.len();
        let mut map = Map::default();
        for (at, name) in names.iter().enumerate() {
            let name = if name.trim().is_empty() { "x".to_owned() } else { name.trim().to_owned() };
            let id = ActorId::from(format!("a{at}"));
            let mut actor = allegiance::model::Actor { id: id.clone(), name, ..Default::default() };
            actor.kind = ["state", "unknown", "sports_club"][at % 3].to_owned().into();
            actor.note = ["", "two\nlines & <more>"][at % 2].into();
            actor.part_of = (at > 0 && at % 3 == 0).then(|| Box::new(ActorId::from("a0")));
            actor.extra.insert("seats: all".to_owned(), "7".into());
            map.actors.push(actor);
            let place = allegiance::model::Placement { x: 1.5 * f64::from(u8::try_from(at).unwrap_or(0)), y: -0.25, ..Default::default() };
            map.layout.insert(id, place);
        }
        let stances = [Stance::Hostile, Stance::Cooperative, Stance::Mixed, Stance::Neutral];
        for (number, (from, to, stance, strength, directed, kind)) in ties.iter().enumerate() {
            let [from, to] = [from, to].map(|at| ActorId::from(format!("a{}", at % count)));
            let mut tie = allegiance::model::Relation::new(format!("t{number}").into(), from, to, stances[*stance]);
            tie.strength = allegiance::model::Strength::new(*strength).expect("up to 5");
            tie.directed = *directed;
            tie.kind.0 = kind.as_str().into();
            tie.start = "2024-03".parse().ok().filter(|_| number % 2 == 0);
            map.relations.push(tie);
        }
        for format in allegiance::file::exchange::EXCHANGE {
            let bytes = (format.write)(&map);
            if !format.comes_back {
                continue;
            }
            let found = file::parse(&bytes).unwrap_or_else(|error| panic!("{}: {error}", format.name)).map;
            let mut expected = map.clone();
            if !format.has_places {
                expected.layout.clear();
            }
            proptest::prop_assert_eq!(&found, &expected, "{}", format.name);
        }
    }
}
