//! The autosave journal: what was done to an unsaved map, line by line, so that a crash or a kill
//! loses nothing.
//!
//! One file for each open document, locked as long as its program lives. A first line with the
//! header, then one line for each event; what a line says is the caller's affair. Written on a
//! thread, at once, and deleted by a save.

use std::fs::{self, File};
use std::io::{self, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use serde::{Deserialize, Serialize};

const EXTENSION: &str = "journal";

/// Where under the user's state folder the journals are.
#[must_use]
pub fn folder(state: &Path) -> PathBuf {
    state.join("journals")
}

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
    /// A new file with this first event takes the place of the one so far.
    Begin(Header, String),
    Append(String),
    End,
}

/// What keeps the journal from being written, told by its thread.
type Trouble = Arc<Mutex<Option<String>>>;

/// The journal of the open document.
pub struct Journal {
    sender: Option<Sender<Message>>,
    thread: Option<JoinHandle<()>>,
    is_begun: bool,
    trouble: Trouble,
}

impl Journal {
    /// A journal in `folder`, which is made when needed; `None` keeps no journal.
    #[must_use]
    pub fn new(folder: Option<PathBuf>) -> Self {
        let trouble = Trouble::default();
        let Some(folder) = folder else {
            return Self { sender: None, thread: None, is_begun: false, trouble };
        };
        let (sender, receiver) = channel();
        let told = Arc::clone(&trouble);
        let work = move || {
            let mut writer = Writer { folder, open: None };
            for message in receiver {
                if let Err(error) = writer.carry_out(message) {
                    log::error!("the journal could not be written: {error}");
                    if let Ok(mut told) = told.lock() {
                        *told = Some(error.to_string());
                    }
                }
            }
        };
        let thread = std::thread::Builder::new().name("journal".to_owned()).spawn(work).ok();
        Self { sender: Some(sender), thread, is_begun: false, trouble }
    }

    /// What kept the last events from being written, once. Until it is begun anew the journal takes
    /// no more.
    pub fn take_trouble(&mut self) -> Option<String> {
        self.trouble.lock().ok()?.take()
    }

    /// Begins anew with a header and what is unsaved after it; the old file goes once the new one
    /// is written.
    pub fn restart(&mut self, header: Header, event: &impl Serialize) {
        self.note(Some(header), event);
    }

    /// Notes an event; the first one after a save begins a new file with the header.
    pub fn append(&mut self, header: impl FnOnce() -> Header, event: &impl Serialize) {
        if self.sender.is_none() {
            return;
        }
        let header = (!self.is_begun).then(header);
        self.note(header, event);
    }

    fn note(&mut self, header: Option<Header>, event: &impl Serialize) {
        match (serde_json::to_string(event), header) {
            (Ok(line), None) => self.send(Message::Append(line)),
            (Ok(line), Some(header)) => {
                self.send(Message::Begin(header, line));
                self.is_begun = true;
            }
            (Err(error), _) => log::error!("the journal could not be written: {error}"),
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

/// The file that is written, on the journal's thread.
struct Writer {
    folder: PathBuf,
    open: Option<Open>,
}

struct Open {
    file: File,
    path: PathBuf,
    /// After a gap nothing more may follow.
    is_whole: bool,
}

impl Writer {
    fn carry_out(&mut self, message: Message) -> io::Result<()> {
        match message {
            Message::Begin(header, line) => {
                let begun = self.begin(&header, &line);
                if let Some(before) = &mut self.open {
                    // What follows is said of the new header.
                    before.is_whole = false;
                }
                let (file, path) = begun?;
                if let Some(before) = self.open.replace(Open { file, path, is_whole: true }) {
                    fs::remove_file(before.path)?;
                }
            }
            Message::Append(line) => {
                if let Some(open) = self.open.as_mut().filter(|open| open.is_whole) {
                    let end = open.file.stream_position()?;
                    if let Err(error) = write_line(&mut open.file, &line) {
                        open.is_whole = false;
                        // What stands so far is good.
                        return open.file.set_len(end).and(Err(error));
                    }
                }
            }
            Message::End => {
                if let Some(open) = self.open.take() {
                    fs::remove_file(open.path)?;
                }
            }
        }
        Ok(())
    }

    fn begin(&self, header: &Header, line: &str) -> io::Result<(File, PathBuf)> {
        fs::create_dir_all(&self.folder)?;
        let suffix = format!(".{EXTENSION}");
        let mut named =
            tempfile::Builder::new().prefix("map-").suffix(&suffix).tempfile_in(&self.folder)?;
        // Locked from the beginning, so that no other program takes it for an orphan.
        named.as_file().lock()?;
        write_line(named.as_file_mut(), &format!("{}\n{line}", serde_json::to_string(header)?))?;
        named.keep().map_err(|error| error.error)
    }
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

/// The journals in `folder` that no running program holds, the newest first. Unreadable ones are
/// left alone.
#[must_use]
pub fn orphans(folder: &Path) -> Vec<Orphan> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.flatten().map(|entry| entry.path());
    let journals =
        paths.filter(|path| path.extension().is_some_and(|extension| extension == EXTENSION));
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

/// Header and events of a journal that may be cut off anywhere: a line without its end does not
/// count.
#[must_use]
pub fn read(bytes: &[u8]) -> Option<(Header, Vec<String>)> {
    let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let text = std::str::from_utf8(bytes.get(..whole)?).ok()?;
    let mut lines = text.lines();
    let header = serde_json::from_str(lines.next()?).ok()?;
    Some((header, lines.map(str::to_owned).collect()))
}
