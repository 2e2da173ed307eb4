//! Applications (申请): from the person's hand through the steps of the programme to the answer and the payment. Pure:
//! what may follow what. A refusal has no reason here, and an account no number.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::programme::{ACCOUNT, Programme, Who};
use crate::domain::resident::worded;

/// What the authority answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// 批了
    Granted,
    /// 没批
    Refused,
}
worded!(Answer, "answer" { Granted => "granted", Refused => "refused" });

/// How far an application is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Phase {
    /// Somebody has the papers in hand.
    UnderWay,
    /// Granted, not paid yet.
    Granted,
    /// Paid, at least in part.
    Paid,
    /// Refused. It may begin again: a paper was missing.
    Refused,
    /// Taken back by the person. It may begin again.
    TakenBack,
}
worded!(Phase, "phase" {
    UnderWay => "under_way", Granted => "granted", Paid => "paid", Refused => "refused", TakenBack => "taken_back",
});

/// One application, of one person to one programme for one turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// The day it began.
    pub began_on: NaiveDate,
    /// Who has the papers: one of the programme's steps.
    pub holder: Who,
    /// The day since which they have them.
    pub holder_on: NaiveDate,
    /// What the authority answered, and when.
    pub answer: Option<(Answer, NaiveDate)>,
    /// Granted for the turn, in fen; 0 where the answer did not say.
    pub fen: i64,
    /// The day on which the person took it back.
    pub taken_back: Option<NaiveDate>,
    /// Papers in hand by their key, each with its day.
    pub documents: BTreeMap<String, NaiveDate>,
    /// Payments in fen, at most one a day.
    pub payments: BTreeMap<NaiveDate, i64>,
}

/// Something that happens to an application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// The person applies, with these papers in hand.
    Begin(Vec<String>),
    /// A paper is there.
    Tick(String),
    /// It is not.
    Untick(String),
    /// The papers go on to the next step.
    HandOn,
    /// They come back to the step before.
    SetBack,
    /// The authority grants so many fen for the turn; 0 where it does not say.
    Grant(i64),
    /// The authority refuses.
    Refuse,
    /// So many fen were paid.
    Paid(i64),
    /// The payment noted for that day was a mistake.
    NotPaid,
    /// The person takes it back.
    TakeBack,
}

/// Why something cannot happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unfit {
    /// The programme is not applied for through steps.
    NoSteps,
    /// There is none.
    NotBegun,
    /// There is one already.
    Begun,
    /// The programme asks for no such paper.
    NoSuchDocument,
    /// The village takes no copy of a bank book where the person did not agree to that.
    AccountWithoutConsent,
    /// The authority has answered.
    Answered,
    /// The person has taken it back.
    TakenBack,
    /// It is with the last step.
    LastStep,
    /// It is with the first.
    FirstStep,
    /// The village or the person still has the papers: nobody can have answered.
    NotHandedOn,
    /// It was not granted.
    NotGranted,
    /// There is a payment.
    PaidAlready,
    /// There is a payment of that day.
    PaidThatDay,
    /// There is no payment of that day.
    NoPaymentThatDay,
    /// An amount is more than nothing and less than a million yuan.
    Amount,
    /// Something is known of a later day.
    TooEarly(NaiveDate),
}

impl Unfit {
    /// Its key of assets/words.
    pub fn key(self) -> &'static str {
        match self {
            Self::NoSteps => "error-application-no-steps",
            Self::NotBegun => "error-application-not-begun",
            Self::Begun => "error-application-begun",
            Self::NoSuchDocument => "error-application-no-document",
            Self::AccountWithoutConsent => "error-application-account",
            Self::Answered => "error-application-answered",
            Self::TakenBack => "error-application-taken-back",
            Self::LastStep => "error-application-last-step",
            Self::FirstStep => "error-application-first-step",
            Self::NotHandedOn => "error-application-not-handed-on",
            Self::NotGranted => "error-application-not-granted",
            Self::PaidAlready => "error-application-paid",
            Self::PaidThatDay => "error-application-paid-that-day",
            Self::NoPaymentThatDay => "error-application-no-payment",
            Self::Amount => "error-application-amount",
            Self::TooEarly(_) => "error-application-too-early",
        }
    }
}

/// Whether the person agreed that the village hands in a copy of the bank book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountConsent {
    /// Given, and not withdrawn.
    Given,
    /// Not asked, or withdrawn.
    Absent,
}

