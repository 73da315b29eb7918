//! Full, read-only and missing disks: the error says so, the old file stays intact, and no
//! temporary file is left.

use std::path::{Path, PathBuf};
use std::process::Command;

use allegiance::file::store::atomic::{self, write_atomically};
use allegiance::file::store::backup;

use crate::support::EXAMPLE;

/// A small disk in memory. It is unmounted on drop.
struct SmallDisk {
    folder: tempfile::TempDir,
}

impl SmallDisk {
    /// Mounts a disk, or returns `None` if the test may not mount one.
    fn mount(size_kb: usize) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        let options = format!("size={size_kb}k");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(folder.path());
        let is_mounted =
            cfg!(target_os = "linux") && mount.output().is_ok_and(|output| output.status.success());
        if !is_mounted {
            eprintln!("skipped: cannot mount a disk here (it takes root on Linux)");
            return None;
        }
        Some(Self { folder })
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn make_read_only(&self) {
        let mut mount = Command::new("mount");
        mount.args(["-o", "remount,ro"]).arg(self.path());
        assert!(mount.output().expect("mount runs").status.success());
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.path()).output();
    }
}

fn names(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()).collect()
}

#[test]
fn a_full_disk_is_reported_and_the_old_file_stays_intact() {
    let Some(disk) = SmallDisk::mount(128) else { return };
    let map = disk.path().join("map.json");
    std::fs::write(&map, EXAMPLE).expect("it fits");
    let large = vec![b' '; 512 * 1024];
    let error = write_atomically(&map, &large).expect_err("it does not fit");
    assert_eq!(error.message, "the disk is full");
    assert_eq!(error.path, map);
    assert_eq!(std::fs::read_to_string(&map).expect("readable"), EXAMPLE);
    assert_eq!(names(disk.path()), [map], "a temporary file is left");
}

#[test]
fn a_read_only_disk_is_reported_and_nothing_changes() {
    let Some(disk) = SmallDisk::mount(256) else { return };
    let map = disk.path().join("map.json");
    std::fs::write(&map, EXAMPLE).expect("it fits");
    disk.make_read_only();
    let error = write_atomically(&map, b"{}").expect_err("it is read-only");
    assert_eq!(error.message, "the disk is read-only");
    assert_eq!(std::fs::read_to_string(&map).expect("readable"), EXAMPLE);
}

#[test]
fn a_missing_folder_is_reported() {
    let folder = tempfile::tempdir().expect("a folder");
    let error =
        write_atomically(&folder.path().join("gone/map.json"), b"{}").expect_err("no folder");
    assert_eq!(error.message, "there is no such folder");
}

#[test]
fn a_full_backup_disk_keeps_only_complete_versions() {
    let Some(disk) = SmallDisk::mount(96) else { return };
    let home = tempfile::tempdir().expect("a folder");
    let map = home.path().join("map.json");
    std::fs::write(&map, EXAMPLE).expect("written");
    backup::keep(disk.path(), &map).expect("the first fits");
    std::fs::write(&map, vec![b'x'; 200 * 1024]).expect("written");
    assert!(backup::keep(disk.path(), &map).is_err());
    let versions = backup::versions(disk.path(), &map);
    assert_eq!(versions.len(), 1);
    assert_eq!(std::fs::read_to_string(&versions[0].path).expect("readable"), EXAMPLE);
}

#[test]
fn at_most_thirty_earlier_versions_are_kept_newest_first() {
    let home = tempfile::tempdir().expect("a folder");
    let (map, kept) = (home.path().join("map.json"), home.path().join("state"));
    backup::keep(&kept, &map).expect("nothing to keep yet");
    assert!(backup::versions(&kept, &map).is_empty());
    let start = std::time::SystemTime::now() - std::time::Duration::from_hours(1);
    for number in 0..40_u64 {
        std::fs::write(&map, format!("version {number}")).expect("written");
        let file = std::fs::File::options().write(true).open(&map).expect("open");
        file.set_modified(start + std::time::Duration::from_secs(number)).expect("dated");
        backup::keep(&kept, &map).expect("kept");
        backup::keep(&kept, &map).expect("the same content adds no version");
    }
    let versions = backup::versions(&kept, &map);
    assert_eq!(versions.len(), 30);
    let text = |at: usize| std::fs::read_to_string(&versions[at].path).expect("readable");
    assert_eq!((text(0), text(29)), ("version 39".to_owned(), "version 10".to_owned()));
    let other = home.path().join("other/map.json");
    assert!(
        backup::versions(&kept, &other).is_empty(),
        "files with the same name have separate versions"
    );
}

