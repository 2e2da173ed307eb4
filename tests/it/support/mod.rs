//! What tests share: a small world in a temporary folder; the real program, cut off in every way.

pub mod offices;
#[cfg(target_os = "linux")]
pub mod preload;
#[cfg(unix)]
pub mod program;
#[cfg(target_os = "linux")]
pub mod replay;
pub mod world;
