//! Journeys whose process is killed (SIGKILL) at arbitrary moments, by a seed.

use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use acceptance::owned_process::OwnedProcess;
use acceptance::practice_journey::Machine;
use acceptance::shuffle::Shuffle;
use registrar_app::ipc::{Screen, StepId};
use registrar_practice::Practice;

use crate::account::{assert_right, content};
use crate::asked;

/// Kills without `SOAK_KILLS`, and journeys at once.
const USUAL: u64 = 12;
const AT_ONCE: u64 = 6;
/// What the process prints at its end.
const FINISHED: &str = "Finished";
/// What the journey is about; the process takes them as its arguments.
const REALM: &str = "lobby";
const USER: &str = "front-desk";

fn start(machine: &Machine) -> (OwnedProcess, String) {
    OwnedProcess::start_and_read(
        Command::new(env!("CARGO_BIN_EXE_acceptance-walker"))
            .arg(machine.folder())
            .args([REALM, USER])
            .stdin(Stdio::null()),
    )
}

/// The steps that a process printed, as numbers that grow.
fn place(line: &str) -> u8 {
    let steps = [
        "Prepare",
        "SignIn",
        "Realm",
        "Credential",
        "Register",
        "Call",
        "Finish",
        FINISHED,
    ];
    let place = steps.iter().position(|step| *step == line);
    u8::try_from(place.unwrap_or_else(|| panic!("{line} is no step"))).unwrap()
}

/// What Home says after a kill: the step of the journey that stopped, or nothing.
fn continues(machine: &Machine) -> Option<StepId> {
    let Screen::Home {
        continues,
        notices,
        crash,
        ..
    } = machine.start().home()
    else {
        panic!("not at Home")
    };
    assert!(notices.is_empty(), "{notices:?}");
    assert_eq!(crash, None);
    assert!(continues.len() <= 1, "{continues:?}");
    continues.first().map(|journey| journey.step)
}

/// What must be so of a journey that finished.
fn assert_finished(machine: &Machine) {
    assert_eq!(continues(machine), None, "it is not offered again");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(assert_account(machine));
}

async fn assert_account(machine: &Machine) {
    let practice = Practice::start(&machine.folder().join("practice"))
        .await
        .unwrap();
    let content = content(&practice).await;
    let made: Vec<&String> = content
        .keys()
        .filter(|name| name.starts_with(&format!("{REALM}.")))
        .collect();
    assert_eq!(made.len(), 1, "{made:?}");
    assert_eq!(content.len(), 2, "its realm, and the one that was there");
    assert_eq!(content[made[0]].len(), 1, "{:?}", content[made[0]].keys());
    assert_right(&content, made[0], USER);
}

/// Lets one journey be killed until it finishes. Returns how often it was.
fn until_it_finishes(dice: &mut Shuffle, whole: u64) -> u64 {
    let machine = Machine::new();
    let (mut killed, mut reached) = (0, 0);
    loop {
        let moment = Instant::now() + Duration::from_millis(dice.below(whole));
        let (mut process, line) = start(&machine);
        let seen = place(&line);
        assert!(
            seen >= reached,
            "it was at {reached}, and goes on at {line}"
        );
        reached = seen;
        // The moment of the kill itself; nothing is waited for.
        thread::sleep(moment.saturating_duration_since(Instant::now()));
        let by_itself = process.has_ended();
        for line in process.kill_and_read() {
            reached = reached.max(place(&line));
        }
        if by_itself || reached == place(FINISHED) {
            break;
        }
        killed += 1;
        let Some(offered) = continues(&machine) else {
            if reached == place("Finish") {
                break; // It had finished, and not said so.
            }
            assert!(reached <= place("SignIn"), "step {reached} is not offered");
            reached = 0;
            continue;
        };
        let offered = place(&format!("{offered:?}"));
        assert!(
            offered >= reached,
            "{offered} is offered, {reached} was reached"
        );
    }
    assert_finished(&machine);
    killed
}

/// How long a journey takes that nobody kills, in milliseconds.
fn whole() -> u64 {
    let machine = Machine::new();
    let began = Instant::now();
    let (mut process, mut line) = start(&machine);
    while line != FINISHED {
        line = process.next_line();
    }
    drop(process);
    assert_finished(&machine);
    u64::try_from(began.elapsed().as_millis()).unwrap()
}

#[test]
fn a_journey_that_is_killed_at_any_moment_goes_on_right() {
    let kills = asked("SOAK_KILLS", USUAL);
    let whole = whole();
    let (killed, finished) = (AtomicU64::new(0), AtomicU64::new(0));
    thread::scope(|scope| {
        for lane in 0..AT_ONCE {
            let (killed, finished) = (&killed, &finished);
            scope.spawn(move || {
                let mut dice = Shuffle(9_500 + lane);
                while killed.load(Ordering::Relaxed) < kills {
                    let here = until_it_finishes(&mut dice, whole);
                    let all = killed.fetch_add(here, Ordering::Relaxed) + here;
                    let ended = finished.fetch_add(1, Ordering::Relaxed) + 1;
                    println!("{all} of {kills} kills, {ended} journeys finished");
                }
            });
        }
    });
}
