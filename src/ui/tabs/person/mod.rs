//! Parts of the person's page that are long enough for a file of their own.

pub mod care;
pub mod consents;
pub mod days;
pub mod departed;
pub mod facts;
pub mod rights;
