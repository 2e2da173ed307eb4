//! Tells the lines of a list apart: people, titles between them, and what names nobody. Keeps merged cells open.

use crate::domain::name::PersonName;
use crate::domain::relation::Relation;
use crate::domain::resident::Field;
use crate::ledger::exchange::cell::{Cell, Row};
use crate::ledger::exchange::group::is_group_line;
use crate::ledger::exchange::layout::SheetLayout;
use crate::ledger::exchange::looks::is_name;
use crate::ledger::exchange::sentences::begins_no_person;
use crate::ledger::exchange::spreadsheet::Merged;
use crate::ledger::exchange::values::is_nothing;
use crate::ledger::exchange::vocabulary::{About, Heading, Meaning};

/// What a line is.
pub(super) enum Line {
    /// A person, or what should be one.
    Person,
    /// A line of its own between the people, which may name a group or a head.
    Title(String),
    /// A repeated heading, a total, a signature, a form line that nobody filled in.
    Nobody,
}

/// Knows the lines of one sheet.
pub(super) struct Lines<'a> {
    sheet: &'a SheetLayout,
    name: usize,
    id: Option<usize>,
    next_merged: usize,
    /// Merged cells that reach further down, with the text at their top.
    open: Vec<(Merged, String)>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(sheet: &'a SheetLayout) -> Self {
        let index = |field| sheet.column(field).map(|column| column.index);
        Self {
            sheet,
            name: index(Field::Name).unwrap_or(0),
            id: index(Field::IdNumber),
            next_merged: 0,
            open: Vec::new(),
        }
    }

    /// Opens the merged cells that begin in this row and forgets those that ended.
    pub(super) fn remember_merged(&mut self, row: &Row) {
        let line = row.number.saturating_sub(1);
        self.open.retain(|(merged, _)| merged.rows.1 >= line);
        while let Some(merged) = self.sheet.details.merged.get(self.next_merged).filter(|m| m.rows.0 <= line) {
            self.next_merged += 1;
            // A cell merged over many columns is a title, not a household's.
            if merged.rows.0 == line && merged.columns.1 - merged.columns.0 <= 2 {
                let text = row.cell(merged.columns.0 as usize).text().into_owned();
                self.open.push((*merged, text));
            }
        }
    }

    /// The text of the merged cell that covers this place.
    pub(super) fn merged_text(&self, column: usize, row: u32) -> Option<&str> {
        let (line, column) = (row.saturating_sub(1), column as u32);
        let covers = |m: &Merged| m.rows.0 < line && line <= m.rows.1 && m.columns.0 <= column && column <= m.columns.1;
        self.open
            .iter()
            .find(|(merged, _)| covers(merged))
            .map(|(_, text)| text.as_str())
            .filter(|text| !text.is_empty())
    }

    pub(super) fn kind(&self, row: &Row) -> Line {
        if !self.sheet.holds(row.number) {
            return Line::Nobody;
        }
        // Nearly every row ends here; only the others are looked at word by word.
        let digits = |least| self.id.is_some_and(|id| has_digits(row.cell(id), least));
        if digits(15) || (digits(6) && is_name(&row.cell(self.name).text())) {
            return Line::Person;
        }
        if self.repeats_heading(row) || is_numbering(row) {
            return Line::Nobody;
        }
        let name = row.cell(self.name);
        if labels_a_form(&name.text()) {
            return Line::Title(row.filled().map(|(_, cell)| cell.text().into_owned()).collect::<Vec<_>>().join("  "));
        }
        let first = row.filled().next().map(|(_, cell)| cell.text().into_owned()).unwrap_or_default();
        let alone = row.filled().count() == 1;
        if alone && is_group_line(&first) {
            return Line::Title(first);
        }
        if begins_no_person(&first) || begins_no_person(&name.text()) || self.is_total(row) {
            return Line::Nobody;
        }
        // 此表一式五份: alone on its line, and longer than a name without dots.
        let said = first.chars().count() > 12 || (self.sheet.columns.len() > 1 && !is_name(&first));
        if alone && (name.is_empty() || said) {
            return Line::Title(first);
        }
        if name.is_empty() && first.contains([':', '：']) {
            return Line::Title(row.filled().map(|(_, cell)| cell.text().into_owned()).collect::<Vec<_>>().join("  "));
        }
        self.without_id(row, &name.text())
    }

    /// A row without a number is a person where something stands in the name's place that can be a name, or where
    /// other things only a person has are written down.
    fn without_id(&self, row: &Row, name: &str) -> Line {
        let own = |field: Field| self.sheet.column(field).map_or(Cell::Empty, |column| row.cell(column.index));
        let sex = matches!(own(Field::Sex).text().trim(), "男" | "女");
        // A number in any place is somebody's: nobody is passed over because the columns were not understood.
        let cells = || self.sheet.columns.iter().map(|column| row.cell(column.index));
        let numbered = || cells().any(|cell| has_digits(cell, 15) && is_number(&cell.text()));
        let numbered = has_digits(own(Field::IdNumber), 3) || numbered();
        let substance = sex || numbered || has_digits(own(Field::Born), 4) || has_digits(own(Field::Phone), 7);
        let nameless = name.is_empty() || is_nothing(name) || Relation::parse(name).is_some_and(|_| !substance);
        let unusable = PersonName::parse(name).is_err();
        if (nameless || unusable) && !substance { Line::Nobody } else { Line::Person }
    }

    /// 合计 may stand in any of the first columns.
    fn is_total(&self, row: &Row) -> bool {
        row.filled().take(4).any(|(_, cell)| {
            matches!(&*cell.text(), "合计" | "小计" | "总计" | "合 计" | "合　计" | "本页小计" | "累计")
        })
    }

    fn repeats_heading(&self, row: &Row) -> bool {
        let texts = &self.sheet.details.heading_texts;
        let (mut same, mut all) = (0, 0);
        for (column, cell) in row.filled() {
            all += 1;
            let text = squeeze(&cell.text());
            same += u32::from(texts.get(column).is_some_and(|lines| lines.iter().any(|line| squeeze(line) == text)));
        }
        let at = |column: usize| {
            texts.get(column).is_some_and(|lines| {
                let text = squeeze(&row.cell(column).text());
                !text.is_empty() && lines.iter().any(|line| squeeze(line) == text)
            })
        };
        same >= 2 && (2 * same >= all || at(self.name))
    }
}

