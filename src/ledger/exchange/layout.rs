//! Says which column of which sheet holds what: by the words of its heading, by what its cells look like, and by what
//! the user chose for the same headings before.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::resident::{Field, Residency};
use crate::ledger::error::Result;
use crate::ledger::exchange::cell::Row;
use crate::ledger::exchange::group::{self, Prefixes};
use crate::ledger::exchange::header::{self, Header};
use crate::ledger::exchange::looks::Looks;
use crate::ledger::exchange::sentences::{begins_no_person, residency_of_title};
use crate::ledger::exchange::spreadsheet::{Book, Merged, column_letters};
use crate::ledger::exchange::titles::{Telling, telling, titles_tell, villages};
use crate::ledger::exchange::vocabulary::{About, Clue, Heading, Meaning};
use crate::ledger::progress::Progress;

/// Rows of a sheet that are looked at before any is staged.
const SAMPLED: usize = 800;

/// What a column is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// It holds this field.
    Field(Field),
    /// It tells whether people live here.
    Clue(Clue),
    /// Looked through for an id number out of place, kept nowhere.
    Remark,
    /// Not kept.
    Dropped,
    /// Never kept, whoever asks.
    Never,
}

/// A column of a sheet.
#[derive(Clone, Debug)]
pub struct Column {
    /// Counted from 0.
    pub index: usize,
    /// Its heading as shown to people; the column's letters where it has none.
    pub title: Arc<str>,
    /// What it is used for.
    pub used: Use,
}

/// What is known of a sheet before its people are read.
#[derive(Clone, Debug)]
pub struct SheetLayout {
    /// Its place in the file.
    pub sheet: usize,
    /// Its name.
    pub name: Arc<str>,
    /// Number of the last row of the heading; 0 where the list has none.
    pub heading_ends: u32,
    /// Every column with a heading or with something in it.
    pub columns: Vec<Column>,
    /// The group that the title or the sheet's name gives to everybody.
    pub group: Option<Arc<str>>,
    /// The head of the household that the title names.
    pub head: Option<Arc<str>>,
    /// Whether everybody lives here or is away, by the title.
    pub residency: Option<Residency>,
    /// Everybody listed is the head of a household.
    pub about: About,
    pub(super) details: Details,
}

/// What staging needs besides, found by looking at the first rows.
#[derive(Clone, Debug)]
pub(super) struct Details {
    /// Number of the last row before another list begins.
    pub(super) ends: u32,
    /// Texts of the heading by column, for knowing it again on the next printed page.
    pub(super) heading_texts: Vec<Vec<String>>,
    /// Columns in which an empty cell repeats the one above it.
    pub(super) sparse: Vec<usize>,
    /// Cells merged downwards in the list.
    pub(super) merged: Vec<Merged>,
    pub(super) prefixes: Prefixes,
    /// The id column went through numbers: what ends in 000 is not believed.
    pub(super) rounded_ids: bool,
    /// 1985.1 stands as it was typed.
    pub(super) whole_decimals: bool,
    /// Words by which a place is this village.
    pub(super) villages: Vec<String>,
}

/// All sheets with people.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// The sheets that hold lists of people, in order.
    pub sheets: Vec<SheetLayout>,
    /// Sheets with columns of which none is known to hold names: the user may say which one does.
    pub unclear: Vec<SheetLayout>,
    /// What the names of the file and of these sheets, and their title lines, say of everybody.
    pub telling: Telling,
}

/// What the user chose for the headings of a list: by title, a field or nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Mapping(pub BTreeMap<String, Option<Field>>);

/// What is known before a file is opened.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The day that counts as today.
    pub today: NaiveDate,
    /// The village's name, empty where unknown.
    pub village: &'a str,
    /// What was chosen for lists with these headings ([`SheetLayout::signature`]).
    pub remembered: &'a dyn Fn(&str) -> Option<Mapping>,
}

impl SheetLayout {
    /// The column that holds a field.
    pub fn column(&self, field: Field) -> Option<&Column> {
        self.columns.iter().find(|column| column.used == Use::Field(field))
    }