/// Less than a million yuan, so that a slip of the finger is noticed.
const MOST_FEN: i64 = 99_999_999;

impl Application {
    /// What stands after something happened; nothing stands before a beginning. `on` is the true day; whoever calls
    /// holds that it is not ahead of today.
    pub fn after(
        old: Option<&Self>,
        programme: &Programme,
        act: &Act,
        on: NaiveDate,
        account: AccountConsent,
    ) -> Result<Self, Unfit> {
        if let Act::Begin(documents) = act {
            let mut new = Self::begun(old, programme, on)?;
            for key in documents {
                new.tick(programme, key, on, account)?;
            }
            return Ok(new);
        }
        let mut new = old.ok_or(Unfit::NotBegun)?.clone();
        if new.taken_back.is_some() {
            return Err(Unfit::TakenBack);
        }
        match act {
            Act::Begin(_) => return Err(Unfit::Begun),
            Act::Tick(key) => new.tick(programme, key, on, account)?,
            Act::Untick(key) => new.untick(key)?,
            Act::HandOn => new.hand_on(programme, on, account)?,
            Act::SetBack => new.set_back(programme, on)?,
            Act::Grant(fen) => new.answered(programme, Answer::Granted, *fen, on)?,
            Act::Refuse => new.answered(programme, Answer::Refused, 0, on)?,
            Act::Paid(fen) => new.paid(*fen, on)?,
            Act::NotPaid => {
                new.payments.remove(&on).ok_or(Unfit::NoPaymentThatDay)?;
            }
            Act::TakeBack => new.take_back(on)?,
        }
        Ok(new)
    }

    fn begun(old: Option<&Self>, programme: &Programme, on: NaiveDate) -> Result<Self, Unfit> {
        let first = programme.steps.first().ok_or(Unfit::NoSteps)?;
        if let Some(old) = old {
            let ended = match old.phase() {
                Phase::TakenBack => old.taken_back,
                Phase::Refused => old.answer.map(|(_, on)| on),
                _ => return Err(Unfit::Begun),
            };
            if let Some(ended) = ended.filter(|ended| on < *ended) {
                return Err(Unfit::TooEarly(ended));
            }
        }
        Ok(Self {
            began_on: on,
            holder: first.who,
            holder_on: on,
            answer: None,
            fen: 0,
            taken_back: None,
            documents: BTreeMap::new(),
            payments: BTreeMap::new(),
        })
    }

    /// How far it is. A payment outweighs all else: money that came was granted.
    pub fn phase(&self) -> Phase {
        match (self.taken_back, self.answer) {
            _ if !self.payments.is_empty() => Phase::Paid,
            (Some(_), _) => Phase::TakenBack,
            (None, Some((Answer::Granted, _))) => Phase::Granted,
            (None, Some((Answer::Refused, _))) => Phase::Refused,
            (None, None) => Phase::UnderWay,
        }
    }

    /// Paid until now, in fen.
    pub fn paid_fen(&self) -> i64 {
        self.payments.values().sum()
    }

