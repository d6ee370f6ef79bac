//! An import of two thousand rows, interrupted at every step, several hundred times, by a seed. It
//! always ends with exactly the plan: nothing twice, nothing lost, nothing half done.

use std::collections::HashMap;
use std::future::Future;
use std::net::Ipv4Addr;
use std::pin::Pin;
use std::task::{Context, Poll};

use acceptance::practice_addresses::exposed;
use acceptance::shuffle::Shuffle;
use registrar_app::desk::job_view;
use registrar_app::ipc::{JobStage, JobView};
use registrar_http::trust::Trust;
use registrar_jobs::Error;
use registrar_practice::Faults;
use registrar_secret::SipPassword;
use registrar_sip::answer::Proof;
use registrar_sip::{CheckKind, TransportName};
use registrar_user_agent::check::{CheckRequest, Limits, check};
use registrar_user_agent::resolve::Target;
use tokio_util::sync::CancellationToken;

use crate::relay::{Fault, Relay};
use crate::world::{OPTIONS, World, dashboard_at};

/// Polls a future so many times and then no more, as if the process had been killed there.
pub(crate) struct Killed<F> {
    inner: Pin<Box<F>>,
    polls: u64,
}

impl<F: Future> Killed<F> {
    pub(crate) fn after(polls: u64, future: F) -> Self {
        let inner = Box::pin(future);
        Self { inner, polls }
    }
}

impl<F: Future> Future for Killed<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.polls == 0 {
            return Poll::Ready(None);
        }
        self.polls -= 1;
        self.inner.as_mut().poll(context).map(Some)
    }
}

/// Cuts the files of a killed job at any byte behind what was on the disk when a request left.
fn lose_the_unwritten(relay: &Relay, dice: &mut Shuffle) {
    for (path, kept) in relay.lengths() {
        let Ok(about) = std::fs::metadata(&path) else {
            continue;
        };
        let lost = about.len().saturating_sub(kept);
        let file = std::fs::File::options().write(true).open(&path).unwrap();
        file.set_len(about.len() - dice.below(lost + 1)).unwrap();
    }
}

/// Goes on with a job once nobody holds its files: what was being written is written to its end.
async fn run_again(
    world: &World,
    relay: &Relay,
    job: &str,
    polls: u64,
) -> Option<Result<JobView, Error>> {
    let addresses = exposed(&world.practice);
    let dashboard = dashboard_at(&addresses.token, &relay.address);
    let stop = CancellationToken::new();
    while world.view(job).stage == JobStage::Running {
        tokio::task::yield_now().await;
    }
    let run = world.jobs.run(job, &dashboard, OPTIONS, &stop, &|_| {});
    let ended = Killed::after(polls, run).await?;
    Some(ended.map(|job| job_view(&job)))
}

/// Cuts one import until it is at its end. Returns how often, and what happened on the way.
async fn cut_to_pieces(seed: u64, kept: bool) -> (usize, Vec<Fault>) {
    let world = World::new().await;
    let rows = world.mixed(100).await;
    assert_eq!(rows.len(), 2000);
    world.practice.set_faults(Faults {
        application_kept: kept,
        ..Faults::default()
    });
    let job = world.begin(&rows);
    let folder = world.folder.path().join("jobs").join(&job);
    let files = vec![folder.join("journal"), world.passwords()];
    let relay = Relay::start(&exposed(&world.practice).bearer, seed, 9, files).await;
    let mut dice = Shuffle(seed ^ 0xC0FF_EE00);
    let mut kills = 0;
    let view = loop {
        let polls = if kills < 50 {
            5 + dice.below(90)
        } else {
            u64::MAX
        };
        if let Some(view) = run_again(&world, &relay, &job, polls).await {
            break view.unwrap();
        }
        kills += 1;
        while world.view(&job).stage == JobStage::Running {
            tokio::task::yield_now().await;
        }
        lose_the_unwritten(&relay, &mut dice);
    };

    assert_eq!(view.stage, JobStage::Finished, "{:?}", view.trouble);
    assert_eq!(view.to_go, 0.0);
    let made = world.assert_is(&rows, &job).await;
    if seed == 1 {
        assert_all_register(&world, &made).await;
    }
    (kills, relay.faults())
}

/// Registers with every password that was made, for real: REGISTER, 401, the answer, 200.
async fn assert_all_register(world: &World, made: &HashMap<String, SipPassword>) {
    let port = world.practice.registrar().port();
    let checks = made.iter().map(|(name, password)| {
        let request = CheckRequest {
            realm: world.realm.clone(),
            composite: name.clone(),
            proof: Proof::Password(password.clone()),
            kind: CheckKind::Query,
            transport: TransportName::Udp,
            targets: vec![Target::typed((Ipv4Addr::LOCALHOST, port).into())],
            target_name: world.realm.clone(),
            trust: Trust::default(),
        };
        async move {
            let outcome = check(&request, Limits::default(), &|_| {}).await;
            assert!(outcome.verdict.proved(), "{name}: {:?}", outcome.verdict);
        }
    });
    for one in checks {
        one.await;
    }
    assert!(made.len() > 500, "{}", made.len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn import_cut_at_every_step_ends_with_exactly_the_plan() {
    let (mut kills, mut faults) = (0, HashMap::new());
    for seed in 1..=3 {
        let (killed, met) = cut_to_pieces(seed, seed % 2 == 0).await;
        kills += killed;
        for fault in met {
            *faults.entry(fault).or_insert(0) += 1;
        }
    }

    assert_eq!(faults.len(), 11, "every fault was met: {faults:?}");
    let cuts: i32 = faults.values().sum();
    assert!(kills >= 100 && cuts >= 300, "{kills} kills, {faults:?}");
}
