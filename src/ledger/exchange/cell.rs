//! One row of a spreadsheet as it is read: typed cells over one text buffer, so that a row costs no allocation of its own.

use std::borrow::Cow;

use crate::domain::id_card::is_invisible;
use crate::domain::written_date::WrittenDate;

/// What stands in a cell.
#[derive(Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// Nothing, or only what cannot be seen.
    Empty,
    /// Text, trimmed of spaces around it.
    Text(&'a str),
    /// A number that is not formatted as a date.
    Number(f64),
    /// A number formatted as a date: days of the 1900 system.
    Date(f64),
    /// TRUE or FALSE.
    Bool(bool),
}

#[derive(Clone, Copy)]
enum Slot {
    Empty,
    Text(u32, u32),
    Number(f64),
    Date(f64),
    Bool(bool),
}

/// A row with its cells. `Debug` is not implemented: rows hold people.
#[derive(Clone, Default)]
pub struct Row {
    /// 1-based number, as the spreadsheet program shows it.
    pub number: u32,
    slots: Vec<Slot>,
    text: String,
}

impl<'a> Cell<'a> {
    /// Whether nothing can be seen in it.
    pub fn is_empty(self) -> bool {
        matches!(self, Self::Empty)
    }

    /// The text as the spreadsheet program would show it; numbers with 15 significant digits, dates as 1985-03-01.
    pub fn text(self) -> Cow<'a, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(fifteen_digits(number)),
            Self::Date(serial) => Cow::Owned(date_text(serial)),
            Self::Bool(true) => Cow::Borrowed("是"),
            Self::Bool(false) => Cow::Borrowed("否"),
        }
    }
}

fn date_text(serial: f64) -> String {
    let far_ahead = chrono::NaiveDate::MAX;
    match WrittenDate::from_serial(serial, far_ahead).date() {
        Some(date) => date.to_string(),
        None => match days_since_1900(serial) {
            Some(day) => day.to_string(),
            None => fifteen_digits(serial),
        },
    }
}

fn days_since_1900(serial: f64) -> Option<chrono::NaiveDate> {
    let days = chrono::TimeDelta::try_days(serial as i64)?;
    chrono::NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_signed(days)
}

/// A number with 15 significant digits and no more, as `%.15g` gives them: what a spreadsheet keeps of it.
pub fn fifteen_digits(number: f64) -> String {
    if number == 0.0 || !number.is_finite() {
        return if number == 0.0 { "0".to_owned() } else { String::new() };
    }
    let scientific = format!("{number:.14e}");
    let Some((mantissa, exponent)) = scientific.split_once('e') else { return scientific };
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-5..15).contains(&exponent) {
        let decimals = usize::try_from(14 - exponent).unwrap_or(0);
        return trim_zeros(&format!("{number:.decimals$}")).to_owned();
    }
    format!("{}E{exponent:+03}", trim_zeros(mantissa))
}

fn trim_zeros(text: &str) -> &str {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text }
}

impl Row {
    /// Makes it an empty row with this number.
    pub fn restart(&mut self, number: u32) {
        self.number = number;
        self.slots.clear();
        self.text.clear();
    }

    /// The cell in this column, counted from 0.
    pub fn cell(&self, column: usize) -> Cell<'_> {
        match self.slots.get(column) {
            None | Some(Slot::Empty) => Cell::Empty,
            Some(Slot::Text(from, to)) => self.text.get(*from as usize..*to as usize).map_or(Cell::Empty, Cell::Text),
            Some(Slot::Number(number)) => Cell::Number(*number),
            Some(Slot::Date(serial)) => Cell::Date(*serial),
            Some(Slot::Bool(value)) => Cell::Bool(*value),
        }
    }

    /// One more than the last column with something in it.
    pub fn width(&self) -> usize {
        self.slots.len()
    }

    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// The cells that are not empty, with their columns.
    pub fn filled(&self) -> impl Iterator<Item = (usize, Cell<'_>)> {
        (0..self.slots.len()).map(|column| (column, self.cell(column))).filter(|(_, cell)| !cell.is_empty())
    }

    /// Puts a text into a column, without the spaces around it; one that nobody can see is not put.
    pub fn put_text(&mut self, column: usize, text: &str) {
        let unseen = |c: char| c.is_whitespace() || is_invisible(c);
        let text = text.trim_matches(unseen);
        let text = text.strip_prefix("=\"").and_then(|t| t.strip_suffix('"')).unwrap_or(text);
        if text.is_empty() {
            return;
        }
        let from = self.text.len() as u32;
        self.text.push_str(text);
        self.put(column, Slot::Text(from, self.text.len() as u32));
    }

    /// Puts a number into a column.
    pub fn put_number(&mut self, column: usize, number: f64) {
        if number.is_finite() {
            self.put(column, Slot::Number(number));
        }
    }

    /// Puts days of the 1900 system into a column.
    pub fn put_date(&mut self, column: usize, serial: f64) {
        if serial.is_finite() {
            self.put(column, Slot::Date(serial));
        }
    }

    /// Puts TRUE or FALSE into a column.
    pub fn put_bool(&mut self, column: usize, value: bool) {
        self.put(column, Slot::Bool(value));
    }

    fn put(&mut self, column: usize, slot: Slot) {
        if self.slots.len() <= column {
            self.slots.resize(column + 1, Slot::Empty);
        }
        self.slots[column] = slot;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_shows_the_fifteen_digits_that_were_kept() {
        let cases = [
            (19975836327.0, "19975836327"),
            (4.21399197903136e17, "4.21399197903136E+17"),
            (1985.3, "1985.3"),
            (1985.1, "1985.1"),
            (0.1 + 0.2, "0.3"),
            (1.0, "1"),
            (-2.5, "-2.5"),
            (422224510101001.0, "422224510101001"),
            (0.0, "0"),
            (421381198503010025f64, "4.2138119850301E+17"),
            (0.00001234, "0.00001234"),
        ];
        for (number, text) in cases {
            assert_eq!(fifteen_digits(number), text);
        }
    }

    #[test]
    fn blank_cells_do_not_shift_columns() {
        let mut row = Row::default();
        row.restart(7);
        row.put_text(2, "　李娟 ");
        row.put_text(4, "\u{200b} ");
        row.put_date(5, 31107.0);
        assert_eq!((row.width(), row.number), (6, 7));
        assert!(row.cell(0).is_empty() && row.cell(4).is_empty() && row.cell(99).is_empty());
        assert_eq!(row.cell(2).text(), "李娟");
        assert_eq!(row.cell(5).text(), "1985-03-01");
        assert_eq!(row.filled().count(), 2);
    }
}
