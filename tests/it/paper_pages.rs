//! How sheets are laid out: a notice on one page, slips two on a page, long tables over many, the same bytes from the same
//! pages.

use xiangli::domain::consent::Purpose;
use xiangli::domain::message::Message;
use xiangli::domain::retention::Keeping;
use xiangli::ledger::command::Command;
use xiangli::ledger::handouts::Out;
use xiangli::ledger::material::PaperWish;
use xiangli::ledger::privacy::command::PrivacyCommand;
use xiangli::paper::block::{Block, Cell, Column, Format, Print, Slot, Table};
use xiangli::paper::layout::{self, Mark, Page};
use xiangli::paper::order::Order;
use xiangli::paper::pdf;
use xiangli::words::{Language, Words};

use crate::papers::{elders, faces, hand_out, words};
use crate::support::world::day;

fn slips(count: usize) -> Print {
    let stub = vec![Block::Heading("存根".into()), Block::Write("姓名：".into())];
    let slip =
        vec![Block::Heading("通知单".into()), Block::Text("自愿参加，可以不来。".repeat(9)), Block::Tick("到".into())];
    let slot = Block::Slot(Slot { share: 2, parts: vec![(1.0, stub), (2.2, slip)] });
    let (title, footer) = ("通知单".into(), "柳河村".into());
    Print { format: Format::A4, title, footer, mark: Some("演示".into()), blocks: vec![slot; count] }
}

/// The texts that stand on a page.
pub fn shown(page: &Page) -> Vec<&str> {
    page.marks
        .iter()
        .filter_map(|mark| if let Mark::Text { text, .. } = mark { Some(text.as_str()) } else { None })
        .collect()
}

#[test]
fn three_hundred_slips_fill_a_hundred_and_fifty_pages_and_the_same_pages_make_the_same_bytes() {
    let pages = layout::pages(&slips(300), &faces(), &words());
    assert_eq!(pages.len(), 150);
    assert!(pages.iter().all(|page| shown(page).contains(&"演示")), "marked on each page");
    assert!(shown(&pages[149]).contains(&"第150页，共150页"));
    let about = pdf::About { title: "通知单", language: "zh", on: day("2026-11-23") };
    let begun = std::time::Instant::now();
    let first = pdf::bytes(&pages, &about, &faces()).expect("a file");
    eprintln!("300 slips: {:?}, {} KB", begun.elapsed(), first.len() / 1024);
    assert_eq!(first, pdf::bytes(&pages, &about, &faces()).expect("a file"));
}

#[test]
fn a_long_table_repeats_its_head_on_each_page_and_loses_no_row() {
    let columns = ["姓名", "备注"].map(|head| Column { head: head.into(), width: 1.0 }).to_vec();
    let row =
        |number: usize| vec![Cell::Text(format!("第{number}人")), Cell::Text("很长的一段话，".repeat(number % 9))];
    let table = Table { columns, rows: (0..200).map(row).collect() };
    let (title, footer) = ("名单".into(), "柳河村".into());
    let print = Print { format: Format::A5, title, footer, mark: None, blocks: vec![Block::Table(table)] };
    let pages = layout::pages(&print, &faces(), &words());
    assert!(pages.len() > 8);
    let all: Vec<&str> = pages.iter().flat_map(shown).collect();
    assert!(pages.iter().all(|page| shown(page).contains(&"姓名")));
    assert!((0..200).all(|number| all.contains(&format!("第{number}人").as_str())));
    let bottom = Format::A5.size().1;
    let is_inside = |mark: &Mark| !matches!(mark, Mark::Text { at, .. } if at.1 > bottom - 30.0 || at.0 < 0.0);
    assert!(pages.iter().flat_map(|page| &page.marks).all(is_inside));
}

/// What a notice says of how long things are kept: appointments, applications, proof.
fn kept_words(words: &Words, long: [(u32, &'static str); 3]) -> String {
    let [appointment, application, proof] =
        long.map(|(number, unit)| words.say(&Message::new(format!("keeping-{unit}")).number(unit, number)));
    let message = Message::new("notice-kept-words").text("appointment", appointment);
    words.say(&message.text("application", application).text("proof", proof))
}

#[test]
fn a_notice_says_the_days_that_this_village_keeps() {
    let (mut world, _) = elders();
    let rules = [(Keeping::Appointment, 60), (Keeping::Application, 1_000), (Keeping::Proof, 1_827)];
    for (keeping, days) in rules {
        let (days, source) = (Some(days), "镇档案室通知".to_owned());
        world.run(Command::Privacy(PrivacyCommand::SetRetention { keeping, days, source }));
    }
    for language in Language::ALL {
        let words = Words::new(*language);
        for purpose in Purpose::ALL {
            let order = Order::new(PaperWish::ConsentNotice(*purpose), &words);
            let gathered = world.ledger.gather(&order.wish, world.today).expect("gathered");
            let texts = order.content(&gathered, &words).expect("a notice").texts(&words).join("\n");
            let said = kept_words(&words, [(60, "days"), (1_000, "days"), (5, "years")]);
            assert!(texts.contains(&said), "{said} in {texts}");
        }
    }
}

#[test]
fn a_notice_for_each_purpose_says_all_the_law_asks_for_on_one_page_and_names_nobody() {
    let (mut world, _) = elders();
    let before = world.ledger.digest().expect("readable");
    for language in Language::ALL {
        let words = Words::new(*language);
        for purpose in Purpose::ALL {
            let order = Order::new(PaperWish::ConsentNotice(*purpose), &words);
            let gathered = world.ledger.gather(&order.wish, world.today).expect("gathered");
            let kept = world.ledger.kept_days().expect("readable");
            let around = (&gathered.village, world.today, &words);
            let print = xiangli::paper::consent_notice::print((*purpose, &kept), around);
            let texts = print.texts().join("\n");
            for key in [
                "notice-who",
                "notice-contact",
                "notice-why",
                "notice-kinds",
                "notice-how",
                "notice-kept",
                "notice-sensitive",
                "notice-rights-words",
                "notice-free",
                "notice-child",
                "notice-sign",
                "notice-date",
                "notice-guardian",
                "notice-relation",
                "notice-witness",
            ] {
                assert!(texts.contains(&words.text(key)), "{key} of {purpose:?}");
            }
            assert!(texts.contains(&kept_words(&words, [(90, "days"), (2, "years"), (3, "years")])), "{purpose:?}");
            assert!(texts.contains(&gathered.village.name) && !texts.contains("王秀英"));
            assert_eq!(layout::pages(&print, &faces(), &words).len(), 1, "{purpose:?} in {language:?}");
        }
    }
    let order = Order::new(PaperWish::ConsentNotice(Purpose::Health), &words());
    let out = Out::In(world.folder.path().to_owned(), "告知书.pdf".into());
    assert!(hand_out(&mut world, &order, &out).expect("written").done.is_none(), "nobody stands on it");
    assert_eq!(world.ledger.digest().expect("readable"), before);
}