    /// Whether a row is below the heading and above the next list.
    pub(super) fn holds(&self, row: u32) -> bool {
        row > self.heading_ends && row <= self.details.ends
    }

    /// What lists with the same headings have in common: their titles in order.
    pub fn signature(&self) -> String {
        signature(self.columns.iter().map(|column| &*column.title))
    }
}

fn signature<'a>(titles: impl Iterator<Item = &'a str>) -> String {
    titles.collect::<Vec<_>>().join("|")
}

impl Layout {
    /// The headings of all columns that are not kept, each once: those of the never-list first.
    pub fn dropped_columns(&self) -> Vec<String> {
        let mut named: Vec<String> = Vec::new();
        for wanted in [Use::Never, Use::Dropped, Use::Remark] {
            for column in self.sheets.iter().flat_map(|sheet| &sheet.columns).filter(|column| column.used == wanted) {
                if !named.iter().any(|known| **known == *column.title) {
                    named.push(column.title.to_string());
                }
            }
        }
        named
    }
}

/// Looks at the first rows of every sheet. No list at all is an empty layout, not an error.
pub fn guess(book: &mut Book, context: &Context<'_>, progress: &dyn Progress) -> Result<Layout> {
    let mut layout = Layout::default();
    let (names, file) = (book.sheets().to_vec(), book.file_name());
    layout.telling = telling(&file);
    for (sheet, name) in names.iter().enumerate() {
        let mut rows: Vec<Row> = Vec::new();
        book.rows(sheet, progress, &mut |row| {
            rows.push(row.clone());
            Ok(if rows.len() < SAMPLED { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
        })?;
        let merged = if rows.is_empty() { Vec::new() } else { book.merged(sheet)? };
        let looked = Looked { sheet, name, file: &file, rows: &rows, merged: &merged, context };
        let whole = !book.is_delimited();
        let found = header::find(&rows, &merged, context.today);
        let mut told = titles_tell(&rows, found.as_ref());
        let first = header::first_line(&rows, context.today);
        let met = layout.sheets.len() + layout.unclear.len();
        let lists: Vec<SheetLayout> = match found {
            // 男方姓名 and 女方姓名: a heading after all, though which column names the people must be asked.
            None if first.as_ref().is_some_and(header::is_known) => Vec::new(),
            Some(header) => looked.lists_below_each_other(header, &mut told),
            None => looked.list(None, Demand::Names).into_iter().collect(),
        };
        if !lists.is_empty() {
            layout.sheets.extend(lists.into_iter().map(|mut list| {
                list.details.whole_decimals |= whole;
                list
            }));
        } else if let Some(first) = first {
            // Words that nobody knows: what the user said of them before, or will be asked now.
            match looked.list(Some(&first), Demand::ChosenNames) {
                Some(list) => layout.sheets.push(list),
                None => layout.unclear.extend(looked.list(Some(&first), Demand::Columns)),
            }
        }
        if layout.sheets.len() + layout.unclear.len() > met {
            layout.telling = layout.telling.max(told).max(telling(name));
        }
    }
    Ok(layout)
}

/// What must be found for a sheet to be a list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Demand {
    /// A column of names.
    Names,
    /// A column that the user said holds names.
    ChosenNames,
    /// Nothing: its columns are shown to be chosen from.
    Columns,
}

/// A sheet whose first rows were read.
#[derive(Clone, Copy)]
struct Looked<'a> {
    sheet: usize,
    name: &'a str,
    file: &'a str,
    rows: &'a [Row],
    merged: &'a [Merged],
    context: &'a Context<'a>,
}

