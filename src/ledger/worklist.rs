//! The worklist: tasks derived from lists, applications and what was written by hand, by the one definition of *due* in
//! `domain::worklist`. Nothing of it is stored, so nothing of it goes stale.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::campaign::AppointmentState;
use crate::domain::care::CareKind;
use crate::domain::message::{Message, Say as _};
use crate::domain::programme::{Kind, Programme, Tell, Who};
use crate::domain::resident::Standing as Lives;
use crate::domain::row_code::RowCode;
use crate::domain::worklist::{
    Due, PutOff, Section, Standing, appointment, due, hand_on, noted, section, since, visit,
};
use crate::ledger::applications::ApplicationRow;
use crate::ledger::care::CareRow;
use crate::ledger::error::Result;
use crate::ledger::lists::{ListRow, Walk};
use crate::ledger::progress::Unwatched;
use crate::ledger::store::candidates::Detail;
use crate::ledger::store::{appointments, campaigns, residents, same_person, tasks};
use crate::ledger::tasks::{Named, NotedTask};
use crate::ledger::view::View;

/// One task.
#[derive(Clone, Debug)]
pub struct TaskRow {
    /// What it is about.
    pub about: About,
    /// What is to be done, by when.
    pub due: Due,
    /// The section it stands in today.
    pub section: Section,
    /// Its code on the newest round's paper, where it stands on that.
    pub code: Option<RowCode>,
}

/// What a task is about.
#[derive(Clone, Debug)]
pub enum About {
    /// A programme somebody is to be told of or asked for.
    Offer {
        /// The programme.
        programme: Arc<Programme>,
        /// Whom it is about.
        person: Box<ListRow>,
    },
    /// An application whose papers the village has in hand.
    Papers(Box<ApplicationRow>),
    /// What was written by hand.
    Noted(Box<NotedTask>),
    /// A visit that was agreed on.
    Visit(Box<CareRow>),
    /// An appointment for a check.
    Day(Box<DayTask>),
}

/// Somebody's day in a campaign.
#[derive(Clone)]
pub struct DayTask {
    /// The campaign's uid.
    pub campaign: String,
    /// Its name.
    pub campaign_name: String,
    /// Whose day.
    pub who: Named,
    /// Where the appointment stands.
    pub state: AppointmentState,
    /// The day.
    pub on: NaiveDate,
}

/// Without the name.
impl std::fmt::Debug for DayTask {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DayTask({:?} {})", self.state, self.on)
    }
}

impl TaskRow {
    /// The programme it belongs to, where it belongs to one.
    pub fn programme(&self) -> Option<&Arc<Programme>> {
        match &self.about {
            About::Offer { programme, .. } => Some(programme),
            About::Papers(row) => Some(&row.programme),
            About::Noted(_) | About::Visit(_) | About::Day(_) => None,
        }
    }

    /// The row of the list it follows from, where it does.
    pub fn person(&self) -> Option<&ListRow> {
        match &self.about {
            About::Offer { person, .. } => Some(person),
            About::Papers(_) | About::Noted(_) | About::Visit(_) | About::Day(_) => None,
        }
    }

    /// The resident's uid; empty where it is about nobody in particular.
    pub fn uid(&self) -> &str {
        self.who().0
    }

    /// The name; empty likewise.
    pub fn name(&self) -> &str {
        self.who().1
    }

    /// The bare name of the group; empty likewise.
    pub fn group(&self) -> &str {
        self.who().2
    }

    /// The household's number; empty likewise.
    pub fn household(&self) -> &str {
        self.who().3
    }

    /// The household's uid; empty likewise.
    pub fn household_uid(&self) -> &str {
        self.who().4
    }

    /// Tells tasks apart.
    pub fn key(&self) -> String {
        match &self.about {
            About::Offer { programme, person } => format!("{} {}", person.uid, programme.id),
            About::Papers(row) => format!("{} {} {}", row.uid, row.programme.id, row.period),
            About::Noted(task) => task.uid.clone(),
            About::Visit(care) => care.uid.clone(),
            About::Day(day) => format!("{} {}", day.who.uid, day.campaign),
        }
    }

    /// The last day to apply or to come, where there is one.
    pub fn deadline(&self) -> Option<NaiveDate> {
        self.person().and_then(|person| person.turn.apply_by)
    }

    /// Whether money is lost with the last day.
    pub fn loses_money(&self) -> bool {
        self.deadline().is_some() && self.programme().is_some_and(|programme| programme.kind == Kind::Benefit)
    }

