//! E-mails (RFC 5322) and web pages in the same form (MHTML, RFC 2557): the text or the HTML part.

use mailparse::{MailHeaderMap as _, ParsedMail};

use super::decode::{Decoded, declared_in, decode, named};
use super::error::Fault;
use super::extract::{Extract, SourceMeta, tidy};
use super::html;
use crate::model::written_date::date_in;

/// The text of an e-mail or of a web page in one file.
pub(super) fn read(bytes: &[u8]) -> Result<Extract, Fault> {
    let mail = mailparse::parse_mail(bytes).map_err(|error| {
        Fault::new(format!("it cannot be read as an e-mail or a web page in one file ({error})"))
            .advice("Save it again from the mail program or the browser.")
    })?;
    if is_page(&mail) { page(&mail) } else { message(&mail) }
}

/// True for a saved web page, which has an address but no sender with one.
fn is_page(mail: &ParsedMail<'_>) -> bool {
    let has = |name: &str| mail.headers.get_first_header(name).is_some();
    let sender = header(mail, "From").unwrap_or_default();
    let is_related = mail.ctype.mimetype == "multipart/related";
    has("Snapshot-Content-Location")
        || has("Content-Location")
        || sender.to_lowercase().contains("saved by")
        || (is_related && !sender.contains('@'))
}

fn header(mail: &ParsedMail<'_>, name: &str) -> Option<String> {
    mail.headers.get_first_value(name).as_deref().and_then(tidy)
}

fn page(mail: &ParsedMail<'_>) -> Result<Extract, Fault> {
    let Some(part) = first(mail, "text/html") else {
        return message(mail);
    };
    let decoded = text_of(part)?;
    let mut extract = html::read(&decoded.text)?;
    extract.notes.extend(decoded.note);
    let location = ["Snapshot-Content-Location", "Content-Location"];
    let url = location.iter().find_map(|name| header(mail, name).or_else(|| header(part, name)));
    let declared = SourceMeta {
        title: header(mail, "Subject").filter(|subject| subject.len() > 1),
        url: url.filter(|url| url.starts_with("http")),
        ..SourceMeta::default()
    };
    extract.meta = extract.meta.or(declared);
    Ok(extract)
}

fn message(mail: &ParsedMail<'_>) -> Result<Extract, Fault> {
    let subject = header(mail, "Subject");
    let meta = SourceMeta {
        title: subject.clone(),
        author: header(mail, "From").map(|sender| name_of(&sender)),
        published: header(mail, "Date").as_deref().and_then(date_in),
        ..SourceMeta::default()
    };
    let (body, note) = body(mail)?;
    let text = match subject {
        Some(subject) if !body.trim().is_empty() => format!("{subject}\n\n{}", body.trim_end()),
        _ => body,
    };
    Ok(Extract { text, meta, notes: note.into_iter().collect() })
}

/// The text part of a message, or else the text of its HTML part.
fn body(mail: &ParsedMail<'_>) -> Result<(String, Option<String>), Fault> {
    if let Some(part) = first(mail, "text/plain") {
        let Decoded { text, note } = text_of(part)?;
        if !text.trim().is_empty() {
            return Ok((flowed(part, &text), note));
        }
    }
    if let Some(part) = first(mail, "text/html") {
        let Decoded { text, note } = text_of(part)?;
        return Ok((html::whole(&text)?, note));
    }
    Err(Fault::new("this e-mail has no text")
        .expected("an e-mail with a text")
        .advice("If its text is in an attachment, save that and attach it."))
}

/// The first part of this type that is shown with the message.
fn first<'a, 'b>(mail: &'a ParsedMail<'b>, kind: &str) -> Option<&'a ParsedMail<'b>> {
    if mail.subparts.is_empty() {
        let disposition = header(mail, "Content-Disposition").unwrap_or_default();
        let is_attached = disposition.to_lowercase().starts_with("attachment");
        return Some(mail).filter(|part| part.ctype.mimetype == kind && !is_attached);
    }
    mail.subparts.iter().find_map(|part| first(part, kind))
}

fn text_of(part: &ParsedMail<'_>) -> Result<Decoded, Fault> {
    let bytes = part.get_body_raw().map_err(|error| {
        Fault::new(format!("its text is damaged ({error})"))
            .advice("Save it again from the mail program or the browser.")
    })?;
    let declared = part.ctype.params.get("charset").and_then(|label| named(label));
    decode(&bytes, declared.or_else(|| declared_in(&bytes)))
}

/// Joins the lines of a flowed paragraph (RFC 3676).
fn flowed(part: &ParsedMail<'_>, text: &str) -> String {
    let parameter = |name: &str| part.ctype.params.get(name).map(|value| value.to_lowercase());
    let text = text.replace("\r\n", "\n");
    if parameter("format").as_deref() != Some("flowed") {
        return text;
    }
    let deletes_blank = parameter("delsp").as_deref() == Some("yes");
    let mut joined = String::with_capacity(text.len());
    for line in text.lines() {
        // Lines that begin with a blank or a quotation mark got another one.
        let line = line.strip_prefix(' ').unwrap_or(line);
        let is_signature = line == "-- ";
        if line.ends_with(' ') && !is_signature {
            let line = if deletes_blank { line.trim_end_matches(' ') } else { line };
            joined.push_str(line);
        } else {
            joined.push_str(line);
            joined.push('\n');
        }
    }
    joined
}

/// The name in `Ann Lee <ann@example.org>`; the address if there is no name.
fn name_of(sender: &str) -> String {
    let name = sender.split('<').next().unwrap_or_default().trim().trim_matches('"').trim();
    let address = || sender.trim_matches(['<', '>', ' ']).to_owned();
    if name.is_empty() { address() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_text_of_a_mail_is_decoded_and_its_headers_are_metadata() {
        let mail = "From: =?utf-8?q?Ren=C3=A9_Roy?= <rene@example.org>\r\nTo: a@example.org\r\n\
            Subject: =?windows-1251?B?z/Du4uXw6uA=?=\r\nDate: Sun, 24 Mar 2024 10:00:00 +0000\r\n\
            MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"b\"\r\n\r\n\
            --b\r\nContent-Type: text/plain; charset=windows-1252; format=flowed\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\r\n\
            A caf=E9 =93in=94=20\r\nTessa.\r\n\r\nMore.\r\n\
            --b\r\nContent-Type: text/html\r\n\r\n<p>Not this</p>\r\n--b--\r\n";
        let read = super::read(mail.as_bytes()).expect("read");
        assert_eq!(read.text, "Проверка\n\nA café “in” Tessa.\n\nMore.");
        assert_eq!(read.meta.author.as_deref(), Some("René Roy"));
        assert_eq!(read.meta.published.map(|date| date.to_string()).as_deref(), Some("2024-03-24"));
    }

    #[test]
    fn html_in_base64_is_read() {
        let mail = "From: a@example.org\nMIME-Version: 1.0\nContent-Type: text/html; \
             charset=utf-8\n\
            Content-Transfer-Encoding: base64\n\n\
            PHA+RGVhciBhbGwsPC9wPjxwPnRoZSBjYWbDqSBpcyBzaHV0LjwvcD4=\n";
        let read = super::read(mail.as_bytes()).expect("read");
        assert_eq!(read.text, "Dear all,\nthe café is shut.");
    }
}
