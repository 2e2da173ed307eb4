//! Why somebody looks at what is hidden until it is asked for: the data of a child under 14. Each look is written down with
//! its reason. Sources: PIPL art. 31; 未成年人网络保护条例 arts. 36-37.

use chrono::NaiveDate;

use crate::domain::consent::needs_guardian;
use crate::domain::message::Message;
use crate::domain::partial_date::PartialDate;
use crate::domain::resident::worded;

/// A reason for a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LookReason {
    /// An application or a check-up of the child is worked on.
    Service,
    /// What is kept is held against a paper, or corrected.
    Correction,
    /// The guardian asked what is kept.
    Guardian,
    /// The township or a law asks.
    Duty,
}
worded!(LookReason, "look-reason" {
    Service => "service", Correction => "correction", Guardian => "guardian", Duty => "duty",
});

/// Whether somebody's data is hidden until it is asked for. Whose birth is not known is not taken for a child.
pub fn is_hidden(born: Option<PartialDate>, today: NaiveDate) -> bool {
    needs_guardian(born, today)
}

/// Whether a sentence of a reason tells a day of birth, or a day from which it follows.
pub fn tells_birth(message: &Message) -> bool {
    message.key.starts_with("fact-born") || message.key == "until-birthday"
}
