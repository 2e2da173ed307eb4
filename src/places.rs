//! Where files lie on this machine.

use std::path::{Path, PathBuf};

use etcetera::{BaseStrategy as _, choose_base_strategy};

use crate::ledger::carrier::{Carrier, carrier_of};

/// What the ledger is called.
const LEDGER: &str = "xiangli.xlg";

/// Beside the program, a file of such a name says that the data lies there too, in the folder `data`. Windows hides endings: who
/// types one gets it twice.
const PORTABLE: [&str; 3] = ["portable.txt", "portable", "portable.txt.txt"];

/// The folder of the data: beside the program where `portable.txt` says so, else this user's. Run from a stick, it is this user's in
/// any case: a ledger does not belong on a stick. And where this user has a ledger and none lies beside the program: nobody's ledger
/// disappears for a file of that name. On a network drive no new one is begun, but one that lies there is found, and says itself that
/// it is only read.
pub fn data_folder() -> PathBuf {
    let beside = std::env::current_exe().ok().and_then(|exe| portable(exe.parent()?));
    chosen(beside.filter(|folder| may_hold(folder, carrier_of(folder))), own_folder())
}

fn portable(program: &Path) -> Option<PathBuf> {
    PORTABLE.iter().any(|name| program.join(name).is_file()).then(|| program.join("data"))
}

/// Whether the data may lie beside a program that is started from there.
fn may_hold(beside: &Path, on: Option<Carrier>) -> bool {
    match on {
        None => true,
        Some(Carrier::Stick) => false,
        Some(Carrier::Network) => beside.join(LEDGER).exists(),
    }
}

fn chosen(beside: Option<PathBuf>, own: PathBuf) -> PathBuf {
    let has_ledger = |folder: &Path| folder.join(LEDGER).exists();
    beside.filter(|beside| has_ledger(beside) || !has_ledger(&own)).unwrap_or(own)
}

fn own_folder() -> PathBuf {
    choose_base_strategy().map_or_else(|_| PathBuf::from("."), |base| base.data_dir()).join("xiangli")
}

/// The ledger that is opened where none is named.
pub fn default_ledger() -> PathBuf {
    data_folder().join(LEDGER)
}

/// The folder of the program's log, which holds no personal value.
pub fn log_folder() -> PathBuf {
    data_folder().join("log")
}

/// The demo village, apart from any real ledger.
pub fn demo_ledger() -> PathBuf {
    data_folder().join("demo.xlg")
}

/// The small settings of this computer: language, text size, renderer.
pub fn settings() -> PathBuf {
    data_folder().join("settings.txt")
}

/// Where a file that is shipped with the program may lie: beside it, in its `fonts` folder, in the system's share
/// folder, or in the source tree.
pub fn shipped(name: &str) -> Vec<PathBuf> {
    let beside = std::env::current_exe().ok().and_then(|exe| exe.parent().map(PathBuf::from));
    let Some(folder) = beside else { return Vec::new() };
    let mut places =
        vec![folder.join(name), folder.join("fonts").join(name), folder.join("../share/xiangli").join(name)];
    // From `target/release` or below it; no path of whoever built it is in the program.
    places.extend(folder.ancestors().skip(2).take(3).map(|tree| tree.join("assets/fonts").join(name)));
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_lies_beside_the_program_only_where_a_file_there_says_so() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(portable(folder.path()), None);
        std::fs::write(folder.path().join("portable.txt.txt"), "").expect("written");
        assert_eq!(portable(folder.path()), Some(folder.path().join("data")));
    }

    #[test]
    fn a_ledger_that_is_there_stays_the_one_that_is_opened() {
        let folder = tempfile::tempdir().expect("a folder");
        let (beside, own) = (folder.path().join("data"), folder.path().join("own"));
        std::fs::create_dir_all(&beside).and_then(|()| std::fs::create_dir_all(&own)).expect("made");
        let choose = || chosen(Some(beside.clone()), own.clone());
        assert_eq!(choose(), beside, "a new one goes beside the program");
        std::fs::write(own.join(LEDGER), "").expect("written");
        assert_eq!(choose(), own, "the file came later than the ledger");
        std::fs::write(beside.join(LEDGER), "").expect("written");
        assert_eq!(choose(), beside);
    }

    #[test]
    fn beside_a_program_on_a_network_drive_only_a_ledger_that_is_there_is_looked_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let may = |on| may_hold(folder.path(), on);
        assert_eq!([may(None), may(Some(Carrier::Stick)), may(Some(Carrier::Network))], [true, false, false]);
        std::fs::write(folder.path().join(LEDGER), "").expect("written");
        assert_eq!([may(None), may(Some(Carrier::Stick)), may(Some(Carrier::Network))], [true, false, true]);
    }
}
