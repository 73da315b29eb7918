//! Recognises the format of a file by its first bytes and its extension.

use super::error::Fault;
use super::formats::{FORMATS, Kind};
use super::refused;
use super::start::{find, first_element, head};

/// The kind of a file, from its first bytes and its extension in lower case.
pub(super) fn kind_of(start: &[u8], extension: &str) -> Result<Kind, Fault> {
    if find(start.get(..1024).unwrap_or(start), b"%PDF-") {
        return Ok(Kind::Pdf);
    }
    if start.trim_ascii_start().starts_with(b"{\\rtf") {
        return Ok(Kind::Rtf);
    }
    if start.starts_with(b"PK\x03\x04") {
        return Ok(Kind::Package);
    }
    if let Some(name) = refused::by_bytes(start) {
        return Err(refused::fault(name));
    }
    let head = head(start);
    let by_name = FORMATS.iter().find(|format| format.extensions.contains(&extension));
    if is_page(&head) {
        return Ok(Kind::Page);
    }
    if is_flat_document(&head) {
        return Ok(Kind::FlatDocument);
    }
    if let Some(name) = refused::by_markup(&head) {
        return Err(refused::fault(name));
    }
    if is_mail(&head) {
        return Ok(Kind::Mail);
    }
    match by_name.map(|format| format.kind) {
        Some(Kind::Pdf) => Ok(Kind::Pdf),
        Some(Kind::Page) => Ok(Kind::Page),
        Some(Kind::Mail) if has_fields(&head) => Ok(Kind::Mail),
        _ => match refused::by_extension(extension) {
            Some(name) if !is_readable(start) => Err(refused::fault(name)),
            _ => Ok(Kind::Text),
        },
    }
}

/// True if the bytes are UTF-8 text, apart from a character cut at the end.
fn is_readable(start: &[u8]) -> bool {
    let is_text = match std::str::from_utf8(start) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    };
    is_text && !start.contains(&0)
}

fn is_page(head: &str) -> bool {
    head.starts_with("<!doctype html")
        || matches!(first_element(head), "html" | "head" | "body" | "meta" | "title")
}

fn is_flat_document(head: &str) -> bool {
    first_element(head) == "office:document" && head.contains("opendocument.text")
}

/// The names of the fields at the start of a mail, in lower case.
fn fields(head: &str) -> Vec<&str> {
    let lines = head.lines().take_while(|line| !line.trim().is_empty());
    let starts = lines.filter(|line| !line.starts_with([' ', '\t']));
    let mut fields = Vec::new();
    for line in starts {
        let Some((name, _)) = line.split_once(':') else { break };
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        {
            break;
        }
        fields.push(name);
    }
    fields
}

fn has_fields(head: &str) -> bool {
    !fields(head).is_empty()
}

/// True for an e-mail: a field that mail programs write, besides those that people type.
fn is_mail(head: &str) -> bool {
    const MACHINE: [&str; 8] = [
        "mime-version",
        "received",
        "return-path",
        "message-id",
        "delivered-to",
        "dkim-signature",
        "content-transfer-encoding",
        "x-mailer",
    ];
    let fields = fields(head);
    fields.len() > 1 && fields.iter().any(|field| MACHINE.contains(field))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_decide_before_extensions() {
        let kind = |start: &str, extension| kind_of(start.as_bytes(), extension).ok();
        assert_eq!(kind("{\\rtf1 x}", "doc"), Some(Kind::Rtf));
        assert_eq!(kind("<!-- saved --><html>", "doc"), Some(Kind::Page));
        assert_eq!(kind("<?xml version='1.0'?><!DOCTYPE html><html>", ""), Some(Kind::Page));
        assert_eq!(kind("From: x\r\nMIME-Version: 1.0\r\n\r\nx", ""), Some(Kind::Mail));
        assert_eq!(kind("From: Ann\nTo: Bob\n\nA memo.", "txt"), Some(Kind::Text));
        assert_eq!(kind("From: Ann\nTo: Bob\n\nA memo.", "eml"), Some(Kind::Mail));
        assert_eq!(kind("Words: and more\n\nwords", "txt"), Some(Kind::Text));
        assert_eq!(kind("plain words", "docx"), Some(Kind::Text));
        assert_eq!(kind("plain words", "pdf"), Some(Kind::Pdf));
    }
}
