//! The autosave journal: what was done to an unsaved map, line by line, so that a crash or a kill loses nothing.
//!
//! One file for each open document, locked as long as its program lives. A first line with the header, then one line
//! for each event; what a line says is the caller's affair. Written on a thread, at once, and deleted by a save.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;

use serde::{Deserialize, Serialize};

const EXTENSION: &str = "journal";

/// The first line of a journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The map's file; `None` for one that never had any.
    pub file: Option<PathBuf>,
    pub title: String,
    /// The bytes that the events start from; `None` for an empty map.
    pub base: Option<String>,
}

/// What the thread is told.
enum Message {
    Begin(Header),
    Append(String),
    End,
}

/// The journal of the open document.
pub struct Journal {
    sender: Option<Sender<Message>>,
    thread: Option<JoinHandle<()>>,
    is_begun: bool,
}

impl Journal {
    /// A journal in `folder`, which is made when needed; `None` keeps no journal.
    #[must_use]
    pub fn new(folder: Option<PathBuf>) -> Self {
        let Some(folder) = folder else { return Self { sender: None, thread: None, is_begun: false } };
        let (sender, receiver) = channel();
        let work = move || {
            let mut open: Option<(File, PathBuf)> = None;
            for message in receiver {
                if let Err(error) = carry_out(&folder, &mut open, message) {
                    log::error!("the journal could not be written: {error}");
                }
            }
        };
        let thread = std::thread::Builder::new().name("journal".to_owned()).spawn(work).ok();
        Self { sender: Some(sender), thread, is_begun: false }
    }

    /// Notes an event; the first one after a save begins a new file with the header.
    pub fn append(&mut self, header: impl FnOnce() -> Header, event: &impl Serialize) {
        if self.sender.is_none() {
            return;
        }
        if !self.is_begun {
            self.send(Message::Begin(header()));
            self.is_begun = true;
        }
        match serde_json::to_string(event) {
            Ok(line) => self.send(Message::Append(line)),
            Err(error) => log::error!("the journal could not be written: {error}"),
        }
    }

    /// Everything is saved, or was given up on purpose: the file goes.
    pub fn end(&mut self) {
        if std::mem::take(&mut self.is_begun) {
            self.send(Message::End);
        }
    }

    fn send(&self, message: Message) {
        if let Some(sender) = &self.sender
            && sender.send(message).is_err()
        {
            log::error!("the journal's thread is gone");
        }
    }
}

impl Drop for Journal {
    /// Waits until what was noted is on disk.
    fn drop(&mut self) {
        self.sender = None;
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has said so already.
            let _ = thread.join();
        }
    }
}

fn carry_out(folder: &Path, open: &mut Option<(File, PathBuf)>, message: Message) -> io::Result<()> {
    match message {
        Message::Begin(header) => {
            fs::create_dir_all(folder)?;
            let named = tempfile::Builder::new().prefix("map-").suffix(&format!(".{EXTENSION}")).tempfile_in(folder)?;
            // Locked before it has its lasting name, so that no other program takes it for an orphan.
            named.as_file().lock()?;
            let (mut file, path) = named.keep().map_err(|error| error.error)?;
            write_line(&mut file, &serde_json::to_string(&header)?)?;
            *open = Some((file, path));
        }
        Message::Append(line) => {
            if let Some((file, _)) = open {
                write_line(file, &line)?;
            }
        }
        Message::End => {
            if let Some((_, path)) = open.take() {
                fs::remove_file(path)?;
            }
        }
    }
    Ok(())
}

fn write_line(file: &mut File, line: &str) -> io::Result<()> {
    file.write_all(format!("{line}\n").as_bytes())?;
    file.sync_data()
}

/// A journal whose program is gone.
#[derive(Debug)]
pub struct Orphan {
    pub path: PathBuf,
    pub header: Header,
    /// The whole lines after the header.
    pub events: Vec<String>,
    /// When the last event was written.
    pub written: Option<std::time::SystemTime>,
}

impl Orphan {
    /// Deletes the file.
    ///
    /// # Errors
    /// When the system does not allow it.
    pub fn discard(&self) -> io::Result<()> {
        fs::remove_file(&self.path)
    }
}

/// The journals in `folder` that no running program holds, the newest first. Unreadable ones are left alone.
#[must_use]
pub fn orphans(folder: &Path) -> Vec<Orphan> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.flatten().map(|entry| entry.path());
    let journals = paths.filter(|path| path.extension().is_some_and(|extension| extension == EXTENSION));
    let mut orphans: Vec<Orphan> = journals.filter_map(orphan).collect();
    orphans.sort_by_key(|orphan| std::cmp::Reverse(orphan.written));
    orphans
}

fn orphan(path: PathBuf) -> Option<Orphan> {
    let file = File::open(&path).ok()?;
    file.try_lock_shared().ok()?;
    let written = file.metadata().and_then(|about| about.modified()).ok();
    let text = fs::read(&path).ok()?;
    let (header, events) = read(&text)?;
    Some(Orphan { path, header, events, written })
}

/// Header and events of a journal that may be cut off anywhere: a line without its end does not count.
#[must_use]
pub fn read(bytes: &[u8]) -> Option<(Header, Vec<String>)> {
    let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let text = std::str::from_utf8(bytes.get(..whole)?).ok()?;
    let mut lines = text.lines();
    let header = serde_json::from_str(lines.next()?).ok()?;
    Some((header, lines.map(str::to_owned).collect()))
}
