//! What this computer tells the program and is told by it: a second start, sleep, the end of the session, a file to be shown,
//! a console, a box. Knows nothing of ledgers, and draws nothing.

mod news;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
use unix as system;
#[cfg(windows)]
use windows as system;

pub use news::{Ears, News, Waiting};

use std::path::{Path, PathBuf};
use std::time::Duration;

use sha2::{Digest as _, Sha256};

/// How long whoever ends the session or puts the computer to sleep lets a program finish: Windows gives five seconds.
const PATIENCE: Duration = Duration::from_secs(4);

/// Who this program is among those that were started for one ledger.
pub enum Place {
    /// The first: here it hears what happens around it.
    First(Ears),
    /// Another runs already, and its window was brought to the front.
    Second,
}

/// Finds out whether another window shows this ledger already and brings it to the front; else listens from now on. `folder` is the
/// user's own. Where the computer does not allow that, the program works without: the ledger's lock holds in any case.
pub fn take_place(ledger: &Path, folder: &Path) -> Place {
    system::take_place(&name_of(ledger), folder)
}

/// The same for one ledger however its path is spelled; says nothing of where it lies.
fn name_of(ledger: &Path) -> String {
    let folder = ledger.parent().and_then(|folder| folder.canonicalize().ok());
    let real = ledger.canonicalize().ok().or_else(|| Some(folder?.join(ledger.file_name()?)));
    let hash = Sha256::digest(real.as_deref().unwrap_or(ledger).as_os_str().as_encoded_bytes());
    format!("xiangli-{hash:.16x}")
}

/// Opens a file with whatever program opens such files here. The window does not wait for it; it hears of it where there is none.
pub fn show(file: PathBuf, ears: &Ears) {
    let ears = ears.clone();
    let opened = std::thread::Builder::new().name("show".to_owned()).spawn(move || {
        if let Err(error) = system::show(&file) {
            tracing::warn!(error, "no program opens such a file here");
            ears.tell(News::NotShown(file));
        }
    });
    if let Err(error) = opened {
        tracing::warn!(%error, "no thread to open a file from");
    }
}

/// What is written on the command line is seen there: a program with a window has no console of its own on Windows. False where
/// it was not started from one.
pub fn join_console() -> bool {
    system::join_console()
}

/// Says something where no window can be drawn: on Windows in a box, elsewhere where it was started from.
pub fn say_without_window(title: &str, words: &str) {
    system::say_without_window(title, words);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ledger_has_one_name_however_its_path_is_spelled() {
        let folder = tempfile::tempdir().expect("a folder");
        let inside = folder.path().join("乡里");
        std::fs::create_dir(&inside).expect("made");
        let plain = inside.join("xiangli.xlg");
        let around = inside.join("..").join("乡里").join("xiangli.xlg");
        assert_eq!(name_of(&plain), name_of(&around));
        assert_ne!(name_of(&plain), name_of(&inside.join("demo.xlg")));
        assert!(name_of(&plain).is_ascii() && name_of(&plain).len() == 24);
    }
}
