//! Lists as they lie on laptops, found by testers who had not seen the reader: pages, titles, forms, codes.

use crate::import_support::{Sheet, Staged, cells as row, id, stage_bytes, stage_sheets, told};
use xiangli::domain::resident::Field;
use xiangli::ledger::exchange::layout::Use;

fn one(rows: Vec<Vec<String>>, merged: &[(u32, u16, u32, u16)]) -> Staged {
    stage_sheets(&[Sheet { name: "Sheet1", rows, merged }])
}

fn csv(text: &str) -> Staged {
    stage_bytes("名单.csv", text.as_bytes())
}

#[test]
fn the_heading_of_a_later_page_does_not_swallow_the_people_above_it() {
    let ids: Vec<String> = (0..6).map(|n| id("19500301", 11 + n)).collect();
    let title = row(&["柳河村花名册"]);
    let heading = row(&["序号", "姓名", "身份证号", "组别"]);
    let person = |n: usize| row(&[&n.to_string(), ["邹超", "廖莉", "邹强", "姜林", "严国", "赵红"][n], &ids[n], "3组"]);
    let staged = one(
        vec![
            title.clone(),
            row(&["填报单位：柳河村", "", "填报人："]),
            heading.clone(),
            person(0),
            person(1),
            person(2),
            row(&["本页小计", "3人"]),
            title,
            heading,
            person(3),
            person(4),
            person(5),
        ],
        &[(0, 0, 0, 3), (7, 0, 7, 3)],
    );
    let rows: Vec<u32> = staged.rows.iter().map(|row| row.row).collect();
    assert_eq!(rows, [4, 5, 6, 10, 11, 12], "{:?}", told(&staged));
}

#[test]
fn a_title_over_the_whole_list_says_nothing_about_its_columns() {
    for title in ["留守儿童及监护人花名册", "家长及配偶花名册", "户主花名册"] {
        let (a, b) = (id("19500301", 11), id("19521005", 12));
        let staged = one(
            vec![
                row(&[title]),
                row(&["姓名", "身份证号", "联系电话", "备注"]),
                row(&["邹超庆", &a, "19911112222", ""]),
                row(&["廖莉", &b, "19911113333", ""]),
            ],
            &[(0, 0, 0, 3)],
        );
        assert_eq!(told(&staged).len(), 2, "{title}");
        assert_eq!(staged.layout.dropped_columns(), ["备注"], "{title}");
        assert!(told(&staged)[0].contains("19911112222"), "{title}: {:?}", told(&staged));
    }
}

#[test]
fn what_asks_for_an_entry_is_nobody() {
    let staged = one(
        vec![
            row(&["姓名", "与户主关系", "性别", "出生年月"]),
            row(&["邹超庆", "户主", "男", "1950.3"]),
            row(&["普查员：", "", "", "申报人（签字）："]),
        ],
        &[],
    );
    assert_eq!(told(&staged).len(), 1, "{:?}", told(&staged));
    let number = id("19650617", 22);
    let form = one(
        vec![
            row(&["登记表"]),
            row(&["姓名", "曹娟", "性别", "女", "出生年月", "1965-06-17"]),
            row(&["身份证号", &number, "", "联系电话", "19911112222"]),
            row(&["家庭住址", "柳河村3组"]),
            row(&["此表一式五份"]),
        ],
        &[],
    );
    assert!(form.rows.iter().all(|row| row.is_rejected()), "{:?}", told(&form));
}

#[test]
fn a_row_that_only_tells_sex_beside_a_broken_number_is_still_somebody() {
    let staged = csv("姓名,性别,身份证号,组别\n邹超庆,男,,3组\n,男,123,3组\n合计,,2,\n");
    assert_eq!(told(&staged), ["2: 邹超庆,,male,3,h0,,, id_missing", "3: - name_missing id_invalid"]);
}

#[test]
fn groups_and_residency_are_known_by_their_words_where_no_heading_is() {
    let (a, b, c) = (id("19500301", 11), id("19521005", 12), id("19800101", 13));
    let bare = csv(&format!("1,3组,邹超庆,男,{a}\n2,第四组,廖莉,女,{b}\n3,3组,邹强,男,{c}\n"));
    let groups: Vec<_> = bare.rows.iter().filter_map(|r| r.incoming.as_ref()?.group.as_deref()).collect();
    assert_eq!(groups, ["3", "4", "3"]);
    let told = told(&csv(&format!(
        "姓名,身份证,眼下,所属的小组\n邹超庆,{a},在家,3组\n廖莉,{b},外出务工,第四组\n邹强,{c},长期在外,3组\n"
    )));
    assert!(told[0].ends_with("here") && told[1].ends_with("away") && told[2].ends_with("away"), "{told:?}");
    assert!(told[1].contains(",4,"), "{told:?}");
}

