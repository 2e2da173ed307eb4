//! What is said of a programme's last day and of how sure it is.

use chrono::{Datelike as _, NaiveDate};

use crate::domain::local_standard::LocalStandards;
use crate::domain::message::Message;
use crate::domain::programme::{Amount, Programme, Status};
use crate::ui::cx::Cx;
use crate::ui::widgets::person::short_date;

/// The last day, with the days left; where money lapses with it, that is said.
pub fn deadline_words(cx: &Cx<'_>, programme: &Programme, by: NaiveDate) -> String {
    let key = match lapses(programme) && by.year() == cx.today.year() {
        true => "lists-lapses",
        false => "lists-apply-by",
    };
    cx.say(&Message::new(key).text("on", short_date(cx, by)).number("days", days_left(cx, by)))
}

/// The same in few words.
pub fn brief_deadline(cx: &Cx<'_>, by: NaiveDate) -> String {
    cx.say(&Message::new("lists-by").text("on", short_date(cx, by)).number("days", days_left(cx, by)))
}

/// Days until a last day, from today.
pub fn days_left(cx: &Cx<'_>, by: NaiveDate) -> i64 {
    (by - cx.today).num_days().max(0)
}

/// Whether what was not applied for by the last day is gone for good.
pub fn lapses(programme: &Programme) -> bool {
    programme.amount == Some(Amount::ChildSubsidy)
}

/// What is to be said of how far the programme can be relied on, if anything.
pub fn status_key(programme: &Programme, standards: &LocalStandards) -> Option<&'static str> {
    match programme.status {
        Status::Ended { .. } => Some("lists-tag-ended"),
        _ if programme.missing(standards).next().is_some() => Some("lists-tag-local"),
        Status::Unverified => Some("lists-tag-unverified"),
        Status::Current | Status::Local => None,
    }
}
