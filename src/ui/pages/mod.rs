//! The pages before a ledger is open.

pub mod copy_in;
pub mod first_run;
pub mod paper_code;
pub mod restore;
pub mod unlock;
