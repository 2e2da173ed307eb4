//! A campaign as a file: what `campaign new` reads. Sessions are named one by one, or by a weekly pattern over the
//! campaign's days.

use std::path::Path;

use chrono::{NaiveDate, NaiveTime, Weekday};
use serde::Deserialize;

use crate::domain::campaign::{SessionKind, read_time};
use crate::domain::message::Message;
use crate::domain::schedule::{Calendar, Laid};
use crate::ledger::campaigns::{CampaignEdit, NewCampaign, SessionEdit};
use crate::ledger::error::{ErrorKind, LedgerError, Result};

/// The longest file that is read.
const LONGEST: u64 = 1 << 20;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    programmes: Vec<String>,
    first: String,
    last: String,
    #[serde(default)]
    place: String,
    #[serde(default)]
    bring: String,
    #[serde(default)]
    prepare: String,
    #[serde(default)]
    session: Vec<OneDay>,
    #[serde(default)]
    weekly: Vec<Weekly>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OneDay {
    date: String,
    #[serde(flatten)]
    of: Of,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Weekly {
    days: Vec<String>,
    #[serde(flatten)]
    of: Of,
}

#[derive(Deserialize)]
struct Of {
    from: String,
    to: String,
    seats: i64,
    #[serde(default)]
    kind: SessionKind,
    #[serde(default)]
    place: String,
    #[serde(default)]
    staff: String,
}

/// A file that was read, and the days of its patterns that are left out.
pub(super) struct Read {
    pub(super) new: NewCampaign,
    pub(super) laid: Laid,
}

/// Reads a campaign's file; its patterns leave out holidays and market days.
///
/// # Errors
/// It cannot be read; the sentence says where.
pub(super) fn read(path: &Path, calendar: &Calendar) -> Result<Read> {
    let length = std::fs::metadata(path).map_err(|error| LedgerError::io(error, path))?.len();
    let unclear =
        |what: String| LedgerError::new(ErrorKind::Refused, Message::new("error-campaign-file").text("what", what));
    if length > LONGEST {
        return Err(unclear(format!("> {} KiB", LONGEST >> 10)));
    }
    let text = std::fs::read_to_string(path).map_err(|error| LedgerError::io(error, path))?;
    let file: File = toml::from_str(&text).map_err(|error| unclear(error.message().to_owned()))?;
    let day = |text: &str| text.parse::<NaiveDate>().map_err(|_| unclear(text.to_owned()));
    let edit = CampaignEdit {
        name: file.name,
        programmes: file.programmes,
        first: day(&file.first)?,
        last: day(&file.last)?,
        place: file.place,
        bring: file.bring,
        prepare: file.prepare,
    };
    let mut sessions = Vec::new();
    for one in &file.session {
        sessions.push(one.of.session(day(&one.date)?).map_err(unclear)?);
    }
    let mut all = Laid::default();
    for weekly in &file.weekly {
        let weekdays: Vec<Weekday> =
            weekly.days.iter().map(|text| text.parse().map_err(|_| unclear(text.clone()))).collect::<Result<_>>()?;
        let laid = calendar.lay((edit.first, edit.last), &weekdays);
        for on in &laid.days {
            sessions.push(weekly.of.session(*on).map_err(unclear)?);
        }
        all.skipped.extend(laid.skipped);
        all.unknown.extend(laid.unknown);
    }
    all.unknown.dedup();
    Ok(Read { new: NewCampaign { edit, sessions }, laid: all })
}

impl Of {
    fn session(&self, on: NaiveDate) -> std::result::Result<SessionEdit, String> {
        let time =
            |text: &str| -> std::result::Result<NaiveTime, String> { read_time(text).ok_or_else(|| text.to_owned()) };
        Ok(SessionEdit {
            on,
            from: time(&self.from)?,
            to: time(&self.to)?,
            // What cannot be is refused by the ledger with a sentence.
            seats: u32::try_from(self.seats).unwrap_or(0),
            kind: self.kind,
            place: self.place.clone(),
            staff: self.staff.clone(),
        })
    }
}
