//! What the tests read with.

#[path = "../../tests/it/support/forge.rs"]
pub mod forge;
#[path = "../../tests/it/support/offices.rs"]
pub mod offices;
#[path = "../../tests/it/support/readers.rs"]
pub mod readers;
#[path = "../../tests/it/support/world.rs"]
pub mod world;
