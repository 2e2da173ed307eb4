//! Finds the heading of a sheet: which rows it fills, and the lines of each column's heading.

use chrono::NaiveDate;

use crate::domain::resident::Field;
use crate::ledger::exchange::cell::Row;
use crate::ledger::exchange::looks::is_data;
use crate::ledger::exchange::spreadsheet::Merged;
use crate::ledger::exchange::vocabulary::{About, Heading, Meaning};

/// How far down a heading may begin, in filled rows.
const SEARCHED: usize = 60;
const DEEPEST: usize = 3;

/// A heading that was found.
#[derive(Clone, Debug)]
pub struct Header {
    /// Index of its first row among the sampled ones.
    pub first: usize,
    /// How many rows it fills.
    pub depth: usize,
    /// One heading for each column; empty ones for columns without.
    pub headings: Vec<Heading>,
    /// The same as shown to people: lines joined by a stroke.
    pub titles: Vec<String>,
    /// The columns of the list, where several stand side by side.
    pub columns: std::ops::Range<usize>,
    score: i32,
}

/// The best heading among the first rows of a sheet, if any row reads like one.
pub fn find(rows: &[Row], merged: &[Merged], today: NaiveDate) -> Option<Header> {
    let mut best: Option<Header> = None;
    // Lines of a list above a heading would be lost without a word: the heading of a later page is not the list's.
    let mut people_above = 0;
    for first in 0..rows.len().min(SEARCHED) {
        people_above += rows.get(first.wrapping_sub(1)).map_or(0, |row| i32::from(count_data(row, today) >= 2));
        for depth in 1..=DEEPEST {
            let Some(lines) = rows.get(first..first + depth) else { break };
            let consecutive = lines.windows(2).all(|pair| matches!(pair, [a, b] if b.number - a.number == 1));
            if !consecutive {
                break;
            }
            let Some(mut header) = read(first, lines, merged, today) else { continue };
            header.score -= 12 * people_above;
            if best.as_ref().is_none_or(|known| header.score > known.score) {
                best = Some(header);
            }
        }
    }
    best
}

impl Header {
    /// Lists printed side by side: one heading for each, with the columns of the others left out.
    pub fn side_by_side(self) -> Vec<Self> {
        let names: Vec<usize> = (0..self.titles.len()).filter(|i| self.is_name(*i)).collect();
        let [first, second, ..] = *names.as_slice() else { return vec![self] };
        let width = second - first;
        let block = |at: usize| self.titles.get(at * width..((at + 1) * width).min(self.titles.len()));
        let same = |at: usize| block(0).zip(block(at)).is_some_and(|(a, b)| !b.is_empty() && a.starts_with(b));
        let blocks = self.titles.len().div_ceil(width);
        if first >= width || !(1..blocks).all(same) {
            return vec![self];
        }
        (0..blocks).map(|at| self.only(at * width..(at + 1) * width)).collect()
    }

    fn is_name(&self, column: usize) -> bool {
        let meaning = self.headings.get(column).map(|heading| heading.meaning(About::Members));
        matches!(meaning, Some(Meaning::Field(Field::Name, _)))
    }

    fn only(&self, columns: std::ops::Range<usize>) -> Self {
        let mut kept = self.clone();
        for (i, (heading, title)) in kept.headings.iter_mut().zip(&mut kept.titles).enumerate() {
            if !columns.contains(&i) {
                (*heading, *title) = (Heading::default(), String::new());
            }
        }
        kept.columns = columns;
        kept
    }
}

/// Where another list with other columns begins below this one, with the titles above its heading.
pub fn next_list(rows: &[Row], merged: &[Merged], today: NaiveDate, known: &Header) -> Option<usize> {
    let meanings = |header: &Header| -> Vec<Meaning> {
        header.headings.iter().map(|heading| heading.meaning(About::Members)).collect()
    };
    let begins = |first: usize| {
        let row = rows.get(first).filter(|row| row.filled().count() >= 3 && count_data(row, today) == 0)?;
        let header = read(first, std::slice::from_ref(row), merged, today)?;
        let fields = header.headings.iter().filter(|h| matches!(h.meaning(About::Members), Meaning::Field(..)));
        (fields.count() >= 3 && meanings(&header) != meanings(known)).then_some(first)
    };
    let after = known.first + known.depth;
    let heading = (after + 1..rows.len()).find_map(begins)?;
    let title = |row: &Row| row.filled().count() <= 2 && count_data(row, today) == 0;
    let titles = (after..heading).rev().take_while(|at| rows.get(*at).is_some_and(title)).count();
    Some(heading - titles)
}

/// Whether a line is a heading though it names nobody: most of its words are known.
pub fn is_known(header: &Header) -> bool {
    let told = header.headings.iter().filter(|heading| !heading.own.is_empty());
    let known = told.clone().filter(|heading| heading.meaning(About::Members) != Meaning::Unknown).count();
    known >= 3 && 2 * known >= told.count()
}

