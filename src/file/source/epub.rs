//! EPUB e-books: the pages of the book in reading order.

use std::collections::HashMap;

use super::error::Fault;
use super::extract::Extract;
use super::html;
use super::package::Package;
use super::properties::Properties;
use super::xml::{Handler, Tag, read as read_xml};

/// Names the file with the list of pages.
const CONTAINER: &str = "META-INF/container.xml";
/// Most pages of a book.
const PAGES_AT_MOST: usize = 5_000;

/// True if a package is an e-book.
pub(super) fn is_book(names: &[String], media_type: &str) -> bool {
    media_type.trim().starts_with("application/epub+zip")
        || names.iter().any(|name| name == CONTAINER)
}

/// The text of a book, and its title, author and date.
pub(super) fn read(package: &mut Package<'_>) -> Result<Extract, Fault> {
    let mut container = Container::default();
    read_xml(&package.part(CONTAINER)?.unwrap_or_default(), &mut container)?;
    let Some(path) = container.path else { return Err(damaged("it does not name its contents")) };
    let Some(contents) = package.part(&path)? else {
        return Err(damaged("its contents are missing"));
    };
    let mut book = Book::default();
    read_xml(&contents, &mut book)?;
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut pages = Vec::new();
    let mut lost = 0;
    for id in book.order.iter().take(PAGES_AT_MOST) {
        let Some(address) = book.pages.get(id) else { continue };
        match package.part(&resolved(folder, address))? {
            Some(page) => pages.push(html::whole(&page)?),
            None => lost += 1,
        }
    }
    pages.retain(|page| !page.trim().is_empty());
    let meta = Properties::of(&contents).meta(&["creator"], &["date", "modified"]);
    let notes =
        if lost == 0 { Vec::new() } else { vec![format!("{lost} pages of the book are missing.")] };
    Ok(Extract { text: pages.join("\n"), meta, notes })
}

fn damaged(why: &str) -> Fault {
    Fault::new(format!("the e-book is damaged: {why}"))
        .expected("a whole EPUB without copy protection")
        .advice("Open it in its program and save it as text, HTML or PDF.")
}

/// The path of a page in the package; addresses are relative to the folder of the contents.
fn resolved(folder: &str, address: &str) -> String {
    let address = address.split('#').next().unwrap_or(address);
    let address = percent_decoded(address);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in address.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|code| std::str::from_utf8(code).ok());
        let byte =
            code.filter(|_| *first == b'%').and_then(|code| u8::from_str_radix(code, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[derive(Default)]
struct Container {
    path: Option<String>,
}

impl Handler for Container {
    fn open(&mut self, name: &str, tag: &Tag<'_>) -> Result<(), Fault> {
        if name == "rootfile" && self.path.is_none() {
            self.path = tag.attribute("full-path");
        }
        Ok(())
    }

    fn close(&mut self, _: &str) {}

    fn text(&mut self, _: &str) {}
}

/// The pages of a book by their ids, and the ids in reading order.
#[derive(Default)]
struct Book {
    pages: HashMap<String, String>,
    order: Vec<String>,
}

impl Handler for Book {
    fn open(&mut self, name: &str, tag: &Tag<'_>) -> Result<(), Fault> {
        match name {
            "item" => {
                let kind = tag.attribute("media-type").unwrap_or_default();
                let is_contents =
                    tag.attribute("properties").is_some_and(|all| all.contains("nav"));
                if kind.contains("html")
                    && !is_contents
                    && let (Some(id), Some(address)) = (tag.attribute("id"), tag.attribute("href"))
                {
                    self.pages.insert(id, address);
                }
            }
            "itemref" => self.order.extend(tag.attribute("idref")),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, _: &str) {}

    fn text(&mut self, _: &str) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_pages_are_relative_to_the_contents_and_stay_in_the_book() {
        assert_eq!(resolved("OEBPS", "Text/a%20b.xhtml#p1"), "OEBPS/Text/a b.xhtml");
        assert_eq!(resolved("a/b", "../c.html"), "a/c.html");
        assert_eq!(resolved("", "../../../etc/passwd"), "etc/passwd");
        assert_eq!(percent_decoded("100%"), "100%");
    }
}
