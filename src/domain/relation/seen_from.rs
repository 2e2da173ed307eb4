//! How the members of a household are related to somebody else of it, given how all are related to the present head:
//! what is proposed when another becomes the head. What cannot be told is none, to be asked; nothing is guessed.

use std::collections::HashMap;

use super::Relation;
use crate::domain::partial_date::PartialDate;
use crate::domain::resident::Sex;

/// What is known of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kin {
    /// The relation to the present head; none where it is not known.
    pub relation: Option<Relation>,
    /// Sex, where known.
    pub sex: Option<Sex>,
    /// Birth, where known: it tells elder from younger.
    pub born: Option<PartialDate>,
}

/// From one relative to the next; the sex is that of whom the step leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Step {
    Up(Option<Sex>, By),
    Down(Option<Sex>, By),
    Spouse(Option<Sex>),
    Sibling(Option<Sex>, Option<Age>),
}

/// Whether by birth, or by adoption or a later marriage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum By {
    Birth,
    Other,
}

/// Whether a sibling is older.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Age {
    Elder,
    Younger,
}

const MALE: Option<Sex> = Some(Sex::Male);
const FEMALE: Option<Sex> = Some(Sex::Female);
const FATHER: Step = Step::Up(MALE, By::Birth);
const MOTHER: Step = Step::Up(FEMALE, By::Birth);
const SON: Step = Step::Down(MALE, By::Birth);
const DAUGHTER: Step = Step::Down(FEMALE, By::Birth);
const CHILD: Step = Step::Down(None, By::Birth);
const HUSBAND: Step = Step::Spouse(MALE);
const WIFE: Step = Step::Spouse(FEMALE);
const ELDER_BROTHER: Step = Step::Sibling(MALE, Some(Age::Elder));
const YOUNGER_BROTHER: Step = Step::Sibling(MALE, Some(Age::Younger));
const ELDER_SISTER: Step = Step::Sibling(FEMALE, Some(Age::Elder));
const YOUNGER_SISTER: Step = Step::Sibling(FEMALE, Some(Age::Younger));

/// The relations that are a way of steps, each with its code; the first of a way is what the way is called.
const WAYS: &[(u8, &[Step])] = &[
    (2, &[]),
    (11, &[HUSBAND]),
    (12, &[WIFE]),
    (10, &[Step::Spouse(None)]),
    (20, &[SON]),
    (27, &[Step::Down(MALE, By::Other)]),
    (28, &[DAUGHTER, HUSBAND]),
    (30, &[DAUGHTER]),
    (37, &[Step::Down(FEMALE, By::Other)]),
    (38, &[SON, WIFE]),
    (41, &[SON, SON]),
    (42, &[SON, DAUGHTER]),
    (43, &[DAUGHTER, SON]),
    (44, &[DAUGHTER, DAUGHTER]),
    (45, &[CHILD, SON, WIFE]),
    (46, &[CHILD, DAUGHTER, HUSBAND]),
    (47, &[CHILD, CHILD, SON]),
    (48, &[CHILD, CHILD, DAUGHTER]),
    (51, &[FATHER]),
    (52, &[MOTHER]),
    (53, &[HUSBAND, FATHER]),
    (54, &[HUSBAND, MOTHER]),
    (55, &[WIFE, FATHER]),
    (56, &[WIFE, MOTHER]),
    (57, &[Step::Up(MALE, By::Other)]),
    (58, &[Step::Up(FEMALE, By::Other)]),
    (61, &[FATHER, FATHER]),
    (62, &[FATHER, MOTHER]),
    (63, &[MOTHER, FATHER]),
    (64, &[MOTHER, MOTHER]),
    (66, &[Step::Up(None, By::Birth), Step::Up(None, By::Birth), FATHER]),
    (67, &[Step::Up(None, By::Birth), Step::Up(None, By::Birth), MOTHER]),
    (71, &[ELDER_BROTHER]),
    (72, &[ELDER_BROTHER, WIFE]),
    (73, &[YOUNGER_BROTHER]),
    (74, &[YOUNGER_BROTHER, WIFE]),
    (75, &[ELDER_SISTER]),
    (76, &[ELDER_SISTER, HUSBAND]),
    (77, &[YOUNGER_SISTER]),
    (78, &[YOUNGER_SISTER, HUSBAND]),
    (81, &[FATHER, ELDER_BROTHER]),
    (82, &[FATHER, ELDER_BROTHER, WIFE]),
    (83, &[FATHER, YOUNGER_BROTHER]),
    (84, &[FATHER, YOUNGER_BROTHER, WIFE]),
    (85, &[MOTHER, Step::Sibling(MALE, None)]),
    (86, &[MOTHER, Step::Sibling(MALE, None), WIFE]),
    (87, &[MOTHER, Step::Sibling(FEMALE, None), HUSBAND]),
    (88, &[MOTHER, Step::Sibling(FEMALE, None)]),
    (89, &[FATHER, Step::Sibling(FEMALE, None), HUSBAND]),
    (90, &[FATHER, Step::Sibling(FEMALE, None)]),
    (91, &[FATHER, Step::Sibling(MALE, None), CHILD]),
    (93, &[Step::Sibling(MALE, None), SON]),
    (94, &[Step::Sibling(MALE, None), DAUGHTER]),
    (95, &[Step::Sibling(FEMALE, None), SON]),
    (96, &[Step::Sibling(FEMALE, None), DAUGHTER]),
];