    fn who(&self) -> (&str, &str, &str, &str, &str) {
        match &self.about {
            About::Offer { person: p, .. } => (&p.uid, &p.name, &p.group, &p.household, &p.household_uid),
            About::Papers(row) => (&row.uid, &row.name, &row.group, &row.household, &row.household_uid),
            // A child left behind is named on the page of care alone.
            About::Visit(care) if care.kept.kind == CareKind::LeftBehind => ("", "", "", "", ""),
            About::Visit(care) => {
                let who = &care.who;
                (&who.uid, &who.name, &who.group, &who.household, &who.household_uid)
            }
            About::Day(day) => {
                let who = &day.who;
                (&who.uid, &who.name, &who.group, &who.household, &who.household_uid)
            }
            About::Noted(task) => task.about.as_ref().map_or(("", "", "", "", ""), |who| {
                (&who.uid, &who.name, &who.group, &who.household, &who.household_uid)
            }),
        }
    }
}

/// What a visit is for: whose turn it is to go.
pub fn visit_words(care: &CareRow) -> Message {
    Message::new("care-visit-of").word("kind", care.kept.kind.message().key).text("helper", care.kept.helper.clone())
}

/// Which day a task is about.
pub fn day_words(day: &DayTask) -> Message {
    Message::new("worklist-day-of").text("campaign", day.campaign_name.clone()).date("on", day.on)
}

/// Whose tasks are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskFilter {
    /// Only this group, by its bare name.
    pub group: Option<String>,
    /// Only the groups that this contact person looks after.
    pub contact: Option<String>,
}

impl View {
    /// What is to be done, as of today: overdue first; within a section what loses money first, by its last day; then by
    /// day, group and household.
    pub fn worklist(&self, today: NaiveDate) -> Result<Vec<TaskRow>> {
        let (days, spoken_for) = self.days_due(today)?;
        let mut tasks = self.offers_due(today)?;
        // Who has a day to be told of is told of the check with it, not twice.
        let is_told_with_a_day = |task: &TaskRow| {
            let programme = task.person().and(task.programme());
            programme.is_some_and(|of| spoken_for.contains(&(task.uid().to_owned(), of.id.clone())))
        };
        tasks.retain(|task| !is_told_with_a_day(task));
        tasks.extend(days);
        tasks.extend(self.papers_due(today)?);
        let row = |task: NotedTask| Some((noted(task.due_on, today)?, About::Noted(Box::new(task))));
        tasks.extend(self.noted_tasks()?.into_iter().filter_map(row).map(|(due, about)| task(about, due, today)));
        tasks.extend(self.visits_due(today)?);
        let codes = self.codes()?;
        for task in &mut tasks {
            let id = task.person().and(task.programme()).map(|programme| programme.id.clone());
            task.code = id.and_then(|id| codes.get(&(task.uid().to_owned(), id)).copied());
        }
        tasks.sort_by_cached_key(|task| {
            let loss = task.deadline().filter(|_| task.loses_money()).unwrap_or(NaiveDate::MAX);
            let place = crate::ledger::village::group_order(task.group());
            (task.section, loss, task.due.on, place, task.household_uid().to_owned(), task.key())
        });
        Ok(tasks)
    }

    /// The same of a group, or of the groups that somebody looks after.
    pub fn worklist_of(&self, filter: &TaskFilter, today: NaiveDate) -> Result<Vec<TaskRow>> {
        let mut tasks = self.worklist(today)?;
        if let Some(group) = &filter.group {
            tasks.retain(|task| task.group() == group);
        }
        if let Some(contact) = &filter.contact {
            let groups = self.groups()?.into_iter().filter(|group| group.contact == *contact);
            let groups: HashSet<String> = groups.map(|group| group.name).collect();
            tasks.retain(|task| groups.contains(task.group()));
        }
        Ok(tasks)
    }

    fn offers_due(&self, today: NaiveDate) -> Result<Vec<TaskRow>> {
        let each = self.in_force()?.into_iter().filter(|programme| programme.tell == Tell::Each).collect();
        let (walk, notes) =
            (Walk::new(each, today), Notes { put_offs: self.put_offs()?, home_from: self.home_from()? });
        let mut tasks = Vec::new();
        walk.each(self, (Detail::Rows, &Unwatched), |found| {
            // Who knows of it leaves no task: then no row is made either.
            if !found.state.is_told() {
                tasks.extend(offer(&walk.programmes[found.at], found.row()?, &notes, today));
            }
            Ok(())
        })?;
        Ok(tasks)
    }

