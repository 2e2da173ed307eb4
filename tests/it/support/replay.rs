//! Rebuilds a folder as a power cut could have left it, from the log of tests/power/record.c.
//!
//! The model. Bytes: what a file held at its last sync is durable; every later write is kept, lost, torn at 512-byte
//! sectors, or leaves zeros where it made the file longer. Names: making, removing, renaming are durable once the folder was
//! synced (syncing the file itself is not enough here, harsher than ext4); of the later ones of a folder, the first few.
//! SQLite's -shm file is left out: it is rebuilt at each start.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng as _;

use crate::support::program::below;

const SECTOR: usize = 512;

/// One record of the log.
pub struct Op {
    kind: u8,
    path: String,
    offset: u64,
    data: Vec<u8>,
}

/// A folder as it could lie on disk: paths below it and what the files hold.
pub type Folder = BTreeMap<String, Vec<u8>>;

/// Reads the recorder's log.
pub fn read_log(path: &Path) -> Vec<Op> {
    let bytes = fs::read(path).expect("a log");
    let (mut rest, mut ops) = (bytes.as_slice(), Vec::new());
    while !rest.is_empty() {
        let (head, after) = rest.split_at(15);
        let path_length = usize::from(u16::from_le_bytes([head[1], head[2]]));
        let offset = u64::from_le_bytes(head[3..11].try_into().expect("8 bytes"));
        let length = u32::from_le_bytes(head[11..15].try_into().expect("4 bytes")) as usize;
        let (path, after) = after.split_at(path_length);
        let has_data = matches!(head[0], b'W' | b'A' | b'R' | b'L' | b'N');
        let (data, after) = after.split_at(if has_data { length } else { 0 });
        let path = String::from_utf8(path.to_vec()).expect("a path in UTF-8");
        ops.push(Op { kind: head[0], path, offset, data: data.to_vec() });
        rest = after;
    }
    ops.retain(|op| !op.path.ends_with("-shm"));
    ops
}

/// The files of a real folder, without -shm.
pub fn read_folder(folder: &Path) -> Folder {
    fn walk(folder: &Path, prefix: &str, found: &mut Folder) {
        let Ok(entries) = fs::read_dir(folder) else { return };
        for entry in entries.flatten() {
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{name}/"), found);
            } else if !name.ends_with("-shm") {
                found.insert(name, fs::read(entry.path()).expect("readable"));
            }
        }
    }
    let mut found = Folder::new();
    walk(folder, "", &mut found);
    found
}

/// Lays a folder out for a program to open.
pub fn write_folder(folder: &Path, files: &Folder) {
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("within the folder")).expect("made");
        fs::write(path, bytes).expect("written");
    }
}

/// The log replayed in full gives the real folder: no way of writing escapes the recorder.
pub fn assert_everything_was_seen(base: &Folder, ops: &[Op], real: &Folder) {
    let mut disk = Disk::at_rest(base);
    ops.iter().for_each(|op| disk.apply(op));
    let replayed = disk.whole();
    assert_eq!(replayed.keys().collect::<Vec<_>>(), real.keys().collect::<Vec<_>>());
    for (name, bytes) in real {
        assert!(replayed[name] == *bytes, "{name} was replayed as it is");
    }
}

impl Op {
    /// The line that the program acknowledged by this, if it did.
    pub fn spoken(&self) -> Option<&[u8]> {
        (self.kind == b'A').then_some(self.data.as_slice())
    }

    /// Whether it put bytes into a file; everything else makes names, takes them away, cuts or syncs.
    pub fn is_write(&self) -> bool {
        self.kind == b'W'
    }
}

/// A write that no sync has made durable yet.
enum Pending {
    Write(usize, Vec<u8>),
    Cut(usize),
    Stretch(usize),
}

/// A file, whatever it is called at the moment.
#[derive(Default)]
struct File {
    durable: Vec<u8>,
    pending: Vec<Pending>,
    /// Its number on the recorded disk, where it was made while recording.
    inode: Option<u64>,
}

/// A change of names that no sync of its folder has made durable yet.
#[derive(Clone)]
struct Naming {
    /// In which folders, with its position among the changes of each.
    folder: String,
    remove: Option<String>,
    add: Option<(String, Node)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Node {
    Folder,
    File(usize),
}

type Names = BTreeMap<String, Node>;

/// The disk at one moment of the log.
#[derive(Default)]
pub struct Disk {
    files: Vec<File>,
    /// As running programs see them.
    names: Names,
    durable_names: Names,
    namings: Vec<Naming>,
}

fn parent(path: &str) -> String {
    path.rsplit_once('/').map_or(".", |(folder, _)| folder).to_owned()
}

impl Disk {
    /// A disk on which everything is durable.
    pub fn at_rest(folder: &Folder) -> Self {
        let mut disk = Self::default();
        for (path, bytes) in folder {
            let node = disk.new_file(bytes.clone(), None);
            disk.names.insert(path.clone(), node);
            let mut above = parent(path);
            while above != "." {
                disk.names.insert(above.clone(), Node::Folder);
                above = parent(&above);
            }
        }
        disk.durable_names = disk.names.clone();
        disk
    }

