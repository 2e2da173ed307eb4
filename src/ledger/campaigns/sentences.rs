//! Why somebody has the day they have, or none, as messages.

use crate::domain::message::{Message, Say};
use crate::domain::planner::{Ground, Why};
use crate::domain::schedule::Skip;
use crate::ledger::campaigns::planning::{LeftWhy, Step};

impl Say for LeftWhy {
    fn message(&self) -> Message {
        match self {
            Self::AwayUnknown => Message::new("left-away-unknown"),
            Self::AwayUntil(back) => Message::new("left-away-until").date("on", *back),
            Self::Wish => Message::new("left-wish"),
            Self::NoVisit => Message::new("left-no-visit"),
            Self::OtherCampaign(name) => Message::new("left-other-campaign").text("name", name.clone()),
            Self::AskFirst => Message::new("left-ask-first"),
            Self::Planner(why) => planner_words(why),
        }
    }
}

fn planner_words(why: &Why) -> Message {
    match why {
        Why::NoSession => Message::new("left-no-session"),
        Why::NoDayPossible => Message::new("left-no-day"),
        Why::OnlyForWomen => Message::new("left-only-women"),
        Why::Full { choices: 1, first_day, short, .. } => {
            Message::new("left-full-one").date("on", *first_day).number("short", *short)
        }
        Why::Full { choices, first_day, last_day, short, .. } => Message::new("left-full")
            .number("choices", *choices)
            .date("first", *first_day)
            .date("last", *last_day)
            .number("short", *short),
        Why::FixedMissing | Why::FixedImpossible => Message::new("left-fixed"),
        Why::FixedFull => Message::new("left-fixed-full"),
    }
}

/// What speaks for somebody's day.
pub fn ground_words(ground: &Ground) -> Message {
    match ground {
        Ground::Agreed => Message::new("ground-agreed"),
        Ground::Kept => Message::new("ground-kept"),
        Ground::OnlyOne => Message::new("ground-only-one"),
        Ground::WithHousehold(others) => Message::new("ground-household").number("others", *others),
        Ground::WithGroup(others) => Message::new("ground-group").number("others", *others),
        Ground::FirstDay => Message::new("ground-first-day"),
        Ground::FirstFreeDay => Message::new("ground-first-free"),
        Ground::Balance => Message::new("ground-balance"),
    }
}

impl Say for Step {
    fn message(&self) -> Message {
        Message::new(match self {
            Self::Moved => "plan-moved",
            Self::New => "plan-new",
            Self::Stays => "plan-stays",
            Self::Agreed => "plan-agreed",
        })
    }
}

impl Say for Skip {
    fn message(&self) -> Message {
        match self {
            Self::Holiday(name) if name.is_empty() => Message::new("skip-holiday"),
            Self::Holiday(name) => Message::new("skip-holiday-named").text("name", name.clone()),
            Self::Market => Message::new("skip-market"),
        }
    }
}
