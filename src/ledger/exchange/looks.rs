//! What the cells of a column look like: the second opinion on what its heading says.

use chrono::NaiveDate;

use crate::domain::id_card::{IdNumber, IdProblem};
use crate::domain::name::is_han;
use crate::domain::partial_date::PartialDate;
use crate::domain::relation::Relation;
use crate::domain::resident::Field;
use crate::domain::written_date::{Decimals, WrittenDate};
use crate::ledger::exchange::cell::Cell;
use crate::ledger::exchange::group;
use crate::ledger::exchange::sentences::{residency_word, yes_or_no};

/// Counts over the cells of one column.
#[derive(Clone, Copy, Debug, Default)]
pub struct Looks {
    /// Cells with something in them.
    pub filled: u32,
    ids: u32,
    damaged_ids: u32,
    phones: u32,
    dates: u32,
    sexes: u32,
    relations: u32,
    relation_codes: u32,
    residencies: u32,
    numbered_groups: u32,
    groups: u32,
    names: u32,
    surnames: u32,
    answers: u32,
    small: u32,
    /// Id numbers ending in 000 whose check character fails: the column went through numbers.
    pub rounded_ids: u32,
    /// Dates such as 1985.10 or 1985.03: decimals kept their zeros.
    pub whole_decimals: u32,
}

/// The hundred or so surnames that most people have, to tell names where no heading does.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏\
韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯\
纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁都芮普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由";

fn is_phone(text: &str) -> bool {
    let first = text.split(['/', '、', ',', '，', '\n']).next().unwrap_or(text).trim();
    let digits = first.chars().filter(char::is_ascii_digit).count();
    let plain = text
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '-' | ' ' | '+' | '(' | ')' | '/' | '、' | ',' | '，' | '.' | '\n'));
    let mobile = first.trim_start_matches("+86").trim_start_matches('0');
    // 16 digits and more are numbers of accounts and records; two mobile numbers may have only a space between them.
    plain
        && ((matches!(digits, 11..=13 | 22) && mobile.starts_with('1'))
            || (first.starts_with('0') && (10..=13).contains(&digits)))
}

/// Two to four Chinese characters, or a longer name with dots.
pub fn is_name(text: &str) -> bool {
    let (mut han, mut dots, mut other) = (0, 0, 0);
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        match c {
            c if is_han(c) => han += 1,
            '·' | '•' | '.' | '・' | '．' => dots += 1,
            _ => other += 1,
        }
    }
    other == 0 && ((dots == 0 && (2..=4).contains(&han)) || (dots > 0 && (2..=20).contains(&han)))
}

/// Something group-like: 3组, 第三组, 三, 塆上.
pub fn is_group(text: &str) -> bool {
    let short = text.chars().count() <= 12;
    let number = text.bytes().all(|b| b.is_ascii_digit()) && text.len() <= 2;
    let ending = text.ends_with(['组', '队', '塆', '湾', '社', '屋', '冲', '上']);
    short
        && (number
            || ending
            || (text.chars().count() <= 3 && text.chars().all(|c| "〇一二三四五六七八九十".contains(c))))
}