    /// The papers of the programme that are not there yet.
    pub fn missing<'p>(&self, programme: &'p Programme) -> Vec<&'p crate::domain::programme::Document> {
        programme.documents.iter().filter(|document| !self.documents.contains_key(&document.key)).collect()
    }

    /// The papers that a renewal need not bring anew; the copy of a bank book only where that is still agreed to.
    pub fn papers_kept(&self, programme: &Programme, account: AccountConsent) -> Vec<String> {
        let keeps = |key: &&String| {
            let allowed = key.as_str() != ACCOUNT || account == AccountConsent::Given;
            allowed && programme.documents.iter().any(|document| document.key == **key)
        };
        self.documents.keys().filter(keeps).cloned().collect()
    }

    /// Without the copy of the bank book, where that is among the papers and no authority has them yet.
    pub fn without_account(&self) -> Option<Self> {
        let in_hand = self.phase() == Phase::UnderWay && !self.is_with_authority();
        let mut new = self.clone();
        (in_hand && new.documents.remove(ACCOUNT).is_some()).then_some(new)
    }

    fn is_with_authority(&self) -> bool {
        matches!(self.holder, Who::Township | Who::County | Who::School)
    }

    /// Whether the present holder can have answered.
    pub fn may_be_answered(&self, programme: &Programme) -> bool {
        let is_last = programme.steps.last().is_some_and(|step| step.who == self.holder);
        self.phase() == Phase::UnderWay && (self.is_with_authority() || is_last)
    }

    /// Who has it next, and before.
    pub fn beside(&self, programme: &Programme) -> (Option<Who>, Option<Who>) {
        let at = programme.steps.iter().position(|step| step.who == self.holder);
        let who = |at: Option<usize>| at.and_then(|at| programme.steps.get(at)).map(|step| step.who);
        (who(at.map(|at| at + 1)), who(at.and_then(|at| at.checked_sub(1))))
    }

    fn under_way(&self) -> Result<(), Unfit> {
        if self.answer.is_some() { Err(Unfit::Answered) } else { Ok(()) }
    }

    fn not_before(&self, on: NaiveDate, since: NaiveDate) -> Result<(), Unfit> {
        if on < since { Err(Unfit::TooEarly(since)) } else { Ok(()) }
    }

    fn tick(&mut self, programme: &Programme, key: &str, on: NaiveDate, account: AccountConsent) -> Result<(), Unfit> {
        self.under_way()?;
        self.not_before(on, self.began_on)?;
        if programme.documents.iter().all(|document| document.key != key) {
            return Err(Unfit::NoSuchDocument);
        }
        if key == ACCOUNT && account == AccountConsent::Absent {
            return Err(Unfit::AccountWithoutConsent);
        }
        self.documents.entry(key.to_owned()).or_insert(on);
        Ok(())
    }

    fn untick(&mut self, key: &str) -> Result<(), Unfit> {
        self.under_way()?;
        self.documents.remove(key).map(|_| ()).ok_or(Unfit::NoSuchDocument)
    }

    fn hand_on(&mut self, programme: &Programme, on: NaiveDate, account: AccountConsent) -> Result<(), Unfit> {
        self.under_way()?;
        // What an authority hands on is not the village's to stop.
        let hands_in = self.documents.contains_key(ACCOUNT) && !self.is_with_authority();
        if hands_in && account == AccountConsent::Absent {
            return Err(Unfit::AccountWithoutConsent);
        }
        self.not_before(on, self.holder_on)?;
        self.holder = self.beside(programme).0.ok_or(Unfit::LastStep)?;
        self.holder_on = on;
        Ok(())
    }

    fn set_back(&mut self, programme: &Programme, on: NaiveDate) -> Result<(), Unfit> {
        self.under_way()?;
        self.not_before(on, self.holder_on)?;
        self.holder = self.beside(programme).1.ok_or(Unfit::FirstStep)?;
        self.holder_on = on;
        Ok(())
    }

    fn answered(&mut self, programme: &Programme, answer: Answer, fen: i64, on: NaiveDate) -> Result<(), Unfit> {
        self.under_way()?;
        if !self.may_be_answered(programme) {
            return Err(Unfit::NotHandedOn);
        }
        self.not_before(on, self.holder_on)?;
        if !(0..=MOST_FEN).contains(&fen) {
            return Err(Unfit::Amount);
        }
        (self.answer, self.fen) = (Some((answer, on)), fen);
        Ok(())
    }

    fn paid(&mut self, fen: i64, on: NaiveDate) -> Result<(), Unfit> {
        let Some((Answer::Granted, granted_on)) = self.answer else { return Err(Unfit::NotGranted) };
        self.not_before(on, granted_on)?;
        if !(1..=MOST_FEN).contains(&fen) {
            return Err(Unfit::Amount);
        }
        if self.payments.contains_key(&on) {
            return Err(Unfit::PaidThatDay);
        }
        self.payments.insert(on, fen);
        Ok(())
    }

    fn take_back(&mut self, on: NaiveDate) -> Result<(), Unfit> {
        if !self.payments.is_empty() {
            return Err(Unfit::PaidAlready);
        }
        if matches!(self.answer, Some((Answer::Refused, _))) {
            return Err(Unfit::Answered);
        }
        let last = self.answer.map_or(self.holder_on, |(_, answered)| answered);
        self.not_before(on, last)?;
        self.taken_back = Some(on);
        Ok(())
    }
}

/// The warning that is on so many days before the last one: at first as many days before as the programme says, then
/// 30, then 7. None earlier, or when it is over.
pub fn warning(days_left: i64, first: i64) -> Option<i64> {
    [7, 30, first].into_iter().find(|step| (0..=*step).contains(&days_left))
}

#[cfg(test)]
#[path = "application_tests.rs"]
mod tests;
