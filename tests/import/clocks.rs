//! A computer whose clock jumps while a job runs.

use acceptance::false_clock::FalseClock;
use acceptance::owned_process::OwnedProcess;
use acceptance::practice_addresses::exposed;
use registrar_practice::{Faults, Spoiled, WireFault};

use crate::kill::worker;
use crate::relay::Relay;
use crate::world::World;

/// Before the first certificate, far behind every token's end, and as it is.
const MOMENTS: [&str; 3] = ["@1970-01-02 00:00:00", "+20y", "+0"];

async fn requests(relay: &Relay, more: usize, process: &mut OwnedProcess) {
    let until = relay.requests() + more;
    while relay.requests() < until && !process.has_ended() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_whose_clock_jumps_ends_with_exactly_the_plan() {
    let world = World::new().await;
    let rows = world.mixed(40).await;
    let job = world.begin(&rows);
    let relay = Relay::start(&exposed(&world.practice).bearer, 5, 0, Vec::new()).await;
    let clock = FalseClock::begin(world.folder.path(), MOMENTS[0]);

    let mut process = worker(&world, &job, &relay.address, |command| clock.give(command));
    let mut jumps = 0;
    for moment in MOMENTS.iter().cycle().skip(1) {
        requests(&relay, 3, &mut process).await;
        if process.has_ended() {
            break;
        }
        clock.set(moment);
        jumps += 1;
    }

    assert!(jumps > 10, "{jumps} jumps");
    assert_eq!(process.next_line(), "ended");
    world.assert_is(&rows, &job).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rate_limit_with_a_date_waits_by_the_clock_of_the_service() {
    let world = World::new().await;
    let rows = world.mixed(4).await;
    let job = world.begin(&rows);
    let relay = Relay::start(&exposed(&world.practice).bearer, 5, 0, Vec::new()).await;
    let clock = FalseClock::begin(world.folder.path(), MOMENTS[0]);
    let too_many = WireFault {
        spoiled: Some(Spoiled::TooMany),
        ..WireFault::default()
    };
    world.practice.set_faults(Faults {
        dashboard: too_many,
        ..Faults::default()
    });

    let mut process = worker(&world, &job, &relay.address, |command| clock.give(command));
    requests(&relay, 1, &mut process).await;
    world.practice.set_faults(Faults::default());

    // The limit is over after two seconds; by this computer's clock it is in more than fifty years.
    assert_eq!(process.next_line(), "ended");
    world.assert_is(&rows, &job).await;
}
