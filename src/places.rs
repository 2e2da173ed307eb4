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
