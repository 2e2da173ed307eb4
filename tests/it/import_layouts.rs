//! Lists of many other layouts, as villages keep them: nothing here is known to the program but the words.

use xiangli::domain::resident::Field;
use xiangli::ledger::exchange::layout::Use;

use crate::import_support::{Sheet, Staged, cells, id, stage_bytes, stage_sheets, told};

fn one(rows: Vec<Vec<String>>) -> Staged {
    stage_sheets(&[Sheet { name: "Sheet1", rows, merged: &[] }])
}

fn row(cells: &[&str]) -> Vec<String> {
    self::cells(cells)
}

#[test]
fn a_village_register_with_a_blank_row_after_each_family() {
    let (a, b, c, d) = (id("19500301", 11), id("19521005", 12), id("19800101", 13), id("19450101", 15));
    let staged = one(vec![
        row(&["余店镇柳河村2026年户籍人口花名册"]),
        row(&["填报单位：柳河村委会（盖章）", "", "", "填报人：", "", "填报时间：2026.3.5"]),
        row(&[
            "序号",
            "组别",
            "户号",
            "户主姓名",
            "家庭成员姓名",
            "与户主关系",
            "性别",
            "民族",
            "出生年月",
            "身份证号码",
            "文化程度",
            "婚否",
            "户口性质",
            "是否常住",
            "外出地点",
            "联系电话",
            "备注",
        ]),
        row(&[
            "1",
            "3组",
            "1",
            "邹超庆",
            "邹超庆",
            "户主",
            "男",
            "汉",
            "1950.3",
            &a,
            "小学",
            "已婚",
            "农业",
            "是",
            "",
            "19975836327",
            "",
        ]),
        row(&["2", "", "", "", "廖 莉", "之妻", "女", "汉", "1952.10", &b, "小学", "已婚", "农业", "是", "", "", ""]),
        row(&[
            "3",
            "",
            "",
            "",
            "邹强",
            "老大",
            "男",
            "汉",
            "1980.1",
            &c,
            "初中",
            "未婚",
            "农业",
            "否",
            "广东",
            "儿子19911112222",
            "",
        ]),
        row(&[]),
        row(&[
            "4",
            "塆上",
            "2",
            "孙林",
            "孙林",
            "户主",
            "男",
            "汉",
            "1945.1",
            &d,
            "文盲",
            "丧偶",
            "农业",
            "√",
            "",
            "0722-6123456",
            "",
        ]),
        row(&["", "", "", "合计", "4人"]),
        row(&["填表人：王会计", "", "", "审核人："]),
    ]);
    assert_eq!(
        told(&staged),
        [
            "4: 邹超庆,1950-03-01,male,3,h1,2,19975836327,here",
            "5: 廖莉,1952-10-05,female,3,h1,12,,here",
            "6: 邹强,1980-01-01,male,3,h1,22,儿子19911112222,away",
            "8: 孙林,1945-01-01,male,塆上,h2,2,0722-6123456,here",
        ]
    );
    let dropped = staged.layout.dropped_columns();
    assert_eq!(dropped, ["文化程度", "婚否", "序号", "民族", "户口性质", "备注"]);
}

#[test]
fn a_list_of_elders_with_their_childrens_phones() {
    let (a, b) = (id("19500301", 11), id("19521005", 12));
    let staged = one(vec![
        row(&["65岁及以上老年人体检名单"]),
        row(&[
            "序号",
            "村",
            "组",
            "姓名",
            "性别",
            "年龄",
            "出生年月",
            "身份证号",
            "联系电话\n(子女)",
            "体检时间",
            "是否体检",
            "未体检原因",
            "签字",
        ]),
        row(&["1", "柳河村", "1", "张大山", "男", "76", "1950-3-1", &a, "19911112222、19911113333", "", "", "", ""]),
        row(&["2", "柳河村", "十二", "李秀", "女", "74", "八五年三月", "", "无", "", "", "", ""]),
        row(&["3", "柳河村", "2", "王婆婆", "女", "72", "农历52年二月初十", &b, "", "", "", "", ""]),
        row(&["4", "柳河村", "2"]),
    ]);
    assert_eq!(
        told(&staged),
        [
            "3: 张大山,1950-03-01,male,1,h0,,19911112222/19911113333,",
            "4: 李秀,1985-03,female,12,h0,,, id_missing",
            "5: 王婆婆,1952-10-05,female,2,h0,,,",
        ]
    );
    assert_eq!(staged.layout.dropped_columns()[0], "未体检原因");
}

