//! Xiangli (乡里)

pub mod cli;
pub mod clock;
pub mod desk;
pub mod domain;
pub mod ledger;
pub mod places;
pub mod words;
