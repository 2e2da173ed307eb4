//! Xiangli (乡里)

pub mod domain;
pub mod ledger;
pub mod words;
