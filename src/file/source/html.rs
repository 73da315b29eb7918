//! The article of a web page, without menus, scripts and advertisements. One paragraph per line.

use dom_smoothie::{Config, Metadata, Readability, TextMode};

use super::error::Fault;
use super::extract::{Extract, SourceMeta, tidy};
use crate::model::written_date::date_in;

/// What to do with a page that was not saved as it is shown.
const FROM_BROWSER: &str = "Open the page in a browser, wait until its text is shown, and save it \
     from there as a complete web page, or print it to PDF.";

/// Maximum nesting of elements. Real pages have a few dozen levels, and the parser is slow for
/// pages with many more.
const DEPTH_LIMIT: usize = 600;

/// Elements that cannot contain others, or whose end tag may be left out. They are not counted.
const SHALLOW: [&str; 28] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead",
    "tbody", "tfoot", "body", "html",
];

/// Elements that say of themselves that they are no part of the article: menus, asides, buttons.
/// Not `form`, because some sites put the whole page into one.
const ASIDES: &str = "nav, aside, button, select, dialog, menu, [role=navigation], \
     [role=complementary], [role=dialog], [role=button], [role=menu], [hidden]";

/// All of the words of a page, for one that is no article.
pub(super) fn whole(page: &str) -> Result<String, Fault> {
    check_depth(page)?;
    let page = Readability::new(page, None, None).map_err(|error| {
        Fault::new(format!("the page cannot be read ({error})")).advice(FROM_BROWSER)
    })?;
    page.doc.select("head, script, style, noscript, template").remove();
    Ok(paragraphs(page.doc.formatted_text().lines()))
}

fn check_depth(page: &str) -> Result<(), Fault> {
    let depth = depth(page);
    if depth <= DEPTH_LIMIT {
        return Ok(());
    }
    Err(Fault::new(format!("its elements are nested {depth} levels deep"))
        .expected("a web page saved by a browser")
        .advice("Copy the text from the browser into a text file and attach that."))
}

/// The text of a page and what it says about itself.
pub(super) fn read(page: &str) -> Result<Extract, Fault> {
    check_depth(page)?;
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let mut reader = Readability::new(page, None, Some(config)).map_err(|error| {
        Fault::new(format!("the page cannot be read ({error})")).advice(FROM_BROWSER)
    })?;
    let rest = reader.doc.clone();
    rest.select("head, script, style, noscript, template").remove();
    let about = reader.get_article_metadata(reader.parse_json_ld());
    let first_time = rest.select("time[datetime]").attr("datetime");
    let mut whole = rest.formatted_text();
    if remove_asides(&reader) {
        let rest = reader.doc.clone();
        rest.select("head, script, style, noscript, template").remove();
        whole = rest.formatted_text();
    }
    let meta = meta(&about, first_time.as_deref());
    let (title, body) = match reader.parse() {
        Ok(article) => (article.title.clone(), article.text_content.to_string()),
        // The page is too short to be an article. Use all of its text.
        Err(_) => (String::new(), whole.to_string()),
    };
    if is_made_by_scripts(page, &body) {
        return Err(Fault::new("the words of this page are only in its scripts")
            .expected("a page with its text")
            .advice(FROM_BROWSER));
    }
    let text = paragraphs(std::iter::once(title.as_str()).chain(body.lines()));
    Ok(Extract { text, meta, notes: Vec::new() })
}

/// Removes what is no part of an article. The footer of a quotation names who is quoted, and stays.
/// False if nothing was removed, because nothing else would be left.
fn remove_asides(reader: &Readability) -> bool {
    let rest = reader.doc.clone();
    rest.select("head, script, style, noscript, template").remove();
    rest.select(ASIDES).remove();
    rest.select("footer").remove();
    if rest.formatted_text().trim().is_empty() {
        return false;
    }
    reader.doc.select(ASIDES).remove();
    for footer in &reader.doc.select("footer") {
        if !footer.ancestors(None).is("blockquote, figure") {
            footer.remove();
        }
    }
    true
}

/// One paragraph per line, without empty ones.
fn paragraphs<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let mut paragraphs: Vec<String> = Vec::new();
    for line in lines {
        let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
        // The first paragraph is the title, which articles often repeat.
        if !words.is_empty() && paragraphs.first() != Some(&words) {
            paragraphs.push(words);
        }
    }
    paragraphs.join("\n")
}

/// True if a page shows no words or hardly any before its scripts have run.
fn is_made_by_scripts(page: &str, body: &str) -> bool {
    /// A notice such as “Please enable JavaScript” has fewer words.
    const NOTICE_WORDS: usize = 30;
    let count = body.split_whitespace().take(NOTICE_WORDS).count();
    let lower = || page.to_lowercase();
    match count {
        0 => lower().contains("<script"),
        NOTICE_WORDS.. => false,
        _ => {
            let body = body.to_lowercase();
            let asks = ["enable javascript", "javascript is disabled", "requires javascript"];
            asks.iter().any(|words| body.contains(words))
                || (lower().contains("\"articlebody\"") && lower().contains("ld+json"))
        }
    }
}

/// What the page says about itself. `first_time` is the machine form of the first time in it.
fn meta(about: &Metadata, first_time: Option<&str>) -> SourceMeta {
    let published = about.published_time.as_deref().or(first_time);
    let canonical = || {
        let url = about.url.clone()?;
        url.starts_with("http").then_some(url)
    };
    SourceMeta {
        title: tidy(&about.title),
        author: about.byline.as_deref().and_then(tidy).map(|name| without_by(&name).to_owned()),
        publisher: about.site_name.as_deref().and_then(tidy),
        published: published.and_then(date_in),
        url: canonical(),
    }
}

/// A byline without the word “By”.
fn without_by(name: &str) -> &str {
    let start = name.get(..3).filter(|start| start.eq_ignore_ascii_case("by "));
    start.and_then(|_| name.get(3..)).map_or(name, str::trim)
}

/// Maximum nesting depth of the elements of a page, estimated from the tags alone.
fn depth(page: &str) -> usize {
    let mut depth = 0_usize;
    let mut deepest = 0_usize;
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = rest.get(at + 1..).unwrap_or_default();
        let is_end = rest.starts_with('/');
        let name = rest.trim_start_matches('/');
        let end = name
            .find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-')
            .unwrap_or(name.len());
        let name = name.get(..end).unwrap_or_default().to_ascii_lowercase();
        if name.is_empty() || SHALLOW.contains(&name.as_str()) {
            continue;
        }
        if is_end {
            depth = depth.saturating_sub(1);
            continue;
        }
        if name == "script" || name == "style" {
            // The content of these elements is not markup.
            let close = format!("</{name}");
            rest =
                rest.find(&close).and_then(|at| rest.get(at + close.len()..)).unwrap_or_default();
            continue;
        }
        depth += 1;
        deepest = deepest.max(depth);
    }
    deepest
}