/// The first line that can be a heading of any kind: several texts and nothing that only stands in lists.
pub fn first_line(rows: &[Row], today: NaiveDate) -> Option<Header> {
    let texts = |row: &Row| row.filled().filter(|(_, cell)| !is_data(*cell, today)).count();
    let plain = |row: &&Row| texts(row) >= 2 && texts(row) == row.filled().count();
    let first = rows.iter().take(SEARCHED).position(|row| plain(&row))?;
    let lines = rows.get(first..=first)?;
    let columns: Vec<Vec<String>> = (0..lines[0].width()).map(|column| lines_of(lines, &[], column)).collect();
    let headings = columns.iter().map(|lines| Heading::of(lines.iter().map(String::as_str))).collect();
    let titles = columns.iter().map(|lines| title_of(lines)).collect();
    Some(Header { first, depth: 1, headings, titles, columns: 0..usize::MAX, score: 0 })
}

fn read(first: usize, lines: &[Row], merged: &[Merged], today: NaiveDate) -> Option<Header> {
    let below = lines.len().checked_sub(1).filter(|below| *below > 0);
    // 第一村民小组 below the heading begins the people of that group.
    let alone = |below: usize| lines[below].filled().count() < 2 && !divides_columns(lines, below, merged);
    if below.is_some_and(|below| is_title(lines, merged) || alone(below)) {
        return None;
    }
    let data_in = |row: &Row| count_data(row, today);
    let subordinate = (0..lines.len()).filter(|depth| divides_columns(lines, *depth, merged)).count() as i32;
    let data: i32 =
        (0..lines.len()).filter(|depth| !divides_columns(lines, *depth, merged)).map(|i| data_in(&lines[i])).sum();
    // The list itself: not worth reading word by word.
    if data > 3 {
        return None;
    }
    let width = lines.iter().map(Row::width).max().unwrap_or(0);
    let columns: Vec<Vec<String>> = (0..width).map(|column| lines_of(lines, merged, column)).collect();
    let headings: Vec<Heading> = columns.iter().map(|lines| Heading::of(lines.iter().map(String::as_str))).collect();
    let (mut score, mut fields) = (0, Vec::new());
    for heading in headings.iter().filter(|heading| !heading.own.is_empty()) {
        score += match heading.meaning(About::Members) {
            Meaning::Field(field, _) if fields.contains(&field) => 4,
            Meaning::Field(field, sure) => {
                fields.push(field);
                sure / 10
            }
            Meaning::Clue(_) => 8,
            Meaning::Serial | Meaning::Remark | Meaning::Known | Meaning::Never => 6,
            Meaning::Unknown if heading.own.chars().count() > 15 => -4,
            Meaning::Unknown => 1,
        };
    }
    // A line of the list may say 户主 too; a heading says whose line it is.
    let who = fields.iter().any(|field| matches!(field, Field::Name | Field::Head | Field::IdNumber));
    let enough = who && (fields.len() >= 2 || score >= 14 || (fields == [Field::Name] && lines.len() == 1));
    score += 4 * subordinate - data * 12 - (lines.len() as i32 - 1) * 2;
    let titles = columns.iter().map(|lines| title_of(lines)).collect();
    (enough && score > 5).then_some(Header {
        first,
        depth: lines.len(),
        headings,
        titles,
        columns: 0..usize::MAX,
        score,
    })
}

fn count_data(row: &Row, today: NaiveDate) -> i32 {
    row.filled().filter(|(_, cell)| is_data(*cell, today)).count() as i32
}

/// Whether the first line is the title of the whole list, which says nothing about single columns: 监护人 or 孕产妇 in it
/// would speak against all of them.
fn is_title(lines: &[Row], merged: &[Merged]) -> bool {
    let Some((title, below)) = lines.split_first() else { return false };
    let filled: Vec<usize> = title.filled().map(|(column, _)| column).collect();
    let [only] = *filled.as_slice() else { return false };
    let headed: Vec<usize> = below.iter().flat_map(|row| row.filled().map(|(column, _)| column)).collect();
    let (Some(first), Some(last)) = (headed.iter().min(), headed.iter().max()) else { return false };
    let line = title.number.saturating_sub(1);
    let at = |m: &&Merged| m.rows.0 == line && m.columns.0 as usize == only;
    let width = merged.iter().find(at).map_or(1, |m| (m.columns.1 - m.columns.0) as usize + 1);
    only <= *first || 4 * width >= 3 * (last - first + 1)
}

/// The texts above a column, top line first. A cell merged over several columns speaks for all of them.
fn lines_of(lines: &[Row], merged: &[Merged], column: usize) -> Vec<String> {
    let mut texts = Vec::new();
    for (depth, row) in lines.iter().enumerate() {
        let own = row.cell(column).text();
        if !own.is_empty() {
            texts.push(own.into_owned());
        } else if depth + 1 < lines.len()
            && let Some(spread) = spread_over(lines, depth, merged, column)
        {
            texts.push(spread);
        }
    }
    texts
}

