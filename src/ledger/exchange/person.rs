//! One row of a sheet as a person. Keeps what a row leaves to the rows above it: household, group, head.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::id_card::{IdForm, IdNumber, IdProblem};
use crate::domain::message::{Message, Say};
use crate::domain::name::PersonName;
use crate::domain::partial_date::PartialDate;
use crate::domain::relation::{Relation, may_mean_wife};
use crate::domain::resident::{Field, Residency, Sex};
use crate::domain::written_date::{Decimals, WrittenDate};
use crate::ledger::exchange::cell::{Cell, Row};
use crate::ledger::exchange::group;
use crate::ledger::exchange::layout::{Column, SheetLayout, Use, labelled};
use crate::ledger::exchange::lines::{Line, Lines};
use crate::ledger::exchange::sentences::{Answer, residency_word, yes_or_no};
use crate::ledger::exchange::staging::{Incoming, Problem, StagedRow, Weight};
use crate::ledger::exchange::values;
use crate::ledger::exchange::vocabulary::{About, Clue};

/// Reads the rows of one sheet in order.
pub(super) struct Reader<'a> {
    sheet: &'a SheetLayout,
    today: NaiveDate,
    lines: Lines<'a>,
    /// The group and head that a line between the rows gave to those below it.
    group: Option<Arc<str>>,
    head: Option<Arc<str>>,
    above: Above,
    houses: u32,
    by_number: HashMap<(Option<Arc<str>>, Arc<str>), u32>,
}

/// What the last person's row said.
#[derive(Default)]
struct Above {
    row: u32,
    group: Option<Arc<str>>,
    household: Option<Arc<str>>,
    head: Option<Arc<str>>,
    address: Box<str>,
    house: u32,
    head_born: Option<i32>,
    head_is_male: bool,
    has_head: bool,
}

/// A cell of the row with its column.
struct Field1<'r> {
    cell: Cell<'r>,
    title: Arc<str>,
}

impl SheetLayout {
    /// The heading of the id column.
    pub(super) fn id_title(&self) -> Arc<str> {
        self.title_of(Field::IdNumber)
    }

    fn title_of(&self, field: Field) -> Arc<str> {
        self.column(field).map_or_else(|| "".into(), |column| column.title.clone())
    }
}

impl<'a> Reader<'a> {
    pub(super) fn new(sheet: &'a SheetLayout, today: NaiveDate, houses: u32) -> Self {
        Self {
            sheet,
            today,
            lines: Lines::new(sheet),
            group: sheet.group.clone(),
            head: sheet.head.clone(),
            above: Above::default(),
            houses,
            by_number: HashMap::new(),
        }
    }

    /// How many households were met up to now.
    pub(super) fn houses(&self) -> u32 {
        self.houses
    }

    pub(super) fn read(&mut self, row: &Row) -> Option<StagedRow> {
        self.lines.remember_merged(row);
        match self.lines.kind(row) {
            Line::Nobody => None,
            Line::Title(text) => {
                self.take_title(&text);
                None
            }
            Line::Person => Some(self.person(row)),
        }
    }

    fn take_title(&mut self, text: &str) {
        let named = labelled(text, "村民小组").and_then(|name| group::bare(&name, group::Prefixes::One));
        let alone = || group::is_group_line(text).then(|| group::bare(text, group::Prefixes::One)).flatten();
        if let Some(name) = named.or_else(|| group::within(text)).or_else(alone) {
            self.group = Some(name.into());
            self.above = Above::default();
        }
        if let Some(head) = labelled(text, "户主姓名").or_else(|| labelled(text, "户主")) {
            self.head = Some(head.into());
            self.above = Above::default();
        }
    }

