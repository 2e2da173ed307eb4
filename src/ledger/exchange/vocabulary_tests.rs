//! Tests of `vocabulary`.

use super::*;
use crate::domain::resident::Residency;
use crate::ledger::exchange::sentences::{Answer, begins_no_person, residency_of_title, residency_word, yes_or_no};

fn field(lines: &[&str]) -> Option<Field> {
    match Heading::of(lines.iter().copied()).meaning(About::Members) {
        Meaning::Field(field, _) => Some(field),
        _ => None,
    }
}

#[test]
fn headings_as_people_write_them_are_understood() {
    let cases: &[(&[&str], Field)] = &[
        (&["姓 名"], Field::Name),
        (&["A4姓名"], Field::Name),
        (&["D1.姓名"], Field::Name),
        (&["家庭成员", "姓 名"], Field::Name),
        (&["学生姓名"], Field::Name),
        (&["*姓名（必填）"], Field::Name),
        (&["户主"], Field::Head),
        (&["户主姓名"], Field::Head),
        (&["户主", "姓名"], Field::Head),
        (&["身份证号"], Field::IdNumber),
        (&["D3公民身份号码"], Field::IdNumber),
        (&["证件号码"], Field::IdNumber),
        (&["身份证", "号码"], Field::IdNumber),
        (&["公民身份号码或残疾证号"], Field::IdNumber),
        (&["与户主\n关系"], Field::Relation),
        (&["关系"], Field::Relation),
        (&["出生年月"], Field::Born),
        (&["出生年份"], Field::Born),
        (&["D5出生年月"], Field::Born),
        (&["组别"], Field::Group),
        (&["组"], Field::Group),
        (&["村民小组"], Field::Group),
        (&["村组"], Field::Group),
        (&["户号"], Field::HouseholdNumber),
        (&["户编号"], Field::HouseholdNumber),
        (&["联系", "方式"], Field::Phone),
        (&["联系\n方式"], Field::Phone),
        (&["手机号"], Field::Phone),
        (&["联系电话(子女)"], Field::Phone),
        (&["学生本人联系电话"], Field::Phone),
        (&["家庭住址"], Field::Address),
        (&["户籍地"], Field::Address),
        (&["性 别"], Field::Sex),
    ];
    for (lines, expected) in cases {
        assert_eq!(field(lines), Some(*expected), "{lines:?}");
    }
}

#[test]
fn what_belongs_to_somebody_else_is_not_the_persons_own() {
    for lines in [
        &["配偶姓名"][..],
        &["配偶身份证号"],
        &["家长身份证号"],
        &["家长/监护人姓名"],
        &["监护人", "姓名"],
        &["紧急联系人"],
        &["紧急联系人电话"],
        &["与本人关系"],
        &["户主身份证号"],
        &["子女姓名"],
        &["男方姓名"],
        &["开户银行"],
        &["银行账号"],
        &["出生地"],
        &["出生医学证明编号"],
        &["身份证有效期"],
        &["监督电话"],
        &["学籍号"],
        &["年龄"],
        &["农历生日"],
        &["户口性质"],
    ] {
        assert_eq!(field(lines), None, "{lines:?}");
    }
}

#[test]
fn what_the_ledger_never_keeps_is_known_as_such() {
    for own in [
        "措施",
        "避孕措施",
        "孕情",
        "婚育证明号",
        "末次月经",
        "政策内外",
        "社会抚养费",
        "宗教信仰",
        "政治面貌",
        "婚姻状况",
        "婚否",
        "文化程度",
        "本次HPV",
        "TCT",
        "乳腺彩超",
        "BI-RADS",
        "检查结果",
        "未体检原因",
        "一卡通账号",
        "资格类别(独男/独女/双女)",
        "配偶姓名",
        "D11受教育程度",
    ] {
        assert!(Heading::of([own]).is_never(), "{own}");
    }
    assert!(Heading::of(["现存子女", "男"]).is_never());
    assert!(!Heading::of(["身份证号"]).is_never());
}

#[test]
fn columns_and_titles_that_say_where_people_live_are_understood() {
    let clue = |own: &str| match Heading::of([own]).meaning(About::Members) {
        Meaning::Clue(clue) => Some(clue),
        _ => None,
    };
    assert_eq!(clue("是否常住"), Some(Clue::LivesHere));
    assert_eq!(clue("是否常住（半年以上）"), Some(Clue::LivesHere));
    assert_eq!(clue("是否外出"), Some(Clue::LivesAway));
    assert_eq!(clue("外出地点"), Some(Clue::AwayEntry));
    assert_eq!(clue("现居住地(省市县)"), Some(Clue::LivesAt));
    assert_eq!(clue("居住状态"), Some(Clue::State));
    assert_eq!(clue("是否返乡"), Some(Clue::Returned));
    assert_eq!(residency_of_title("柳河村流动人口登记表"), Some(Residency::Away));
    assert_eq!(residency_of_title("外出务工人员"), Some(Residency::Away));
    assert_eq!(residency_of_title("流入人口"), Some(Residency::Here));
    assert_eq!(residency_of_title("常住人口登记表"), None);
    assert_eq!(residency_of_title("户籍人口花名册"), None);
    assert_eq!(residency_word("外出务工"), Some(Residency::Away));
    assert_eq!(residency_word("流入"), Some(Residency::Here));
    assert_eq!(residency_word("不在家"), Some(Residency::Away));
}

#[test]
fn lines_that_name_no_person_are_told_from_names() {
    for text in [
        "合计",
        "合　计",
        "小计",
        "总计:192人",
        "制表人:王会计",
        "填表人：",
        "注：本表一式三份",
        "第3页 共8页",
        "监督电话：0722-",
    ] {
        assert!(begins_no_person(text), "{text}");
    }
    for text in ["第五强", "共青", "张合计", "书记", "邹超庆", "计春华", "合永"] {
        assert!(!begins_no_person(text), "{text}");
    }
    assert_eq!(yes_or_no("是（2019年脱贫）"), Some(Answer::Yes));
    assert_eq!(yes_or_no("×"), Some(Answer::No));
}

#[test]
fn a_list_of_heads_is_about_the_heads() {
    let meaning = |own: &str| Heading::of([own]).meaning(About::Heads);
    assert!(matches!(meaning("户主姓名"), Meaning::Field(Field::Name, _)));
    assert!(matches!(meaning("户主"), Meaning::Field(Field::Name, _)));
    assert!(matches!(meaning("户主身份证号"), Meaning::Field(Field::IdNumber, _)));
}
