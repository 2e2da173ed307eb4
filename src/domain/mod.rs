//! Types and rules, pure: residents, ids, rules → verdicts with reasons, the worklist's definition of *due*.
//!
//! May use `std`, `chrono`, `serde` and `thiserror` (and `pinyin` a table of `ib-pinyin`, `schedule` the lunar calendar of `icu_calendar`). Never a file, a clock, SQL or a window: *today* is a parameter.

pub mod application;
pub mod area_code;
pub mod campaign;
pub mod care;
pub mod consent;
pub mod disclosure;
pub mod duplicate;
pub mod entry;
pub mod fact;
pub mod festival;
pub mod form_word;
pub mod hand_up;
pub mod id_card;
pub mod incident;
pub mod join;
pub mod kept;
pub mod local_standard;
pub mod look;
pub mod lookalike;
pub mod mask;
pub mod message;
pub mod money;
pub mod name;
pub mod offer;
pub mod one_line;
pub mod partial_date;
pub mod pinyin;
pub mod planner;
pub mod programme;
pub mod pyramid;
pub mod quality;
pub mod reason;
pub mod rehearsal;
pub mod relation;
pub mod resident;
pub mod retention;
pub mod roll_call;
pub mod row_code;
pub mod rule;
pub mod schedule;
pub mod search_key;
pub mod search_place;
pub mod search_query;
pub mod shipped;
pub mod statistics;
pub mod suppress;
pub mod thinning;
pub mod typed_day;
pub mod village_record;
pub mod worklist;
pub mod written_date;

pub use chrono::NaiveDate as Date;

#[cfg(test)]
#[path = "riddle_tests.rs"]
mod riddle;
