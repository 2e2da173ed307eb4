//! Files that come from outside and go outside: rosters in, rejected rows out.
//!
//! A roster is read in four steps, each of which knows nothing of the next: `spreadsheet` turns any file into rows of
//! typed cells within hard limits, `layout` finds the header and says which column is what, `staging` turns rows into
//! people with their problems, `matching` holds them against who is known. Nothing here writes to the ledger.

pub mod cell;
mod compound;
mod delimited;
pub mod form;
pub mod group;
pub mod header;
pub mod layout;
mod lines;
mod looks;
pub mod matching;
mod ods;
mod person;
pub mod rejected;
pub mod sentences;
pub mod spreadsheet;
pub mod staging;
pub mod titles;
mod values;
pub mod vocabulary;
mod xls;
mod xls_strings;
mod xlsx;
mod zip_scan;
