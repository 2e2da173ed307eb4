//! What tests share: a small world in a temporary folder.

pub mod world;
