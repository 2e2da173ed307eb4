//! Consent: what somebody may agree to, and what a withdrawal ends. Nobody who was not asked yet is left out; who
//! withdrew is in nothing but their own page. Source: PIPL arts. 13–17, 29, 31; domain.md §6.

use serde::{Deserialize, Serialize};

use crate::domain::Date;
use crate::domain::offer::State;
use crate::domain::partial_date::{PartialDate, age_on};
use crate::domain::programme::Kind;
use crate::domain::resident::worded;

/// Under this age (周岁) a parent or guardian agrees for the child. Source: PIPL art. 31.
pub const GUARDED_UNDER: i32 = 14;

/// What personal data is kept and used for; each is agreed to by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Being kept in the lists and told of what there is.
    Services,
    /// Having health checks and vaccinations arranged.
    Health,
    /// The village hands in a copy of the bank book; the number itself is never stored.
    Account,
    /// Name and phone are handed to the township clinic.
    Clinic,
}
worded!(Purpose, "purpose" { Services => "services", Health => "health", Account => "account", Clinic => "clinic" });

/// What stands for a purpose. Nothing recorded means that nobody has asked yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentState {
    /// Agreed.
    Given,
    /// Withdrawn: it ends what the purpose covers at once.
    Withdrawn,
}
worded!(ConsentState, "consent" { Given => "given", Withdrawn => "withdrawn" });

/// How it was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Signed on the notice.
    Signed,
    /// Said, with somebody there who heard it.
    Spoken,
}
worded!(Channel, "channel" { Signed => "signed", Spoken => "spoken" });

/// What the one who agrees for a child is to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GuardianRelation {
    /// Mother or father.
    Parent,
    /// A grandparent who is the guardian.
    Grandparent,
    /// Another guardian.
    Other,
}
worded!(GuardianRelation, "guardian" { Parent => "parent", Grandparent => "grandparent", Other => "other" });

/// Who agreed for a child.
#[derive(Clone, PartialEq, Eq)]
pub struct Guardian {
    /// The name.
    pub name: String,
    /// What they are to the child.
    pub relation: GuardianRelation,
}

/// A notice that is handed over before somebody agrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What it is for.
    pub purpose: Purpose,
    /// Its number, from 1; a change of meaning gives it the next one.
    pub version: u32,
}

/// The notices in force. Whoever changes the meaning of one in `notices.ftl` raises its number here.
const NOTICES: &[Notice] = &[
    Notice { purpose: Purpose::Services, version: 1 },
    Notice { purpose: Purpose::Health, version: 1 },
    Notice { purpose: Purpose::Account, version: 1 },
    Notice { purpose: Purpose::Clinic, version: 1 },
];

impl Purpose {
    /// Whether a programme of this kind may concern somebody only while they have not withdrawn this purpose.
    pub fn covers(self, kind: Kind) -> bool {
        match self {
            Self::Services => true,
            Self::Health => matches!(kind, Kind::Check | Kind::Vaccine),
            Self::Account | Self::Clinic => false,
        }
    }

    /// Whether its withdrawal ends the other purpose, too: without the lists nothing is arranged or handed on.
    pub fn carries(self, other: Self) -> bool {
        self == other || self == Self::Services
    }

    /// What an answer says that was given to the notice of this number: who agreed to an older one agreed to something else,
    /// and has not been asked about this. A withdrawal stands. Source: PIPL art. 14.
    pub fn standing(self, state: ConsentState, notice: u32) -> Option<ConsentState> {
        still(state, notice, self.notice())
    }

    /// The number of the notice in force.
    pub fn notice(self) -> u32 {
        NOTICES.iter().find(|notice| notice.purpose == self).map_or(1, |notice| notice.version)
    }
}

fn still(state: ConsentState, notice: u32, in_force: u32) -> Option<ConsentState> {
    (state == ConsentState::Withdrawn || notice >= in_force).then_some(state)
}

/// What somebody withdrew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Withdrawn(u8);

impl Withdrawn {
    /// Notes a purpose as withdrawn.
    pub fn add(&mut self, purpose: Purpose) {
        self.0 |= 1 << purpose as u8;
    }

    /// Whether this purpose was withdrawn, by itself or with the services.
    pub fn has(self, purpose: Purpose) -> bool {
        Purpose::ALL.iter().any(|of| self.0 & (1 << *of as u8) != 0 && of.carries(purpose))
    }

    /// Whether a programme of this kind must not concern the person any more.
    pub fn hides(self, kind: Kind) -> bool {
        Purpose::ALL.iter().any(|purpose| self.has(*purpose) && purpose.covers(kind))
    }

    /// Whether nothing was withdrawn.
    pub fn is_nothing(self) -> bool {
        self.0 == 0
    }
}

/// What stands for one person and one purpose.
#[derive(Clone, PartialEq, Eq)]
pub struct Consent {
    /// What it is for.
    pub purpose: Purpose,
    /// Given or withdrawn.
    pub state: ConsentState,
    /// The number of the notice that was handed over.
    pub notice: u32,
    /// The day it was said.
    pub on: Date,
    /// How it was said.
    pub channel: Channel,
    /// Who was there when it was said; empty where it was signed.
    pub witness: String,
    /// Who agreed for a child.
    pub guardian: Option<Guardian>,
}

