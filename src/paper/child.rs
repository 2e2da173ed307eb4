//! A child under 14 on the village's own papers: the name masked, and beside it who heads the household and how to reach
//! them. Whole is a child's name on what goes to an office with the guardian's consent, and on what the guardian is given;
//! a child's own phone and id number are on no list, form, round or session paper.

use crate::domain::mask::MaskedName;
use crate::domain::message::Message;
use crate::ledger::children::Children;
use crate::words::Words;

/// The masked name with whom to ask, where somebody heads the household.
pub(super) fn named(name: &str, household_uid: &str, children: &Children, words: &Words) -> String {
    let masked = MaskedName::of(name).as_str().to_owned();
    match children.head(household_uid) {
        Some(head) => words.say(&Message::new("paper-child-of").text("name", masked).text("head", head.name.clone())),
        None => masked,
    }
}

/// The phone of who heads the household, in the place of the child's.
pub(super) fn phone(household_uid: &str, children: &Children) -> String {
    children.head(household_uid).map(|head| head.phone.clone()).unwrap_or_default()
}
