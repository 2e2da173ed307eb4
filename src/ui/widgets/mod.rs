//! The parts that pages are made of.

pub mod application;
pub mod bars;
pub mod basic;
pub mod beside;
pub mod care;
pub mod date_field;
pub mod demo_strip;
pub mod empty;
pub mod focus;
pub mod handed_out;
pub mod history;
pub mod local_value;
pub mod mask;
pub mod money_field;
pub mod path_field;
pub mod person;
pub mod person_applications;
pub mod programme_card;
pub mod programme_names;
pub mod read_only;
pub mod reason_card;
pub mod rows;
pub mod status;
pub mod suggest;
pub mod toast;
pub mod told;
