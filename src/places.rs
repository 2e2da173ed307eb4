//! Where files lie on this machine.

use std::path::PathBuf;

use etcetera::{BaseStrategy as _, choose_base_strategy};

/// The folder of this user's data.
pub fn data_folder() -> PathBuf {
    choose_base_strategy().map_or_else(|_| PathBuf::from("."), |base| base.data_dir()).join("xiangli")
}

/// The ledger that is opened where none is named.
pub fn default_ledger() -> PathBuf {
    data_folder().join("xiangli.xlg")
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
    let mut places = Vec::new();
    if let Some(folder) = beside {
        places.push(folder.join(name));
        places.push(folder.join("fonts").join(name));
        places.push(folder.join("../share/xiangli").join(name));
    }
    places.push(PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts")).join(name));
    places
}