#[test]
fn results_of_examinations_are_dropped_and_named_first() {
    let a = id("19800301", 22);
    let staged = one(vec![
        row(&[
            "编号",
            "姓名",
            "年龄",
            "身份证号",
            "户籍(农村/城镇)",
            "是否低保",
            "是否脱贫户",
            "家庭住址",
            "电话",
            "末次检查时间",
            "本次HPV",
            "TCT",
            "乳腺彩超",
            "BI-RADS",
            "备注",
        ]),
        row(&[
            "1",
            "李秀",
            "46",
            &a,
            "农村",
            "否",
            "是（2019年脱贫）",
            "柳河村3组12号",
            "#19911112222",
            "2023.5",
            "阴性",
            "未见异常",
            "正常",
            "1类",
            "",
        ]),
    ]);
    assert_eq!(told(&staged), ["2: 李秀,1980-03-01,female,3,h1,,19911112222,"]);
    let dropped = staged.layout.dropped_columns();
    assert_eq!(dropped[..5], ["末次检查时间", "本次HPV", "TCT", "乳腺彩超", "BI-RADS"]);
    assert!(dropped.iter().any(|d| d == "是否低保"));
}

#[test]
fn two_lines_of_headings_with_somebody_elses_number_beside_the_own() {
    let (a, b, spouse) = (id("19600301", 11), id("19611005", 12), id("19620101", 14));
    let staged = stage_sheets(&[Sheet {
        name: "年审",
        rows: vec![
            row(&[
                "序号",
                "镇办",
                "村",
                "姓名",
                "性别",
                "出生年月",
                "身份证号",
                "配偶姓名",
                "配偶身份证号",
                "现存子女",
                "",
                "子女姓名",
                "一卡通账号",
                "确认年度",
                "资格类别(独男/独女/双女)",
                "变动情况(死亡/迁出/新增)",
                "备注",
            ]),
            row(&["", "", "", "", "", "", "", "", "", "男", "女"]),
            row(&[
                "1",
                "余店镇",
                "柳河村",
                "张三丰",
                "男",
                "196003",
                &a,
                "李四妹",
                &spouse,
                "1",
                "0",
                "张小",
                "6228480000000000000",
                "2021",
                "独男",
                "",
                "",
            ]),
            row(&[
                "2",
                "余店镇",
                "柳河村",
                "王秀兰",
                "女",
                "1961.10",
                &b,
                "",
                "",
                "0",
                "2",
                "",
                "",
                "2022",
                "双女",
                "",
                "",
            ]),
        ],
        merged: &[(0, 9, 0, 10), (0, 3, 1, 3), (0, 6, 1, 6)],
    }]);
    assert_eq!(told(&staged), ["3: 张三丰,1960-03-01,male,,h0,,,", "4: 王秀兰,1961-10-05,female,,h0,,,"]);
    let dropped = staged.layout.dropped_columns();
    for never in ["配偶身份证号", "现存子女/男", "一卡通账号", "资格类别(独男/独女/双女)", "子女姓名"]
    {
        assert!(dropped.iter().any(|title| title == never), "{never} in {dropped:?}");
    }
}

