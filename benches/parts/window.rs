//! The real window and the desk over a ledger of a given size: frames while scrolling and at rest, keystrokes until
//! their hits are drawn, opening people, saving. No screen: what the processor does for a frame, tessellation included,
//! by the clock on the wall; on a shared machine the slowest frames are those in which others had the processor.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use eframe::egui::{self, Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, RawInput, Shape, TouchPhase};
use rusqlite::Connection;
use xiangli::desk::opening::Opened;
use xiangli::desk::{Answer, Desk};
use xiangli::domain::resident::Standing;
use xiangli::ledger::Ledger;
use xiangli::ledger::command::{Command, ResidentEdit};
use xiangli::ledger::history::ChangeFilter;
use xiangli::ledger::keys::LedgerKey;
use xiangli::ledger::view::View;
use xiangli::machine::Ears;
use xiangli::ui::Launch;
use xiangli::ui::window::Window;
use xiangli::words::Language;

use super::{KEY, TYPED, bare_warm, names, row, stamp, times};

/// What the benches of the window and the desk measure.
pub fn measure(size: usize, path: &Path) {
    people(size, path);
    frames(size, path);
}

fn opened(desk: &Desk, path: &Path) -> Opened {
    let path = path.to_owned();
    let answer = desk.start(move |_| {
        let ledger = Ledger::open(&path, &LedgerKey::from_bytes(KEY))?;
        let (overview, programmes) = (ledger.overview()?, ledger.programmes().into());
        let role = ledger.role();
        let opened = Opened {
            path,
            overview,
            programmes,
            last_backup: None,
            role,
            rehearsal: None,
            paper_code: None,
            restored: Vec::new(),
        };
        Ok((ledger, opened))
    });
    taken(&answer)
}

/// Waits for an answer as the window does, only busily.
fn taken<T>(answer: &Answer<T>) -> T {
    loop {
        match answer.take() {
            Some(result) => return result.expect("an answer"),
            None => std::thread::yield_now(),
        }
    }
}

/// Opening a household and a person, saving a form, counting the village anew: through the desk's threads.
fn people(size: usize, path: &Path) {
    let desk = Desk::threaded(Arc::new(|| {}));
    drop(opened(&desk, path));
    let conn = bare_warm(path);
    conn.execute_batch("PRAGMA synchronous = FULL").expect("a setting");
    let uids = names(&conn, &format!("SELECT uid FROM resident WHERE id % {} = 7 LIMIT 60", (size / 60).max(1)));
    let homes = names(&conn, "SELECT h.uid FROM household h WHERE h.sorted = 1 AND h.id % 11 = 3 LIMIT 60");

    let mut next = homes.iter().cycle().cloned();
    let ours = times(60, || {
        let home = next.next().expect("a household");
        black_box(taken(&desk.ask(move |view| view.members(&home))));
    });
    let sql = "SELECT r.name FROM household h JOIN resident r ON r.household_id = h.id WHERE h.uid = ?1";
    row(size, "opening a household", &ours, Some(&bare_each(&conn, sql, &homes)));

    let mut next = uids.iter().cycle().cloned();
    let ours = times(60, || {
        let uid = next.next().expect("somebody");
        black_box(taken(&desk.ask(move |view| person(view, &uid))));
    });
    row(
        size,
        "opening a person, all that the card shows",
        &ours,
        Some(&bare_each(&conn, "SELECT name FROM resident WHERE uid = ?1", &uids)),
    );

    let (mut next, mut turn) = (uids.iter().cycle().cloned(), 0);
    let ours = times(40, || {
        turn += 1;
        let edit = ResidentEdit { phone: Some(format!("190{turn:08}")), ..ResidentEdit::default() };
        let resident = next.next().expect("somebody");
        let command = Command::EditResident { resident, edit: Box::new(edit), source: "入户登记".into() };
        black_box(taken(&desk.run(command, stamp())));
    });
    let mut turn = 0;
    let bare = times(40, || {
        turn += 1;
        let mut update = conn.prepare_cached("UPDATE resident SET phone = ?1 WHERE uid = ?2").expect("valid");
        update.execute((format!("191{turn:08}"), &uids[turn % uids.len()])).expect("written");
    });
    row(size, "saving a form, on disk", &ours, Some(&bare));

    let mut next = uids.iter().cycle().cloned();
    let ours = times(5, || {
        let resident = next.next().expect("somebody");
        let command = Command::SetStanding { resident, standing: Standing::MovedOut, on: stamp().today };
        taken(&desk.run(command, stamp()));
        let begin = Instant::now();
        black_box(taken(&desk.ask(View::overview)));
        black_box(begin.elapsed());
    });
    row(size, "somebody moves out, and the village is counted anew", &ours, None);
}

