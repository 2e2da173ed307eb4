//! Everything that can be done to a ledger, in the user's words, and who does it when.

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::domain::consent::Purpose;
use crate::domain::entry::EntryAct;
use crate::domain::offer::Outcome;
use crate::domain::partial_date::PartialDate;
use crate::domain::relation::Relation;
use crate::domain::resident::{FactValue, Residency, Standing};
use crate::domain::village_record::{Entry, RecordKind};
use crate::domain::worklist::{PutOff, TaskEnd};
use crate::ledger::campaigns::command::CampaignCommand;
use crate::ledger::care::CareEdit;
use crate::ledger::outreach::{AwayEdit, Reached};
use crate::ledger::privacy::command::PrivacyCommand;
use crate::ledger::rounds::RoundPlan;

mod parts;

pub use parts::*;

/// Who does it, when. The ledger asks no clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The instant, in Beijing time.
    pub at: DateTime<FixedOffset>,
    /// The calendar day that counts as today.
    pub today: NaiveDate,
    /// Who, as signed in on the laptop.
    pub by: String,
}

/// One user action: one transaction, one name in the history, one step of undo.
#[derive(Clone)]
pub enum Command {
    /// Record what was said to somebody about a programme.
    Record {
        /// The resident's uid.
        resident: String,
        /// The programme's id.
        programme: String,
        /// What was said.
        outcome: Outcome,
        /// The true day, today or earlier.
        on: NaiveDate,
    },
    /// Record the same about many people, as after a round through the village: all of them or nobody.
    RecordMany {
        /// The residents' uids.
        people: Vec<String>,
        /// The programme's id.
        programme: String,
        /// What was said.
        outcome: Outcome,
        /// The true day, today or earlier.
        on: NaiveDate,
    },
    /// The person came and had the check.
    Attend {
        /// The resident's uid.
        resident: String,
        /// The programme's id.
        programme: String,
        /// The true day, today or earlier.
        on: NaiveDate,
    },
    /// Something happens to an application.
    Apply {
        /// The resident's uid.
        resident: String,
        /// The programme's id.
        programme: String,
        /// The turn; none for the one in which the day lies.
        period: Option<String>,
        /// What happens.
        act: crate::domain::application::Act,
        /// The true day, today or earlier.
        on: NaiveDate,
    },
    /// Note whether somebody lives here or is away.
    SetResidency {
        /// The resident's uid.
        resident: String,
        /// Here or away.
        residency: Residency,
        /// Who says so: a few words.
        source: String,
        /// The day it was true.
        on: NaiveDate,
    },
    /// Note a fact that rules read.
    SetFact {
        /// The resident's uid.
        resident: String,
        /// The kind and its value.
        value: FactValue,
        /// Who says so: a few words.
        source: String,
        /// The day it was true.
        on: NaiveDate,
    },
    /// Note many facts from one list.
    ImportFacts {
        /// Whom, what, when.
        rows: Vec<NewFact>,
        /// The list they come from.
        source: String,
    },
    /// Enter a value that the county set.
    SetLocal {
        /// The programme's id.
        programme: String,
        /// The key, one of those the programme names.
        key: String,
        /// The value as written; empty takes it away.
        value: String,
        /// The paper it stands in.
        source: String,
        /// The day since which it holds.
        on: NaiveDate,
    },
    /// Somebody agreed to what a purpose is kept for.
    GiveConsent {
        /// The resident's uid.
        resident: String,
        /// What was agreed to.
        purpose: Purpose,
        /// The true day, today or earlier.
        on: NaiveDate,
        /// How, and before whom.
        agreed: Box<Agreed>,
    },
    /// Somebody withdrew: it holds at once and needs no reason.
    WithdrawConsent {
        /// The resident's uid.
        resident: String,
        /// What was withdrawn; with the services, everything.
        purpose: Purpose,
        /// The true day, today or earlier.
        on: NaiveDate,
    },
    /// A masked sheet was put on the notice board.
    PutUpSheet {
        /// The programme's id.
        programme: String,
        /// The true day, today or earlier.
        put_up_on: NaiveDate,
        /// The last day it may hang.
        down_by: NaiveDate,
    },
    /// It was taken down.
    TakeDownSheet {
        /// The sheet's uid.
        sheet: String,
        /// The true day, today or earlier.
        on: NaiveDate,
    },
    /// Write down a task by hand.
    WriteTask(Box<NewTask>),
    /// A task written by hand is done, or not needed any more.
    EndTask {
        /// The task's uid.
        task: String,
        /// How it ended.
        how: TaskEnd,
        /// The true day, today or earlier.
        on: NaiveDate,
    },
    /// A task written by hand is for another day.
    PutTaskTo {
        /// The task's uid.
        task: String,
        /// The new day.
        due_on: NaiveDate,
    },
    /// Put off what the worklist asks about somebody and a programme.
    PutOff {
        /// The resident's uid.
        resident: String,
        /// The programme's id.
        programme: String,
        /// Until a day, or for this turn.
        how: PutOff,
        /// The true day, today or earlier.
        on: NaiveDate,
    },
    /// Write down a round on paper, so that its codes can be typed in.
    MakeRound(Box<RoundPlan>),
    /// Enter a row of a round's paper.
    Enter {
        /// The resident's uid.
        resident: String,
        /// The programme's id.
        programme: String,
        /// What came of it.
        act: EntryAct,
        /// What else is to be done; may be empty.
        note: String,
        /// The true day, today or earlier.
        on: NaiveDate,
    },
    /// Write an entry of the village's own record.
    WriteRecord {
        /// Which record.
        kind: RecordKind,
        /// The entry; new where it has no uid.
        entry: Box<Entry>,
    },
    /// Take an entry of the village's own record away.
    RemoveRecord {
        /// Which record.
        kind: RecordKind,
        /// The entry's uid.
        uid: String,
    },
    /// Note what belongs to somebody's being away.
    SetAway(Box<AwayEdit>),
    /// Somebody away was called.
    Called {
        /// The resident's uid.
        resident: String,
        /// Whether they were reached.
        reached: Reached,
        /// The true day, today or earlier.
        on: NaiveDate,
    },
    /// Somebody away asked for something.
    AskedFor {
        /// The resident's uid.
        resident: String,
        /// In their words.
        what: String,
        /// The true day, today or earlier.
        on: NaiveDate,
    },
    /// What they asked for was answered.
    Answered {
        /// The request's uid.
        request: String,
        /// The answer.
        answer: String,
        /// The true day, today or earlier.
        on: NaiveDate,
    },
    /// Write down care that was agreed to, over what stood there.
    SetCare(Box<CareEdit>),
    /// Care ends.
    EndCare {
        /// Its uid.
        care: String,
        /// The true day, today or earlier.
        on: NaiveDate,
    },
    /// A visit took place.
    Visited {
        /// The care's uid.
        care: String,
        /// What is to be remembered; may be empty.
        note: String,
        /// The true day, today or earlier.
        on: NaiveDate,
        /// The next visit.
        next_on: Option<NaiveDate>,
    },
    /// The next visit is on another day.
    PutVisitTo {
        /// The care's uid.
        care: String,
        /// The day.
        next_on: NaiveDate,
    },
    /// Enter several values that the county set, as from another village's file.
    SetLocals {
        /// The values, looked at before.
        values: Vec<NewLocal>,
    },
    /// Note a birth date that was missing or wrong; refused where the id number says otherwise.
    SetBorn {
        /// The resident's uid.
        resident: String,
        /// The date, perhaps without day or month.
        born: PartialDate,
        /// Who says so.
        source: String,
    },
    /// Moved away for good, died, or came back into the lists.
    SetStanding {
        /// The resident's uid.
        resident: String,
        /// The new standing.
        standing: Standing,
        /// The day since which it is true.
        on: NaiveDate,
    },
    /// Enter a person by hand: somebody who lives here, moved in, or was born.
    AddResident {
        /// Who.
        new: Box<NewResident>,
        /// Where they belong.
        home: Home,
    },
    /// Correct what is known of somebody; only what the edit names is written.
    EditResident {
        /// The resident's uid.
        resident: String,
        /// The new values.
        edit: Box<ResidentEdit>,
        /// Who says so.
        source: String,
    },
    /// Move people to another household, or into one of their own (分户). A household that nobody is left in goes.
    Move {
        /// Who moves, with the relation to the head over there.
        people: Vec<Moved>,
        /// Where to.
        home: Home,
    },
    /// Make two households one: everybody of the first moves into the second.
    JoinHouseholds {
        /// The uid of the household that goes.
        from: String,
        /// The uid of the household that stays.
        into: String,
    },
    /// Correct a household's number, address or group.
    EditHousehold {
        /// The household's uid.
        household: String,
        /// The new values, all of them.
        edit: HouseholdEdit,
    },
    /// Say how the members of a household are related to its head, as when another becomes the head.
    SetRelations {
        /// The household's uid.
        household: String,
        /// Members by uid with their relation; none where it is not known.
        relations: Vec<(String, Option<Relation>)>,
    },
    /// Give a group another name.
    RenameGroup {
        /// Its bare name now.
        group: String,
        /// The bare name to come.
        name: String,
    },
    /// Two records are one person: one stays listed, the other stands behind it.
    Merge(Box<Merge>),
    /// They are two people after all: both are listed again, each with its own.
    Unmerge {
        /// The uid of the record that stands behind another.
        behind: String,
    },
    /// Two records look alike and are two people.
    NotSame {
        /// The one's uid.
        one: String,
        /// The other's uid.
        other: String,
    },
    /// Remove somebody entered by mistake, with all that was noted about them.
    RemoveResident {
        /// The resident's uid.
        resident: String,
    },
    /// Say who looks after a group.
    AssignContact {
        /// The group's name.
        group: String,
        /// The contact person's name; empty for nobody.
        name: String,
        /// The contact person's phone.
        phone: String,
    },
    /// Decide whether two of two villages are one person: a township's.
    JudgeTwin {
        /// The one, as the files of its village name it.
        one: String,
        /// The other, of another village.
        other: String,
        /// What was decided.
        verdict: crate::ledger::township::twins::Verdict,
        /// The day, for next month's reader.
        on: NaiveDate,
    },
    /// Something about how data is kept.
    Privacy(PrivacyCommand),
    /// Something about check-up campaigns.
    Campaign(CampaignCommand),
    /// Write a roster that was looked at, with what was decided for its rows, as one step.
    Import(std::sync::Arc<crate::ledger::imports::ImportPlan>),
    /// Write what was decided about a roster of the household registration, as one step.
    Reconcile(std::sync::Arc<crate::ledger::reconcile::ReconcilePlan>),
    /// Take back the latest change in effect.
    Undo,
    /// Put back what was undone last, if nothing was done since.
    Redo,
    /// Take back one change by its uid, keeping and listing the rows edited since.
    TakeBack {
        /// The change's uid.
        change: String,
    },
}