    fn field<'r>(&self, row: &'r Row, field: Field) -> Field1<'r> {
        match self.sheet.column(field) {
            Some(column) => Field1 { cell: row.cell(column.index), title: column.title.clone() },
            None => Field1 { cell: Cell::Empty, title: "".into() },
        }
    }

    fn person(&mut self, row: &Row) -> StagedRow {
        let mut problems = Vec::new();
        let name = self.name(row, &mut problems);
        let id = self.id(row, &mut problems);
        let damaged_id = problems.iter().any(|p| p.code == "id_precision_lost").then(|| self.damaged(row)).flatten();
        let born = self.born(row, id, &mut problems);
        let sex = self.sex(row, id, &mut problems);
        let mut staged =
            StagedRow { sheet: self.sheet.sheet as u16, list: 0, row: row.number, incoming: None, problems };
        let Some(name) = name else { return staged };
        let mut person = Incoming {
            name,
            id,
            damaged_id,
            sex,
            born,
            group: None,
            household: None,
            house: 0,
            head: None,
            relation: self.relation(row, &mut staged.problems),
            phone: self.phone(row, &mut staged.problems),
            address: values::address(self.filled_down(row, Field::Address).cell),
            residency: self.residency(row, &mut staged.problems),
        };
        self.household(row, &mut person);
        staged.incoming = Some(person);
        staged
    }

    fn name(&self, row: &Row, problems: &mut Vec<Problem>) -> Option<PersonName> {
        let Field1 { cell, title } = self.field(row, Field::Name);
        match PersonName::parse(&cell.text()) {
            Ok(name) => {
                if name.has_remark() {
                    problems.push(warning("name_remark", &title, Message::new("name-remark")));
                }
                if name.has_private_characters() {
                    problems.push(warning("name_private", &title, Message::new("name-private")));
                }
                Some(name)
            }
            Err(invalid) => {
                let missing = invalid.problem.key == "name-missing";
                let code = if missing { "name_missing" } else { "name_invalid" };
                problems.push(Problem { code, column: title, message: invalid.problem, weight: Weight::Rejects });
                None
            }
        }
    }

    fn id(&self, row: &Row, problems: &mut Vec<Problem>) -> Option<IdNumber> {
        let Field1 { cell, title } = self.field(row, Field::IdNumber);
        let read = match cell {
            Cell::Number(number) | Cell::Date(number) => IdNumber::from_cell(number, self.today),
            cell => IdNumber::parse(&cell.text(), self.today),
        };
        match read {
            Ok(reading) if self.sheet.details.rounded_ids && reading.number.ends_like_a_damaged_one() => {
                let problem = IdProblem::PrecisionLost(Some(reading.number.prefix15()));
                problems.push(rejection(problem.code(), &title, problem.message()));
                None
            }
            Ok(reading) => {
                match reading.form {
                    IdForm::Upgraded => problems.push(warning("id_upgraded", &title, Message::new("id-upgraded"))),
                    IdForm::Certificate => {
                        problems.push(warning("id_from_certificate", &title, Message::new("id-from-certificate")));
                    }
                    IdForm::Plain | IdForm::Extracted => {}
                }
                Some(reading.number)
            }
            Err(IdProblem::Several(numbers)) => self.one_of(&numbers, row).or_else(|| {
                problems.push(rejection("id_invalid", &title, IdProblem::Several(Vec::new()).message()));
                None
            }),
            Err(problem @ (IdProblem::Missing | IdProblem::OtherDocument)) => {
                problems.push(warning(problem.code(), &title, problem.message()));
                problems.extend(self.id_in_remark(row));
                None
            }
            Err(problem) => {
                problems.push(rejection(problem.code(), &title, problem.message()));
                None
            }
        }
    }

    /// Of several numbers in one cell, the one that alone agrees with birth and sex on the same row.
    fn one_of(&self, numbers: &[IdNumber], row: &Row) -> Option<IdNumber> {
        let born = self.written_born(row).date()?;
        let sex = values::sex(self.field(row, Field::Sex).cell).ok().flatten();
        let agrees = |id: &&IdNumber| {
            id.born().is_some_and(|day| PartialDate::Day(day).agrees_with(born)) && (sex.is_none() || id.sex() == sex)
        };
        let mut agreeing = numbers.iter().filter(agrees);
        // A cell with a damaged number beside a valid one lists only the valid one: it proves nothing alone.
        match (agreeing.next(), agreeing.next()) {
            (Some(id), None) if numbers.len() > 1 => Some(*id),
            _ => None,
        }
    }

    fn id_in_remark(&self, row: &Row) -> Option<Problem> {
        let remarks = self.sheet.columns.iter().filter(|column| column.used == Use::Remark);
        let holds = |column: &&Column| IdNumber::parse(&row.cell(column.index).text(), self.today).is_ok();
        let column = remarks.into_iter().find(holds)?;
        Some(warning("id_in_remark", &column.title, Message::new("id-in-remark")))
    }

    fn damaged(&self, row: &Row) -> Option<[u8; 15]> {
        let cell = self.field(row, Field::IdNumber).cell;
        let read = match cell {
            Cell::Number(number) | Cell::Date(number) => IdNumber::from_cell(number, self.today),
            cell => IdNumber::parse(&cell.text(), self.today),
        };
        match read {
            Err(IdProblem::PrecisionLost(prefix)) => prefix,
            Ok(reading) => Some(reading.number.prefix15()),
            _ => None,
        }
    }

    fn written_born(&self, row: &Row) -> WrittenDate {
        let decimals = if self.sheet.details.whole_decimals { Decimals::AsTyped } else { Decimals::MayLackZero };
        match self.field(row, Field::Born).cell {
            Cell::Empty => WrittenDate::Blank,
            Cell::Date(serial) => WrittenDate::from_serial(serial, self.today),
            Cell::Number(number) => WrittenDate::from_number(number, self.today),
            cell => WrittenDate::from_text(&cell.text(), decimals, self.today),
        }
    }

    fn born(&self, row: &Row, id: Option<IdNumber>, problems: &mut Vec<Problem>) -> Option<PartialDate> {
        let written = self.written_born(row);
        let Field1 { cell, title } = self.field(row, Field::Born);
        if let Some(day) = id.and_then(|id| id.born()).map(PartialDate::Day) {
            if written.date().is_some_and(|date| !date.agrees_with(day)) {
                let message = Message::new("born-mismatch").text("written", short(&cell.text()));
                problems.push(warning("born_mismatch", &title, message));
            }
            return Some(day);
        }
        match written {
            WrittenDate::Unclear(why) => problems.push(warning("born_unclear", &title, why.message())),
            WrittenDate::Ambiguous(_) => {
                problems.push(warning("born_unclear", &title, Message::new("written-date-ambiguous")));
            }
            WrittenDate::Known(_) | WrittenDate::Blank => {}
        }
        written.date()
    }

    fn sex(&self, row: &Row, id: Option<IdNumber>, problems: &mut Vec<Problem>) -> Option<Sex> {
        let Field1 { cell, title } = self.field(row, Field::Sex);
        let written = values::sex(cell);
        let by_id = id.and_then(|id| id.sex());
        match (written, by_id) {
            (Ok(Some(written)), Some(sex)) if written != sex => {
                problems.push(warning("sex_mismatch", &title, Message::new("sex-mismatch")));
            }
            (Err(()), _) => {
                let message = Message::new("sex-unclear").text("written", short(&cell.text()));
                problems.push(warning("sex_unclear", &title, message));
            }
            _ => {}
        }
        by_id.or(written.ok().flatten())
    }

    fn relation(&self, row: &Row, problems: &mut Vec<Problem>) -> Option<Relation> {
        if self.sheet.about == About::Heads {
            return Some(Relation::HEAD);
        }
        let Field1 { cell, title } = self.field(row, Field::Relation);
        let text = cell.text();
        let found = Relation::parse(&text);
        if found.is_none() && !text.is_empty() && !values::is_nothing(&text) {
            problems.push(warning(
                "relation_unclear",
                &title,
                Message::new("relation-unclear").text("written", short(&text)),
            ));
        }
        found
    }

    fn phone(&self, row: &Row, problems: &mut Vec<Problem>) -> Box<str> {
        let Field1 { cell, title } = self.field(row, Field::Phone);
        values::phone(cell).unwrap_or_else(|()| {
            let message = Message::new("phone-unclear").text("written", short(&cell.text()));
            problems.push(warning("phone_unclear", &title, message));
            "".into()
        })
    }

    /// What the columns say, the surest first; else the title.
    fn residency(&self, row: &Row, problems: &mut Vec<Problem>) -> Option<Residency> {
        let order = [Clue::State, Clue::LivesAway, Clue::LivesHere, Clue::AwayEntry, Clue::LivesAt];
        let columns = || self.sheet.columns.iter();
        let told = order.into_iter().find_map(|clue| {
            let mut of_kind = columns().filter(|column| column.used == Use::Clue(clue));
            of_kind.find_map(|column| values::residency(clue, row.cell(column.index), &self.sheet.details.villages))
        });
        let returned = columns().find(|column| column.used == Use::Clue(Clue::Returned));
        let says_returned = returned.filter(|column| {
            let text = row.cell(column.index).text();
            yes_or_no(&text) == Some(Answer::Yes)
                || (yes_or_no(&text).is_none() && residency_word(&text) == Some(Residency::Here))
        });
        match (told.or(self.sheet.residency), says_returned) {
            (Some(Residency::Away), Some(column)) => {
                problems.push(warning("residency_contradicts", &column.title, Message::new("residency-contradicts")));
                Some(Residency::Away)
            }
            (None, Some(_)) => Some(Residency::Here),
            (known, _) => known,
        }
    }

    /// The cell, or the one above it that it repeats: merged over it, or in a column that is filled once a household.
    fn filled_down<'r>(&'r self, row: &'r Row, field: Field) -> Field1<'r> {
        let own = self.field(row, field);
        let Some(column) = self.sheet.column(field).filter(|_| own.cell.is_empty()) else { return own };
        match self.lines.merged_text(column.index, row.number) {
            Some(text) => Field1 { cell: Cell::Text(text), title: own.title },
            None => own,
        }
    }

    fn household(&mut self, row: &Row, person: &mut Incoming) {
        let adjacent = self.above.row > 0 && row.number - self.above.row <= 1;
        let is_head = person.relation.is_some_and(Relation::is_head);
        let belongs = person.relation.is_some() && !is_head && adjacent;
        let own = |field: Field| {
            let text = self.filled_down(row, field).cell.text().trim().to_owned();
            (!values::is_nothing(&text)).then_some(text).filter(|text| !text.is_empty())
        };
        let repeats = |field: Field| {
            let column = self.sheet.column(field).map(|column| column.index);
            belongs
                || (column.is_some_and(|column| self.sheet.details.sparse.contains(&column))
                    && !(is_head && field != Field::Group))
        };
        let prefixes = self.sheet.details.prefixes;
        let group =
            own(Field::Group).and_then(|text| group::bare(&text, prefixes)).map(|name| shared(name, &self.above.group));
        let number = own(Field::HouseholdNumber).map(|text| shared(cut(&text), &self.above.household));
        let head = own(Field::Head).and_then(|text| PersonName::parse(&text).ok());
        let head = head.map(|name| shared(name.as_str().to_owned(), &self.above.head)).or_else(|| self.head.clone());
        // A household's own number or head tells that the rows above are another one.
        let same = |new: &Option<Arc<str>>, old: &Option<Arc<str>>| new.is_none() || new == old;
        let same_house =
            same(&number, &self.above.household) && same(&head, &self.above.head) && same(&group, &self.above.group);
        let inherit = |field: Field, new: Option<Arc<str>>, old: &Option<Arc<str>>| match new {
            None if same_house && repeats(field) => old.clone(),
            new => new,
        };
        person.household = inherit(Field::HouseholdNumber, number, &self.above.household);
        person.head = inherit(Field::Head, head, &self.above.head);
        let group = match group {
            None if (same_house || self.sheet.column(Field::Group).is_some()) && repeats(Field::Group) => {
                self.above.group.clone()
            }
            group => group,
        };
        person.group = group.or_else(|| self.group.clone()).or_else(|| group::within(&person.address).map(Arc::from));
        if person.address.is_empty() && same_house && belongs {
            person.address = self.above.address.clone();
        }
        self.join_house(row, person, same_house && (belongs || (adjacent && !is_head && person.head.is_some())));
    }

    fn join_house(&mut self, row: &Row, person: &mut Incoming, with_above: bool) {
        let names_head = person.head.as_deref() == Some(person.name.as_str());
        if person.relation.is_none() && names_head && self.sheet.column(Field::Relation).is_some() {
            person.relation = Some(Relation::HEAD);
        }
        let is_head = person.relation.is_some_and(Relation::is_head);
        let key = person.household.clone().or_else(|| person.head.clone());
        // 柳河村1组3号 tells whose house it is, 柳河村1组 does not.
        let door =
            || (person.relation.is_none() && person.address.ends_with('号')).then(|| Arc::from(&*person.address));
        let key = key.or_else(door).map(|key| (person.group.clone(), key));
        let known = key.as_ref().and_then(|key| self.by_number.get(key).copied());
        let second_head =
            is_head && self.above.has_head && known == Some(self.above.house) && person.household.is_none();
        person.house = match known {
            Some(house) if !second_head => house,
            _ if with_above && self.above.house > 0 && key.is_none() => self.above.house,
            _ if key.is_some() || is_head => {
                self.houses += 1;
                self.houses
            }
            _ => 0,
        };
        if let Some(key) = key {
            self.by_number.insert(key, person.house);
        }
        self.settle_wife(row, person);
        self.note_above(row, person, is_head);
    }

    /// 媳妇 of about the head's age is his wife; who is a generation younger is his son's.
    fn settle_wife(&self, row: &Row, person: &mut Incoming) {
        let text = self.field(row, Field::Relation).cell.text();
        if !may_mean_wife(&text) || person.house != self.above.house || !self.above.head_is_male {
            return;
        }
        if let (Some(head), Some(own)) = (self.above.head_born, person.born)
            && (own.year() - head).abs() <= 14
        {
            person.relation = Some(Relation::WIFE);
        }
    }

    fn note_above(&mut self, row: &Row, person: &Incoming, is_head: bool) {
        let same = person.house > 0 && person.house == self.above.house;
        let (head_born, head_is_male) = match (is_head, same) {
            (true, _) => (person.born.map(PartialDate::year), person.sex == Some(Sex::Male)),
            (false, true) => (self.above.head_born, self.above.head_is_male),
            (false, false) => (None, false),
        };
        self.above = Above {
            row: row.number,
            group: person.group.clone(),
            household: person.household.clone(),
            head: person.head.clone(),
            address: person.address.clone(),
            house: person.house,
            head_born,
            head_is_male,
            has_head: is_head || (same && self.above.has_head),
        };
    }
}

/// The same text as above shares its memory: a million rows have few groups and heads.
fn shared(text: String, above: &Option<Arc<str>>) -> Arc<str> {
    match above {
        Some(known) if **known == *text => known.clone(),
        _ => text.into(),
    }
}

fn cut(text: &str) -> String {
    let text = text.strip_suffix(".0").unwrap_or(text);
    text.chars().filter(|c| !c.is_whitespace()).take(30).collect()
}

fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(30).collect()
}

fn warning(code: &'static str, column: &Arc<str>, message: Message) -> Problem {
    Problem { code, column: column.clone(), message, weight: Weight::Warning }
}

fn rejection(code: &'static str, column: &Arc<str>, message: Message) -> Problem {
    Problem { code, column: column.clone(), message, weight: Weight::Rejects }
}
