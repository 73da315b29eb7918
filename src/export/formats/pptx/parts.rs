//! The parts of a presentation that are the same in each: theme, master, layout and the relations
//! between the parts (ECMA-376, parts 1 and 2).

use std::fmt::Write as _;

use super::xml::solid;
use crate::export::formats::xml::words;
use crate::scene::theme::Theme;

pub(super) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The namespaces of a part of a presentation.
pub(super) const SPACES: &str = "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
     xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"";

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPES: &str = "application/vnd.openxmlformats-officedocument.presentationml";

/// The root of a tree of shapes.
pub(super) const ROOT: &str = "<p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr>\
     <a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/><a:chOff x=\"0\" y=\"0\"/>\
     <a:chExt cx=\"0\" cy=\"0\"/></a:xfrm></p:grpSpPr>";

const COLOURS: &str = "<p:clrMap bg1=\"lt1\" tx1=\"dk1\" bg2=\"lt2\" tx2=\"dk2\" accent1=\"accent1\" \
     accent2=\"accent2\" accent3=\"accent3\" accent4=\"accent4\" accent5=\"accent5\" \
     accent6=\"accent6\" hlink=\"hlink\" folHlink=\"folHlink\"/>";

/// The settings of a presentation, which are all the usual ones: names of parts and their roots.
/// Office repairs a file that lacks them.
pub(super) const SETTINGS: [(&str, &str); 3] = [
    ("presProps", "<p:presentationPr {}/>"),
    ("viewProps", "<p:viewPr {}/>"),
    (
        "tableStyles",
        "<a:tblStyleLst xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
         def=\"{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}\"/>",
    ),
];

/// The size of a page of speaker notes, in EMU.
const NOTES_SIZE: [i64; 2] = [6_858_000, 9_144_000];