    /// Of who died or moved away nothing goes on.
    fn papers_due(&self, today: NaiveDate) -> Result<Vec<TaskRow>> {
        let mut rows = self.applications()?;
        rows.retain(|row| {
            let now = &row.application;
            let in_hand = now.holder == Who::Village && now.answer.is_none() && now.taken_back.is_none();
            in_hand && row.standing == Lives::Present && row.programme.is_in_force(today)
        });
        let due = |row: &ApplicationRow| hand_on(row.application.holder_on);
        Ok(rows
            .into_iter()
            .map(|row| (due(&row), row))
            .map(|(due, row)| task(About::Papers(Box::new(row)), due, today))
            .collect())
    }

    /// Visits that were agreed on.
    fn visits_due(&self, today: NaiveDate) -> Result<Vec<TaskRow>> {
        let mut tasks = Vec::new();
        for kind in CareKind::ALL {
            for row in self.care(*kind)? {
                let due = row.kept.next_on.and_then(|next_on| visit(next_on, today));
                tasks.extend(due.map(|due| task(About::Visit(Box::new(row)), due, today)));
            }
        }
        Ok(tasks)
    }

    /// The days of campaigns that are not over: whom to tell, to ask, to ask again; and for which programmes somebody has
    /// a day already, by uid.
    fn days_due(&self, today: NaiveDate) -> Result<(Vec<TaskRow>, SpokenFor)> {
        let (mut tasks, mut spoken_for) = (Vec::new(), HashSet::new());
        for kept in campaigns::all(self.conn())?.into_iter().filter(|kept| kept.edit.last >= today) {
            let sessions = campaigns::sessions(self.conn(), kept.id)?;
            let days: HashMap<i64, NaiveDate> = sessions.iter().map(|session| (session.id, session.edit.on)).collect();
            let rows = appointments::listed(self.conn(), kept.id)?.rows;
            let named = residents::named(self.conn(), &rows.iter().map(|row| row.resident).collect())?;
            for row in rows {
                let (Some(who), Some(on)) = (named.get(&row.resident), row.session.and_then(|id| days.get(&id))) else {
                    continue;
                };
                // Of a day that has passed without a word nobody knows more than before.
                if row.state.is_expected() && *on >= today {
                    let programmes = kept.edit.programmes.iter();
                    spoken_for.extend(programmes.map(|programme| (who.uid.clone(), programme.clone())));
                }
                let Some(due) = appointment(row.state, row.asked, *on, today) else { continue };
                let (campaign, campaign_name) = (kept.uid.clone(), kept.edit.name.clone());
                let day = DayTask { campaign, campaign_name, who: who.clone(), state: row.state, on: *on };
                tasks.push(task(About::Day(Box::new(day)), due, today));
            }
        }
        Ok((tasks, spoken_for))
    }

    /// What was put off, by the listed record's uid, programme and turn.
    fn put_offs(&self) -> Result<PutOffs> {
        let (links, all) = (same_person::listed_of_behind(self.conn())?, tasks::put_offs(self.conn())?);
        let listed = |record: i64| links.get(&record).copied().unwrap_or(record);
        let named = residents::named(self.conn(), &all.keys().map(|(record, ..)| listed(*record)).collect())?;
        let uid = |record: i64| named.get(&listed(record)).map(|who| who.uid.clone());
        Ok(all.into_iter().filter_map(|((record, id, turn), how)| Some(((uid(record)?, id, turn), how))).collect())
    }
}

/// Resident's uid and programme's id of whoever has a day.
type SpokenFor = HashSet<(String, String)>;

type PutOffs = HashMap<(String, String, String), PutOff>;

/// What is noted of people beside their offers.
struct Notes {
    put_offs: PutOffs,
    home_from: HashMap<String, NaiveDate>,
}

fn task(about: About, due: Due, today: NaiveDate) -> TaskRow {
    TaskRow { about, due, section: section(due.on, today), code: None }
}

fn offer(programme: &Arc<Programme>, person: ListRow, notes: &Notes, today: NaiveDate) -> Option<TaskRow> {
    let put_off = match notes.put_offs.is_empty() {
        true => None,
        false => notes.put_offs.get(&(person.uid.clone(), programme.id.clone(), person.turn.name.clone())).copied(),
    };
    let standing = Standing {
        holds: person.holds,
        state: person.state,
        outcome_on: person.outcome_on,
        tries: person.tries,
        since: since(programme, &person.facts, person.known_on),
        put_off,
        home_from: notes.home_from.get(&person.uid).copied(),
    };
    let due = due(programme, &person.turn, standing)?;
    Some(task(About::Offer { programme: programme.clone(), person: Box::new(person) }, due, today))
}
