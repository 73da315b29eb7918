//! Looks at the first bytes of a file.

/// How many bytes at the start of a file decide its format.
pub(super) const START_BYTES: usize = 8 << 10;

/// True if `wanted` is in `bytes`.
pub(super) fn find(bytes: &[u8], wanted: &[u8]) -> bool {
    memchr::memmem::find(bytes, wanted).is_some()
}

/// The start of a text in lower case, without a byte order mark and without zero bytes, which
/// UTF-16 has.
pub(super) fn head(start: &[u8]) -> String {
    let plain: Vec<u8> = start.iter().copied().filter(|byte| *byte != 0).collect();
    let plain = plain
        .strip_prefix(&[0xEF, 0xBB, 0xBF])
        .or_else(|| plain.strip_prefix(&[0xFF, 0xFE]))
        .or_else(|| plain.strip_prefix(&[0xFE, 0xFF]))
        .unwrap_or(&plain);
    String::from_utf8_lossy(plain).trim_start().to_lowercase()
}

/// The name of the first element, after declarations and comments.
pub(super) fn first_element(head: &str) -> &str {
    let mut rest = head.trim_start();
    loop {
        let end = match rest {
            comment if comment.starts_with("<!--") => comment.find("-->").map(|at| at + 3),
            other if other.starts_with("<?") || other.starts_with("<!") => {
                other.find('>').map(|at| at + 1)
            }
            _ => break,
        };
        rest = end.and_then(|end| rest.get(end..)).unwrap_or_default().trim_start();
    }
    let Some(name) = rest.strip_prefix('<') else { return "" };
    let end = name.find(|letter: char| letter.is_whitespace() || matches!(letter, '>' | '/'));
    name.get(..end.unwrap_or(name.len())).unwrap_or_default()
}
