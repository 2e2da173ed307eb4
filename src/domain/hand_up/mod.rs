//! What goes up to the township once a month, and what the township may conclude from the files it gets: which columns may
//! leave at all and how each is shown, what a file says about itself, and how files of one village follow each other.

pub mod chain;
pub mod manifest;
pub mod measure;
pub mod profile;
pub mod row;

pub use chain::{FileState, Link};
pub use manifest::{Answer, From, Manifest, SectionHead};
pub use measure::Measure;
pub use profile::{Entity, Field, Profile, Shown};
pub use row::{Care, Row, Value};
