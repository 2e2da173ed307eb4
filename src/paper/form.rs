//! The township's form filled: each bound cell with its value, lists written downwards by the same rules by which a roster
//! goes to an office, and what is written down when the file leaves.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::Datelike as _;

use crate::domain::disclosure::{Disclosure, FileFormat, PaperKind, Recipient};
use crate::domain::form_word::{FormWord, TextWord};
use crate::domain::message::Message;
use crate::ledger::error::{ErrorKind, LedgerError, Result};
use crate::ledger::exchange::form::{At, Fill, Value, filled};
use crate::ledger::forms::{Bindings, BoundForm, FormFacts};
use crate::ledger::handouts::{Leaving, Made};
use crate::ledger::material::Material;
use crate::ledger::sections::Section;
use crate::paper::block::Cell;
use crate::paper::roster::{Roster, RosterColumn};
use crate::words::Words;

/// For whom a form is filled, and what for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormOrder {
    /// The office.
    pub recipient: String,
    /// What for, in a few words.
    pub purpose: String,
}

impl FormOrder {
    /// For the township, as its own form asks.
    pub fn new(words: &Words) -> Self {
        Self { recipient: words.text("township-form-recipient"), purpose: words.text("township-form-purpose") }
    }

    /// What is written down when it leaves: which columns of people stand in it.
    pub fn leaving(&self, bindings: &Bindings) -> Leaving {
        let columns: BTreeSet<&str> = bindings
            .values()
            .filter_map(|word| match word {
                FormWord::Column { column, .. } => Some(column.as_str()),
                _ => None,
            })
            .collect();
        let known = RosterColumn::ALL.iter().map(|column| column.as_str()).filter(|key| columns.contains(key));
        Leaving::People(Disclosure {
            paper: PaperKind::Form,
            format: FileFormat::Xlsx,
            programme: String::new(),
            recipient: Recipient::Office(self.recipient.trim().to_owned()),
            purpose: self.purpose.clone(),
            columns: known.collect(),
        })
    }
}

/// What will stand in a form.
#[derive(Debug)]
pub struct FormContent {
    /// The cells.
    pub fills: Vec<Fill>,
    /// How many people stand in its lists.
    pub people: u64,
    /// How many of those chosen stay in the village, because nothing of their own sends them there.
    pub left_out: u64,
}

/// A section of a programme's list.
type Source<'a> = (&'a str, &'a str);

/// Puts the values together.
///
/// # Errors
/// Nothing is bound; a column that may not leave; a list for which the form has no room.
pub fn content(bound: &BoundForm, facts: &FormFacts, order: &FormOrder, words: &Words) -> Result<FormContent> {
    if bound.bindings.is_empty() {
        return Err(LedgerError::refused("township-form-nothing-bound"));
    }
    let mut content = FormContent { fills: Vec::new(), people: 0, left_out: 0 };
    let mut lists: BTreeMap<Source<'_>, Vec<(usize, At, RosterColumn)>> = BTreeMap::new();
    for ((sheet, at), word) in &bound.bindings {
        let value = match word {
            FormWord::Text(word) => Value::Text(text(*word, facts, words)),
            FormWord::Residents => Value::Number(facts.residents),
            FormWord::Households => Value::Number(facts.households),
            FormWord::Count { programme, section } => Value::Number(facts.count(programme, section)),
            FormWord::Column { programme, section, column } => {
                let column = RosterColumn::from_word(column).filter(|column| *column != RosterColumn::Tick);
                let column = column.ok_or_else(|| LedgerError::refused("township-form-no-such-word"))?;
                lists.entry((programme, section)).or_default().push((*sheet, *at, column));
                continue;
            }
        };
        content.fills.push(Fill { sheet: *sheet, at: *at, like: *at, value });
    }
    for (source, columns) in lists {
        list(&mut content, bound, facts, order, (source, &columns), words)?;
    }
    Ok(content)
}

fn text(word: TextWord, facts: &FormFacts, words: &Words) -> String {
    match word {
        TextWord::Village => facts.village.clone(),
        TextWord::Date => words.date(facts.on),
        TextWord::Month => {
            let month = Message::new("township-form-month").text("year", facts.on.year().to_string());
            words.say(&month.text("month", facts.on.month().to_string()))
        }
    }
}

/// One section of a list, its columns beside each other.
fn list(
    content: &mut FormContent,
    bound: &BoundForm,
    facts: &FormFacts,
    order: &FormOrder,
    ((programme, section), columns): (Source<'_>, &[(usize, At, RosterColumn)]),
    words: &Words,
) -> Result<()> {
    let Some(Material::Roster(file)) = facts.rosters.get(programme).map(|gathered| &gathered.material) else {
        return Err(LedgerError::refused("township-form-no-such-word"));
    };
    let section = Section::from_word(section).ok_or_else(|| LedgerError::refused("township-form-no-such-word"))?;
    let recipient = Recipient::Office(order.recipient.clone());
    let of = |column| Roster { columns: vec![column], section, group: None, recipient: recipient.clone() };
    let mut people = 0;
    for (sheet, at, column) in columns {
        let roster = of(*column);
        let listing = roster.listing(file, &order.purpose, words)?;
        people = listing.table.rows.len();
        let room = bound.form.sheets.get(*sheet).map_or(0, |found| found.room_below(*at));
        if people > room {
            let message = Message::new("township-form-no-room").text("cell", at.to_string());
            let message = message.number("rows", people as u64).number("room", room as u64);
            return Err(LedgerError::new(ErrorKind::Refused, message));
        }
        // The first cell is emptied where the list is: what stood there last month is not this month's.
        let first = listing.table.rows.is_empty().then(|| Value::Text(String::new()));
        let values = listing.table.rows.into_iter().filter_map(|row| match row.into_iter().next() {
            Some(Cell::Text(text)) => Some(Value::Text(text)),
            _ => None,
        });
        for (row, value) in (at.row..).zip(first.into_iter().chain(values)) {
            content.fills.push(Fill { sheet: *sheet, at: At { row, ..*at }, like: *at, value });
        }
    }
    content.people += people as u64;
    content.left_out += columns.first().map_or(0, |(.., column)| of(*column).left_out(file)) as u64;
    Ok(())
}

/// The file.
///
/// # Errors
/// Those of reading the form again.
pub fn made(path: &Path, bound: &BoundForm, content: &FormContent) -> Result<Made> {
    Ok(Made { bytes: filled(path, &bound.form, &content.fills)?, rows: content.people })
}
