//! More lists of other layouts: broken numbers, repeated people, groups between the lines, other kinds of file.

use xiangli::domain::resident::Field;
use xiangli::ledger::exchange::layout::Use;

use crate::import_support::{Sheet, Staged, cells as row, id, stage_bytes, stage_sheets, told};

fn one(rows: Vec<Vec<String>>) -> Staged {
    stage_sheets(&[Sheet { name: "Sheet1", rows, merged: &[] }])
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

#[test]
fn two_lists_side_by_side_lose_nobody() {
    let (a, b, c) = (id("19600301", 11), id("19621005", 12), id("19700101", 13));
    let head = ["序号", "姓名", "身份证号"];
    let staged = one(vec![
        row(&["花名册"]),
        row(&[head, head].concat()),
        row(&["1", "张大山", &a, "2", "李秀", &b]),
        row(&["3", "王有才", &c]),
    ]);
    assert_eq!(
        told(&staged),
        ["3: 张大山,1960-03-01,male,,h0,,,", "4: 王有才,1970-01-01,male,,h0,,,", "3: 李秀,1962-10-05,female,,h0,,,",]
    );
}
