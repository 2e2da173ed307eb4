//! The rooms of the program that read what comes from outside, and what the targets share with the plain test over
//! tests/corpus: the readers themselves.

#![allow(dead_code, unused_imports, missing_docs, reason = "only the readers are used here")]

extern crate self as xiangli;

use std::cell::RefCell;

#[path = "../../src/domain/mod.rs"]
pub mod domain;
#[path = "../../src/ledger/mod.rs"]
pub mod ledger;
pub mod desk;
pub mod support;

thread_local! {
    static READERS: RefCell<support::readers::Readers> = RefCell::new(support::readers::Readers::new());
}

/// Feeds one reader.
pub fn read(reader: &str, bytes: &[u8]) {
    READERS.with_borrow_mut(|readers| readers.read(reader, bytes));
}
