//! The tasks in the order of a walk: sections, groups, lines. Made where it is read.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::programme::Kind;
use crate::domain::worklist::Section;
use crate::ledger::error::Result;
use crate::ledger::rounds::lane_of;
use crate::ledger::view::View;
use crate::ledger::village::{GroupRow, group_order};
use crate::ledger::worklist::{TaskFilter, TaskRow};
use crate::ui::tabs::lists::number_order;
use crate::ui::widgets::person::Grounds;
use crate::ui::widgets::rows::Places;

/// Households named beside a task.
const NEIGHBOURS: usize = 3;

/// The tasks in the order of a walk, with the sources their facts name.
pub(super) struct Round {
    pub(super) tasks: Vec<TaskRow>,
    keys: Vec<String>,
    pub(super) grounds: Grounds,
    pub(super) lines: Vec<Line>,
    places: Places,
    pub(super) counts: [usize; 4],
    pub(super) residents: i64,
    /// Somebody whom a programme concerns; looked at only where there is nothing to do.
    pub(super) concerned: u64,
    /// The village's groups with who looks after them.
    pub(super) groups: Vec<GroupRow>,
    addresses: HashMap<String, String>,
}

/// A line of the table.
pub(super) enum Line {
    Section(Section, usize),
    /// A group by its name; none for what is about nobody in particular.
    Group {
        name: Option<String>,
        people: usize,
    },
    Task(usize),
}

impl Round {
    pub(super) fn read(view: &View, filter: &TaskFilter, today: NaiveDate) -> Result<Self> {
        let mut tasks = view.worklist_of(filter, today)?;
        tasks.sort_by_cached_key(|task| {
            let place = (group_order(task.group()), number_order(task.household()), task.household_uid().to_owned());
            (task.section, !is_late_money(task), place, task.key())
        });
        let counts = Section::ALL.iter().map(|section| tasks.iter().filter(|task| task.section == *section).count());
        let mut four = [0; 4];
        four.iter_mut().zip(counts).for_each(|(slot, count)| *slot = count);
        let (lines, keys) = (lines(&tasks), tasks.iter().map(TaskRow::key).collect::<Vec<_>>());
        let task_at = |(at, line): (usize, &Line)| match line {
            Line::Task(task) => keys.get(*task).map(|key| (at, key.as_str())),
            Line::Section(..) | Line::Group { .. } => None,
        };
        let places = Places::of(lines.iter().enumerate().filter_map(task_at));
        let residents = view.overview()?.residents;
        let concerned = match tasks.is_empty() {
            true => view.lists(today)?.iter().map(|list| list.counts.eligible + list.counts.ask).sum(),
            false => 1,
        };
        let (grounds, groups, addresses) = (Grounds::read(view)?, view.groups()?, view.addresses()?);
        Ok(Self { grounds, groups, addresses, tasks, keys, lines, places, counts: four, residents, concerned })
    }

    pub(super) fn task_at(&self, line: usize) -> Option<&TaskRow> {
        self.tasks.get(self.at(line)?)
    }

    fn at(&self, line: usize) -> Option<usize> {
        match self.lines.get(line)? {
            Line::Task(task) => Some(*task),
            Line::Section(..) | Line::Group { .. } => None,
        }
    }

    /// The line of a task: where it stood, or where it stands now.
    pub(super) fn line_of(&self, stood: usize, key: &str) -> Option<usize> {
        let is_there = |line: &usize| self.key_at(*line) == Some(key);
        [Some(stood), self.places.find(key)].into_iter().flatten().find(is_there)
    }

    pub(super) fn key_at(&self, line: usize) -> Option<&str> {
        self.keys.get(self.at(line)?).map(String::as_str)
    }

    /// What else is to be done in the same household.
    pub(super) fn at_home<'r>(&'r self, task: &'r TaskRow) -> impl Iterator<Item = &'r TaskRow> {
        let key = task.key();
        let same = |other: &&TaskRow| other.household_uid() == task.household_uid() && !task.uid().is_empty();
        self.tasks.iter().filter(same).filter(move |other| other.key() != key)
    }

    /// The nearest households of the same lane where something is to be done, with the number of tasks there.
    pub(super) fn in_lane(&self, task: &TaskRow) -> Vec<(&TaskRow, usize)> {
        let address = |task: &TaskRow| self.addresses.get(task.household_uid()).map(|address| lane_of(address));
        let Some((lane, number)) = address(task) else { return Vec::new() };
        let mut homes: Vec<(u64, &TaskRow, usize)> = Vec::new();
        for other in self.tasks.iter().filter(|other| other.household_uid() != task.household_uid()) {
            if let Some(home) = homes.iter_mut().find(|home| home.1.household_uid() == other.household_uid()) {
                home.2 += 1;
            } else if other.group() == task.group()
                && let Some((of, at)) = address(other).filter(|(of, _)| *of == lane)
            {
                drop(of);
                homes.push((at.abs_diff(number), other, 1));
            }
        }
        homes.sort_by_key(|home| home.0);
        homes.into_iter().take(NEIGHBOURS).map(|(_, task, count)| (task, count)).collect()
    }
}

/// What is overdue and lapses with a day stands before all else that is overdue.
fn is_late_money(task: &TaskRow) -> bool {
    let is_benefit = task.programme().is_some_and(|programme| programme.kind == Kind::Benefit);
    task.section == Section::Overdue && is_benefit && task.deadline().is_some()
}

fn lines(tasks: &[TaskRow]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let (mut section_at, mut group_at) = (None, None);
    for (index, task) in tasks.iter().enumerate() {
        if section_at.is_none_or(|(_, section)| section != task.section) {
            section_at = Some((lines.len(), task.section));
            group_at = None;
            lines.push(Line::Section(task.section, 0));
        }
        if group_at.is_none_or(|(_, group)| group != (task.group(), task.uid().is_empty())) {
            group_at = Some((lines.len(), (task.group(), task.uid().is_empty())));
            let name = (!task.uid().is_empty()).then(|| task.group().to_owned());
            lines.push(Line::Group { name, people: 0 });
        }
        for at in [section_at.map(|(at, _)| at), group_at.map(|(at, _)| at)].into_iter().flatten() {
            match &mut lines[at] {
                Line::Section(_, count) | Line::Group { people: count, .. } => *count += 1,
                Line::Task(_) => {}
            }
        }
        lines.push(Line::Task(index));
    }
    lines
}
