//! What this computer remembers beside the ledger: language, text size, renderer. Nothing about people, nothing that
//! may not be lost. Also the font that is shipped beside the program.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::domain::message::Say as _;
use crate::ledger::files::{sweep_parts, write_over};

/// Small settings of this computer, in a text file of `key = value` lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Device {
    path: PathBuf,
    values: BTreeMap<String, String>,
}

impl Device {
    /// Reads the settings; a file that is missing or cannot be read counts as empty.
    pub fn load(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let pairs = text.lines().filter_map(|line| line.split_once('='));
        let values = pairs.map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned())).collect();
        Self { path: path.to_owned(), values }
    }

    /// What is remembered under a key.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(String::as_str)
    }

    /// Remembers a value. A settings file that cannot be written is no reason to stop: the program asks again.
    pub fn set(&mut self, key: &str, value: &str) {
        self.set_all(&[(key, value)]);
    }

    /// Remembers values that belong together: all of them are written, or none.
    pub fn set_all(&mut self, pairs: &[(&str, &str)]) {
        if pairs.iter().all(|(key, value)| self.get(key) == Some(value)) {
            return;
        }
        self.values.extend(pairs.iter().map(|(key, value)| ((*key).to_owned(), value.replace('\n', " "))));
        let text: String = self.values.iter().map(|(key, value)| format!("{key} = {value}\n")).collect();
        if let Some(folder) = self.path.parent() {
            // Where the folder cannot be made the file cannot be written either, which is said.
            let _ = std::fs::create_dir_all(folder);
            sweep_parts(folder, &self.path.file_stem().unwrap_or_default().to_string_lossy());
        }
        // A disk that is full leaves the old file as it was.
        if let Err(error) = write_over(&self.path, text.as_bytes()) {
            tracing::warn!(error = ?error.message().key, "the settings of this computer could not be written");
        }
    }
}

/// A file mapped into memory, read only where it is looked at.
pub struct Mapped(mmap_io::MemoryMappedFile);

impl AsRef<[u8]> for Mapped {
    fn as_ref(&self) -> &[u8] {
        self.0.as_slice_bytes(0, self.0.len()).unwrap_or_default()
    }
}

/// Maps the first of these files that is there; none of them is a reason to stop.
pub fn map_first(candidates: &[PathBuf]) -> Option<Arc<Mapped>> {
    let found = candidates.iter().find(|path| path.is_file())?;
    match mmap_io::MemoryMappedFile::open_ro(found) {
        Ok(mapped) => Some(Arc::new(Mapped(mapped))),
        Err(error) => {
            tracing::warn!(%error, "the font of rare characters could not be mapped");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_that_cannot_be_written_leave_those_of_before() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("settings.txt");
        let mut device = Device::load(&path);
        device.set("wrong-passphrases", "7");
        // Nothing can be put there.
        let there = std::fs::read(&path).expect("readable");
        std::fs::remove_file(&path).and_then(|()| std::fs::create_dir(&path)).expect("in the way");
        device.set("scale", "150");
        assert_eq!(device.get("scale"), Some("150"), "it holds until the program ends");
        assert_eq!(std::fs::read_dir(folder.path()).expect("readable").count(), 1, "nothing half-written is left");
        std::fs::remove_dir(&path).and_then(|()| std::fs::write(&path, there)).expect("as before");
        let again = Device::load(&path);
        assert_eq!((again.get("wrong-passphrases"), again.get("scale")), (Some("7"), None));
    }
}