    fn new_file(&mut self, durable: Vec<u8>, inode: Option<u64>) -> Node {
        self.files.push(File { durable, pending: Vec::new(), inode });
        Node::File(self.files.len() - 1)
    }

    /// Goes one step on.
    pub fn apply(&mut self, op: &Op) {
        let from = || String::from_utf8(op.data.clone()).expect("a path in UTF-8");
        match op.kind {
            b'A' => {}
            b'C' => {
                let node = self.new_file(Vec::new(), Some(op.offset));
                self.rename(None, Some((op.path.clone(), node)));
            }
            b'D' => self.rename(None, Some((op.path.clone(), Node::Folder))),
            b'U' | b'X' => self.rename(Some(op.path.clone()), None),
            b'R' | b'L' => {
                let node = self.names.get(&from()).copied().expect("what was renamed is known");
                assert!(matches!(node, Node::File(_)), "renaming folders is not modelled");
                assert_eq!(parent(&from()), parent(&op.path), "moving between folders is not modelled");
                self.rename((op.kind == b'R').then(from), Some((op.path.clone(), node)));
            }
            b'S' => self.sync(&op.path),
            b'N' => self.compare(&op.path, &String::from_utf8_lossy(&op.data)),
            _ => self.write(op),
        }
    }

    fn write(&mut self, op: &Op) {
        let Some(Node::File(file)) = self.names.get(&op.path).copied() else { panic!("unknown file {}", op.path) };
        let offset = usize::try_from(op.offset).expect("a small file");
        self.files[file].pending.push(match op.kind {
            b'W' => Pending::Write(offset, op.data.clone()),
            b'T' => Pending::Cut(offset),
            b'F' => Pending::Stretch(offset),
            other => panic!("unknown record {}", char::from(other)),
        });
    }

    fn rename(&mut self, remove: Option<String>, add: Option<(String, Node)>) {
        let naming =
            Naming { folder: parent(remove.as_ref().or(add.as_ref().map(|(to, _)| to)).expect("a name")), remove, add };
        name(&mut self.names, &naming);
        self.namings.push(naming);
    }

    /// Takes up what happened to the names of a folder by bare system calls, which no library sees.
    fn compare(&mut self, folder: &str, listing: &str) {
        let full = |name: &str| if folder == "." { name.to_owned() } else { format!("{folder}/{name}") };
        let lines = listing.lines().filter_map(|line| line.split_once(' '));
        let listed: BTreeMap<String, &str> = lines.map(|(inode, name)| (full(name), inode)).collect();
        for (path, inode) in listed.iter().filter(|(path, _)| !path.ends_with("-shm")) {
            let made = self.files.iter().rposition(|file| file.inode.is_some_and(|known| known.to_string() == *inode));
            let known = self.names.get(path).copied();
            let node = match (known, made.map(Node::File)) {
                (None, made) => made.unwrap_or_else(|| panic!("{path} came unseen")),
                // Another file took its place.
                (Some(Node::File(known)), Some(made)) if made != Node::File(known) => made,
                (Some(_), _) => continue,
            };
            let old = self.names.iter().find(|(old, known)| **known == node && !listed.contains_key(*old));
            self.rename(old.map(|(old, _)| old.clone()), Some((path.clone(), node)));
        }
        let here = self.names.keys().filter(|path| parent(path) == folder && !listed.contains_key(*path));
        for gone in here.cloned().collect::<Vec<_>>() {
            self.rename(Some(gone), None);
        }
    }

    fn sync(&mut self, path: &str) {
        if let Some(Node::File(file)) = self.names.get(path).copied() {
            let file = &mut self.files[file];
            for pending in std::mem::take(&mut file.pending) {
                take(&mut file.durable, &pending, Fate::Kept);
            }
        } else {
            let (now, later) = std::mem::take(&mut self.namings).into_iter().partition(|naming| naming.folder == path);
            self.namings = later;
            let now: Vec<Naming> = now;
            now.iter().for_each(|naming| name(&mut self.durable_names, naming));
        }
    }

