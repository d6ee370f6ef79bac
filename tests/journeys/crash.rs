//! A crash is reported without the data involved.

use std::panic;
use std::sync::{Mutex, PoisonError};
use std::thread;

use acceptance::practice_journey::Machine;
use acceptance::secret_forms::found_in;
use registrar_app::crash;
use registrar_app::ipc::{Savable, Screen};

const CANARY: &str = "canary-crash-5e21";

/// A process has one hook.
static TURN: Mutex<()> = Mutex::new(());

/// Lets a thread break in these ways, with the app's own hook in place.
fn break_in(machine: &Machine, ways: Vec<Box<dyn FnOnce() + Send>>) {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let old = panic::take_hook();
    panic::set_hook(Box::new(crash::hook(machine.folder(), "1.2.3")));
    for way in ways {
        let broken = thread::Builder::new()
            .name("breaking".to_owned())
            .spawn(way);
        assert!(broken.unwrap().join().is_err());
    }
    panic::set_hook(old);
}

#[test]
fn a_report_says_where_and_holds_nothing_that_was_put_together() {
    let machine = Machine::new();
    let secret = CANARY.to_owned();
    let (first, second, third) = (secret.clone(), secret.clone(), secret.clone());

    break_in(
        &machine,
        vec![
            Box::new(move || panic!("the password is {first}")),
            Box::new(move || second.parse::<u32>().map_err(|_| second).map(drop).unwrap()),
            Box::new(move || panic::panic_any(third)),
            Box::new(|| panic!("words of the source")),
        ],
    );

    let Screen::Home { crash, .. } = machine.start().home() else {
        panic!("not at Home")
    };
    let text = crash.unwrap().text;
    assert_eq!(found_in(&text, CANARY), None, "{text}");
    assert_eq!(text.matches("Where: crash.rs:").count(), 4, "{text}");
    assert_eq!(text.matches("Thread: breaking").count(), 4, "{text}");
    assert_eq!(
        text.matches("Words: words of the source").count(),
        1,
        "{text}"
    );
    assert!(text.contains("SIP Registrar Setup 1.2.3 on "), "{text}");
}

#[test]
fn report_is_saved_as_shown_and_gone_when_deleted() {
    let machine = Machine::new();
    break_in(&machine, vec![Box::new(|| panic!("words"))]);
    let app = machine.start();
    let Screen::Home { crash, .. } = app.home() else {
        panic!("not at Home")
    };

    let (name, bytes) = app.file(Savable::CrashReport).unwrap();

    assert_eq!(name, "sip-registrar-setup-report.txt");
    assert_eq!(String::from_utf8(bytes).unwrap(), crash.unwrap().text);
    let Screen::Home { crash, .. } = app.delete_crash_report().unwrap() else {
        panic!("not at Home")
    };
    assert_eq!(crash, None);
}