/// The relations of a part: type and target, numbered from 1.
pub(super) fn relations(targets: &[(&str, String)]) -> String {
    let mut xml = format!(
        "{HEAD}<Relationships \
         xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    );
    for (number, (kind, target)) in targets.iter().enumerate() {
        let kind = if *kind == "metadata/core-properties" {
            "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
                .to_owned()
        } else {
            format!("{RELATIONS}/{kind}")
        };
        let _ = write!(
            xml,
            "<Relationship Id=\"rId{}\" Type=\"{kind}\" Target=\"{target}\"/>",
            number + 1
        );
    }
    xml + "</Relationships>"
}

/// The types of all parts.
pub(super) fn content_types(slides: usize) -> String {
    let mut xml = format!(
        "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    );
    let mut part = |name: &str, kind: &str| {
        let _ = write!(xml, "<Override PartName=\"/{name}\" ContentType=\"{kind}\"/>");
    };
    let theme = "application/vnd.openxmlformats-officedocument.theme+xml";
    part("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
    part(
        "docProps/app.xml",
        "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    );
    part("ppt/presentation.xml", &format!("{TYPES}.presentation.main+xml"));
    part("ppt/slideMasters/slideMaster1.xml", &format!("{TYPES}.slideMaster+xml"));
    part("ppt/slideLayouts/slideLayout1.xml", &format!("{TYPES}.slideLayout+xml"));
    part("ppt/notesMasters/notesMaster1.xml", &format!("{TYPES}.notesMaster+xml"));
    for (name, _) in SETTINGS {
        part(&format!("ppt/{name}.xml"), &format!("{TYPES}.{name}+xml"));
    }
    part("ppt/theme/theme1.xml", theme);
    part("ppt/theme/theme2.xml", theme);
    for number in 1..=slides {
        part(&format!("ppt/slides/slide{number}.xml"), &format!("{TYPES}.slide+xml"));
        part(
            &format!("ppt/notesSlides/notesSlide{number}.xml"),
            &format!("{TYPES}.notesSlide+xml"),
        );
    }
    xml + "</Types>"
}

/// Title and author.
pub(super) fn core(title: &str, author: &str) -> String {
    format!(
        "{HEAD}<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title>\
         <dc:creator>{}</dc:creator></cp:coreProperties>",
        words(title),
        words(author)
    )
}

/// The program.
pub(super) fn app() -> String {
    format!(
        "{HEAD}<Properties \
         xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
         <Application>Allegiance</Application></Properties>"
    )
}

/// The list of slides; `size` is in EMU.
pub(super) fn presentation(slides: usize, size: [i64; 2]) -> String {
    let mut list = String::new();
    for number in 0..slides {
        let _ = write!(
            list,
            "<p:sldId id=\"{}\" r:id=\"rId{}\"/>",
            256 + number,
            number + 4 + SETTINGS.len()
        );
    }
    let [width, height] = size;
    let [notes_width, notes_height] = NOTES_SIZE;
    format!(
        "{HEAD}<p:presentation {SPACES}><p:sldMasterIdLst><p:sldMasterId id=\"2147483648\" \
         r:id=\"rId1\"/></p:sldMasterIdLst><p:notesMasterIdLst><p:notesMasterId r:id=\"rId2\"/>\
         </p:notesMasterIdLst><p:sldIdLst>{list}</p:sldIdLst>\
         <p:sldSz cx=\"{width}\" cy=\"{height}\"/>\
         <p:notesSz cx=\"{notes_width}\" cy=\"{notes_height}\"/></p:presentation>"
    )
}

/// The relations of the list of slides.
pub(super) fn presentation_relations(slides: usize) -> String {
    let mut targets = vec![
        ("slideMaster", "slideMasters/slideMaster1.xml".to_owned()),
        ("notesMaster", "notesMasters/notesMaster1.xml".to_owned()),
        ("theme", "theme/theme1.xml".to_owned()),
    ];
    targets.extend(SETTINGS.map(|(name, _)| (name, format!("{name}.xml"))));
    targets.extend((1..=slides).map(|number| ("slide", format!("slides/slide{number}.xml"))));
    relations(&targets)
}

/// The master: the background, and the styles of texts.
pub(super) fn master(theme: &Theme) -> String {
    let level = |size: u32| {
        format!(
            "<a:lvl1pPr algn=\"l\"><a:buNone/><a:defRPr sz=\"{size}\">{}<a:latin \
             typeface=\"+mn-lt\"/></a:defRPr></a:lvl1pPr>",
            solid(theme.ink)
        )
    };
    format!(
        "{HEAD}<p:sldMaster {SPACES}><p:cSld><p:bg><p:bgPr>{}<a:effectLst/></p:bgPr></p:bg>\
         <p:spTree>{ROOT}</p:spTree></p:cSld>{COLOURS}<p:sldLayoutIdLst><p:sldLayoutId \
         id=\"2147483649\" r:id=\"rId1\"/></p:sldLayoutIdLst><p:txStyles><p:titleStyle>{}\
         </p:titleStyle><p:bodyStyle>{}</p:bodyStyle><p:otherStyle>{}</p:otherStyle></p:txStyles>\
         </p:sldMaster>",
        solid(theme.ground),
        level(2000),
        level(1400),
        level(1200)
    )
}

/// The layout: a title above an empty slide.
pub(super) fn layout(size: [i64; 2]) -> String {
    let [width, _] = size;
    format!(
        "{HEAD}<p:sldLayout {SPACES} type=\"titleOnly\" preserve=\"1\"><p:cSld name=\"Map\">\
         <p:spTree>{ROOT}{}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>\
         </p:sldLayout>",
        placeholder("title", "Title", [200_000, 150_000, width - 400_000, 500_000])
    )
}

/// The master of the pages of speaker notes.
pub(super) fn notes_master() -> String {
    let [width, height] = NOTES_SIZE;
    format!(
        "{HEAD}<p:notesMaster {SPACES}><p:cSld><p:bg><p:bgPr><a:solidFill><a:srgbClr \
         val=\"FFFFFF\"/></a:solidFill><a:effectLst/></p:bgPr></p:bg><p:spTree>{ROOT}{}{}\
         </p:spTree></p:cSld>{COLOURS}</p:notesMaster>",
        placeholder("sldImg", "Slide", [685_800, 685_800, width - 1_371_600, 3_086_100]),
        placeholder("body", "Notes", [685_800, 4_000_500, width - 1_371_600, height - 4_686_300])
    )
}

/// An empty place for a title, a picture of a slide or notes: left, top, width and height in EMU.
fn placeholder(kind: &str, name: &str, [x, y, width, height]: [i64; 4]) -> String {
    let (id, index, locks) = match kind {
        "body" => (3, " idx=\"1\"", "<p:cNvSpPr/>"),
        "sldImg" => (2, "", "<p:cNvSpPr><a:spLocks noChangeAspect=\"1\"/></p:cNvSpPr>"),
        _ => (2, "", "<p:cNvSpPr/>"),
    };
    let text = if kind == "sldImg" {
        ""
    } else {
        "<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang=\"en-GB\"/></a:p></p:txBody>"
    };
    format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"{name}\"/>{locks}<p:nvPr>\
         <p:ph type=\"{kind}\"{index}/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x=\"{x}\" \
         y=\"{y}\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm><a:prstGeom prst=\"rect\">\
         <a:avLst/></a:prstGeom></p:spPr>{text}</p:sp>"
    )
}

/// The speaker notes of a slide, one paragraph for each line.
pub(super) fn notes(lines: &[String]) -> String {
    let mut text = String::new();
    for line in lines {
        let _ = write!(
            text,
            "<a:p><a:r><a:rPr lang=\"en-GB\" sz=\"1100\"/><a:t>{}</a:t></a:r></a:p>",
            words(line)
        );
    }
    if lines.is_empty() {
        text.push_str("<a:p><a:endParaRPr lang=\"en-GB\"/></a:p>");
    }
    format!(
        "{HEAD}<p:notes {SPACES}><p:cSld><p:spTree>{ROOT}<p:sp><p:nvSpPr><p:cNvPr id=\"2\" \
         name=\"Slide\"/><p:cNvSpPr><a:spLocks noGrp=\"1\" noRot=\"1\" noChangeAspect=\"1\"/>\
         </p:cNvSpPr><p:nvPr><p:ph type=\"sldImg\"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp><p:sp>\
         <p:nvSpPr><p:cNvPr id=\"3\" name=\"Notes\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/>\
         </p:cNvSpPr><p:nvPr><p:ph type=\"body\" idx=\"1\"/></p:nvPr></p:nvSpPr><p:spPr/>\
         <p:txBody><a:bodyPr/><a:lstStyle/>{text}</p:txBody></p:sp></p:spTree></p:cSld>\
         <p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>"
    )
}

/// A theme with the colours of the map, in fonts that Office has.
pub(super) fn theme_xml(theme: &Theme) -> String {
    use crate::model::Stance;
    let color = |tag: &str, color: crate::scene::primitive::Color| {
        format!(
            "<a:{tag}><a:srgbClr val=\"{:02X}{:02X}{:02X}\"/></a:{tag}>",
            color.red, color.green, color.blue
        )
    };
    let stance = |stance| theme.stance(stance);
    let colours: String = [
        ("dk1", theme.ink),
        ("lt1", theme.ground),
        ("dk2", theme.muted),
        ("lt2", theme.paper),
        ("accent1", stance(Stance::Hostile)),
        ("accent2", stance(Stance::Cooperative)),
        ("accent3", stance(Stance::Mixed)),
        ("accent4", stance(Stance::Neutral)),
        ("accent5", theme.accent),
        ("accent6", theme.rule),
        ("hlink", theme.accent),
        ("folHlink", theme.muted),
    ]
    .into_iter()
    .map(|(tag, one)| color(tag, one))
    .collect();
    let font = "<a:latin typeface=\"Arial\"/><a:ea typeface=\"\"/><a:cs typeface=\"Arial\"/>";
    let fill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>";
    let line = format!("<a:ln w=\"9525\">{fill}<a:prstDash val=\"solid\"/></a:ln>");
    let effect = "<a:effectStyle><a:effectLst/></a:effectStyle>";
    format!(
        "{HEAD}<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
         name=\"Allegiance\"><a:themeElements><a:clrScheme name=\"Allegiance\">{colours}\
         </a:clrScheme><a:fontScheme name=\"Allegiance\"><a:majorFont>{font}</a:majorFont>\
         <a:minorFont>{font}</a:minorFont></a:fontScheme><a:fmtScheme name=\"Allegiance\">\
         <a:fillStyleLst>{fill}{fill}{fill}</a:fillStyleLst><a:lnStyleLst>{line}{line}{line}\
         </a:lnStyleLst><a:effectStyleLst>{effect}{effect}{effect}</a:effectStyleLst>\
         <a:bgFillStyleLst>{fill}{fill}{fill}</a:bgFillStyleLst></a:fmtScheme></a:themeElements>\
         </a:theme>"
    )
}