    /// How many bytes or names could be lost at this moment: whether there is more than one way to cut the power.
    pub fn is_at_rest(&self) -> bool {
        self.namings.is_empty() && self.files.iter().all(|file| file.pending.is_empty())
    }

    /// The folder as running programs see it.
    pub fn whole(&self) -> Folder {
        self.folder(&self.names, &mut || Fate::Kept)
    }

    /// The folder with nothing in it that was not synced.
    pub fn synced_only(&self) -> Folder {
        self.folder(&self.durable_names, &mut || Fate::Lost)
    }

    /// The folder as one random power cut leaves it.
    pub fn cut(&self, random: &mut ChaCha8Rng) -> Folder {
        let mut names = self.durable_names.clone();
        let folders: BTreeSet<_> = self.namings.iter().map(|naming| naming.folder.as_str()).collect();
        for folder in folders {
            let here: Vec<_> = self.namings.iter().filter(|naming| naming.folder == folder).collect();
            let survive = below(random, here.len() + 1);
            here.iter().take(survive).for_each(|naming| name(&mut names, naming));
        }
        // Some cuts lose nearly all, some nearly nothing: how much is chosen once for each cut.
        let keep = below(random, 101);
        self.folder(&names, &mut || fate(random, keep))
    }

    fn folder(&self, names: &Names, fate: &mut dyn FnMut() -> Fate) -> Folder {
        let mut folder = Folder::new();
        for (path, node) in names {
            let above = parent(path);
            let reachable = above == "." || names.get(&above) == Some(&Node::Folder);
            let (true, Node::File(file)) = (reachable, node) else { continue };
            let file = &self.files[*file];
            let mut bytes = file.durable.clone();
            for pending in &file.pending {
                take(&mut bytes, pending, fate());
            }
            folder.insert(path.clone(), bytes);
        }
        folder
    }
}

/// What becomes of one write.
enum Fate {
    Kept,
    Lost,
    /// The file got longer, its bytes never came.
    Zeros,
    /// Of the sectors, those whose bit is set arrive.
    Torn(u64),
    /// The first sectors arrive, in hundredths.
    Head(usize),
}

/// Throws the dice for one write; `keep` in a hundred are kept.
fn fate(random: &mut ChaCha8Rng, keep: usize) -> Fate {
    if below(random, 100) < keep {
        return Fate::Kept;
    }
    match below(random, 5) {
        0 | 1 => Fate::Lost,
        2 => Fate::Zeros,
        3 => Fate::Torn(random.next_u64()),
        _ => Fate::Head(below(random, 100)),
    }
}

fn take(bytes: &mut Vec<u8>, pending: &Pending, fate: Fate) {
    match (pending, fate) {
        (Pending::Cut(size) | Pending::Stretch(size), Fate::Kept | Fate::Torn(_)) => {
            let grows_only = matches!(pending, Pending::Stretch(_));
            let size = if grows_only { bytes.len().max(*size) } else { *size };
            bytes.resize(size, 0);
        }
        (Pending::Cut(_) | Pending::Stretch(_), _) | (_, Fate::Lost) => {}
        (Pending::Write(at, data), fate) => {
            if bytes.len() < at + data.len() && !matches!(fate, Fate::Head(_)) {
                bytes.resize(at + data.len(), 0);
            }
            put(bytes, *at, data, &fate);
        }
    }
}

/// Writes sector by sector; sectors lie where the file's offsets divide by 512, not where the write began.
fn put(bytes: &mut Vec<u8>, at: usize, data: &[u8], fate: &Fate) {
    if matches!(fate, Fate::Kept) {
        bytes[at..at + data.len()].copy_from_slice(data);
        return;
    }
    let last = (at + data.len()).saturating_sub(1) / SECTOR;
    let (mut from, mut sector) = (at, at / SECTOR);
    while from < at + data.len() {
        let to = ((sector + 1) * SECTOR).min(at + data.len());
        let arrives = match fate {
            Fate::Torn(mask) => mask >> (sector % 64) & 1 == 1,
            Fate::Head(hundredths) => (sector - at / SECTOR) * 100 < hundredths * (last - at / SECTOR + 1),
            _ => false,
        };
        if arrives {
            if bytes.len() < to {
                bytes.resize(to, 0);
            }
            bytes[from..to].copy_from_slice(&data[from - at..to - at]);
        }
        (from, sector) = (to, sector + 1);
    }
}

fn name(names: &mut Names, naming: &Naming) {
    if let Some(gone) = &naming.remove {
        names.remove(gone);
    }
    if let Some((path, node)) = &naming.add {
        names.insert(path.clone(), *node);
    }
}
