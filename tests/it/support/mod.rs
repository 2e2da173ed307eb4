//! What tests share: a small world in a temporary folder; the real program, cut off in every way.

pub mod forge;
pub mod offices;
#[cfg(target_os = "linux")]
pub mod preload;
#[cfg(unix)]
pub mod program;
pub mod readers;
#[cfg(target_os = "linux")]
pub mod replay;
pub mod seeds;
pub mod world;