/// What is the same both ways: 表, other relatives, no relatives.
const MUTUAL: [u8; 3] = [92, 97, 99];

/// The relations of all members to the one at `head`, who is the head from then on; in the order given.
///
/// Whose child a grandchild is, or whose wife a daughter-in-law, is told only where there is one son whom it can be.
pub fn seen_from(members: &[Kin], head: usize) -> Vec<Option<Relation>> {
    let ways: Vec<Option<Vec<Step>>> = members.iter().map(way).collect();
    let present: Vec<usize> = (0..ways.len()).filter(|at| ways[*at].as_ref().is_some_and(Vec::is_empty)).collect();
    let family = Family::new(members, &ways);
    let seen = |at: usize| {
        if at == head {
            return Some(Relation::HEAD);
        }
        // With two heads, or none, nothing is known of anybody.
        if present.len() != 1 {
            return None;
        }
        let (from, to) = (members.get(head)?, &members[at]);
        if let Some(mutual) = mutual(from, to) {
            return Some(mutual);
        }
        let way = family.between((from, ways[head].as_ref()?), (to, ways[at].as_ref()?))?;
        let found = name(&way, from.sex)?;
        let before = to.relation?;
        Some(if before.without_rank() == found { before } else { found })
    };
    (0..members.len()).map(seen).collect()
}

/// What a child of a member is to the head, where that can be told.
pub fn child_of(parent: Relation, sex: Sex) -> Option<Relation> {
    let kin = Kin { relation: Some(parent), sex: None, born: None };
    let mut way = way(&kin)?;
    way.push(Step::Down(Some(sex), By::Birth));
    let mut way = reduced(way, None)?;
    // Who is born now is younger than all who are there.
    if let Some(Step::Sibling(_, age)) = way.last_mut() {
        *age = Some(Age::Younger);
    }
    name(&way, None)
}

impl Relation {
    /// 长子, 次子 … as 子, and likewise for daughters.
    pub fn without_rank(self) -> Self {
        match self.code() {
            20..=26 | 29 => Self(20),
            30..=36 | 39 => Self(30),
            _ => self,
        }
    }
}

/// What of the household decides which of several relatives is meant.
struct Family<'a> {
    members: &'a [Kin],
    head_sex: Option<Sex>,
    /// Who stands at the end of each way.
    at: HashMap<Vec<Step>, Vec<usize>>,
}

impl<'a> Family<'a> {
    fn new(members: &'a [Kin], ways: &[Option<Vec<Step>>]) -> Self {
        let mut at: HashMap<Vec<Step>, Vec<usize>> = HashMap::new();
        for (member, way) in ways.iter().enumerate() {
            if let Some(way) = way {
                at.entry(way.clone()).or_default().push(member);
            }
        }
        let head = at.get(&[] as &[Step]).and_then(|heads| heads.first());
        Self { members, head_sex: head.and_then(|head| members[*head].sex), at }
    }

