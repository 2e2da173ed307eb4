//! The words of headings and titles in villages' spreadsheets, and what they mean. No layout is known here, only words.

use crate::domain::id_card::{half_width, is_invisible};
use crate::domain::resident::Field;

/// What a heading says its column holds, and how surely (0–100).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Something that the ledger keeps.
    Field(Field, i32),
    /// Something that tells whether a person lives here.
    Clue(Clue),
    /// A running number of the lines.
    Serial,
    /// Remarks.
    Remark,
    /// Known, and not kept.
    Known,
    /// Never kept, whoever asks: scope.md's list, results of examinations, accounts.
    Never,
    /// Not understood.
    Unknown,
}

/// How a column tells whether a person lives here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clue {
    /// In words: 常住, 外出, 流入.
    State,
    /// 是 means lives here.
    LivesHere,
    /// 是 means is away.
    LivesAway,
    /// Whoever has an entry is away: a place or a day.
    AwayEntry,
    /// The place where a person lives now.
    LivesAt,
    /// 是 means has come back.
    Returned,
}

/// Whom a list of households is about where it names only their heads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Everybody in the household; a column of the head's name only says which household.
    Members,
    /// The heads alone.
    Heads,
}

/// A heading taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// The lowest line, without spaces, numbering and brackets.
    pub own: String,
    /// The lines above it, joined.
    pub above: String,
    /// What stood in brackets, joined.
    pub note: String,
}

/// What is never kept.
pub(super) const NEVER: &str = "措施 孕 避孕 节育 婚育 月经 末次 政策内 政策外 计划外 计划内 抚养费 罚 处罚 现存子女 \
    现有子女 子女数 子女情况 子女姓名 孩次 胎次 独男 独女 双女 资格类别 领证 光荣证 生育 结扎 \
    上环 放环 流产 引产 b超 宗教 信仰 政治面貌 党员 婚姻 婚否 婚况 结婚 初婚 再婚 配偶 \
    文化程度 学历 受教育 教育程度 hpv tct bi-rads birads 彩超 乳腺 宫颈 阴道镜 \
    病理 结果 诊断 疾病 病史 患病 慢病 健康状况 血压 血糖 血型 残疾 未体检原因 不体检原因 原因 \
    拒绝 账号 帐号 卡号 账户 开户 银行 存折 一卡通 医保卡 社保卡 收入 欠款 欠费 信用 精神";

/// Headings of columns that say where the whole list is from.
const PLACES: &str = "村 村名 乡镇 镇 乡 镇办 街道 县 市 省 区 单位 所在村 行政村 社区 户籍 户口";

const KNOWN: &str = "民族 年龄 周岁 岁数 虚岁 户口性质 户籍性质 户口类型 户籍类型 户别 低保 脱贫 建档立卡 五保 特困 签字 \
    签名 盖章 体检时间 是否体检 检查时间 检查日期 体检日期 登记时间 登记日期 确认年度 变动情况 \
    类别 学籍号 学校 学段 班级 住宿 劳动能力 劳动力 务工 行业 职业 工作单位 在校 医疗保险 \
    养老保险 合作医疗 参保 参加 金额 标准 人数 人口数 家庭人口 住房 面积 联系人 监护人 家长 \
    紧急联系 包保 责任人 网格 帮扶 服务 迁入 迁出 变更 照片 证件类型 证件类别 有效期 签发 \
    曾用名 籍贯 出生地 身高 体重 车牌 微信 邮箱 邮编 行次 页码";

/// People other than the one on the line.
const OTHERS: &str = "配偶 爱人 丈夫 妻子 家长 监护人 父亲 母亲 父母 子女 孩子 儿女 儿子 女儿 紧急联系 联系人 \
    代办 代理 经办 填表 填报 包保 帮扶 干部 网格 医生 村医 邻居 赡养 抚养 男方 女方 责任人 \
    负责人 担保 介绍人 户籍民警 领款 收款 开户 班主任 亲属 委托";

