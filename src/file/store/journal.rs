//! The autosave journal: a log of unsaved edits, so that no work is lost if the program crashes or
//! is killed.
//!
//! Each open document has one file, which is locked while the program runs. The first line is the
//! header; each further line is one event, whose content is opaque here. A background thread writes
//! each event immediately. A save deletes the file.

use std::fs::{self, File};
use std::io::{self, BufWriter, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

const EXTENSION: &str = "journal";

/// The folder of the journals inside the user's state folder.
#[must_use]
pub fn folder(state: &Path) -> PathBuf {
    state.join("journals")
}

/// The first line of a journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The map file; `None` if the map was never saved.
    pub file: Option<PathBuf>,
    /// Title of the map, or the file name.
    pub title: String,
    /// Content of the map file to which the events apply; `None` for an empty map.
    pub base: Option<Base>,
}

/// The content of a map file, written as text. It is shared, because it can be large.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base(pub Arc<Vec<u8>>);

impl Serialize for Base {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&String::from_utf8_lossy(&self.0))
    }
}

impl<'de> Deserialize<'de> for Base {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Ok(Self(Arc::new(text.into_bytes())))
    }
}

/// A message to the journal thread.
enum Message {
    /// Start a new file with this header and first event, in place of the current one.
    Begin(Header, String),
    /// Append an event.
    Append(String),
    /// Delete the file.
    End,
}

/// The last write error, set by the journal thread.
type Trouble = Arc<Mutex<Option<String>>>;

/// The journal of the open document.
pub struct Journal {
    sender: Option<Sender<Message>>,
    thread: Option<JoinHandle<()>>,
    /// True if there is a file to append to.
    is_begun: bool,
    trouble: Trouble,
}

impl Journal {
    /// A journal in `folder`, which is created when needed. With `None`, nothing is recorded.
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
        let thread = match std::thread::Builder::new().name("journal".to_owned()).spawn(work) {
            Ok(thread) => Some(thread),
            Err(error) => {
                if let Ok(mut told) = trouble.lock() {
                    *told = Some(format!("its thread could not be started: {error}"));
                }
                None
            }
        };
        Self { sender: Some(sender), thread, is_begun: false, trouble }
    }

    /// Takes the last write error. After an error the journal records nothing until it is
    /// restarted.
    pub fn take_error(&mut self) -> Option<String> {
        self.trouble.lock().ok()?.take()
    }

    /// Starts a new file with a header and one event that holds all unsaved changes. The old file
    /// is deleted once the new one is written.
    pub fn restart(&mut self, header: Header, event: &impl Serialize) {
        self.note(Some(header), event);
    }

    /// Records an event. The first event after a save starts a new file with the header.
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

    /// Deletes the file, because all changes were saved or discarded.
    pub fn end(&mut self) {
        if std::mem::take(&mut self.is_begun) {
            self.send(Message::End);
        }
    }

    fn send(&self, message: Message) {
        if let Some(sender) = &self.sender
            && sender.send(message).is_err()
        {
            log::error!("the journal thread has stopped");
        }
    }
}

impl Drop for Journal {
    /// Waits until all recorded events are on disk.
    fn drop(&mut self) {
        self.sender = None;
        if let Some(thread) = self.thread.take() {
            // If the thread panicked, the panic was already reported.
            let _ = thread.join();
        }
    }
}

/// The state of the journal thread.
struct Writer {
    folder: PathBuf,
    open: Option<Open>,
}

struct Open {
    file: File,
    path: PathBuf,
    /// False after an event was lost; later events would then not apply, so none are written.
    is_whole: bool,
}

impl Writer {
    fn carry_out(&mut self, message: Message) -> io::Result<()> {
        match message {
            Message::Begin(header, line) => {
                let begun = self.begin(&header, &line);
                if let Some(before) = &mut self.open {
                    // Later events apply to the new header, not to this file.
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
                        // Remove the incomplete line; the lines before it are good.
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
        // Locked before the first write, so that no other instance takes it for an orphan.
        named.as_file().lock()?;
        let mut writer = BufWriter::new(named.as_file_mut());
        serde_json::to_writer(&mut writer, header)?;
        writeln!(writer, "\n{line}")?;
        writer.flush()?;
        drop(writer);
        named.as_file().sync_data()?;
        named.keep().map_err(|error| error.error)
    }
}

fn write_line(file: &mut File, line: &str) -> io::Result<()> {
    file.write_all(format!("{line}\n").as_bytes())?;
    file.sync_data()
}

/// A journal whose program is no longer running.
#[derive(Debug)]
pub struct Orphan {
    pub path: PathBuf,
    pub header: Header,
    /// The complete lines after the header.
    pub events: Vec<String>,
    /// When the last event was written.
    pub written: Option<std::time::SystemTime>,
}

impl Orphan {
    /// Deletes the file.
    ///
    /// # Errors
    /// If the file cannot be deleted.
    pub fn discard(&self) -> io::Result<()> {
        fs::remove_file(&self.path)
    }
}

/// The journals in `folder` that no running program has locked, newest first. Unreadable ones are
/// skipped.
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

/// Parses the header and the events of a journal, which may be cut off anywhere. An incomplete last
/// line is ignored. `None` if there is no valid header.
#[must_use]
pub fn read(bytes: &[u8]) -> Option<(Header, Vec<String>)> {
    let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let text = std::str::from_utf8(bytes.get(..whole)?).ok()?;
    let mut lines = text.lines();
    let header = serde_json::from_str(lines.next()?).ok()?;
    Some((header, lines.map(str::to_owned).collect()))
}