    /// The way from one member to another.
    fn between(&self, (from, a): (&Kin, &[Step]), (to, b): (&Kin, &[Step])) -> Option<Vec<Step>> {
        let mut shared = 0;
        while let (Some(one), Some(other)) = (a.get(shared), b.get(shared)) {
            let both_end = a.len() == shared + 1 && b.len() == shared + 1;
            if !one.may_be(*other) || both_end {
                break;
            }
            if !self.is_one(&a[..=shared]) || !self.is_one(&b[..=shared]) {
                return None;
            }
            shared += 1;
        }
        let start = if shared == 0 { self.head_sex } else { a[shared - 1].sex() };
        let mut way: Vec<Step> = Vec::new();
        for at in (shared..a.len()).rev() {
            let arrives = if at == shared { start } else { a[at - 1].sex() };
            way.push(a[at].back(arrives));
        }
        way.extend(&b[shared..]);
        // Where the two ways part stand siblings, or a couple: who of them is older may be known.
        let parting = |way: &[Step], end: &Kin| match way.len() {
            len if len == shared + 1 => Some(*end),
            len if len > shared => self.only(&way[..=shared]),
            _ => None,
        };
        let age = parting(a, from).zip(parting(b, to)).and_then(|(one, other)| order(&one, &other));
        reduced(way, age)
    }

    /// The only member who stands at the end of this way.
    fn only(&self, way: &[Step]) -> Option<Kin> {
        match self.at.get(way)?.as_slice() {
            [only] => self.members.get(*only).copied(),
            _ => None,
        }
    }

    /// Whether only one person can stand at the end of this way.
    fn is_one(&self, way: &[Step]) -> bool {
        let Some((last, before)) = way.split_last() else { return true };
        match last {
            Step::Up(sex, _) | Step::Spouse(sex) => sex.is_some(),
            Step::Down(None, _) | Step::Sibling(None, _) => false,
            Step::Down(..) | Step::Sibling(..) => {
                let (mut them, mut married) = (0, 0);
                for (other, members) in &self.at {
                    let is_of = other.starts_with(before) && other.get(before.len()).is_some_and(|s| s.may_be(*last));
                    match other.get(before.len() + 1..) {
                        Some([]) if is_of => them += members.len(),
                        Some([Step::Spouse(_)]) if is_of => married += members.len(),
                        _ => {}
                    }
                }
                them.max(married) == 1
            }
        }
    }
}

impl Step {
    fn sex(self) -> Option<Sex> {
        match self {
            Self::Up(sex, _) | Self::Down(sex, _) | Self::Spouse(sex) | Self::Sibling(sex, _) => sex,
        }
    }

    /// The same step the other way, to somebody of this sex.
    fn back(self, sex: Option<Sex>) -> Self {
        match self {
            Self::Up(_, by) => Self::Down(sex, by),
            Self::Down(_, by) => Self::Up(sex, by),
            Self::Spouse(_) => Self::Spouse(sex),
            Self::Sibling(_, age) => Self::Sibling(sex, age.map(other_age)),
        }
    }

    /// Whether both may lead to the same person.
    fn may_be(self, other: Self) -> bool {
        fn fits<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
            one.is_none() || other.is_none() || one == other
        }
        match (self, other) {
            (Self::Up(one, by), Self::Up(other, as_by)) | (Self::Down(one, by), Self::Down(other, as_by)) => {
                by == as_by && fits(one, other)
            }
            (Self::Spouse(one), Self::Spouse(other)) => fits(one, other),
            (Self::Sibling(one, age), Self::Sibling(other, as_old)) => fits(one, other) && fits(age, as_old),
            _ => false,
        }
    }

    /// Whether this step, as people say it, covers that one.
    fn covers(self, step: Self) -> bool {
        let fits = |said: Option<Sex>, sex: Option<Sex>| said.is_none() || said == sex;
        match (self, step) {
            (Self::Up(said, one), Self::Up(sex, other)) | (Self::Down(said, one), Self::Down(sex, other)) => {
                fits(said, sex) && one == other
            }
            (Self::Spouse(said), Self::Spouse(sex)) => fits(said, sex),
            (Self::Sibling(said, None), Self::Sibling(sex, _)) => fits(said, sex),
            (Self::Sibling(said, one), Self::Sibling(sex, other)) => fits(said, sex) && one == other,
            _ => false,
        }
    }
}

