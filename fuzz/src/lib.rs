//! The rooms of the program that read what comes from outside, and what the targets share with the plain test over
//! tests/corpus: the readers themselves.

#![allow(dead_code, unused_imports, missing_docs, reason = "only the readers are used here")]

extern crate self as xiangli;

use std::cell::RefCell;

#[path = "../../src/domain/mod.rs"]
pub mod domain;
#[path = "../../src/ledger/mod.rs"]
pub mod ledger;
pub mod desk {
    #[path = "../../../src/desk/device.rs"]
    pub mod device;
}
pub mod support {
    #[path = "../../../tests/it/support/forge.rs"]
    pub mod forge;
    #[path = "../../../tests/it/support/offices.rs"]
    pub mod offices;
    #[path = "../../../tests/it/support/readers.rs"]
    pub mod readers;
    #[path = "../../../tests/it/support/world.rs"]
    pub mod world;
}

thread_local! {
    static READERS: RefCell<support::readers::Readers> = RefCell::new(support::readers::Readers::new());
}

/// Feeds one reader.
pub fn read(reader: &str, bytes: &[u8]) {
    READERS.with_borrow_mut(|readers| readers.read(reader, bytes));
}