impl Looked<'_> {
    /// Every list of the sheet that has columns of its own; those printed side by side one by one.
    fn lists_below_each_other(mut self, mut header: Header, told: &mut Telling) -> Vec<SheetLayout> {
        let mut lists = Vec::new();
        loop {
            let next = header::next_list(self.rows, self.merged, self.context.today, &header);
            let (own, rest) = self.rows.split_at(next.unwrap_or(self.rows.len()));
            let ends = rest.first().map_or(u32::MAX, |row| row.number.saturating_sub(1));
            let part = Self { rows: own, ..self };
            for mut list in header.side_by_side().iter().filter_map(|h| part.list(Some(h), Demand::Names)) {
                list.details.ends = ends;
                lists.push(list);
            }
            self.rows = rest;
            match header::find(rest, self.merged, self.context.today) {
                Some(below) => {
                    *told = (*told).max(titles_tell(rest, Some(&below)));
                    header = below;
                }
                None => return lists,
            }
        }
    }

    fn list(&self, header: Option<&Header>, demand: Demand) -> Option<SheetLayout> {
        let (rows, context) = (self.rows, self.context);
        let start = header.map_or(0, |header| header.first + header.depth);
        let people = rows.get(start..).unwrap_or_default();
        let within = header.map_or(0..usize::MAX, |header| header.columns.clone());
        let looks = look(people, &within, context.today);
        let width = looks.len().max(header.map_or(0, |header| header.headings.len()));
        let titles: Vec<Arc<str>> = (0..width).map(|column| title(header, column)).collect();
        let remembered = (context.remembered)(&signature(shown(&titles, header, &looks).map(|i| &*titles[i])));
        let (uses, about) = match (demand, &remembered) {
            (Demand::Names, _) | (Demand::ChosenNames, Some(_)) => {
                assign(header, &looks, remembered.as_ref(), &titles)?
            }
            (Demand::ChosenNames, None) => return None,
            (Demand::Columns, _) => (assign_about(About::Members, &headings_of(header, width), &looks), About::Members),
        };
        let columns: Vec<Column> = shown(&titles, header, &looks)
            .map(|index| Column { index, title: titles[index].clone(), used: uses[index] })
            .collect();
        let above: Vec<&Row> = rows.iter().take(header.map_or(0, |header| header.first)).collect();
        let title_text = text_of(&above);
        let group_column = columns.iter().find(|c| c.used == Use::Field(Field::Group)).map(|c| c.index);
        let looks_of = |field| columns.iter().find(|c| c.used == Use::Field(field)).and_then(|c| looks.get(c.index));
        let details = Details {
            ends: u32::MAX,
            heading_texts: heading_texts(rows, header),
            sparse: sparse_columns(people, &columns),
            merged: merged_downwards(self.merged, rows, start),
            prefixes: prefixes(people, group_column),
            rounded_ids: looks_of(Field::IdNumber).is_some_and(|looks| looks.rounded_ids > 0),
            whole_decimals: looks_of(Field::Born).is_some_and(|looks| looks.whole_decimals > 0),
            villages: villages(context.village, &title_text),
        };
        Some(SheetLayout {
            sheet: self.sheet,
            name: self.name.into(),
            heading_ends: header.and_then(|h| rows.get(h.first + h.depth - 1)).map_or(0, |row| row.number),
            group: group_of_title(&title_text, self.name),
            head: labelled(&title_text, "户主姓名").or_else(|| labelled(&title_text, "户主")).map(Arc::from),
            residency: [title_text.as_str(), self.name, self.file].into_iter().find_map(residency_of_title),
            columns,
            about,
            details,
        })
    }
}

fn headings_of(header: Option<&Header>, width: usize) -> Vec<Heading> {
    (0..width).map(|i| header.and_then(|header| header.headings.get(i)).cloned().unwrap_or_default()).collect()
}

/// Columns that are worth showing: those with a heading or with something in them.
fn shown<'a>(
    titles: &'a [Arc<str>],
    header: Option<&'a Header>,
    looks: &'a [Looks],
) -> impl Iterator<Item = usize> + 'a {
    (0..titles.len()).filter(move |i| {
        let headed = header.and_then(|header| header.titles.get(*i)).is_some_and(|title| !title.is_empty());
        headed || looks.get(*i).is_some_and(|looks| looks.filled > 0)
    })
}

fn title(header: Option<&Header>, column: usize) -> Arc<str> {
    match header.and_then(|header| header.titles.get(column)).filter(|title| !title.is_empty()) {
        Some(title) => title.as_str().into(),
        None => column_letters(column).into(),
    }
}