/// Without names.
impl std::fmt::Debug for Consent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Consent({:?} {:?})", self.purpose, self.state)
    }
}

/// Why somebody who agreed is to be asked again. It is shown. What was agreed to an older notice is no ground any more for
/// handing anything to the clinic or an office ([`Purpose::standing`]); in the village it stops nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Again {
    /// The notice means something else since.
    Notice,
    /// A guardian agreed for the child, who is old enough now.
    Grown,
}
worded!(Again, "again" { Notice => "notice", Grown => "grown" });

impl Consent {
    /// Whether the person is to be asked again on a day, and why; `notice` is the number of the notice in force.
    pub fn again(&self, notice: u32, born: Option<PartialDate>, today: Date) -> Option<Again> {
        if self.state != ConsentState::Given {
            None
        } else if self.notice < notice {
            Some(Again::Notice)
        } else if self.guardian.is_some() && born.is_some() && !needs_guardian(born, today) {
            // Only who was a child on that day: an adult may have a guardian, too.
            needs_guardian(born, self.on).then_some(Again::Grown)
        } else {
            None
        }
    }

    /// What stands for a person of whom there are several records: a withdrawal of any, else the latest.
    pub fn of_one_person(records: impl IntoIterator<Item = Self>) -> Option<Self> {
        records.into_iter().max_by_key(|one| (one.state == ConsentState::Withdrawn, one.on))
    }
}

/// Whose word sends somebody's name to an office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// The person's own.
    Own,
    /// A guardian's, who agreed that the child is kept in the lists.
    Guardian,
    /// Nobody's: a child, and no guardian agreed. What is to go to an office stays in the village.
    Nobody,
}

impl Voice {
    /// Whose word counts on a day; `agreed` is whether a guardian's consent to the services stands. That one is asked
    /// whatever else was agreed to: without the lists nothing is handed on.
    pub fn of(born: Option<PartialDate>, on: Date, agreed: bool) -> Self {
        match (needs_guardian(born, on), agreed) {
            (false, _) => Self::Own,
            (true, true) => Self::Guardian,
            (true, false) => Self::Nobody,
        }
    }
}

/// On what ground somebody's name goes to an office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// It is the person's own application or appointment.
    OwnWish,
    /// The person agreed that the clinic gets name and phone: that, and no id number.
    Agreed,
}

impl Ground {
    /// The ground for a programme of this kind; none where the name stays in the village. Whoever told the village not to
    /// hand anything to the clinic is not handed on for a check or a vaccine, whatever was agreed for that before. Of a
    /// child nothing goes without the guardian's consent: this is the one rule for lists, forms and the file of the month.
    pub fn of(kind: Kind, state: State, clinic: Option<ConsentState>, voice: Voice) -> Option<Self> {
        let is_for_clinic = Purpose::Health.covers(kind);
        match (state, clinic) {
            _ if voice == Voice::Nobody => None,
            (_, Some(ConsentState::Withdrawn)) if is_for_clinic => None,
            (State::Booked | State::Applied | State::Been | State::Done, _) => Some(Self::OwnWish),
            (State::Declined, _) => None,
            (_, Some(ConsentState::Given)) if is_for_clinic => Some(Self::Agreed),
            _ => None,
        }
    }
}

