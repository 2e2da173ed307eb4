//! Xiangli (乡里)

pub mod domain;