fn look(people: &[Row], within: &std::ops::Range<usize>, today: NaiveDate) -> Vec<Looks> {
    let width = people.iter().map(Row::width).max().unwrap_or(0);
    let mut looks = vec![Looks::default(); width];
    for row in people {
        // Totals, signatures and repeated headings would speak against every field.
        if row.filled().count() < 2 || row.filled().next().is_some_and(|(_, cell)| begins_no_person(&cell.text())) {
            continue;
        }
        for (column, cell) in row.filled().filter(|(column, _)| within.contains(column)) {
            looks[column].add(cell, today);
        }
    }
    looks
}

/// One use for each column, each field once: nothing where the sheet names no people.
fn assign(
    header: Option<&Header>,
    looks: &[Looks],
    chosen: Option<&Mapping>,
    titles: &[Arc<str>],
) -> Option<(Vec<Use>, About)> {
    let headings = headings_of(header, titles.len());
    for about in [About::Members, About::Heads] {
        let mut uses = assign_about(about, &headings, looks);
        if let Some(mapping) = chosen {
            apply(mapping, &mut uses, titles);
        }
        if !uses.contains(&Use::Field(Field::Name)) {
            name_by_looks(&mut uses, &headings, looks, header.is_some());
        }
        if uses.contains(&Use::Field(Field::Name)) {
            let has_people = header.is_some() || uses.contains(&Use::Field(Field::IdNumber));
            return has_people.then_some((uses, about));
        }
    }
    None
}

fn assign_about(about: About, headings: &[Heading], looks: &[Looks]) -> Vec<Use> {
    let mut uses = vec![Use::Dropped; headings.len()];
    let mut wishes: Vec<(i32, usize, Field)> = Vec::new();
    for (i, heading) in headings.iter().enumerate() {
        let look = looks.get(i).copied().unwrap_or_default();
        match heading.meaning(about) {
            Meaning::Field(field, score) => wishes.push((score + look.agrees(field), i, field)),
            Meaning::Clue(Clue::LivesAt | Clue::AwayEntry) if look.is_full_of_answers() => {
                uses[i] = Use::Clue(Clue::State)
            }
            Meaning::Clue(clue) => uses[i] = Use::Clue(clue),
            Meaning::Remark => uses[i] = Use::Remark,
            Meaning::Never => uses[i] = Use::Never,
            Meaning::Unknown if look.is_full_of_residency() => uses[i] = Use::Clue(Clue::State),
            Meaning::Unknown => wishes.extend(look.suggests().map(|(field, score)| (score, i, field))),
            Meaning::Serial | Meaning::Known => {}
        }
    }
    wishes.sort_by_key(|(score, i, _)| (-score, *i));
    for (score, i, field) in wishes {
        if score >= 45 && uses[i] == Use::Dropped && !uses.contains(&Use::Field(field)) {
            uses[i] = Use::Field(field);
        }
    }
    uses
}

fn apply(mapping: &Mapping, uses: &mut [Use], titles: &[Arc<str>]) {
    for (used, title) in uses.iter_mut().zip(titles) {
        let Some(chosen) = mapping.0.get(&**title) else { continue };
        *used = match chosen {
            // What the program never keeps cannot be chosen either.
            _ if *used == Use::Never => Use::Never,
            Some(Field::Residency) => Use::Clue(Clue::State),
            Some(field) => Use::Field(*field),
            None => Use::Dropped,
        };
    }
    for (i, title) in titles.iter().enumerate() {
        // A field that the user gave to one column is taken from the others.
        if let Use::Field(field) = uses[i]
            && !mapping.0.contains_key(&**title)
            && uses
                .iter()
                .enumerate()
                .any(|(j, used)| j != i && *used == Use::Field(field) && mapping.0.contains_key(&*titles[j]))
        {
            uses[i] = Use::Dropped;
        }
    }
}

