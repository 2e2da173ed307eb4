//! SQL, and nothing else: the sealed connection, the change log, one file a table. Storage moves rows; what they mean
//! is decided above. Private to `ledger`: no other room can name it.

pub(in crate::ledger) mod applications;
pub(in crate::ledger) mod appointments;
mod beside;
pub(in crate::ledger) mod bulk;
pub(in crate::ledger) mod campaigns;
pub(in crate::ledger) mod candidates;
pub(in crate::ledger) mod care;
pub(in crate::ledger) mod census;
pub(in crate::ledger) mod change_log;
pub(in crate::ledger) mod connection;
pub(in crate::ledger) mod consents;
pub(in crate::ledger) mod disclosures;
pub(in crate::ledger) mod done;
pub(in crate::ledger) mod drafts;
pub(in crate::ledger) mod duplicates;
pub(in crate::ledger) mod hand_ups;
pub(in crate::ledger) mod history;
pub(in crate::ledger) mod holidays;
pub(in crate::ledger) mod households;
pub(in crate::ledger) mod imports;
pub(in crate::ledger) mod local_standards;
pub(in crate::ledger) mod members;
pub(in crate::ledger) mod migrate;
pub(in crate::ledger) mod offers;
pub(in crate::ledger) mod outreach;
pub(in crate::ledger) mod own_keys;
pub(in crate::ledger) mod public_sheets;
pub(in crate::ledger) mod quality;
pub(in crate::ledger) mod received;
pub(in crate::ledger) mod residents;
pub(in crate::ledger) mod rounds;
pub(in crate::ledger) mod same_person;
pub(in crate::ledger) mod search_homes;
pub(in crate::ledger) mod search_keys;
pub(in crate::ledger) mod settings;
pub(in crate::ledger) mod snapshot;
pub(in crate::ledger) mod sql_types;
pub(in crate::ledger) mod tasks;
pub(in crate::ledger) mod transact;
pub(in crate::ledger) mod undo;
pub(in crate::ledger) mod verify;
pub(in crate::ledger) mod village;
pub(in crate::ledger) mod village_record;

pub(in crate::ledger) use connection::{Access, connect, reject_foreign};
pub(in crate::ledger) use transact::{Note, Store, Tx};
