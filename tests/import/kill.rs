//! A process that runs a job is killed (SIGKILL) again and again.

use std::path::Path;
use std::process::{Command, Stdio};

use acceptance::owned_process::OwnedProcess;
use acceptance::practice_addresses::exposed;
use acceptance::shuffle::Shuffle;

use crate::relay::Relay;
use crate::world::World;

/// How often it is killed.
const KILLS: usize = 25;

/// Starts a process that works on this job, as `set` sets it up.
pub(crate) fn worker(
    world: &World,
    job: &str,
    api: &str,
    set: impl FnOnce(&mut Command),
) -> OwnedProcess {
    let mut command = Command::new(Path::new(env!("CARGO_BIN_EXE_acceptance-import")));
    command
        .arg(world.folder.path().join("jobs"))
        .args([job, &exposed(&world.practice).token, api])
        .stdin(Stdio::null());
    set(&mut command);
    let (process, line) = OwnedProcess::start_and_read(&mut command);
    assert_eq!(line, "begun");
    process
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn repeatedly_killed_process_leaves_exactly_the_plan() {
    let world = World::new().await;
    let rows = world.mixed(40).await;
    let job = world.begin(&rows);
    let relay = Relay::start(&exposed(&world.practice).bearer, 5, 0, Vec::new()).await;
    let mut dice = Shuffle(11);

    let mut kills = 0;
    while kills < KILLS {
        let mut process = worker(&world, &job, &relay.address, |_| ());
        // So many requests after its beginning it is killed, wherever it is by then.
        let until = relay.requests() + usize::try_from(1 + dice.below(12)).unwrap();
        while relay.requests() < until && !process.has_ended() {
            tokio::task::yield_now().await;
        }
        assert!(
            !process.has_ended(),
            "the job is long enough to be killed {KILLS} times"
        );
        drop(process);
        kills += 1;
    }
    let mut process = worker(&world, &job, &relay.address, |_| ());
    let line = tokio::task::spawn_blocking(move || process.next_line()).await;

    assert_eq!(line.unwrap(), "ended");
    world.assert_is(&rows, &job).await;
}
