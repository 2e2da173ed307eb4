//! What is kept of people, for what, and on which ground: the record of processing that the privacy page and the impact
//! assessment show. `tests/it/privacy.rs` holds it against `schema.sql`: no column about a person is missing here.
//! Sources: PIPL arts. 6, 13, 28–31, 55–56.

use crate::domain::area_code::Level;
use crate::domain::resident::worded;
use crate::domain::retention::Keeping;

/// For what something is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Use {
    /// Who lives here.
    Register,
    /// Who may have what, and was told.
    Services,
    /// Days for check-ups. Never a result.
    Checks,
    /// Applications, and what was paid.
    Applications,
    /// How to reach who is away.
    Outreach,
    /// Who helps whom.
    Care,
    /// That somebody agreed or withdrew, and what must be kept by a rule.
    Proof,
    /// At an office: what villages handed up of persons.
    Received,
}
worded!(Use, "use" {
    Register => "register", Services => "services", Checks => "checks", Applications => "applications",
    Outreach => "outreach", Care => "care", Proof => "proof", Received => "received",
});

/// Why it may be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ground {
    /// The person agreed (art. 13 (1)); the register itself assists the township as the law lays down (arts. 13 (3), 37).
    Consent,
    /// The person applied.
    Application,
    /// The law asks for the proof (arts. 14, 54, 56).
    Duty,
    /// The person applied, or agreed that the clinic learns of the day, and the village handed that up.
    HandedUp,
}
worded!(Ground, "ground" {
    Consent => "consent", Application => "application", Duty => "duty", HandedUp => "handed-up",
});

impl Use {
    /// For what a ledger of this level keeps something, in the order shown.
    pub fn of(level: Level) -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(move |of| (*of == Self::Received) == (level != Level::Village))
    }

    /// What of it has an end, and a time after that.
    pub fn keepings(self) -> &'static [Keeping] {
        match self {
            Self::Register => &[Keeping::Gone, Keeping::Past],
            Self::Services => {
                &[Keeping::Service, Keeping::Offer, Keeping::PutOff, Keeping::Task, Keeping::Round, Keeping::Fact]
            }
            Self::Checks => &[Keeping::Appointment],
            Self::Applications => &[Keeping::Application],
            Self::Outreach => &[Keeping::Away, Keeping::Outreach],
            Self::Care => &[Keeping::Care],
            Self::Proof => &[Keeping::Proof],
            Self::Received => &[Keeping::ReceivedApplication, Keeping::ReceivedAppointment, Keeping::Past],
        }
    }

    /// Why it may be kept.
    pub fn ground(self) -> Ground {
        match self {
            Self::Register | Self::Services | Self::Checks | Self::Outreach | Self::Care => Ground::Consent,
            Self::Applications => Ground::Application,
            Self::Proof => Ground::Duty,
            Self::Received => Ground::HandedUp,
        }
    }

    /// Whether it tells of health, money or a child's circumstances: separate consent, and more care (arts. 28–31).
    pub fn is_sensitive(self) -> bool {
        matches!(self, Self::Checks | Self::Applications | Self::Care | Self::Received)
    }

    /// The columns by table, without keys and the days and sources of entries, which say nothing of the person.
    pub fn columns(self) -> &'static [(&'static str, &'static [&'static str])] {
        match self {
            Self::Register => &[
                (
                    "resident",
                    &[
                        "name",
                        "name_written",
                        "id_number",
                        "sex",
                        "born",
                        "relation",
                        "phone",
                        "standing",
                        "standing_on",
                        "known_on",
                    ],
                ),
                ("household", &["number", "address", "sorted"]),
                ("same_person", &["linked_on"]),
                ("same_person_before", &["field", "before"]),
                ("not_same", &[]),
            ],
            Self::Services => &[
                ("fact", &["kind", "value", "on_date"]),
                ("offer", &["programme", "period", "outcome", "on_date", "tries"]),
                ("service", &["programme", "on_date"]),
                ("put_off", &["programme", "period", "until", "on_date"]),
                ("task", &["what", "due_on", "made_on", "ended", "ended_on"]),
                ("round_row", &["number", "programme"]),
            ],
            Self::Checks => &[(
                "appointment",
                &["state", "on_date", "asked_again", "first", "at_home", "walked_in", "not_before", "not_after"],
            )],
            Self::Applications => &[
                (
                    "application",
                    &[
                        "programme",
                        "period",
                        "began_on",
                        "holder",
                        "holder_on",
                        "answer",
                        "answer_on",
                        "fen",
                        "taken_back",
                    ],
                ),
                ("application_document", &["programme", "period", "document", "on_date"]),
                ("payment", &["programme", "period", "on_date", "fen"]),
            ],
            Self::Outreach => &[
                ("away", &["place", "back_by", "contact", "times", "agreed_on"]),
                ("contact_try", &["on_date", "reached"]),
                ("request", &["what", "on_date", "answer", "answered_on"]),
            ],
            Self::Care => &[
                ("care", &["kind", "helper", "phone", "agreed", "agreed_by", "agreed_on", "next_on", "ended_on"]),
                ("care_visit", &["on_date", "note"]),
            ],
            Self::Proof => &[
                (
                    "consent",
                    &["purpose", "state", "notice", "on_date", "channel", "witness", "guardian", "guardian_relation"],
                ),
                ("hold", &["held_until", "basis", "on_date"]),
            ],
            Self::Received => RECEIVED,
        }
    }
}

/// What an office keeps of whom villages named.
const RECEIVED: &[(&str, &[&str])] = &[
    (
        "received_application",
        &[
            "person",
            "name",
            "id_number",
            "born",
            "phone",
            "programme",
            "period",
            "phase",
            "began_on",
            "fen",
            "paid_fen",
        ],
    ),
    ("received_appointment", &["person", "name", "id_number", "born", "phone", "programme", "on_date", "state"]),
    ("received_twin", &["one", "other", "verdict", "on_date"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_has_an_end_belongs_to_a_purpose() {
        for keeping in Keeping::ALL {
            assert!(Use::ALL.iter().any(|of| of.keepings().contains(keeping)), "{keeping:?}");
        }
        for level in [Level::Village, Level::Township, Level::County] {
            let of_uses: Vec<Keeping> = Use::of(level).flat_map(|of| of.keepings().iter().copied()).collect();
            assert!(Keeping::of(level).all(|keeping| of_uses.contains(&keeping)), "{level:?}");
        }
    }
}