fn person(view: &View, uid: &str) -> xiangli::ledger::error::Result<usize> {
    let row = view.resident(uid)?;
    let filter = ChangeFilter { about: Some(row.uid.clone()), limit: 20, ..ChangeFilter::default() };
    let whys = view.why(&row, stamp().today)?.len();
    let rest = view.members(&row.household_uid)?.len() + view.history(&filter)?.len() + view.sources()?.len();
    Ok(whys + rest)
}

fn bare_each(conn: &Connection, sql: &str, keys: &[String]) -> Vec<Duration> {
    let mut next = keys.iter().cycle();
    times(60, || {
        let mut rows = conn.prepare_cached(sql).expect("valid");
        let rows = rows.query_map([next.next().expect("a key")], |row| row.get::<_, String>(0)).expect("rows");
        black_box(rows.filter_map(Result::ok).collect::<Vec<_>>());
    })
}

/// The window without a screen.
struct Screen {
    ctx: egui::Context,
    window: Window,
    wakes: Arc<AtomicU64>,
    time: f64,
    words: Vec<String>,
}

impl Screen {
    fn new(path: &Path) -> Self {
        let ctx = egui::Context::default();
        let wakes = Arc::new(AtomicU64::new(0));
        let count = wakes.clone();
        let desk = Desk::threaded(Arc::new(move || {
            count.fetch_add(1, Ordering::SeqCst);
        }));
        let opened = opened(&desk, path);
        let aside = |name: &str| -> PathBuf { path.with_file_name(name) };
        let launch = Launch {
            ledger: aside("none.xlg"),
            demo: aside("none-demo.xlg"),
            settings: aside("settings.txt"),
            rare_fonts: Vec::new(),
            language: Some(Language::Chinese),
            clock: Arc::new(stamp),
            renderer: None,
            ears: Ears::default(),
        };
        let mut window = Window::new(launch, desk, &ctx);
        window.opened(opened);
        Self { ctx, window, wakes, time: 0.0, words: Vec::new() }
    }

    /// One frame with what happened since the last; the processor's time for it.
    fn frame(&mut self, events: Vec<Event>) -> Duration {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(1366.0, 740.0))),
            time: Some(self.time),
            events,
            ..RawInput::default()
        };
        let begin = Instant::now();
        let output = self.ctx.run_ui(input, |ui| self.window.frame(ui));
        let shapes = output.shapes.clone();
        black_box(self.ctx.tessellate(output.shapes, output.pixels_per_point));
        let took = begin.elapsed();
        self.words.clear();
        shapes.iter().for_each(|clipped| texts(&clipped.shape, &mut self.words));
        took
    }

    /// Draws until some words are on the screen.
    fn until(&mut self, words: &str) {
        let begin = Instant::now();
        while !self.words.iter().any(|text| text.contains(words)) {
            assert!(begin.elapsed() < Duration::from_secs(60), "{words} never came: {:?}", self.words);
            self.frame(Vec::new());
            std::thread::sleep(Duration::from_millis(2));
        }
        for _ in 0..20 {
            self.frame(Vec::new());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn press(&mut self, key: Key, modifiers: Modifiers) -> Duration {
        let event = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
        self.frame(vec![event(true), event(false)])
    }

    fn scrolled(&mut self, frames: usize, by: f32) -> Vec<Duration> {
        let at = egui::pos2(600.0, 400.0);
        let wheel = || Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            source: MouseWheelSource::Unknown,
            delta: egui::vec2(0.0, -by),
            phase: TouchPhase::Move,
            modifiers: Modifiers::NONE,
        };
        self.frame(vec![Event::PointerMoved(at)]);
        let frame = |_| {
            let took = self.frame(vec![wheel()]);
            // As on a screen: the readers work between the frames.
            std::thread::sleep(Duration::from_millis(16).saturating_sub(took));
            took
        };
        (0..frames).map(frame).collect()
    }

    fn hovered(&mut self, frames: usize) -> Vec<Duration> {
        let at = |step: usize| egui::pos2(500.0 + (step % 200) as f32, 300.0 + (step % 97) as f32);
        (0..frames).map(|step| self.frame(vec![Event::PointerMoved(at(step))])).collect()
    }
}