#[test]
#[cfg(unix)]
fn a_pipe_is_written_into_and_stays_a_pipe() {
    use std::os::unix::fs::FileTypeExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().is_ok_and(|status| status.success()));
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || std::fs::read_to_string(pipe).expect("what is written")
    });
    write_atomically(&pipe, b"a map").expect("written");
    assert_eq!(reader.join().expect("read"), "a map");
    assert!(std::fs::metadata(&pipe).expect("it is there").file_type().is_fifo());
}

#[test]
fn a_replaced_file_is_kept_as_it_was_whatever_is_written_later() {
    let home = tempfile::tempdir().expect("a folder");
    let (map, kept) = (home.path().join("map.json"), home.path().join("state"));
    std::fs::write(&map, "one").expect("written");
    let keep = |old: &std::path::Path| {
        backup::keep_replaced(&kept, &map, old).expect("kept");
    };
    atomic::replace(&map, b"two", keep).expect("replaced");
    // Another program writes into the new file.
    std::fs::write(&map, "three").expect("written");
    let versions = backup::versions(&kept, &map);
    assert_eq!(versions.len(), 1);
    assert_eq!(std::fs::read_to_string(&versions[0].path).expect("readable"), "one");
    assert_eq!(versions[0].size_bytes, 3);
    // The same content is not kept twice, however it was dated.
    std::fs::write(&map, "one").expect("written");
    atomic::replace(&map, b"four", keep).expect("replaced");
    assert_eq!(backup::versions(&kept, &map).len(), 1);
    assert_eq!(std::fs::read_to_string(&map).expect("readable"), "four");
}

#[test]
fn a_file_that_cannot_be_replaced_is_not_kept_either() {
    let home = tempfile::tempdir().expect("a folder");
    let (map, kept) = (home.path().join("map.json"), home.path().join("state"));
    std::fs::create_dir(&map).expect("a folder in its place");
    let keep = |_: &std::path::Path| panic!("nothing is replaced");
    assert!(atomic::replace(&map, b"two", keep).is_err());
    assert!(backup::versions(&kept, &map).is_empty());
}

#[test]
fn content_is_compared_to_the_last_byte() {
    let home = tempfile::tempdir().expect("a folder");
    let path = home.path().join("file");
    let content: Vec<u8> = (0..700_000_u32).map(|at| (at % 251) as u8).collect();
    std::fs::write(&path, &content).expect("written");
    let is_same = |content: &[u8]| atomic::has_content(&path, content).expect("readable");
    assert!(is_same(&content));
    assert!(!is_same(&content[1..]) && !is_same(&[content.as_slice(), b"x"].concat()));
    for at in [0, 262_143, 262_144, 699_999] {
        let mut other = content.clone();
        other[at] ^= 1;
        assert!(!is_same(&other), "byte {at}");
    }
    std::fs::write(&path, "").expect("written");
    assert!(is_same(b"") && !is_same(b"x"));
    assert!(atomic::has_content(&home.path().join("none"), b"").is_err());
}

#[test]
fn a_large_file_is_replaced_whatever_it_has_in_common_with_the_new_one() {
    let home = tempfile::tempdir().expect("a folder");
    let path = home.path().join("map.json");
    let old: Vec<u8> = (0..3_000_000_u32).map(|at| (at % 251) as u8).collect();
    let with = |at: usize, byte: u8| {
        let mut new = old.clone();
        new[at] = byte;
        new
    };
    let longer = [old.as_slice(), b"and more"].concat();
    let news = [
        with(0, 255),
        with(1_500_000, 255),
        with(2_999_999, 255),
        old[..2_000_000].to_vec(),
        old[..10].to_vec(),
        longer,
        old.clone(),
        Vec::new(),
    ];
    for (number, new) in news.iter().enumerate() {
        std::fs::write(&path, &old).expect("written");
        write_atomically(&path, new).expect("replaced");
        assert!(std::fs::read(&path).expect("readable") == *new, "case {number}");
    }
}