#[test]
fn a_list_of_people_away_from_the_years_of_control() {
    let (a, b) = (id("19900301", 11), id("19921005", 12));
    let staged = one(vec![
        row(&["柳河村流动人口（外出）登记表"]),
        row(&[
            "序号",
            "姓名",
            "性别",
            "身份证号",
            "户籍地",
            "现居住地(省市县)",
            "外出时间",
            "务工单位/行业",
            "联系电话",
            "紧急联系人",
            "是否返乡",
            "避孕措施",
            "孕情",
            "婚育证明号",
        ]),
        row(&[
            "1",
            "张大山",
            "男",
            &a,
            "柳河村3组",
            "广东省东莞市",
            "2024.3",
            "电子厂",
            "19911112222",
            "张三19900000000",
            "否",
            "",
            "",
            "",
        ]),
        row(&["2", "李秀", "女", &b, "柳河村4组", "", "", "", "", "", "是", "上环", "无", "42"]),
    ]);
    assert_eq!(
        told(&staged),
        [
            "3: 张大山,1990-03-01,male,3,h0,,19911112222,away",
            "4: 李秀,1992-10-05,female,4,h0,,,away residency_contradicts",
        ]
    );
    assert_eq!(staged.layout.dropped_columns()[..3], ["避孕措施", "孕情", "婚育证明号"]);
}

#[test]
fn a_sheet_of_families_each_with_its_own_form() {
    let (a, b, c) = (id("19600301", 11), id("19621005", 12), id("19700101", 13));
    let head = [
        "序号",
        "A4姓名",
        "A5性别",
        "A6公民身份号码",
        "A7与户主关系",
        "A8民族",
        "A9文化程度",
        "A11健康状况",
        "A14低保人口",
    ];
    let staged = one(vec![
        row(&["贫困户登记表    村民小组：三组"]),
        row(&["户主姓名：张大山   联系电话：19911112222   公民身份号码：   开户银行：__ 银行账号：__"]),
        row(&head),
        row(&["1", "张大山", "男", &format!("{a}12"), "户主", "汉", "小学", "健康", "不填"]),
        row(&["2", "李秀", "女", &b, "堂客", "汉", "小学", "", "不填"]),
        row(&["3"]),
        row(&["户主姓名：王有才   联系电话："]),
        row(&head),
        row(&["1", "王有才", "男", &c, "户主", "汉", "小学", "健康", "不填"]),
    ]);
    assert_eq!(
        told(&staged),
        [
            "4: 张大山,1960-03-01,male,3,h1,2,, id_from_certificate",
            "5: 李秀,1962-10-05,female,3,h1,12,,",
            "9: 王有才,1970-01-01,male,3,h2,2,,",
        ]
    );
}

#[test]
fn pupils_with_their_guardians() {
    let (a, guardian) = (id("20120301", 11), id("19850101", 13));
    let staged = stage_sheets(&[Sheet {
        name: "学生",
        rows: vec![
            row(&["建档立卡学生信息采集表"]),
            row(&[
                "学生姓名",
                "性别",
                "民族",
                "学籍号",
                "身份证号",
                "学生本人联系电话",
                "户籍地址",
                "",
                "学段",
                "就读学校",
                "家长/监护人姓名",
                "家长身份证号",
                "与本人关系",
                "联系电话",
                "是否残疾",
            ]),
            row(&["", "", "", "", "", "", "乡镇街道", "详细地址(不填省市县)"]),
            row(&[
                "王小明",
                "男",
                "汉",
                "G421399201203010011",
                &a,
                "19955556666",
                "余店镇",
                "柳河村5组",
                "小学",
                "余店小学",
                "王大明",
                &guardian,
                "父亲",
                "19911112222",
                "否",
            ]),
        ],
        merged: &[(1, 6, 1, 7)],
    }]);
    assert_eq!(told(&staged), ["4: 王小明,2012-03-01,male,5,h0,,19955556666,"]);
}

