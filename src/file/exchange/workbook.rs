//! A workbook for Kumu and for spreadsheets: the sheets that Kumu reads, and the lines and excerpts
//! on sheets in brackets, which it passes over.

use std::collections::HashSet;

use rust_xlsxwriter::{DocProperties, Format, Workbook};

use super::ExchangeFormat;
use super::fields::CREATOR;
use super::tables::{OF_CONNECTIONS, Table, actors, excerpts, lines, ties};
use crate::model::{ActorId, Map};

/// Most letters of a cell in Excel.
const LETTERS: usize = 32_767;

/// Workbooks with all tables.
pub(super) static XLSX: ExchangeFormat = ExchangeFormat {
    name: "Workbook (XLSX)",
    extension: "xlsx",
    hint: "Sheets of actors, ties, lines and excerpts, as Kumu and spreadsheets read them",
    has_title: false,
    has_excerpts: true,
    write,
    ..ExchangeFormat::USUAL
};

fn write(map: &Map) -> Vec<u8> {
    let mut book = Workbook::new();
    // Marks the positions as map units.
    book.set_properties(&DocProperties::new().set_author(CREATOR));
    let end = ends(map);
    for (name, table) in [
        ("Elements", actors(map, ["ID", "Label", "Type"])),
        ("Connections", ties(map, &OF_CONNECTIONS, end)),
        ("(Lines)", lines(map)),
        ("(Excerpts)", excerpts(map)),
    ] {
        add(&mut book, name, &table);
    }
    // Writing to memory does not fail.
    book.save_to_buffer().unwrap_or_default()
}

/// How ties name their actors: by name, as Kumu expects, if no two actors share one; else by id.
fn ends(map: &Map) -> impl Fn(&ActorId) -> String + use<'_> {
    let mut taken: HashSet<&str> = HashSet::new();
    let are_clear = map.actors.iter().all(|actor| {
        let name = actor.name.trim();
        let all = actor.aliases.iter().map(String::as_str).chain([name, actor.id.as_str()]);
        let own: HashSet<&str> = all.collect();
        !name.is_empty() && own.into_iter().all(|name| taken.insert(name))
    });
    move |id: &ActorId| {
        let actor = map.actors.iter().find(|actor| are_clear && actor.id == *id);
        actor.map_or_else(|| id.to_string(), |actor| actor.name.trim().to_owned())
    }
}

fn add(book: &mut Workbook, name: &str, table: &Table) {
    let bold = Format::new().set_bold();
    let sheet = book.add_worksheet();
    let _ = sheet.set_name(name);
    let _ = sheet.set_freeze_panes(1, 0);
    for (column, name) in table.names.iter().enumerate() {
        let Ok(column) = u16::try_from(column) else { break };
        let _ = sheet.write_string_with_format(0, column, name, &bold);
        let is_long = matches!(name.as_str(), "Excerpt" | "note");
        let _ = sheet.set_column_width(column, if is_long { 60.0 } else { 18.0 });
    }
    for (number, row) in table.rows.iter().enumerate() {
        let Ok(line) = u32::try_from(number + 1) else { break };
        for (column, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let Ok(column) = u16::try_from(column) else { break };
            let is_number =
                table.names.get(usize::from(column)).is_some_and(|name| is_numeric(name));
            // Ids and names stay texts, whatever they look like.
            if let Some(number) = cell.parse::<f64>().ok().filter(|_| is_number) {
                let _ = sheet.write_number(line, column, number);
            } else {
                let text: String = cell.chars().take(LETTERS).collect();
                let _ = sheet.write_string(line, column, text);
            }
        }
    }
}

/// True for columns of numbers.
fn is_numeric(name: &str) -> bool {
    matches!(name, "X" | "Y" | "strength" | "Weight" | "ties" | "excerpts" | "weight")
}
