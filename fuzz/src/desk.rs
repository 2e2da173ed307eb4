//! Of the desk, what reads the settings.

#[path = "../../src/desk/device.rs"]
pub mod device;
