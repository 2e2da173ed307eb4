//! What is typed, and who is found by it.

use super::*;

fn person(name: &str) -> Keyed<'_> {
    Keyed { name, id_number: "421399196103090027", phone: "19012345678" }
}

fn found(text: &str, name: &str) -> Option<(Rank, Why)> {
    Query::parse(text).finds(person(name))
}

fn assert_found(name: &str, texts: &[&str]) {
    for text in texts {
        assert!(found(text, name).is_some(), "{text} should find {name}");
    }
}

fn assert_not_found(name: &str, texts: &[&str]) {
    for text in texts {
        assert!(found(text, name).is_none(), "{text} should not find {name}");
    }
}

#[test]
fn a_name_is_found_by_its_characters() {
    assert_eq!(found("王秀英", "王秀英"), Some((Rank::Exact, Why::Name)));
    assert_eq!(found("王 秀", "王秀英"), Some((Rank::Begins, Why::Name)));
    assert_eq!(found("秀英", "王秀英"), Some((Rank::Given, Why::Given)));
    assert_not_found("王秀英", &["王英", "李", "王秀英英"]);
}

#[test]
fn a_name_is_found_by_its_pinyin_however_far_it_is_typed() {
    let full = "wangxiuying";
    for end in 1..=full.len() {
        assert!(found(&full[..end], "王秀英").is_some(), "{}", &full[..end]);
    }
    assert_eq!(found(full, "王秀英"), Some((Rank::Exact, Why::Pinyin)));
    assert_eq!(found("wangx", "王秀英"), Some((Rank::Begins, Why::Pinyin)));
    assert_found("王秀英", &["wang xiu ying", "WANG XIUYING", "wang'xiu", "ｗａｎｇ", "xiuying", "xiuy", "xiu ying"]);
    assert_not_found("王秀英", &["wangying", "wan xiu", "yingxiu"]);
}

#[test]
fn a_name_is_found_by_its_initials_and_by_mixtures() {
    assert_eq!(found("wxy", "王秀英"), Some((Rank::Initials, Why::Initials)));
    assert_eq!(found("wx", "王秀英"), Some((Rank::InitialsBegin, Why::Initials)));
    assert_found(
        "张晓燕",
        &["zxy", "zhang xy", "zhangxy", "zhangxiaoy", "zhxy", "zh x y", "zxiaoyan", "z xiaoyan", "zhangxyan"],
    );
    assert_found("张晓燕", &["张xy", "张 xiao", "张晓y", "张x燕", "zhang晓燕", "z晓", "zhang晓"]);
    assert_not_found("张晓燕", &["李xy", "张xz", "张y", "章xy", "xy张"]);
}

#[test]
fn every_way_to_write_u_umlaut_finds_the_name() {
    assert_found("吕绿", &["lv", "lu", "lü", "LÜ", "lvlv", "lulu", "lyulyu", "ll"]);
    assert_found("略女", &["lue", "lve", "lvenv", "luenu"]);
    assert_found("徐军", &["xu", "xv", "xvjvn", "xujun"]);
    assert_not_found("卢明", &["lv", "lü"]);
}

#[test]
fn every_reading_of_a_surname_finds_the_name() {
    for (name, texts) in [
        ("单明", ["shanming", "danming", "chan"]),
        ("解明", ["xieming", "jieming", "xm"]),
        ("仇明", ["qiuming", "chouming", "qm"]),
        ("曾明", ["zengming", "cengming", "cm"]),
        ("查明", ["zhaming", "chaming", "zm"]),
        ("区明", ["ouming", "quming", "om"]),
        ("翟明", ["zhaiming", "diming", "dm"]),
        ("乐明", ["yueming", "leming", "lm"]),
        ("缪明", ["miaoming", "mouming", "mm"]),
        ("万俟明", ["moqiming", "mqm", "moqi"]),
    ] {
        assert_found(name, &texts);
    }
}

#[test]
fn words_that_can_be_cut_in_two_ways_are_cut_in_both() {
    assert_found("先明", &["xian", "xianming"]);
    assert_found("西安", &["xian", "xi an", "xa"]);
    assert_found("韩爱娜", &["han", "h a n"]);
    assert_not_found("先明", &["xi an"]);
}

#[test]
fn an_id_number_is_found_by_its_tail_and_a_phone_by_both_ends() {
    assert_eq!(found("0027", "王秀英"), Some((Rank::Tail, Why::IdTail)));
    assert_eq!(found("421399196103090027", "王秀英").map(|f| f.0), Some(Rank::Exact));
    assert_eq!(found("4213991961", "王秀英"), Some((Rank::Number, Why::IdNumber)));
    assert_eq!(found("5678", "王秀英"), Some((Rank::Tail, Why::PhoneTail)));
    assert_eq!(found("1901234", "王秀英"), Some((Rank::Number, Why::Phone)));
    assert_eq!(found("190 1234 5678", "王秀英").map(|f| f.0), Some(Rank::Exact));
    let x = Keyed { name: "李明", id_number: "42139919610309003X", phone: "" };
    assert_eq!(Query::parse("03x").finds(x), Some((Rank::Tail, Why::IdTail)));
    assert_not_found("王秀英", &["0028", "9999"]);
}

#[test]
fn hostile_texts_find_nobody_and_end() {
    let long = "wang".repeat(5_000);
    let dead = "wa".repeat(20) + "i";
    for text in ["", " ", "%", "_", "*", "?[a-z]", "'; DROP TABLE resident; --", "\0", "\u{202E}", "😀", &long, &dead]
    {
        let query = Query::parse(text);
        assert!(query.probes.len() < 40, "{text:.20}");
        assert!(query.finds(person("王秀英")).is_none(), "{text:.20}");
    }
}

#[test]
fn a_name_with_a_dot_is_found_with_any_dot_or_none() {
    assert_found("阿依古丽·买买提", &["阿依古丽·买买提", "阿依古丽•买", "买买提", "maimaiti", "ayiguli", "aygl"]);
}

#[test]
fn the_better_reason_is_given() {
    assert_eq!(found("xiu", "王秀英"), Some((Rank::Given, Why::GivenPinyin)));
    assert_eq!(found("john smith", "John Smith"), Some((Rank::Exact, Why::Pinyin)));
}