impl Looks {
    /// Counts one cell.
    pub fn add(&mut self, cell: Cell<'_>, today: NaiveDate) {
        if cell.is_empty() {
            return;
        }
        self.filled += 1;
        let text = cell.text();
        match cell {
            Cell::Date(_) => self.dates += 1,
            Cell::Number(number) => self.add_number(number, today),
            Cell::Bool(_) => self.answers += 1,
            _ => self.add_text(&text, today),
        }
        self.phones += u32::from(is_phone(&text));
        self.groups += u32::from(is_group(&text));
        self.numbered_groups += u32::from(group::is_numbered(&text));
        self.small += u32::from(text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit()));
    }

    fn add_number(&mut self, number: f64, today: NaiveDate) {
        if number >= 1e14 {
            match IdNumber::from_cell(number, today) {
                Ok(_) => self.ids += 1,
                Err(_) => self.damaged_ids += 1,
            }
        } else if matches!(WrittenDate::from_number(number, today).date(), Some(date) if date.year() >= 1900)
            && number < 1e8
        {
            self.dates += 1;
        }
    }

    fn add_text(&mut self, text: &str, today: NaiveDate) {
        let digits = text.chars().filter(char::is_ascii_digit).count();
        if digits >= 6 {
            match IdNumber::parse(text, today) {
                Ok(_) => self.ids += 1,
                Err(IdProblem::PrecisionLost(_)) => {
                    self.damaged_ids += 1;
                    self.rounded_ids += u32::from(text.ends_with("000"));
                }
                Err(_) if digits >= 12 && !is_phone(text) => self.damaged_ids += 1,
                Err(_) => {}
            }
        }
        if (4..=14).contains(&digits)
            && matches!(WrittenDate::from_text(text, Decimals::AsTyped, today), WrittenDate::Known(_))
        {
            self.dates += 1;
        }
        let decimal = text.split_once('.').map(|(_, rest)| rest);
        self.whole_decimals +=
            u32::from(matches!(decimal, Some(rest) if rest == "10" || (rest.len() == 2 && rest.starts_with('0'))));
        self.sexes += u32::from(matches!(text, "男" | "女" | "男性" | "女性"));
        self.relations += u32::from(digits == 0 && Relation::parse(text).is_some());
        self.relation_codes += u32::from(digits == 2 && Relation::parse(text).is_some());
        self.residencies += u32::from(residency_word(text).is_some());
        self.answers += u32::from(yes_or_no(text).is_some() || residency_word(text).is_some());
        if is_name(text) && Relation::parse(text).is_none() && residency_word(text).is_none() {
            self.names += 1;
            self.surnames += u32::from(text.chars().next().is_some_and(|c| SURNAMES.contains(c)));
        }
    }

    fn share(&self, count: u32) -> i32 {
        (100 * count / self.filled.max(1)) as i32
    }

    /// How much the cells speak for (positive) or against a field that the heading names. Few cells say little.
    pub fn agrees(&self, field: Field) -> i32 {
        if self.filled < 2 {
            return 0;
        }
        let (share, least) = match field {
            Field::Name | Field::Head => (self.share(self.names), 40),
            Field::IdNumber => (self.share(self.ids + self.damaged_ids), 20),
            Field::Sex => (self.share(self.sexes + self.small), 50),
            Field::Born => (self.share(self.dates), 20),
            Field::Relation => (self.share(self.relations + self.relation_codes), 30),
            Field::Phone => (self.share(self.phones), 20),
            Field::Group => (100 - self.share(self.ids + self.phones + self.dates), 60),
            Field::HouseholdNumber => (100 - self.share(self.ids + self.phones + self.names), 60),
            Field::Address | Field::Residency => (100 - self.share(self.ids + self.phones + self.sexes), 60),
        };
        if share < least { -100 } else { share / 4 }
    }

    /// The field that the cells alone suggest, where no heading does, and how surely.
    pub fn suggests(&self) -> Option<(Field, i32)> {
        if self.filled < 3 {
            return None;
        }
        let candidates = [
            (Field::IdNumber, self.share(self.ids + self.damaged_ids).min(self.share(self.ids) * 4), 60),
            (Field::Sex, self.share(self.sexes), 90),
            (Field::Phone, self.share(self.phones), 80),
            (Field::Relation, self.share(self.relations), 80),
            (Field::Group, self.share(self.numbered_groups), 80),
        ];
        candidates.into_iter().find(|(_, share, least)| share >= least).map(|(field, share, _)| (field, 30 + share / 3))
    }

    /// Whether nearly every cell is a name that begins with a surname.
    pub fn is_full_of_names(&self) -> bool {
        self.filled >= 3 && self.share(self.names) >= 85 && self.share(self.surnames) >= 80
    }

    /// Whether nearly every cell is a day or month.
    pub fn is_full_of_dates(&self) -> bool {
        self.filled >= 3 && self.share(self.dates) >= 90 && self.share(self.small) < 10
    }

    /// Whether nearly every cell says in words whether a person lives here.
    pub fn is_full_of_residency(&self) -> bool {
        self.filled >= 3 && self.share(self.residencies) >= 90
    }

    /// Whether a column of places says 是 and 否 instead.
    pub fn is_full_of_answers(&self) -> bool {
        self.filled >= 1 && self.share(self.answers) >= 90
    }
}

/// A cell that stands in lists and never in headings.
pub fn is_data(cell: Cell<'_>, today: NaiveDate) -> bool {
    match cell {
        Cell::Empty | Cell::Bool(_) => false,
        Cell::Date(_) => true,
        Cell::Number(_) => true,
        Cell::Text(text) => {
            let digits = text.chars().filter(char::is_ascii_digit).count();
            matches!(text, "男" | "女")
                || digits >= 7
                || text.chars().count() > 40
                || (digits >= 5 && WrittenDate::from_text(text, Decimals::AsTyped, today).date().is_some_and(is_birth))
                || text.bytes().all(|b| b.is_ascii_digit())
        }
    }
}

fn is_birth(date: PartialDate) -> bool {
    (1900..2100).contains(&date.year())
}
