//! How names are pronounced: toneless syllables with `v` for ü, all readings of a surname, the usual one of a given name.
//!
//! Besides what `domain` may use, this module reads the tables of `ib-pinyin`: pure data without files or clocks, which
//! would otherwise be copied in by hand. Characters that the table does not know have no reading; nothing is guessed.

use std::collections::HashMap;
use std::sync::OnceLock;

use ib_pinyin::pinyin::{PinyinData, PinyinNotation};

/// At most this many ways to pronounce one name are kept.
const MAX_VARIANTS: usize = 4;

/// Stands for a character without a known reading; sorts behind all letters and is typed by nobody.
pub(super) const UNREAD: &str = "~";

/// Surnames whose readings as a surname are not simply the readings of the character: the right one first, then how
/// people misread it. A surname that is not here has all the readings of its character.
const SURNAMES: &str = "\
    丁ding 万wan 乐yue,le 乜nie,mie 仇qiu,chou 佴nai,er 俞yu 冯feng 单shan,dan,chan 卜bu 参can 叶ye 员yun,yuan 和he \
    尢you,wang 强qiang,jiang 於yu 曾zeng,ceng 朴piao,pu 查zha,cha 殷yin 汤tang 沈shen,chen 洗xian,xi 瞿qu 石shi \
    祭zhai,ji 稽ji 糜mi 繁po,fan 缪miao,mou,miu 翟zhai,di 艾ai 莫mo 蓝lan 薄bo,bao 解xie,jie 许xu 谌chen,shen 谷gu \
    贠yun,yuan 贾jia 那na 郇xun,huan 郄qie,xi 郗xi,chi 都du,dou 钭tou,dou 阚kan 陆lu 陶tao 隗wei,kui 黑he,hei 齐qi \
    盖ge,gai 盛sheng,cheng 宓mi,fu 费fei,bi";

/// Characters with several readings of which one is meant in a given name nearly always. Where none is (乐, 朝, 茜 …)
/// all readings are kept.
const USUAL: &str = "\
    丁ding 万wan 且qie 从cong 价jia 会hui 传chuan 伯bo 似si 佛fo 便bian 俞yu 儿er 六liu 其qi 冯feng 冒mao 勒le 区qu 卜bu \
    卡ka 厦sha 叶ye 合he 员yuan 和he 圈quan 地di 坻di 堡bao 塔ta 大da 契qi 奇qi 娜na 家jia 宿su 将jiang 尉wei 尾wei 屏ping \
    巷xiang 市shi 已yi 广guang 度du 强qiang 得de 思si 戏xi 拓tuo 折zhe 拾shi 择ze 提ti 摩mo 敦dun 数shu 无wu 晟sheng 暴bao \
    曾zeng 期qi 末mo 术shu 杉shan 枞cong 栎li 栖qi 校xiao 核he 桧hui 楷kai 榜bang 模mo 橙cheng 殷yin 氏shi 汤tang 沈shen \
    洗xi 洞dong 浅qian 浍hui 浒hu 浚jun 涌yong 渑mian 溱zhen,qin 漯luo 澄cheng 澹dan 炅jiong 烟yan 焘tao 熟shu 珩heng \
    珲hui 琢zhuo 盖gai 盛sheng 盟meng 省sheng 石shi 禅chan 种zhong 稽ji 系xi 红hong 约yue 纤xian 络luo 绿lv 综zong 缪miao \
    育yu 脉mai 臂bi 色se 艾ai 芒mang 芫yuan 若ruo 荥xing 荨xun 莎sha 莞wan,guan 莫mo 菀wan 落luo 著zhu 蓝lan 蔓man 蔚wei \
    蕃fan 虹hong 行xing 血xue 褚chu 见jian 角jiao 觉jue 解jie 许xu 识shi 诘jie 说shuo 谜mi 谷gu 贾jia 趣qu 车che 迫po 适shi \
    遗yi 那na 铛dang 长chang 陂bei 陆lu 降jiang 陶tao 雀que 露lu 靓liang 革ge 颉jie 食shi 魄po 鲑gui 麽me 齐qi 泷long \
    霰xian 麇jun 矜jin 玢bin 筠yun,jun 翟zhai 乾qian 亲qin 兹zi 召zhao 峙zhi 峤qiao 屯tun 岂qi";

/// Surnames of two characters.
const COMPOUND: &str = "欧阳 上官 司马 诸葛 夏侯 东方 尉迟 皇甫 公孙 慕容 长孙 宇文 司徒 令狐 端木 万俟 澹台 独孤 南宫 \
    西门 东郭 南门 轩辕 闻人 赫连 呼延 钟离 濮阳 淳于 单于 太叔 申屠 仲孙 司空 鲜于 闾丘 拓跋 百里 左丘 谷梁 公冶 宗政 \
    段干 梁丘 东门 第五 公羊 乐正 漆雕 壤驷 颛孙 巫马 公西 微生 羊舌 纳兰 完颜 贺兰 达奚 哥舒";

struct Tables {
    data: PinyinData,
    syllables: Vec<String>,
    surnames: HashMap<char, Vec<&'static str>>,
    usual: HashMap<char, Vec<&'static str>>,
    compound: Vec<&'static str>,
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| {
        let data = PinyinData::new(PinyinNotation::Ascii);
        let spelled = |s: &str| s.contains(['a', 'e', 'i', 'o', 'u', 'v']);
        let mut syllables: Vec<String> =
            data.iter().filter_map(|p| p.notation(PinyinNotation::Ascii).map(str::to_owned)).collect();
        syllables.retain(|s| spelled(s));
        syllables.sort();
        syllables.dedup();
        Tables {
            data,
            syllables,
            surnames: words(SURNAMES),
            usual: words(USUAL),
            compound: COMPOUND.split_whitespace().collect(),
        }
    })
}

