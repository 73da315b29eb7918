//! The article of a web page, without menus, scripts and advertisements. One paragraph per line.

use dom_smoothie::{Config, Readability, TextMode};

/// Maximum nesting of elements. Real pages have a few dozen levels, and the parser is slow for
/// pages with many more.
const DEPTH_LIMIT: usize = 600;

/// Elements that cannot contain others, or whose end tag may be left out. They are not counted.
const SHALLOW: [&str; 28] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead",
    "tbody", "tfoot", "body", "html",
];

/// The text of a page. An error is a message and what was expected instead.
pub(super) fn text(page: &str) -> Result<String, (String, &'static str)> {
    let depth = depth(page);
    if depth > DEPTH_LIMIT {
        return Err((
            format!("its elements are nested {depth} levels deep"),
            "a web page saved by a browser, or its text",
        ));
    }
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let mut reader = Readability::new(page, None, Some(config))
        .map_err(|error| (format!("the page cannot be read: {error}"), "a web page"))?;
    let rest = reader.doc.clone();
    rest.select("head, script, style, noscript, template").remove();
    let whole = rest.formatted_text();
    let (title, body) = match reader.parse() {
        Ok(article) => (article.title.clone(), article.text_content.to_string()),
        // The page is too short to be an article. Use all of its text.
        Err(_) => (String::new(), whole.to_string()),
    };
    let lines = std::iter::once(title.as_str()).chain(body.lines());
    let mut paragraphs: Vec<String> = Vec::new();
    for line in lines {
        let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
        // The first paragraph is the title, which articles often repeat.
        if !words.is_empty() && paragraphs.first() != Some(&words) {
            paragraphs.push(words);
        }
    }
    Ok(paragraphs.join("\n"))
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