#[test]
fn codes_of_the_standards_stand_for_sex_and_relation() {
    let staged =
        csv("姓名,性别代码,与户主关系代码,户籍所属小组\n邹超庆,1,02,第3小组\n廖莉,2,12,第3小组\n邹强,1,22,第3小组\n");
    assert_eq!(
        told(&staged),
        [
            "2: 邹超庆,,male,3,h1,2,, id_missing",
            "3: 廖莉,,female,3,h1,12,, id_missing",
            "4: 邹强,,male,3,h1,22,, id_missing"
        ]
    );
}

#[test]
fn record_numbers_are_no_phones() {
    let line = |n: usize, name: &str| {
        format!("{name},{},{}\n", id("19500301", 11 + n as u32), 1_000_000_000_000_000_u64 + n as u64)
    };
    let staged = csv(&format!("姓名,身份证号,row_id\n{}{}{}", line(0, "邹超"), line(1, "廖莉"), line(2, "邹强")));
    assert!(staged.layout.sheets[0].column(Field::Phone).is_none());
    assert!(staged.rows.iter().all(|row| row.problems.is_empty()));
}

#[test]
fn a_list_of_couples_is_asked_about_and_not_guessed() {
    let (a, b) = (id("19700301", 11), id("19721005", 12));
    let line = format!("邹超庆,{a},廖莉,{b},上环,1998.6\n");
    let staged = csv(&format!("男方姓名,男方身份证号,女方姓名,女方身份证号,措施,领证时间\n{line}{line}{line}{line}"));
    assert!(staged.rows.is_empty() && staged.layout.sheets.is_empty());
    let never = staged.layout.unclear[0].columns.iter().find(|column| &*column.title == "措施");
    assert_eq!(never.map(|column| column.used), Some(Use::Never));
}

#[test]
fn who_is_in_another_group_is_in_another_household() {
    let (a, b) = (id("19500301", 11), id("19521005", 12));
    let staged = csv(&format!("姓名,身份证号,组别,与户主关系\n邹超庆,{a},1组,户主\n廖莉,{b},2组,妻\n"));
    let houses: Vec<_> = staged.rows.iter().filter_map(|r| r.incoming.as_ref()).map(|p| p.house).collect();
    assert_ne!(houses[0], houses[1]);
}

#[test]
fn lines_may_end_as_on_old_macs() {
    let number = id("19500301", 11);
    let staged = csv(&format!("姓名,身份证号\r邹超庆,{number}\r廖莉,\r"));
    assert_eq!(told(&staged).len(), 2);
}

#[test]
fn lists_below_each_other_may_have_other_columns() {
    let ids: Vec<String> = (0..6).map(|n| id("19500301", 11 + n)).collect();
    let staged = one(
        vec![
            row(&["在家人员"]),
            row(&["序号", "姓名", "身份证号", "电话"]),
            row(&["1", "邹超庆", &ids[0], "19911112222"]),
            row(&["2", "廖莉", &ids[1], ""]),
            row(&["外出人员"]),
            row(&["序号", "身份证号", "姓名", "组别", "外出地"]),
            row(&["1", &ids[2], "邹强", "2组", "深圳"]),
            row(&["2", &ids[3], "姜林", "2组", "武汉"]),
        ],
        &[],
    );
    let told = told(&staged);
    assert_eq!(told.len(), 4, "{told:?}");
    assert!(told[0].contains("邹超庆") && told[0].contains("19911112222"), "{told:?}");
    assert!(told[2].contains("邹强") && told[2].ends_with("away"), "{told:?}");
}

#[test]
fn a_line_naming_the_first_group_below_the_heading_is_no_heading() {
    let (a, b) = (id("19500301", 11), id("19521005", 12));
    let staged = one(
        vec![
            row(&["序号", "姓名", "身份证号"]),
            row(&["第一村民小组"]),
            row(&["1", "邹超庆", &a]),
            row(&["王家塆"]),
            row(&["2", "廖莉", &b]),
            row(&["经办人：李四", "", "联系电话：0722-6000000"]),
        ],
        &[(1, 0, 1, 2), (3, 0, 3, 2)],
    );
    let groups: Vec<_> = staged.rows.iter().map(|r| r.incoming.as_ref().and_then(|p| p.group.as_deref())).collect();
    assert_eq!(groups, [Some("1"), Some("王家塆")]);
}

#[test]
fn a_number_where_no_number_is_expected_is_not_passed_over() {
    let (a, b, c) = (id("19500301", 11), id("19521005", 12), id("19800101", 13));
    let staged = csv(&format!("姓名,身份证号,备注\n邹超庆,{a},\n廖莉,{b},\n{c},邹强,\n"));
    assert_eq!(told(&staged).len(), 3);
    assert!(staged.rows[2].is_rejected());
}
