#![cfg_attr(windows, windows_subsystem = "windows")]
//! Arguments, paths, the log, then the window or the command line; nothing else. First of all, that a crash leaves nothing of
//! what is in memory on the disk.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use chrono::NaiveDate;
use clap::Parser as _;

use xiangli::cli::{self, Args, Scene};
use xiangli::clock::Clock;
use xiangli::machine::{self, Place};
use xiangli::places;
use xiangli::ui::{self, Launch};
use xiangli::words::{Language, Words};

fn main() -> ExitCode {
    #[cfg(unix)]
    leave_no_core();
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return unclear(&error),
    };
    // The window stays apart from the console it was started from: closing that must not end it.
    if args.act.is_some() {
        machine::join_console();
    }
    let asked = args.lang.map(|lang| match lang {
        cli::Lang::Zh => Language::Chinese,
        cli::Lang::En => Language::English,
    });
    let Ok(today) = std::env::var("XIANGLI_TODAY").ok().map(|day| day.parse::<NaiveDate>()).transpose() else {
        return usage("XIANGLI_TODAY=YYYY-MM-DD");
    };
    let _log = log_to_file();
    log_breakdowns();
    let clock = Clock::showing(today);
    let ledger = args.ledger.unwrap_or_else(places::default_ledger);
    match args.act {
        Some(act) => {
            let words = Words::new(asked.unwrap_or_default());
            ExitCode::from(cli::run(&act, &Scene { ledger, words, clock }).code())
        }
        None => window(ledger, asked, args.renderer, clock),
    }
}

fn window(ledger: PathBuf, language: Option<Language>, renderer: Option<cli::Renderer>, clock: Clock) -> ExitCode {
    let Place::First(ears) = machine::take_place(&ledger, &places::data_folder()) else {
        if renderer.is_some() {
            // Whoever asks for it sees nothing in the window that is there.
            let words = Words::new(language.unwrap_or_default());
            machine::say_without_window(&words.text("ui-title"), &words.text("ui-already-running"));
        }
        return ExitCode::SUCCESS;
    };
    let launch = Launch {
        ledger,
        demo: places::demo_ledger(),
        settings: places::settings(),
        rare_fonts: places::shipped(ui::RARE_FONT),
        language,
        clock: Arc::new(move || clock.stamp()),
        renderer: renderer.map(|renderer| match renderer {
            cli::Renderer::Glow => ui::Asked::This(ui::Renderer::Glow),
            cli::Renderer::Wgpu => ui::Asked::This(ui::Renderer::Wgpu),
            cli::Renderer::Other => ui::Asked::Other,
        }),
        ears,
    };
    match ui::run(&launch) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            let words = Words::new(language.unwrap_or_default());
            machine::say_without_window(&words.text("ui-title"), &words.say(&sentence));
            ExitCode::FAILURE
        }
    }
}

/// Help, the version, or what is wrong with the words it was started with: also where a file was dropped onto the program.
fn unclear(error: &clap::Error) -> ExitCode {
    if !machine::join_console() && error.use_stderr() {
        machine::say_without_window(&Words::new(Language::default()).text("ui-title"), &error.to_string());
    }
    let _ = error.print();
    ExitCode::from(if error.use_stderr() { 2 } else { 0 })
}

fn usage(expected: &str) -> ExitCode {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "{expected}");
    ExitCode::from(2)
}

/// Forbids the image of the memory that a system keeps of a program that crashed: it would hold names and the key. One byte
/// and not none: Linux hands an image to a collecting program whatever the limit is, but for this one.
#[cfg(unix)]
fn leave_no_core() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let most = getrlimit(Resource::Core).maximum.map_or(1, |most| most.min(1));
    // Where it cannot be forbidden, the program works without.
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(most), maximum: Some(most) });
}

/// Where it broke down, too, and never with what: a program with a window may have nobody who reads its last words.
fn log_breakdowns() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |breakdown| {
        let place = breakdown.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "the program broke down");
        usual(breakdown);
    }));
}

/// The log says what went wrong and never about whom; where it cannot be written, the program works without.
fn log_to_file() -> Option<tracing_appender::non_blocking::WorkerGuard> {
    std::fs::create_dir_all(places::log_folder()).ok()?;
    let appender = tracing_appender::rolling::Builder::new()
        .rotation(tracing_appender::rolling::Rotation::DAILY)
        .filename_prefix("xiangli")
        .filename_suffix("log")
        .max_log_files(7)
        .build(places::log_folder())
        .ok()?;
    let (writer, guard) = tracing_appender::non_blocking(appender);
    tracing_subscriber::fmt()
        .with_writer(writer)
        .with_ansi(false)
        .with_max_level(tracing::Level::WARN)
        .try_init()
        .ok()?;
    Some(guard)
}