/// What asks for an entry instead of being one: 普查员：, 身份证号 in the name's place of a form for one person.
fn labels_a_form(name: &str) -> bool {
    let asks = name.trim_end().ends_with([':', '：']);
    asks || matches!(Heading::of([name]).meaning(About::Members), Meaning::Field(_, sure) if sure >= 90)
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn has_digits(cell: Cell<'_>, least: usize) -> bool {
    !cell.is_empty() && cell.text().chars().filter(char::is_ascii_digit).count() >= least
}

fn is_number(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, 'X' | 'x');
    (15..=24).contains(&text.chars().count()) && text.chars().all(plain)
}

/// 1 2 3 4 … or 甲 乙 1 2 … below a heading.
fn is_numbering(row: &Row) -> bool {
    let texts: Vec<String> = row.filled().map(|(_, cell)| cell.text().into_owned()).collect();
    let number = |text: &String| text.parse::<u32>().ok();
    let stems = texts.iter().take_while(|text| "甲乙丙丁戊己庚".contains(text.as_str())).count();
    let rest: Option<Vec<u32>> = texts.iter().skip(stems).map(number).collect();
    let runs = rest.is_some_and(|rest| rest.windows(2).all(|pair| matches!(pair, [a, b] if *b == a + 1)));
    texts.len() >= 3 && runs
}