/// Whether a line only divides columns whose heading is merged over several: 男 and 女 under 现存子女.
fn divides_columns(lines: &[Row], depth: usize, merged: &[Merged]) -> bool {
    let Some(above) = depth.checked_sub(1).and_then(|above| lines.get(above)) else { return false };
    let line = above.number.saturating_sub(1);
    let wide = |m: &Merged, at: u32| {
        m.rows.0 <= line && line <= m.rows.1 && (m.columns.0..=m.columns.1).contains(&at) && m.columns.1 > m.columns.0
    };
    let under = |column: usize| merged.iter().any(|m| wide(m, column as u32));
    let short = |text: &str| text.chars().count() <= 8 && !text.chars().any(|c| c.is_ascii_digit());
    lines[depth].filled().all(|(column, cell)| under(column) && short(&cell.text()))
}

fn spread_over(lines: &[Row], depth: usize, merged: &[Merged], column: usize) -> Option<String> {
    let row = lines.get(depth)?;
    let (line, at) = (row.number.checked_sub(1)?, column as u32);
    let over = |m: &&Merged| m.rows.0 <= line && line <= m.rows.1 && m.columns.0 <= at && at <= m.columns.1;
    if let Some(merged) = merged.iter().find(over) {
        // What is merged from above is heard there.
        return (merged.rows.0 == line).then(|| row.cell(merged.columns.0 as usize).text().into_owned());
    }
    let told = merged.iter().any(|m| m.rows.0 <= line && line <= m.rows.1);
    let below = lines.get(depth + 1..)?.iter().any(|row| !row.cell(column).is_empty());
    if told || !below {
        return None;
    }
    // Without word of merged cells: the nearest text to the left, if it has lines below it as well.
    let left = (0..column).rev().find(|left| !row.cell(*left).is_empty())?;
    let spreads = lines.get(depth + 1..)?.iter().any(|row| !row.cell(left).is_empty());
    spreads.then(|| row.cell(left).text().into_owned())
}

fn title_of(lines: &[String]) -> String {
    let mut parts: Vec<String> = Vec::new();
    for line in lines {
        let squeezed: String = line.chars().filter(|c| !c.is_whitespace()).take(60).collect();
        if parts.last() != Some(&squeezed) {
            parts.push(squeezed);
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(lines: &[&[&str]]) -> Vec<Row> {
        let row = |(i, cells): (usize, &&[&str])| {
            let mut row = Row::default();
            row.restart(i as u32 + 1);
            for (column, text) in cells.iter().enumerate() {
                row.put_text(column, text);
            }
            row
        };
        lines.iter().enumerate().map(row).collect()
    }

    fn found(lines: &[&[&str]]) -> Option<(usize, usize, Vec<String>)> {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date");
        find(&rows(lines), &[], today).map(|header| (header.first, header.depth, header.titles))
    }

    #[test]
    fn titles_above_and_people_below_are_no_heading() {
        let (first, depth, _) = found(&[
            &["柳河村户籍人口花名册"],
            &["填报单位：柳河村委会", "", "填报人：王会计"],
            &["序号", "姓名", "性别", "身份证号"],
            &["1", "邹超庆", "男", "421399194709247410"],
            &["2", "户主", "男", ""],
        ])
        .expect("a heading");
        assert_eq!((first, depth), (2, 1));
    }

    #[test]
    fn two_lines_are_joined_even_without_word_of_merged_cells() {
        let (first, depth, titles) = found(&[
            &["户编号", "户主", "家 庭 成 员", "", "", "备注"],
            &["", "", "姓 名", "与户主\n关系", "公民身份号码", ""],
            &["1", "邹超庆", "邹超庆", "户主", "421399194709247410", ""],
        ])
        .expect("a heading");
        assert_eq!((first, depth), (0, 2));
        assert_eq!(titles, ["户编号", "户主", "家庭成员/姓名", "家庭成员/与户主关系", "家庭成员/公民身份号码", "备注"]);
    }

    #[test]
    fn a_blank_heading_keeps_its_place() {
        let (_, _, titles) = found(&[&["", "姓名", "", "身份证号"], &["1", "李娟", "x", ""]]).expect("a heading");
        assert_eq!(titles, ["", "姓名", "", "身份证号"]);
    }

    #[test]
    fn notes_and_totals_are_no_heading() {
        assert!(found(&[&["填表说明"], &["1. 身份证号请填写18位。"], &["2. 姓名按身份证填写。"]]).is_none());
        assert!(found(&[&["单位", "应查人数", "自愿报名人数"], &["柳河村", "120", "80"]]).is_none());
    }
}