impl Heading {
    /// From the lines of a heading, top line first.
    pub fn of<'a>(lines: impl IntoIterator<Item = &'a str>) -> Self {
        let mut heading = Self::default();
        let mut previous = String::new();
        for line in lines {
            let (own, note) = plain(line);
            heading.note.push_str(&note);
            if own.is_empty() || own == previous {
                continue;
            }
            heading.above.push_str(&std::mem::replace(&mut heading.own, own.clone()));
            previous = own;
        }
        heading
    }

    /// What the column holds.
    pub fn meaning(&self, about: About) -> Meaning {
        let alone = meaning_of(&self.own, &self.above, &self.note, about);
        if !matches!(alone, Meaning::Unknown) || self.above.is_empty() {
            return alone;
        }
        // 联系 above 方式, 身份证 above 号码: only together they say it.
        let joined = format!("{}{}", self.above, self.own);
        meaning_of(&joined, "", &self.note, about)
    }

    /// Whether the ledger may never keep it, whatever the user says.
    pub fn is_never(&self) -> bool {
        self.meaning(About::Members) == Meaning::Never
    }
}

/// A line of a heading without spaces, numbering, marks and brackets; and what the brackets held.
fn plain(line: &str) -> (String, String) {
    let (mut own, mut note, mut depth) = (String::new(), String::new(), 0_u32);
    let half = line.chars().filter(|c| !is_invisible(*c)).map(half_width).filter(|c| !c.is_whitespace()).take(80);
    for c in half {
        match c {
            '(' | '[' | '【' | '〔' | '<' | '《' => depth += 1,
            ')' | ']' | '】' | '〕' | '>' | '》' => depth = depth.saturating_sub(1),
            '*' | ':' | '★' | '"' | '\'' | '#' | '。' => {}
            c if depth > 0 => note.extend(c.to_lowercase()),
            c => own.extend(c.to_lowercase()),
        }
    }
    let own = without_number(&own).to_owned();
    // A heading entirely in brackets is its own text.
    if own.is_empty() { (std::mem::take(&mut note), String::new()) } else { (own, note) }
}

/// A4姓名, D1.姓名, 1、姓名: the numbering of printed forms.
fn without_number(own: &str) -> &str {
    let rest = own.trim_start_matches(|c: char| c.is_ascii_lowercase());
    let letters = own.len() - rest.len();
    let bare = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = rest.len() - bare.len();
    let bare = bare.trim_start_matches(['.', '、', '-', '_', '．']);
    if letters <= 1 && digits > 0 && bare.chars().next().is_some_and(|c| !c.is_ascii()) { bare } else { own }
}

/// Whether one of the words, which spaces separate, is in the text.
pub(super) fn any(text: &str, words: &str) -> bool {
    words.split_whitespace().any(|word| text.contains(word))
}

/// Whether the text is one of the words.
fn is_one_of(text: &str, words: &str) -> bool {
    words.split_whitespace().any(|word| text == word)
}

fn meaning_of(own: &str, above: &str, note: &str, about: About) -> Meaning {
    if own.is_empty() {
        return Meaning::Unknown;
    }
    // The column that rejected rows get beside them.
    if own.starts_with("不能录入的原因") || own.starts_with("whyitwasnottaken") {
        return Meaning::Serial;
    }
    if matches!(own, "序号" | "编号" | "序" | "顺序号" | "行号" | "no" | "no." | "序列号" | "号" | "序次")
    {
        return Meaning::Serial;
    }
    if any(own, "备注 说明 附注") || own == "注" {
        return Meaning::Remark;
    }
    if let Some(relation) = relation(own, above) {
        return relation;
    }
    if let Some(clue) = clue(own) {
        return Meaning::Clue(clue);
    }
    let whose = whose(own, above, note, about);
    let found = kept(own, note);
    match (found, whose) {
        (Some((Field::Name, _)), Whose::Head) => Meaning::Field(Field::Head, 100),
        (Some((field, score)), Whose::Own) => Meaning::Field(field, score),
        // 联系电话(子女): who answers for an old person.
        (Some((Field::Phone, score)), Whose::OthersByNote) => Meaning::Field(Field::Phone, score - 30),
        (Some(_), _) => {
            if any(own, NEVER) || any(above, NEVER) {
                Meaning::Never
            } else {
                Meaning::Known
            }
        }
        (None, _) if own == "户主" || own == "户主名" => Meaning::Field(head_field(about), 95),
        (None, _) if any(own, NEVER) || any(above, "现存子女 现有子女 措施 孕") => Meaning::Never,
        (None, _) if is_one_of(own, PLACES) || any(own, KNOWN) => Meaning::Known,
        _ if own.starts_with("是否") => Meaning::Known,
        _ => Meaning::Unknown,
    }
}