/// Whether a guardian is to agree on that day. Where the day of birth is not known, as long as it may be needed; where
/// nothing of it is known, the person speaks for themselves.
pub fn needs_guardian(born: Option<PartialDate>, on: Date) -> bool {
    born.is_some_and(|born| age_on(born.latest(), on) < GUARDED_UNDER)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a date")
    }

    fn given(on: &str, guardian: Option<&str>) -> Consent {
        let relation = GuardianRelation::Parent;
        Consent {
            purpose: Purpose::Services,
            state: ConsentState::Given,
            notice: 1,
            on: day(on),
            channel: Channel::Signed,
            witness: String::new(),
            guardian: guardian.map(|name| Guardian { name: name.into(), relation }),
        }
    }

    #[test]
    fn a_guardian_agrees_until_the_day_of_turning_fourteen() {
        for (born, on, guarded) in [
            ("2012-11-23", "2026-11-22", true),
            ("2012-11-23", "2026-11-23", false),
            // Born on 29 February: fourteen on 1 March of a common year.
            ("2012-02-29", "2026-02-28", true),
            ("2012-02-29", "2026-03-01", false),
            // Fourteen in a leap year: on the day itself.
            ("2014-02-28", "2028-02-28", false),
            // Only month or year known: as long as it may be needed.
            ("2012-11", "2026-11-29", true),
            ("2012-11", "2026-11-30", false),
            ("2012", "2026-12-30", true),
            ("2012", "2026-12-31", false),
        ] {
            let born = PartialDate::parse(born);
            assert_eq!(needs_guardian(born, day(on)), guarded, "{born:?} on {on}");
        }
        assert!(!needs_guardian(None, day("2026-11-23")));
    }

    #[test]
    fn the_services_carry_everything_and_health_only_checks_and_vaccines() {
        let mut health = Withdrawn::default();
        assert!(Kind::ALL.iter().all(|kind| !health.hides(*kind)) && health.is_nothing());
        health.add(Purpose::Health);
        let hidden: Vec<Kind> = Kind::ALL.iter().copied().filter(|kind| health.hides(*kind)).collect();
        assert_eq!(hidden, [Kind::Check, Kind::Vaccine]);
        let mut services = Withdrawn::default();
        services.add(Purpose::Services);
        assert!(Kind::ALL.iter().all(|kind| services.hides(*kind)));
        assert!(Purpose::ALL.iter().all(|purpose| services.has(*purpose)));
        let mut account = Withdrawn::default();
        account.add(Purpose::Account);
        assert!(Kind::ALL.iter().all(|kind| !account.hides(*kind)) && !account.has(Purpose::Clinic));
    }

    #[test]
    fn a_new_notice_and_a_child_grown_up_are_asked_again() {
        let (born, today) = (PartialDate::parse("2012-11-23"), day("2026-11-23"));
        assert_eq!(given("2026-01-01", Some("周芳")).again(1, born, day("2026-11-22")), None);
        assert_eq!(given("2026-01-01", Some("周芳")).again(1, born, today), Some(Again::Grown));
        assert_eq!(given("2026-01-01", None).again(2, None, today), Some(Again::Notice));
        // Who is grown up may have a guardian as well.
        assert_eq!(given("2026-01-01", Some("周芳")).again(1, PartialDate::parse("1980"), today), None);
        let withdrawn = Consent { state: ConsentState::Withdrawn, ..given("2026-01-01", None) };
        assert_eq!(withdrawn.again(2, born, today), None, "who withdrew is not asked again");
    }

    #[test]
    fn who_agreed_to_an_older_notice_has_not_agreed_to_this_one() {
        let (given, withdrawn) = (ConsentState::Given, ConsentState::Withdrawn);
        assert_eq!((still(given, 1, 1), still(given, 1, 2), still(given, 3, 2)), (Some(given), None, Some(given)));
        assert_eq!(still(withdrawn, 1, 2), Some(withdrawn), "a withdrawal needs no notice");
        for purpose in Purpose::ALL.iter().copied() {
            assert_eq!(purpose.standing(given, purpose.notice()), Some(given));
            assert_eq!(purpose.standing(given, purpose.notice() - 1), None);
        }
    }

    #[test]
    fn of_several_records_a_withdrawal_counts() {
        let withdrawn = Consent { state: ConsentState::Withdrawn, ..given("2025-01-01", None) };
        let of = Consent::of_one_person([given("2026-01-01", None), withdrawn.clone()]);
        assert!(of == Some(withdrawn));
        assert!(Consent::of_one_person([]).is_none());
    }

    #[test]
    fn a_name_goes_to_an_office_on_the_person_s_own_wish_or_to_the_clinic_with_consent() {
        let (given, withdrawn) = (Some(ConsentState::Given), Some(ConsentState::Withdrawn));
        for kind in Kind::ALL.iter().copied() {
            let is_for_clinic = matches!(kind, Kind::Check | Kind::Vaccine);
            for state in State::ALL.iter().copied() {
                let own = matches!(state, State::Booked | State::Applied | State::Been | State::Done);
                let own = own.then_some(Ground::OwnWish);
                for voice in [Voice::Own, Voice::Guardian] {
                    assert_eq!(Ground::of(kind, state, None, voice), own, "{kind:?} {state:?}");
                }
                let agreed = (is_for_clinic && state != State::Declined).then_some(Ground::Agreed);
                assert_eq!(Ground::of(kind, state, given, Voice::Own), own.or(agreed), "{kind:?} {state:?}");
                let after = own.filter(|_| !is_for_clinic);
                assert_eq!(Ground::of(kind, state, withdrawn, Voice::Own), after, "{kind:?} {state:?}");
                for clinic in [None, given, withdrawn] {
                    assert_eq!(Ground::of(kind, state, clinic, Voice::Nobody), None, "{kind:?} {state:?}");
                }
            }
        }
    }

    #[test]
    fn a_child_has_a_guardian_s_voice_or_none_and_who_is_fourteen_their_own() {
        let born = PartialDate::parse("2012-11-24");
        for (on, agreed, voice) in [
            ("2026-11-23", false, Voice::Nobody),
            ("2026-11-23", true, Voice::Guardian),
            ("2026-11-24", false, Voice::Own),
            ("2026-11-24", true, Voice::Own),
        ] {
            assert_eq!(Voice::of(born, day(on), agreed), voice, "{on} {agreed}");
        }
        assert_eq!(Voice::of(None, day("2026-11-23"), false), Voice::Own);
    }

    #[test]
    fn every_purpose_has_a_notice() {
        assert!(Purpose::ALL.iter().all(|purpose| NOTICES.iter().any(|notice| notice.purpose == *purpose)));
    }
}