fn other_age(age: Age) -> Age {
    match age {
        Age::Elder => Age::Younger,
        Age::Younger => Age::Elder,
    }
}

/// The way from the present head.
fn way(kin: &Kin) -> Option<Vec<Step>> {
    let code = kin.relation?.without_rank().code();
    let (_, way) = WAYS.iter().find(|(known, _)| *known == code)?;
    let mut way = way.to_vec();
    if let Some(Step::Spouse(sex @ None) | Step::Down(sex @ None, _)) = way.last_mut() {
        *sex = kin.sex;
    }
    Some(way)
}

/// What is the same both ways.
fn mutual(from: &Kin, to: &Kin) -> Option<Relation> {
    let (from, to) = (from.relation?, to.relation?);
    match (from.is_head(), to.is_head()) {
        (false, true) if MUTUAL.contains(&from.code()) => Some(from),
        // A lodger is nobody's relative, whoever of the family becomes the head.
        (false, false) if to.code() == 99 && from.code() != 99 => Some(to),
        _ => None,
    }
}

/// Whether the other is older than the one.
fn order(one: &Kin, other: &Kin) -> Option<Age> {
    let rank = |kin: &Kin| kin.relation.map(Relation::code).filter(|code| matches!(code, 22..=26 | 32..=36));
    if let (Some(a), Some(b)) = (rank(one), rank(other))
        && a / 10 == b / 10
        && a != b
    {
        return Some(if b < a { Age::Elder } else { Age::Younger });
    }
    let (a, b) = (one.born?, other.born?);
    if b.latest() < a.earliest() {
        Some(Age::Elder)
    } else if b.earliest() > a.latest() {
        Some(Age::Younger)
    } else {
        None
    }
}

/// Says the same in fewer steps: the father's wife is the mother, his child a sibling.
fn reduced(mut way: Vec<Step>, age: Option<Age>) -> Option<Vec<Step>> {
    let mut at = 0;
    while at + 1 < way.len() {
        let shorter = match (way[at], way[at + 1]) {
            (Step::Up(..), Step::Down(sex, _)) | (Step::Sibling(..), Step::Sibling(sex, _)) => Step::Sibling(sex, age),
            (Step::Up(_, by), Step::Spouse(sex)) => Step::Up(sex, by),
            (Step::Down(..), Step::Up(sex, _)) => Step::Spouse(sex),
            (Step::Spouse(_), child @ Step::Down(..)) => child,
            (Step::Down(..), Step::Sibling(sex, _)) => Step::Down(sex, By::Birth),
            (Step::Sibling(..), parent @ Step::Up(..)) => parent,
            (Step::Spouse(_), Step::Spouse(_)) => return None,
            _ => {
                at += 1;
                continue;
            }
        };
        way.splice(at..at + 2, [shorter]);
        at = at.saturating_sub(1);
    }
    Some(way)
}

/// What a way is called by somebody of this sex.
fn name(way: &[Step], own: Option<Sex>) -> Option<Relation> {
    if let [Step::Spouse(sex)] = way
        && sex.is_some()
        && *sex == own
    {
        return None;
    }
    // 表: a cousin on any side but the father's brothers'.
    if let [Step::Up(Some(side), By::Birth), Step::Sibling(Some(sex), _), Step::Down(..)] = way
        && (*side, *sex) != (Sex::Male, Sex::Male)
    {
        return Relation::from_code(92);
    }
    let said = WAYS
        .iter()
        .find(|(_, said)| said.len() == way.len() && said.iter().zip(way).all(|(said, step)| said.covers(*step)));
    said.and_then(|(code, _)| Relation::from_code(*code))
}

#[cfg(test)]
#[path = "seen_from_tests.rs"]
mod tests;