#[test]
fn a_list_without_a_heading_is_read_by_what_its_cells_look_like() {
    let rows: String = (0..6u32)
        .map(|i| {
            format!(
                "{},张小{},{},男,1991111222{i}\n",
                i + 1,
                ["明", "强", "军", "伟", "勇", "杰"][i as usize],
                id("19800301", 11 + 2 * i)
            )
        })
        .collect();
    let staged = stage_bytes("名单.csv", rows.as_bytes());
    assert_eq!(staged.rows.len(), 6);
    assert_eq!(told(&staged)[0], "1: 张小明,1980-03-01,male,,h0,,19911112220,");
}

#[test]
fn households_by_their_heads_alone() {
    let a = id("19600301", 11);
    let staged = one(vec![
        row(&["户主姓名", "户主身份证号", "家庭人口数", "组别", "联系电话"]),
        row(&["张大山", &a, "4", "1组", "19911112222"]),
        row(&["合计", "", "4"]),
    ]);
    assert_eq!(told(&staged), ["2: 张大山,1960-03-01,male,1,h1,2,19911112222,"]);
}

#[test]
fn numbers_that_spreadsheets_and_people_broke() {
    let (a, b, c) = (id("19600301", 11), id("19621005", 12), id("19700101", 13));
    let old = format!("{}{}", &a[..6], &a[8..17]);
    let staged = one(vec![
        row(&["姓名", "身份证号码", "出生日期", "备注"]),
        row(&["甲一", "#421399196003010110", "", ""]),
        row(&["乙二", &format!("{b}\n{c}"), "1962.10.5", ""]),
        row(&["丙三", &format!("{b}/{c}"), "", ""]),
        row(&["丁四", &format!("'{} {} {}", &b[..6], &b[6..14], &b[14..]), "", ""]),
        row(&["戊五", "未办", "#1985.1", &c]),
        row(&["己六", &old, "31107", ""]),
        row(&["庚七", "待补", "60多岁", ""]),
        row(&["辛八", "无", "#31107", ""]),
    ]);
    assert_eq!(
        told(&staged),
        [
            "2: - id_precision_lost",
            "3: 乙二,1962-10-05,female,,h0,,,",
            "4: - id_invalid",
            "5: - id_conflict",
            "6: 戊五,1985,,,h0,,, id_missing id_in_remark born_unclear",
            "7: 己六,1960-03-01,male,,h0,,, id_upgraded born_mismatch",
            "8: 庚七,,,,h0,,, id_missing born_unclear",
            "9: 辛八,1985-03-01,,,h0,,, id_missing",
        ]
    );
    assert_eq!(staged.rows[0].incoming.as_ref().and_then(|p| p.damaged_id), Some(*b"421399196003010"));
}

#[test]
fn a_public_notice_and_a_table_of_counts() {
    let staged = one(vec![
        row(&["柳河村2026年度农村部分计划生育家庭奖励扶助对象公示"]),
        row(&["序号", "姓名", "性别", "出生年份", "村组", "类别", "备注"]),
        row(&["1", "张大山", "男", "#1965", "柳河村3组", "独女户", ""]),
        row(&["公示时间：2026年3月1日至3月7日 监督电话：0722-1234567"]),
        row(&["", "", "柳河村村民委员会（公章）"]),
    ]);
    assert_eq!(told(&staged), ["3: 张大山,1965,male,3,h0,,, id_missing"]);
    let counts = one(vec![
        row(&["单位", "应查人数", "自愿报名人数", "已体检人数", "占比%"]),
        row(&["柳河村", "#120", "#80", "#75", "#62.5"]),
        row(&["合计", "#120", "#80", "#75", ""]),
        row(&["填表人：", "", "审核人："]),
    ]);
    assert!(counts.rows.is_empty() && counts.layout.sheets.is_empty());
}

