//! The papers of a check-up campaign: slips, rosters, door lists, and the clinic's list. Nobody who declined stands on any of
//! them, and no result has a column.

pub mod clinic;
pub mod door;
pub mod roster;
pub mod slips;

use chrono::NaiveDate;

use crate::domain::message::Message;
use crate::domain::partial_date::age_on;
use crate::ledger::campaigns::{AppointmentRow, Campaign, SessionEdit};
use crate::words::Words;

/// 8:00–11:00.
fn times(session: &SessionEdit) -> String {
    format!("{}–{}", session.from.format("%-H:%M"), session.to.format("%-H:%M"))
}

/// The day with its weekday.
fn day_words(on: NaiveDate, words: &Words) -> String {
    format!("{} {}", words.date(on), words.weekday(on))
}

/// Day, weekday, times and place of a session.
fn when_and_where(session: &SessionEdit, place: &str, words: &Words) -> String {
    let parts = [day_words(session.on, words), times(session), place.to_owned()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("　")
}

/// The title of a paper of a campaign.
fn title(key: &'static str, campaign: &str, words: &Words) -> String {
    words.say(&Message::new(key).text("campaign", campaign))
}

/// What is done with somebody on their day: the programmes that are for them, else those of the campaign.
fn programme_names<'a>(campaign: &'a Campaign, row: &AppointmentRow, words: &'a Words) -> Vec<&'a str> {
    let of = |at: &usize| campaign.programmes.get(*at).map(|programme| words.pick(&programme.names));
    let own: Vec<&str> = row.programmes.iter().filter_map(of).collect();
    if own.is_empty() {
        campaign.programmes.iter().map(|programme| words.pick(&programme.names)).collect()
    } else {
        own
    }
}

/// Completed years on a day, where the day of birth is known.
fn age(row: &AppointmentRow, on: NaiveDate) -> String {
    let born = row.person.facts.born.and_then(|born| born.value.day());
    born.map(|born| age_on(born, on).to_string()).unwrap_or_default()
}
