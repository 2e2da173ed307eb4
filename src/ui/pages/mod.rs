//! The pages before a ledger is open.

pub mod copy_in;
pub mod damage;
pub mod first_run;
pub mod new_passphrase;
pub mod paper_code;
pub mod restore;
pub mod restored;
pub mod township;
pub mod unlock;
