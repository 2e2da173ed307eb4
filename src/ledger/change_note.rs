//! What the change log calls each command, and whom or what it is about: never a value of a person.

use crate::ledger::command::{Command, Home};
use crate::ledger::store::Note;
use crate::ledger::{applications, rounds};

impl Command {
    /// The programme it is about.
    pub(in crate::ledger) fn programme(&self) -> Option<&str> {
        match self {
            Self::Record { programme, .. }
            | Self::RecordMany { programme, .. }
            | Self::Attend { programme, .. }
            | Self::Apply { programme, .. }
            | Self::PutUpSheet { programme, .. }
            | Self::PutOff { programme, .. }
            | Self::Enter { programme, .. }
            | Self::SetLocal { programme, .. } => Some(programme),
            _ => None,
        }
    }

    /// What the change log will call it.
    pub(in crate::ledger) fn note(&self) -> Note {
        match self {
            Self::Campaign(command) => return command.note(),
            Self::Privacy(command) => return command.note(),
            _ => {}
        }
        let (op, about, note, count) = match self {
            Self::Record { resident, programme, outcome, .. } => {
                (outcome.op(), resident.as_str(), programme.as_str(), 1)
            }
            Self::RecordMany { people, programme, outcome, .. } => (outcome.op(), "", programme.as_str(), people.len()),
            Self::Attend { resident, programme, .. } => ("attend", resident.as_str(), programme.as_str(), 1),
            Self::Apply { resident, programme, act, .. } => {
                (applications::op(act), resident.as_str(), programme.as_str(), 1)
            }
            Self::SetResidency { resident, residency, .. } => ("residency", resident.as_str(), residency.as_str(), 1),
            // The kind alone: what it says of the person stands in their own record.
            Self::SetFact { resident, value, .. } => ("fact", resident.as_str(), value.kind.as_str(), 1),
            Self::ImportFacts { rows, source } => ("note-facts", "", source.as_str(), rows.len()),
            Self::SetLocal { programme, .. } => ("local-standard", "", programme.as_str(), 1),
            Self::GiveConsent { resident, purpose, .. } => ("consent-give", resident.as_str(), purpose.as_str(), 1),
            Self::WithdrawConsent { resident, purpose, .. } => {
                ("consent-withdraw", resident.as_str(), purpose.as_str(), 1)
            }
            Self::PutUpSheet { programme, .. } => ("put-up-sheet", "", programme.as_str(), 1),
            Self::TakeDownSheet { .. } => ("take-down-sheet", "", "", 1),
            // Never what was written by hand.
            Self::WriteTask(new) => ("write-task", new.resident.as_deref().unwrap_or_default(), "", 1),
            Self::EndTask { .. } => ("end-task", "", "", 1),
            Self::PutTaskTo { .. } => ("put-task-to", "", "", 1),
            Self::PutOff { resident, programme, .. } => ("put-off", resident.as_str(), programme.as_str(), 1),
            Self::MakeRound(_) => ("make-round", "", "", 1),
            Self::Enter { resident, programme, act, .. } => {
                (rounds::op(*act), resident.as_str(), programme.as_str(), 1)
            }
            Self::WriteRecord { kind, .. } => ("write-record", "", kind.as_str(), 1),
            Self::RemoveRecord { kind, .. } => ("remove-record", "", kind.as_str(), 1),
            Self::SetAway(new) => ("set-away", new.resident.as_str(), "", 1),
            Self::Called { resident, .. } => ("called", resident.as_str(), "", 1),
            Self::AskedFor { resident, .. } => ("asked-for", resident.as_str(), "", 1),
            Self::Answered { .. } => ("answered", "", "", 1),
            Self::SetLocals { values } => ("local-standards", "", "", values.len()),
            Self::SetBorn { resident, .. } => ("born", resident.as_str(), "", 1),
            Self::SetStanding { resident, standing, .. } => ("standing", resident.as_str(), standing.as_str(), 1),
            Self::AddResident { .. } => ("add-resident", "", "", 1),
            Self::EditResident { resident, .. } => ("edit-resident", resident.as_str(), "", 1),
            Self::Move { people, home: Home::New(_) } => ("split-household", "", "", people.len()),
            Self::Move { people, .. } => ("move", "", "", people.len()),
            Self::JoinHouseholds { into, .. } => ("join-households", into.as_str(), "", 1),
            Self::EditHousehold { household, .. } => ("edit-household", household.as_str(), "", 1),
            Self::SetRelations { household, relations } => ("relations", household.as_str(), "", relations.len()),
            Self::RenameGroup { name, .. } => ("rename-group", "", name.as_str(), 1),
            Self::Merge(merge) => ("merge", merge.listed.as_str(), "", 1),
            Self::Unmerge { behind } => ("unmerge", behind.as_str(), "", 1),
            Self::NotSame { one, .. } => ("not-same", one.as_str(), "", 1),
            Self::RemoveResident { resident } => ("remove-resident", resident.as_str(), "", 1),
            Self::AssignContact { group, .. } => ("assign-contact", "", group.as_str(), 1),
            // Never whom: the two stand in their villages' files.
            Self::JudgeTwin { .. } => ("judge-twin", "", "", 1),
            Self::Import(plan) => ("import", "", plan.import.title.as_str(), plan.import.rows.len()),
            Self::Reconcile(plan) => ("reconcile", "", plan.reconciled.import.title.as_str(), plan.verdicts.len()),
            Self::SetCare(new) => ("set-care", new.resident.as_str(), "", 1),
            Self::EndCare { .. } => ("end-care", "", "", 1),
            Self::Visited { .. } => ("visited", "", "", 1),
            Self::PutVisitTo { .. } => ("put-visit-to", "", "", 1),
            Self::Campaign(_) | Self::Privacy(_) => ("campaign-edit", "", "", 1),
            Self::Undo => ("undo", "", "", 1),
            Self::Redo => ("redo", "", "", 1),
            Self::TakeBack { .. } => ("take-back", "", "", 1),
        };
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        Note { op, about: about.to_owned(), note: note.to_owned(), count, undoes: None }
    }
}