fn head_field(about: About) -> Field {
    if about == About::Heads { Field::Name } else { Field::Head }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    Own,
    Head,
    Others,
    OthersByNote,
}

fn whose(own: &str, above: &str, note: &str, about: About) -> Whose {
    let of_head = |text: &str| text.contains("户主") && !text.contains("成员");
    if own.contains("本人") {
        return Whose::Own;
    }
    if any(own, OTHERS) || any(above, OTHERS) {
        return Whose::Others;
    }
    if about == About::Members && (of_head(own) || of_head(above)) {
        return Whose::Head;
    }
    if any(note, OTHERS) && !note.contains("本人") { Whose::OthersByNote } else { Whose::Own }
}

fn relation(own: &str, above: &str) -> Option<Meaning> {
    if own.contains("称谓") {
        return Some(Meaning::Field(Field::Relation, 80));
    }
    if !own.contains("关系") {
        return None;
    }
    let others = "本人 学生 联系人 申请人 监护 患者 老人 婚姻 劳动 组织 社保 亲子 儿童 对象";
    if any(own, others) || (any(above, OTHERS) && !own.contains("户主")) {
        return Some(Meaning::Known);
    }
    Some(Meaning::Field(Field::Relation, if own.contains("户主") || own == "关系" { 100 } else { 80 }))
}

fn clue(own: &str) -> Option<Clue> {
    let exact = |words| is_one_of(own, words);
    if exact("是否返乡 返乡 返乡情况 是否已返乡 是否回村 是否回乡") {
        return Some(Clue::Returned);
    }
    if any(own, "外出地 务工地 打工地 流入地 流出地 流向 外出去向 外出目的 外出时间 外出日期 离开时间 外出务工时间")
        && !own.contains("是否")
    {
        return Some(Clue::AwayEntry);
    }
    if exact(
        "是否外出 外出 是否外出务工 外出务工 是否流动 外出与否 是否流出 是否在外 在外 人户分离 是否人户分离 外出人员",
    ) {
        return Some(Clue::LivesAway);
    }
    if exact(
        "是否常住 常住 是否在家 在家 是否在村 在村 是否在村居住 是否本村居住 常住与否 是否长住 是否居住在本村 是否常住人口 常住人口",
    ) {
        return Some(Clue::LivesHere);
    }
    let state = "居住状态 居住情况 居住状况 居住类型 常住状态 常住情况 在家情况 在村情况 外出情况 \
        流动状态 流动情况 人员去向 去向 人口状态 人员状态 在家/外出 常住/外出 常住或外出 \
        常住、外出 居住类别 人员类别 人口类型 人口类别";
    let state_within = "居住状态 居住状况 居住情况 常住状态 常住情况 在家情况 在村情况 流动状态";
    if exact(state) || (any(own, state_within) && !own.starts_with("是否")) {
        return Some(Clue::State);
    }
    let place = "现居住地 现居地 现居住地址 目前居住地 实际居住地 现在居住地 常住地 居住地 现住地 居住地点 现居住地点 经常居住地";
    exact(place).then_some(Clue::LivesAt)
}

/// The field that a heading names, whosoever it may be.
fn kept(own: &str, note: &str) -> Option<(Field, i32)> {
    id_number(own)
        .or_else(|| born(own, note))
        .or_else(|| group(own))
        .or_else(|| household(own))
        .or_else(|| phone(own))
        .or_else(|| match own {
            "性别" | "男女" | "男/女" | "sex" | "性別" | "性别代码" => Some((Field::Sex, 100)),
            _ => name(own).or_else(|| address(own)),
        })
}

fn id_number(own: &str) -> Option<(Field, i32)> {
    let not = "地址 住址 有效 类型 类别 复印 正面 反面 签发 到期 是否 住所 所在地";
    if any(own, not) {
        return None;
    }
    let score = match own {
        _ if any(own, "身份证号 公民身份 身份证件号 身份号码 居民身份证") => 100,
        _ if any(own, "身份证 证件号") => 90,
        "证号" | "id" | "idcard" | "idno" | "身份证明" | "身份" => 50,
        _ => return None,
    };
    Some((Field::IdNumber, score))
}