#[test]
fn groups_come_from_lines_between_the_people_and_from_sheets() {
    let (a, b, c) = (id("19600301", 11), id("19621005", 12), id("19700101", 13));
    let staged = stage_sheets(&[
        Sheet {
            name: "全村",
            rows: vec![
                row(&["姓名", "身份证号"]),
                row(&["第一村民小组"]),
                row(&["张大山", &a]),
                row(&["小计", "1人"]),
                row(&["李家塆"]),
                row(&["姓名", "身份证号"]),
                row(&["李秀", &b]),
            ],
            merged: &[],
        },
        Sheet {
            name: "第三组",
            rows: vec![row(&["姓名", "身份证号"]), row(&["1", "2"]), row(&["王有才", &c])],
            merged: &[],
        },
        Sheet {
            name: "填表说明",
            rows: vec![row(&["1. 姓名按身份证填写"]), row(&["2. 身份证号请填写18位。"])],
            merged: &[],
        },
    ]);
    assert_eq!(
        told(&staged),
        [
            "3: 张大山,1960-03-01,male,1,h0,,,",
            "7: 李秀,1962-10-05,female,李家塆,h0,,,",
            "3: 王有才,1970-01-01,male,3,h0,,,",
        ]
    );
}

#[test]
fn what_is_told_twice_or_about_two_people_is_seen() {
    let (a, b) = (id("19600301", 11), id("19621005", 12));
    let staged = one(vec![
        row(&["姓名", "身份证号", "电话"]),
        row(&["张大山", &a, "19911112222"]),
        row(&["张大山", &a, ""]),
        row(&["李大山", &a, ""]),
        row(&["", &b, ""]),
        row(&["王小红", "", "19911113333"]),
        row(&["王小红", "", "19911114444"]),
        row(&["王小红", "", "19911114444"]),
    ]);
    assert_eq!(
        told(&staged),
        [
            "2: 张大山,1960-03-01,male,,h0,,19911112222,",
            "3: - row_repeated",
            "4: - id_conflict",
            "5: - name_missing",
            "6: 王小红,,,,h0,,19911113333, id_missing",
            "7: 王小红,,,,h0,,19911114444, id_missing",
            "8: - id_missing row_repeated",
        ]
    );
}

#[test]
fn columns_in_any_order_with_blank_headings_and_other_words() {
    let a = id("19600301", 11);
    let staged = one(vec![
        row(&["", "手机号码", "", "证件号码", "所在组", "名字", "政治面貌", "和户主的关系"]),
        row(&["x", "19911112222", "", &a, "第5小组", "欧阳 春花", "党员", "孙媳妇"]),
    ]);
    assert_eq!(told(&staged), ["2: 欧阳春花,1960-03-01,male,5,h0,45,19911112222,"]);
    let phone = staged.layout.sheets[0].column(Field::Phone).expect("a phone column");
    assert_eq!((phone.index, &*phone.title), (1, "手机号码"));
    assert!(staged.layout.sheets[0].columns.iter().any(|c| &*c.title == "政治面貌" && c.used == Use::Never));
}

#[test]
fn opendocument_files_and_sixteen_bit_text_are_read_alike() {
    let a = id("19600301", 11);
    let text = format!("姓名\t身份证号\t电话\n张大山\t{a}\t19911112222\n");
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let expected = ["2: 张大山,1960-03-01,male,,h0,,19911112222,"];
    assert_eq!(told(&stage_bytes("名单.txt", &wide)), expected);
    let cell = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body>\
         <office:spreadsheet><table:table table:name=\"名单\"><table:table-row>{}{}{}</table:table-row>\
         <table:table-row>{}{}{}<table:table-cell table:number-columns-repeated=\"16000\"/></table:table-row>\
         <table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/>\
         </table:table-row></table:table></office:spreadsheet></office:body></office:document-content>",
        cell("姓名"),
        cell("身份证号"),
        cell("电话"),
        cell("张大山"),
        cell(&a),
        "<table:table-cell office:value-type=\"float\" office:value=\"19911112222\"><text:p>19911112222</text:p></table:table-cell>",
    );
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file("content.xml", options).expect("an entry");
    std::io::Write::write_all(&mut zip, content.as_bytes()).expect("written");
    let bytes = zip.finish().expect("closed").into_inner();
    assert_eq!(told(&stage_bytes("名单.ods", &bytes)), expected);
}
