//! What is kept of people, for what, and on which ground: the record of processing that the privacy page and the impact
//! assessment show. `tests/it/privacy.rs` holds it against `schema.sql`: no column about a person is missing here.
//! Sources: PIPL arts. 6, 13, 28–31, 55–56.

use crate::domain::resident::worded;

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
}
worded!(Use, "use" {
    Register => "register", Services => "services", Checks => "checks", Applications => "applications",
    Outreach => "outreach", Care => "care", Proof => "proof",
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
}
worded!(Ground, "ground" { Consent => "consent", Application => "application", Duty => "duty" });

impl Use {
    /// Why it may be kept.
    pub fn ground(self) -> Ground {
        match self {
            Self::Register | Self::Services | Self::Checks | Self::Outreach | Self::Care => Ground::Consent,
            Self::Applications => Ground::Application,
            Self::Proof => Ground::Duty,
        }
    }

    /// Whether it tells of health, money or a child's circumstances: separate consent, and more care (arts. 28–31).
    pub fn is_sensitive(self) -> bool {
        matches!(self, Self::Checks | Self::Applications | Self::Care)
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
        }
    }
}
