//! Whose wife and whose children they are, when another becomes the head.

use proptest::prelude::*;

use super::*;

fn kin(code: u8) -> Kin {
    let sex = match code {
        12
        | 30..=37
        | 38
        | 39
        | 42
        | 44
        | 45
        | 48
        | 52
        | 54
        | 56
        | 58
        | 62
        | 64
        | 67
        | 72
        | 74
        | 75
        | 77
        | 82
        | 84
        | 86
        | 88
        | 90
        | 94
        | 96 => Sex::Female,
        _ => Sex::Male,
    };
    Kin { relation: Relation::from_code(code), sex: Some(sex), born: None }
}

fn born(code: u8, year: i32) -> Kin {
    Kin { born: Some(PartialDate::Year(year)), ..kin(code) }
}

fn codes(members: &[Kin], head: usize) -> Vec<u8> {
    seen_from(members, head).into_iter().map(|relation| relation.map_or(0, Relation::code)).collect()
}

#[test]
fn when_the_wife_becomes_the_head_the_head_is_her_husband_and_the_children_stay() {
    let family = [2, 12, 22, 33, 27, 38, 41, 51, 52, 99].map(kin);
    assert_eq!(codes(&family, 1), [11, 2, 22, 33, 27, 38, 41, 53, 54, 99]);
}

#[test]
fn when_the_only_son_becomes_the_head_his_wife_and_children_are_his() {
    let mut family = [2, 12, 20, 38, 41, 42, 30, 51, 52].map(kin);
    (family[2].born, family[6].born) = (Some(PartialDate::Year(1980)), Some(PartialDate::Year(1984)));
    assert_eq!(codes(&family, 2), [51, 52, 2, 12, 20, 30, 77, 61, 62]);
    // A daughter as the head: her brother's family.
    assert_eq!(codes(&family, 6), [51, 52, 71, 72, 93, 94, 2, 61, 62]);
}

#[test]
fn of_two_sons_nobody_knows_whose_wife_and_children_they_are() {
    let family = [2, 22, 23, 38, 41].map(kin);
    assert_eq!(codes(&family, 2), [51, 71, 2, 0, 0]);
    assert_eq!(codes(&family, 3), [53, 0, 0, 2, 0]);
}

#[test]
fn a_daughter_in_law_a_grandchild_and_a_father_become_the_head() {
    let family = [2, 12, 20, 38, 41].map(kin);
    assert_eq!(codes(&family, 3), [53, 54, 11, 2, 20]);
    assert_eq!(codes(&family, 4), [61, 62, 51, 52, 2]);
    let family = [2, 12, 51, 52, 20, 73].map(kin);
    assert_eq!(codes(&family, 2), [20, 38, 2, 12, 41, 20]);
    let family = [born(2, 1960), born(73, 1965), kin(93), kin(12)];
    assert_eq!(codes(&family, 1), [71, 2, 20, 72]);
    let family = [kin(2), kin(71), kin(73), kin(93)];
    assert_eq!(codes(&family, 2)[3], 0, "a nephew of two brothers may be either's");
}

#[test]
fn a_son_in_law_sees_his_wifes_parents() {
    let family = [2, 12, 30, 28, 43].map(kin);
    assert_eq!(codes(&family, 3), [55, 56, 12, 2, 20]);
}

#[test]
fn without_one_head_nothing_is_told() {
    assert_eq!(codes(&[kin(12), kin(20)], 0), [2, 0]);
    assert_eq!(codes(&[kin(2), kin(2), kin(20)], 2), [0, 0, 2]);
    let unknown = Kin { relation: None, sex: None, born: None };
    assert_eq!(codes(&[kin(2), unknown], 1), [0, 2]);
    assert_eq!(seen_from(&[], 0), []);
}

#[test]
fn a_newborn_is_the_child_of_whom_it_is_of() {
    let code = |parent, sex| child_of(Relation::from_code(parent)?, sex).map(Relation::code);
    for (parent, son, daughter) in
        [(2, 20, 30), (12, 20, 30), (22, 41, 42), (38, 41, 42), (33, 43, 44), (28, 43, 44), (41, 47, 48), (71, 93, 94)]
    {
        assert_eq!((code(parent, Sex::Male), code(parent, Sex::Female)), (Some(son), Some(daughter)), "{parent}");
    }
    assert_eq!((code(51, Sex::Male), code(72, Sex::Female), code(99, Sex::Male)), (Some(73), Some(94), None));
}

/// Through whom, of those listed before, somebody may be related to the head.
fn links(code: u8, head: Sex) -> &'static [u8] {
    match code {
        12 if head == Sex::Female => &[],
        55 => &[12],
        38 | 41 | 42 => &[20, 22, 23],
        28 | 43 | 44 => &[30, 32],
        45 => &[41],
        46 => &[42],
        47 => &[41, 43],
        61 | 62 | 81 | 83 | 90 => &[51],
        63 | 64 | 85 | 88 => &[52],
        74 | 93 | 94 => &[73],
        78 | 95 | 96 => &[77],
        _ => &[2],
    }
}

proptest! {
    #[test]
    fn there_and_back_gives_the_same_where_both_are_known(
        others in prop::collection::vec(prop::sample::select(vec![
            12_u8, 20, 22, 23, 27, 28, 30, 32, 37, 38, 41, 42, 43, 44, 45, 46, 47, 51, 52, 55, 61, 62, 63, 64, 71, 73, 74,
            75, 77, 78, 81, 83, 85, 88, 90, 93, 94, 95, 96, 99,
        ]), 1..5),
        chosen in 0_usize..6,
        head in prop::sample::select(vec![Sex::Male, Sex::Female]),
    ) {
        let mut codes = vec![2];
        for code in others {
            // Nobody has two fathers, and whoever links two people lives here, too: who is not here is not known of.
            let only_one = matches!(code, 12 | 51..=64);
            if links(code, head).iter().any(|link| codes.contains(link)) && !(only_one && codes.contains(&code)) {
                codes.push(code);
            }
        }
        let mut family: Vec<Kin> = codes.iter().map(|code| kin(*code)).collect();
        family[0].sex = Some(head);
        let chosen = chosen % family.len();
        let there = seen_from(&family, chosen);
        prop_assume!(there.iter().all(Option::is_some));
        let turned: Vec<Kin> =
            family.iter().zip(&there).map(|(kin, relation)| Kin { relation: *relation, ..*kin }).collect();
        for (at, back) in seen_from(&turned, 0).into_iter().enumerate() {
            // An adopted daughter's nephews call her their aunt like any other.
            let plain = |relation: Relation| match relation.without_rank().code() {
                27 => 20,
                37 => 30,
                code => code,
            };
            if let Some(back) = back {
                prop_assert_eq!(Some(plain(back)), family[at].relation.map(plain), "{:?} over {}", codes, chosen);
            }
        }
    }
}
