//! Tests of `id_card`, with the vectors of the standard. All numbers are made up or published examples.

use super::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date")
}

fn read(text: &str) -> Result<String, IdProblem> {
    IdNumber::parse(text, today()).map(|r| r.number.as_str().to_owned())
}

fn code(text: &str) -> &'static str {
    read(text).expect_err("a problem").code()
}

#[test]
fn the_published_vectors_hold() {
    for text in
        ["421381198503010025", "420983196208150039", "222419510101001", "810000199408230021", "830000199201300022"]
    {
        if text.len() == LENGTH {
            assert_eq!(read(text).as_deref(), Ok(text));
        }
    }
    assert_eq!(read("422224195101010019").as_deref(), Ok("422224195101010019"));
    let old = IdNumber::parse("422224510101001", today()).expect("an old number");
    assert_eq!((old.number.as_str(), old.form), ("422224195101010019", IdForm::Upgraded));
}

#[test]
fn the_number_tells_birth_and_sex() {
    let id = IdNumber::parse("421381198503010025", today()).expect("valid").number;
    assert_eq!(id.born(), NaiveDate::from_ymd_opt(1985, 3, 1));
    assert_eq!(id.sex(), Some(Sex::Female));
    assert_eq!(id.masked(), "**************0025");
    assert_eq!(format!("{id:?}"), "IdNumber(…)");
}

#[test]
fn all_the_ways_to_write_a_number_give_the_same_one() {
    for text in [
        " 421399194709247410 ",
        "'421399194709247410",
        "４２１３９９１９４７０９２４７４１０",
        "421399 19470924 7410",
        "4213\u{200b}99194709247410\u{feff}",
        "\u{a0}421399194709247410\u{3000}",
        "421399-19470924-7410",
        "身份证号：421399194709247410",
        "42139919470924741012",
        "421399194709247410\n",
        "421399194709247410（本人）",
    ] {
        assert_eq!(read(text).as_deref(), Ok("421399194709247410"), "{text:?}");
    }
    for x in ["x", "X", "Ｘ", "ｘ", "×"] {
        assert_eq!(read(&format!("42139919430218813{x}")).as_deref(), Ok("42139919430218813X"));
    }
}

#[test]
fn words_for_nothing_are_a_missing_number() {
    for text in ["", "  ", "无", "未办", "待补", "/", "——", "0", "N/A", "无。"] {
        assert_eq!(code(text), "id_missing", "{text:?}");
    }
}

#[test]
fn a_wrong_number_says_what_is_wrong() {
    assert_eq!(code("421399194709247411"), "id_checksum");
    assert_eq!(code("421399198902304353"), "id_invalid");
    assert_eq!(code("421399196110"), "id_invalid");
    assert_eq!(code("4213991947******10"), "id_invalid");
    assert_eq!(code("421399187709247410"), "id_invalid");
    assert_eq!(code("421399203009247410"), "id_invalid");
    assert_eq!(code("四二一三九九"), "id_invalid");
    assert_eq!(code("421399991332001"), "id_invalid");
    assert_eq!(code("H12345678"), "id_other_document");
    assert_eq!(code("T420123456"), "id_other_document");
}

#[test]
fn a_number_kept_as_a_number_has_lost_its_last_digits() {
    let lost = |n: f64| IdNumber::from_cell(n, today()).expect_err("damaged");
    assert_eq!(lost(4.21399197903136e17), IdProblem::PrecisionLost(Some(*b"421399197903136")));
    assert_eq!(lost(421381198503010025f64), IdProblem::PrecisionLost(Some(*b"421381198503010")));
    assert_eq!(lost(1234567890123456f64), IdProblem::PrecisionLost(None));
    assert_eq!(read("4.21399197903136E+17"), Err(IdProblem::PrecisionLost(Some(*b"421399197903136"))));
    assert_eq!(read("4.21399E+17"), Err(IdProblem::PrecisionLost(None)));
    assert_eq!(read("421399197903136000"), Err(IdProblem::PrecisionLost(Some(*b"421399197903136"))));
    let old = IdNumber::from_cell(422224510101001f64, today()).expect("fifteen digits fit");
    assert_eq!(old.form, IdForm::Upgraded);
    assert_eq!(IdNumber::from_cell(0.0, today()), Err(IdProblem::Missing));
}

#[test]
fn two_different_numbers_in_one_cell_are_not_guessed() {
    let two = "421399194709247410\n421399195108311928";
    assert!(matches!(read(two), Err(IdProblem::Several(v)) if v.len() == 2));
    assert!(matches!(read("421399194709247410 421399195108311928"), Err(IdProblem::Several(_))));
    assert!(read("421399194709247410/421399195108311929").is_err(), "one of two is damaged: whose is the other?");
    assert_eq!(read("422224510101001/422224195101010019").as_deref(), Ok("422224195101010019"));
}

#[test]
fn no_text_makes_it_panic() {
    for text in
        ["张", "张三张三张三张三张三张三", "𫟹".repeat(18).as_str(), "E", "1E", "1E+99", "４E＋１７", "X", "\u{0}"]
    {
        let _ = IdNumber::parse(text, today());
        let _ = IdNumber::from_stored(text);
    }
    for number in [f64::NAN, f64::INFINITY, -1.0, 0.5, 1e300] {
        assert!(IdNumber::from_cell(number, today()).is_err());
    }
}

#[test]
fn what_is_stored_reads_back() {
    assert!(IdNumber::from_stored("421381198503010025").is_some());
    assert!(IdNumber::from_stored("42138119850301002x").is_none());
    assert!(IdNumber::from_stored("421381198513010025").is_none());
}
