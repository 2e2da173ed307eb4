//! What titles, answers and the last lines of lists say: residency, yes and no, totals and signatures.

use crate::domain::id_card::{half_width, is_invisible};
use crate::domain::resident::Residency;
use crate::ledger::exchange::vocabulary::any;

/// What a title, a sheet's name or a file's name says about everybody in the list.
pub fn residency_of_title(title: &str) -> Option<Residency> {
    let text: String = title.chars().filter(|c| !c.is_whitespace()).collect();
    if any(&text, "流入 外来人口 外来人员") {
        return Some(Residency::Here);
    }
    if any(&text, "流动人口 流动人员 外出 流出 在外务工 在外人员") {
        // 常住和外出人员: both kinds are in it, the lines must say which.
        return (!text.contains("常住") && !text.contains("在家")).then_some(Residency::Away);
    }
    // 常住人口登记表 is the police's name for everybody registered, wherever they live.
    (text.contains("常住") && !text.contains("常住人口登记")).then_some(Residency::Here)
}

const TOTALS: &str = "合计 小计 总计 共计 累计 本页 本组 全村 合 计 总人数 人数 全组 总数 平均";
const SIGNED: &str = "填表 填报 制表 审核 复核 经办 负责人 村主任 村支书 书记 分管 主管 签字 签名 盖章 单位 \
    报送 上报 注: 注、 注1 备注: 说明 附: 填写说明 监督电话 公示时间 公示期 联系人: 联系电话: \
    日期: 时间: 第 共 村民委员会 村委会 以上 以下空白 此页 续表 接上页 转下页 统计";
/// What all of these begin with, so that nearly every name is passed over at a glance.
const FIRST: &str = "合小总共累本全计人平填制审复经负村书分主签盖单报上注备说附监公联日时第以此续接转统";

/// Whether a line beginning so names no person: a total, a signature, a note.
pub fn begins_no_person(text: &str) -> bool {
    let visible = || text.chars().filter(|c| !is_invisible(*c) && !c.is_whitespace());
    if !visible().next().is_some_and(|first| FIRST.contains(first)) {
        return false;
    }
    let text: String = visible().map(half_width).take(40).collect();
    let exact_or_count = |word: &str| text == word || text.strip_prefix(word).is_some_and(is_count);
    let signed = |word: &str| text.starts_with(word) && text.chars().count() > 1 && !is_short_name(&text, word);
    TOTALS.split_whitespace().any(exact_or_count) || SIGNED.split_whitespace().any(signed)
}

/// `:192人`, `12户`
fn is_count(rest: &str) -> bool {
    let rest = rest.trim_start_matches([':', '共', '计', '数', '人']);
    rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_digit()) || rest.starts_with("户")
}

/// 第 and 共 are also surnames; only where they begin a phrase they are no name.
fn is_short_name(text: &str, word: &str) -> bool {
    let length = text.chars().count();
    matches!(word, "第" | "共" | "单位" | "书记" | "统计")
        && length <= 4
        && !text.contains(['页', '组', '人', ':', '('])
}

/// Words for yes and no, as ticks and numbers too.
pub fn yes_or_no(text: &str) -> Option<Answer> {
    let text = text.trim();
    let head = text.split(['(', '（', ',', '，', '、', ' ']).next().unwrap_or(text);
    match head {
        "是" | "√" | "✓" | "✔" | "☑" | "○" | "1" | "有" | "Y" | "y" | "yes" | "YES" | "对" | "TRUE" | "V" | "v"
        | "已" => Some(Answer::Yes),
        "否" | "×" | "✗" | "✘" | "X" | "x" | "0" | "无" | "N" | "n" | "no" | "NO" | "不是" | "没有" | "FALSE"
        | "未" | "不" => Some(Answer::No),
        _ => None,
    }
}

/// An answer to a yes-or-no heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// 是
    Yes,
    /// 否
    No,
}

/// What words in a column about residency mean.
pub fn residency_word(text: &str) -> Option<Residency> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if any(&text, "不在家 不在村 不常住 非常住 未在家 不住") {
        return Some(Residency::Away);
    }
    let works_here = "村内务工 本村务工 本地务工 在家务工 在村务工 就近务工";
    if any(&text, works_here) || any(&text, "流入 外来 租住 未外出 没外出 不外出 返乡 人在户不在")
    {
        return Some(Residency::Here);
    }
    if any(&text, "外出 流出 在外 外地 务工 打工 流动 人户分离 户在人不在") {
        return Some(Residency::Away);
    }
    let here = "常住 在家 本村 在村 本地 长住 村内 居家 人户一致 人在户在 住本村";
    any(&text, here).then_some(Residency::Here)
}
