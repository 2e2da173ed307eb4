//! Names on the notice board: 李*, 张*梅. The whole name cannot be had back from what is here.

/// A name as it may hang on the notice board. Source: domain.md section 6, PIPL art. 25.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaskedName(String);

impl MaskedName {
    /// Masks a name: 李梅 → 李*, 张春梅 → 张*梅, longer ones → 欧**雪; a dot within a name is not counted and not shown.
    /// However long a name is, it has at most two stars: its length says nothing.
    pub fn of(name: &str) -> Self {
        let letters: Vec<char> = name.chars().filter(|c| c.is_alphanumeric()).collect();
        Self(match letters.as_slice() {
            [] | [_] => "*".to_owned(),
            [first, _] => format!("{first}*"),
            [first, _, last] => format!("{first}*{last}"),
            [first, .., last] => format!("{first}**{last}"),
        })
    }

    /// The masked text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_masked_by_its_length_and_never_shown_whole() {
        for (name, masked) in [
            ("李梅", "李*"),
            ("张春梅", "张*梅"),
            ("欧阳若雪", "欧**雪"),
            ("阿卜杜拉·买买提", "阿**提"),
            ("巴·图", "巴*"),
            ("𠅤", "*"),
            ("", "*"),
        ] {
            assert_eq!(MaskedName::of(name).as_str(), masked);
        }
    }
}