fn texts(shape: &Shape, into: &mut Vec<String>) {
    match shape {
        Shape::Text(text) => into.push(text.galley.text().to_owned()),
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| texts(shape, into)),
        _ => {}
    }
}

fn frames(size: usize, path: &Path) {
    let mut screen = Screen::new(path);
    for (key, tab, words) in
        [(Key::Num4, "住户", "1岁"), (Key::Num2, "服务名单", "应告知"), (Key::Num1, "工作清单", "要做的事")]
    {
        screen.press(key, Modifiers::COMMAND);
        screen.until(words);
        row(size, &format!("a frame of {tab}, pointer moving"), &screen.hovered(200), None);
        row(size, &format!("a frame of {tab}, scrolling two rows a frame"), &screen.scrolled(200, 72.0), None);
        row(size, &format!("a frame of {tab}, scrolling far"), &screen.scrolled(60, 200_000.0), None);
        screen.scrolled(3, -1e9);
        screen.press(Key::ArrowDown, Modifiers::NONE);
        screen.until(words);
        row(size, &format!("a frame of {tab} with a card open"), &screen.hovered(100), None);
        screen.press(Key::Escape, Modifiers::NONE);
    }
    keystrokes(size, &mut screen);
    telling(size, &mut screen);
}

/// From a key to the frame that draws its hits.
fn keystrokes(size: usize, screen: &mut Screen) {
    let (mut drawn, mut frames) = (Vec::new(), Vec::new());
    for typed in TYPED.into_iter().filter(|typed| !typed.contains(' ')) {
        for letter in typed.chars() {
            let (begin, wakes) = (Instant::now(), screen.wakes.load(Ordering::SeqCst));
            frames.push(screen.frame(vec![Event::Text(letter.to_string())]));
            // What is still at hand from the last search is not asked again: no wake, and nothing to be measured.
            while screen.wakes.load(Ordering::SeqCst) == wakes && begin.elapsed() < Duration::from_millis(200) {
                std::thread::yield_now();
            }
            let is_asked = screen.wakes.load(Ordering::SeqCst) > wakes;
            frames.push(screen.frame(Vec::new()));
            if is_asked {
                drawn.push(begin.elapsed());
            }
        }
        screen.press(Key::Escape, Modifiers::NONE);
        screen.until("要做的事");
    }
    row(size, "from a key to its hits on the screen", &drawn, None);
    row(size, "a frame while typing", &frames, None);
}

/// Told by a letter on the list: the frames until the list is up to date again.
fn telling(size: usize, screen: &mut Screen) {
    screen.press(Key::Num2, Modifiers::COMMAND);
    screen.until("应告知");
    screen.press(Key::ArrowDown, Modifiers::NONE);
    let mut frames = Vec::new();
    for _ in 0..3 {
        let before: Vec<String> = screen.words.iter().filter(|text| text.starts_with("未告知")).cloned().collect();
        frames.push(screen.press(Key::T, Modifiers::NONE));
        let begin = Instant::now();
        while screen.words.iter().any(|text| before.contains(text)) && begin.elapsed() < Duration::from_secs(20) {
            frames.push(screen.frame(Vec::new()));
            std::thread::sleep(Duration::from_millis(4));
        }
        for _ in 0..5 {
            frames.push(screen.frame(Vec::new()));
        }
    }
    row(size, "a frame while a step is noted and the list read anew", &frames, None);
}