fn born(own: &str, note: &str) -> Option<(Field, i32)> {
    if any(own, "农历 阴历 旧历") || any(note, "农历 阴历") {
        return None;
    }
    let not = "出生地 出生证 出生医学 出生缺陷 出生体重 孩次 出生孩 出生人口 出生情况 出生登记 出生医院";
    if any(own, not) {
        return None;
    }
    let score = match own {
        _ if any(own, "出生日期 出生年月 出生时间 生日 出生年份 出生年") => 100,
        "出生" | "生年" | "生年月" | "生年月日" | "生辰" => 80,
        _ => return None,
    };
    Some((Field::Born, score))
}

fn group(own: &str) -> Option<(Field, i32)> {
    const EXACT: &str = "组 组别 小组 组号 组名 所在组 所属组 塆 湾 塆名 湾名 塆组 湾组 塆子 湾子 自然村 自然湾 \
    自然塆 自然村名 屋场 生产队 队 队别 小队 社 社别 组队 组/队 所在小组 所属小组 几组 \
    组(队) 居住组";
    let score = match own {
        _ if is_one_of(own, EXACT) => 100,
        _ if any(own, "村民小组 村民组 居民小组 村小组 组别") => 100,
        // 户籍所属小组, but not 党小组 and the like, which are of people, not of houses.
        _ if own.ends_with("小组") && !any(own, "党 工作 领导 帮扶 网格 学习 服务 监督 理财 调解") => {
            90
        }
        "村组" | "村/组" | "村、组" | "村组名" | "村组别" | "村塆" | "村湾" => 90,
        _ => return None,
    };
    Some((Field::Group, score))
}

fn household(own: &str) -> Option<(Field, i32)> {
    if any(own, "账户 开户 帐户 户主") {
        return None;
    }
    let words = "户号 户编 户序 家庭编 农户编 住户编 户口簿号 户口本号 户口编 户籍编 家庭号 户代码 户id";
    if any(own, words) { Some((Field::HouseholdNumber, 100)) } else { None }
}

fn phone(own: &str) -> Option<(Field, i32)> {
    let score = match own {
        _ if any(own, "监督 举报 单位电话 办公") => return None,
        _ if any(own, "手机 移动电话") => 100,
        _ if any(own, "固定电话 座机 固话 备用电话 其他电话 电话2") => 60,
        _ if any(own, "联系电话 电话号 联系方式 联系号码 电话") => 95,
        "联系" | "tel" | "phone" => 50,
        _ => return None,
    };
    Some((Field::Phone, score + if own.contains("本人") { 5 } else { 0 }))
}

fn name(own: &str) -> Option<(Field, i32)> {
    if any(own, "曾用 单位 学校 村名 组名 别名 银行 户名 项目 企业") {
        return None;
    }
    let score = match own {
        "姓名" | "名字" | "家庭成员姓名" | "成员姓名" | "本人姓名" => 100,
        _ if own.ends_with("姓名") || own.starts_with("姓名") => 90,
        "家庭成员" | "成员" | "人员" | "人名" | "姓名及称谓" | "name" => 75,
        "老人" | "学生" | "儿童" | "妇女" | "居民" | "村民" | "体检人" | "受检人" | "参保人" | "申请人" | "被检人"
        | "受益人" | "对象" => 60,
        _ => return None,
    };
    Some((Field::Name, score))
}

fn address(own: &str) -> Option<(Field, i32)> {
    if any(own, "单位 学校 务工 开户 经度 是否") {
        return None;
    }
    let score = match own {
        _ if any(own, "家庭住址 家庭地址 现住址 居住地址 家庭详细 家庭现住址") => 100,
        "住址" | "地址" | "详细住址" | "详细地址" | "门牌号" | "门牌" | "住所" | "家庭所在地" => {
            95
        }
        _ if any(own, "户籍地 户口所在地 户籍所在地 户口登记地 户口地址 身份证地址 身份证住址") => {
            60
        }
        _ if any(own, "地址 住址") => 70,
        _ => return None,
    };
    Some((Field::Address, score))
}

#[cfg(test)]
#[path = "vocabulary_tests.rs"]
mod tests;