/// Reads entries like `仇qiu,chou`.
fn words(list: &'static str) -> HashMap<char, Vec<&'static str>> {
    let entry = |word: &'static str| {
        let first = word.chars().next()?;
        Some((first, word[first.len_utf8()..].split(',').collect()))
    };
    list.split_whitespace().filter_map(entry).collect()
}

/// All readings of a character, toneless, with `v` for ü; none where the table has none.
pub fn readings(character: char) -> Vec<&'static str> {
    let mut found = Vec::new();
    if character.is_ascii() {
        return found;
    }
    for reading in tables().data.get_pinyins(character) {
        if let Some(text) = reading.notation(PinyinNotation::Ascii).filter(|text| !found.contains(text)) {
            found.push(text);
        }
    }
    found
}

/// Whether this is a whole syllable.
pub(super) fn is_syllable(text: &str) -> bool {
    tables().syllables.binary_search_by(|s| s.as_str().cmp(text)).is_ok()
}

/// Whether a syllable begins with this.
pub(super) fn begins_syllable(text: &str) -> bool {
    let at = tables().syllables.partition_point(|s| s.as_str() < text);
    tables().syllables.get(at).is_some_and(|s| s.starts_with(text))
}

/// The dot within names of several minorities, in normal form.
pub const NAME_DOT: char = '·';

/// How many characters at the beginning of a name are the surname; none for a single character or a name with a dot.
pub(super) fn surname_len(name: &str) -> usize {
    let count = name.chars().count();
    if count < 2 || name.contains(NAME_DOT) {
        return 0;
    }
    let is_compound = count > 2 && tables().compound.iter().any(|surname| name.starts_with(surname));
    1 + usize::from(is_compound)
}

/// The ways to pronounce a name: syllables for each character except dots, at most four ways, the likeliest first.
/// Empty where not one character has a reading.
pub fn spellings(name: &str) -> Vec<Vec<&'static str>> {
    let surname = surname_len(name);
    let mut ways: Vec<Vec<&'static str>> = vec![Vec::new()];
    for (at, character) in name.chars().filter(|c| *c != NAME_DOT).enumerate() {
        let mut sounds = sounds(character, at, surname);
        sounds.truncate((MAX_VARIANTS / ways.len()).max(1));
        ways = ways
            .iter()
            .flat_map(|way| sounds.iter().map(|sound| way.iter().chain([sound]).copied().collect()))
            .collect();
    }
    ways.retain(|way| way.iter().any(|sound| *sound != UNREAD));
    ways
}

fn sounds(character: char, at: usize, surname: usize) -> Vec<&'static str> {
    let special = match (at, surname) {
        (0, 1) => tables().surnames.get(&character),
        (at, surname) if at >= surname => tables().usual.get(&character),
        _ => None,
    };
    let found = special.cloned().unwrap_or_else(|| readings(character));
    if found.is_empty() { vec![UNREAD] } else { found }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(name: &str) -> Vec<String> {
        spellings(name).iter().map(|way| way.join(" ")).collect()
    }

    #[test]
    fn a_surname_keeps_all_its_readings() {
        for (surname, expected) in [
            ("单", &["shan", "dan", "chan"][..]),
            ("解", &["xie", "jie"]),
            ("仇", &["qiu", "chou"]),
            ("曾", &["zeng", "ceng"]),
            ("查", &["zha", "cha"]),
            ("区", &["ou", "qu"]),
            ("翟", &["zhai", "di"]),
            ("乐", &["yue", "le"]),
            ("缪", &["miao", "mou", "miu"]),
            ("盖", &["ge", "gai"]),
        ] {
            let expected: Vec<String> = expected.iter().map(|s| format!("{s} ming")).collect();
            assert_eq!(spelled(&format!("{surname}明")), expected, "{surname}");
        }
        assert!(spelled("万俟明").contains(&"mo qi ming".to_owned()));
        assert!(spelled("尉迟恭").contains(&"yu chi gong".to_owned()));
        assert_eq!(spelled("万明"), ["wan ming"]);
    }

    #[test]
    fn a_given_name_has_its_usual_reading() {
        assert_eq!(spelled("王红行"), ["wang hong xing"]);
        assert_eq!(spelled("吕秀英"), ["lv xiu ying"]);
    }

    #[test]
    fn no_name_has_more_than_four_variants() {
        for name in ["单乐朝", "万俟乐朝", "那折朝重茜乐"] {
            assert!((1..=MAX_VARIANTS).contains(&spellings(name).len()), "{name}");
        }
    }

    #[test]
    fn what_has_no_reading_is_not_guessed() {
        assert!(spellings("").is_empty());
        assert!(spellings("○").is_empty() || spelled("○") == ["ling"]);
        assert!(spellings("\u{30000}").is_empty());
        assert_eq!(spelled("王\u{30000}"), ["wang ~"]);
    }

    #[test]
    fn every_reading_in_the_lists_is_a_syllable() {
        for (character, sounds) in tables().surnames.iter().chain(&tables().usual) {
            assert!(sounds.iter().all(|s| is_syllable(s)), "{character}");
        }
    }
}
