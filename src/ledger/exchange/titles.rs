//! What a file's name, its sheets' names and its title lines say of everybody in it. Nothing of the columns is here.

use crate::domain::id_card::{half_width, is_invisible};
use crate::domain::name::is_han;
use crate::ledger::exchange::cell::Row;
use crate::ledger::exchange::header::Header;
use crate::ledger::exchange::vocabulary::{NEVER, any};

/// What a title says of those who stand below it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Telling {
    /// Nothing that the ledger may not keep.
    #[default]
    Nothing,
    /// Something that the ledger may never keep of anybody, so that the title itself is not kept.
    Private,
    /// It is a register of marriages, pregnancies or visits to the clinic: such lists are not read at all.
    Register,
}

/// What is private as a title, besides the words of columns that are never kept.
const PRIVATE: &str = "离婚 离异 丧偶 未婚 复婚 单身 独生 失独 特别扶助 产妇 产前检查 产后 妊娠 手术 门诊 就诊 住院 \
    病 患者 癌 结核 艾滋 吸毒 矫正 刑满 信访 上访";
/// What registers that are not read are about.
const ABOUT: &str = "婚姻 结婚 离婚 复婚 再婚 婚检 婚前 孕 产妇 产检 产前检查 产后 妊娠 节育 计生手术 结扎 上环 流产 \
    引产 两非 门诊 就诊 住院 病历";
/// What makes a title that of a list.
const LISTS: &str = "登记 名册 名单 台账 台帐 档案 一览 统计 记录 明细 表 册";

/// What a title, a sheet's name or a file's name says.
pub fn telling(title: &str) -> Telling {
    let text = squeeze(title);
    let own = without_brackets(&text);
    // 注：本表不登记孕情 is a note, and what stands in brackets is in the list, not what it is.
    let is_note = own.chars().count() > 60 || own.contains('不') || any(own.get(..6).unwrap_or(&own), "注 说明 备注");
    if !is_note && any(&own, ABOUT) && any(&own, LISTS) {
        Telling::Register
    } else if any(&text, NEVER) || any(&text, PRIVATE) {
        Telling::Private
    } else {
        Telling::Nothing
    }
}

/// What the cells above a heading say; where there is none, what stands alone in one of the first lines.
pub(super) fn titles_tell(rows: &[Row], header: Option<&Header>) -> Telling {
    let above = rows.iter().take(header.map_or(5, |header| header.first));
    let above = above.filter(|row| header.is_some() || row.filled().count() == 1);
    above.flat_map(|row| row.filled()).map(|(_, cell)| telling(&cell.text())).max().unwrap_or_default()
}

/// The village's own name, and the one in the title: 青石镇柳河村…
pub(super) fn villages(own: &str, title: &str) -> Vec<String> {
    let mut names: Vec<String> = Some(own.to_owned()).into_iter().filter(|name| name.chars().count() >= 2).collect();
    if let Some((before, _)) = title.split_once('村') {
        let tail = before.rsplit(|c: char| !is_han(c) || matches!(c, '镇' | '乡' | '道' | '县' | '市' | '省' | '办'));
        let tail = tail.into_iter().next().unwrap_or_default();
        if (1..=4).contains(&tail.chars().count()) {
            names.push(format!("{tail}村"));
        }
    }
    names
}

fn squeeze(text: &str) -> String {
    let seen = text.chars().filter(|c| !is_invisible(*c)).map(half_width).filter(|c| !c.is_whitespace()).take(2_000);
    seen.flat_map(char::to_lowercase).collect()
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0_u32;
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '(' | '[' | '【' => depth += 1,
            ')' | ']' | '】' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registers_of_marriages_pregnancies_and_clinics_are_known_by_their_titles() {
        for title in [
            "2026年孕情花名册.xlsx",
            "孕产妇名单",
            "婚姻登记",
            "离 婚 登 记 表",
            "柳河村节育情况一览表",
            "卫生室门诊登记",
        ] {
            assert_eq!(telling(title), Telling::Register, "{title}");
        }
    }

    #[test]
    fn a_title_that_tells_what_is_never_kept_is_private() {
        for title in ["离婚人员.xlsx", "已婚育龄妇女花名册", "残疾人花名册", "独生子女领证及奖励情况花名册", "党员.xls"]
        {
            assert_eq!(telling(title), Telling::Private, "{title}");
        }
        assert_eq!(telling("育龄妇女花名册（含孕情、节育情况）"), Telling::Private);
        assert_eq!(telling("注：本表不登记孕情"), Telling::Private);
    }

    #[test]
    fn the_titles_of_common_lists_tell_nothing() {
        for title in [
            "花名册.csv",
            "余店镇柳河村2026年户籍人口花名册",
            "65岁及以上老年人体检名单",
            "两岸三组 常住人口登记表",
            "流动人口外出登记",
            "育龄妇女花名册",
            "农业生产前期补贴花名册",
            "Sheet1",
            "",
        ] {
            assert_eq!(telling(title), Telling::Nothing, "{title}");
        }
    }
}