/// Names stand in a column without a heading, or the list has no heading at all.
fn name_by_looks(uses: &mut [Use], headings: &[Heading], looks: &[Looks], has_header: bool) {
    let free = |i: usize| uses[i] == Use::Dropped && headings[i].meaning(About::Members) == Meaning::Unknown;
    let found = (0..uses.len()).find(|i| free(*i) && looks.get(*i).is_some_and(Looks::is_full_of_names));
    if let Some(i) = found {
        uses[i] = Use::Field(Field::Name);
    }
    if !has_header
        && let Some(i) =
            (0..uses.len()).find(|i| uses[*i] == Use::Dropped && looks.get(*i).is_some_and(Looks::is_full_of_dates))
    {
        uses[i] = Use::Field(Field::Born);
    }
}

fn heading_texts(rows: &[Row], header: Option<&Header>) -> Vec<Vec<String>> {
    let Some(header) = header else { return Vec::new() };
    let lines = rows.get(header.first..header.first + header.depth).unwrap_or_default();
    (0..header.headings.len())
        .map(|column| {
            lines.iter().map(|row| row.cell(column).text().into_owned()).filter(|text| !text.is_empty()).collect()
        })
        .collect()
}

/// Household columns in which most cells are empty repeat what stands above.
fn sparse_columns(people: &[Row], columns: &[Column]) -> Vec<usize> {
    let household = [Field::Group, Field::HouseholdNumber, Field::Head, Field::Address];
    let Some(name) = columns.iter().find(|c| c.used == Use::Field(Field::Name)) else { return Vec::new() };
    let named: Vec<&Row> = people.iter().filter(|row| !row.cell(name.index).is_empty()).collect();
    let sparse = |column: &&Column| {
        let filled = named.iter().filter(|row| !row.cell(column.index).is_empty()).count();
        filled > 0 && 2 * filled <= named.len() && named.iter().take(3).any(|row| !row.cell(column.index).is_empty())
    };
    columns
        .iter()
        .filter(|c| matches!(c.used, Use::Field(field) if household.contains(&field)))
        .filter(sparse)
        .map(|c| c.index)
        .collect()
}

fn merged_downwards(merged: &[Merged], rows: &[Row], start: usize) -> Vec<Merged> {
    let first = rows.get(start).map_or(u32::MAX, |row| row.number - 1);
    let mut down: Vec<Merged> = merged.iter().copied().filter(|m| m.rows.1 > m.rows.0 && m.rows.1 >= first).collect();
    down.sort_by_key(|m| m.rows.0);
    down
}

fn prefixes(people: &[Row], group: Option<usize>) -> Prefixes {
    let Some(column) = group else { return Prefixes::One };
    let mut known: Vec<String> = people.iter().filter_map(|row| group::prefix(&row.cell(column).text())).collect();
    known.retain(|prefix| !prefix.is_empty());
    known.sort_unstable();
    known.dedup();
    if known.len() > 1 { Prefixes::Many } else { Prefixes::One }
}

fn text_of(rows: &[&Row]) -> String {
    let texts = rows.iter().flat_map(|row| row.filled()).map(|(_, cell)| cell.text().into_owned());
    texts.take(40).collect::<Vec<_>>().join("  ")
}

fn group_of_title(title: &str, sheet: &str) -> Option<Arc<str>> {
    let named = labelled(title, "村民小组")
        .or_else(|| labelled(title, "组别"))
        .and_then(|name| group::bare(&name, Prefixes::One));
    let sheet_name = || {
        let alone = group::is_group_line(sheet) || sheet.ends_with('组');
        group::within(sheet).or_else(|| alone.then(|| group::bare(sheet, Prefixes::One)).flatten())
    };
    named.or_else(|| group::within(title)).or_else(sheet_name).map(Arc::from)
}

/// What follows a label in a title line: 户主姓名：张三.
pub(super) fn labelled(text: &str, label: &str) -> Option<String> {
    let rest = text.split_once(label)?.1;
    let value = rest.trim_start().strip_prefix([':', '：'])?.trim_start();
    let value: String = value
        .chars()
        .take_while(|c| !c.is_whitespace() && !matches!(c, ':' | '：' | ',' | '，' | ';' | '；'))
        .collect();
    let value = value.trim_matches('_').to_owned();
    (!value.is_empty() && value.chars().count() <= 20).then_some(value)
}
