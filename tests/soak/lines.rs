//! Journeys over connections that lose, cut, delay, repeat and reorder data.

use std::collections::HashSet;
use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use acceptance::practice_addresses::exposed;
use registrar_app::services::Services;
use registrar_bandwidth::dashboard::{Environment, EnvironmentName};
use registrar_keychain::{Forgetting, Vault};
use registrar_practice::{Practice, PracticeDns};
use registrar_storage::store::Store;
use registrar_user_agent::resolve::{Answer, Resolve, Srv};
use tokio::task::LocalSet;
use url::Url;

use crate::account::{assert_right, content, realms, registered};
use crate::asked;
use crate::line::{Fault, Line, Weather};
use crate::sip_line::SipLine;
use crate::walk::{Walked, walk};

/// Journeys without `SOAK_JOURNEYS`, the most on one account, and those at once.
const USUAL: u64 = 60;
const TOGETHER: u64 = 100;
/// Fewest accounts one after the other: memory that grows is seen from the second one on.
const ACCOUNTS: u64 = 3;
const AT_ONCE: usize = 50;
/// Of so many exchanges about one is spoiled.
const ONE_IN: u64 = 8;
/// How much more memory than after the first account is none, in bytes: what the allocator keeps
/// of the busiest moment differs from one account to the next.
const SLACK: u64 = 24 << 20;

/// DNS that leads to the line instead of the registrar.
struct ToTheLine {
    dns: PracticeDns,
    port: u16,
}

impl Resolve for ToTheLine {
    fn srv<'a>(&'a self, name: &'a str) -> Answer<'a, Vec<Srv>> {
        Box::pin(async {
            let mut records = self.dns.srv(name).await?;
            for record in &mut records {
                record.port = self.port;
            }
            Ok(records)
        })
    }

    fn addresses<'a>(&'a self, host: &'a str) -> Answer<'a, Vec<IpAddr>> {
        self.dns.addresses(host)
    }
}

/// A practice account behind bad lines.
struct Behind {
    services: Services,
    practice: Arc<Practice>,
    registrar: u16,
    _lines: Vec<Line>,
    _sip: SipLine,
}

/// Where a service is that is at this address, and the address with another place.
fn place(address: &str) -> SocketAddr {
    let url = Url::parse(address).unwrap();
    SocketAddr::from(([127, 0, 0, 1], url.port().unwrap()))
}

fn at(address: &str, line: &Line) -> String {
    let mut url = Url::parse(address).unwrap();
    url.set_port(Some(line.address.port())).unwrap();
    url.to_string()
}

impl Behind {
    async fn open(folder: &Path, weather: &Arc<Weather>) -> Self {
        let practice = Practice::start(folder).await.unwrap();
        let addresses = exposed(&practice);
        let token = Line::to(place(&addresses.token), weather).await;
        let api = Line::to(place(&addresses.bearer), weather).await;
        let twilio = Line::to(place(&practice.addresses().twilio.expose()), weather).await;
        let registrar = practice.registrar().port();
        let sip = SipLine::to(registrar, weather).await;
        let environment = Environment::own(
            &at(&addresses.token, &token),
            &at(&addresses.bearer, &api),
            &at(&addresses.basic, &api),
        );
        let practice = Arc::new(practice);
        let services = Services {
            environments: vec![Environment {
                name: EnvironmentName::Practice,
                ..environment.unwrap()
            }],
            twilio: Url::parse(&at(&practice.addresses().twilio.expose(), &twilio))
                .unwrap()
                .into(),
            resolver: Arc::new(ToTheLine {
                dns: practice.dns(),
                port: sip.port,
            }),
            keychain: Vault::new(Arc::new(Forgetting::default())),
            practice: Some(Arc::clone(&practice)),
        };
        Self {
            services,
            practice,
            registrar,
            _lines: vec![token, api, twilio],
            _sip: sip,
        }
    }

    /// Walks these journeys, some at once.
    async fn walk(&self, folder: &Path, numbers: impl Iterator<Item = u64>) -> Vec<Walked> {
        let set = LocalSet::new();
        let permits = Arc::new(tokio::sync::Semaphore::new(AT_ONCE));
        let walks: Vec<_> = numbers
            .map(|number| {
                let services = self.services.clone();
                let store = Store::open(&folder.join(number.to_string())).unwrap();
                let permits = Arc::clone(&permits);
                set.spawn_local(async move {
                    let _permit = permits.acquire_owned().await.unwrap();
                    walk(number, services, store).await
                })
            })
            .collect();
        set.await;
        let mut walked = Vec::new();
        for walk in walks {
            walked.push(walk.await.unwrap());
        }
        walked
    }
}

/// The resident memory of this process, in bytes.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let kilobytes: u64 = line
        .unwrap()
        .split_whitespace()
        .nth(1)
        .unwrap()
        .parse()
        .unwrap();
    kilobytes * 1024
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn journeys_over_bad_lines_finish_or_stop_with_true_words() {
    let journeys = asked("SOAK_JOURNEYS", USUAL);
    let weather = Weather::new(20_261_129, ONE_IN);
    let mut finished = 0;
    let mut first = None;
    let together = TOGETHER.min(journeys.div_ceil(ACCOUNTS));
    for start in (0..journeys).step_by(usize::try_from(together).unwrap()) {
        let folder = tempfile::tempdir().unwrap();
        let behind = Behind::open(&folder.path().join("practice"), &weather).await;
        let before = content(&behind.practice).await;
        let end = journeys.min(start + together);

        let walked = behind.walk(folder.path(), start..end).await;

        let after = content(&behind.practice).await;
        let mut expected: HashSet<String> = before
            .values()
            .flat_map(|realm| realm.keys().cloned())
            .collect();
        for one in &walked {
            expected.insert(one.user.clone());
            assert_ended(one);
            let known = |realm: &&str| match &one.realm {
                Some(short) => realm.starts_with(&format!("{short}.")),
                None => before.contains_key(*realm),
            };
            let realm = realms(&after).into_iter().find(known);
            if one.stopped.is_none() {
                finished += 1;
                assert_right(&after, realm.unwrap(), &one.user);
                let left = registered(behind.registrar, realm.unwrap(), &one.user).await;
                assert_named(one, &left);
            }
        }
        let made = |name: &str| {
            let mut shorts = walked.iter().filter_map(|one| one.realm.as_ref());
            before.contains_key(name) || shorts.any(|short| name.starts_with(&format!("{short}.")))
        };
        for (name, realm) in &after {
            assert!(made(name), "nobody made the realm {name}");
            let unknown: Vec<_> = realm
                .keys()
                .filter(|name| !expected.contains(*name))
                .collect();
            assert!(unknown.is_empty(), "nobody made {unknown:?}");
        }
        drop(behind);
        let now = resident();
        let first = *first.get_or_insert(now);
        println!(
            "{end} of {journeys} journeys: {finished} finished, {} MiB resident",
            now >> 20
        );
        assert!(
            now < first + SLACK,
            "{now} bytes after {end}, {first} at first"
        );
    }
    let seen = weather.seen();
    println!("{seen:?}");
    for fault in [
        Fault::RequestLost,
        Fault::AnswerLost,
        Fault::AnswerCut,
        Fault::Late,
        Fault::Twice,
        Fault::Dropped,
        Fault::Ended,
    ] {
        assert!(seen.contains_key(&fault), "{fault:?} never happened");
    }
    assert!(
        finished * 10 > journeys * 8,
        "{finished} of {journeys} finished"
    );
}

/// A journey that stopped says why, and what to do.
fn assert_ended(one: &Walked) {
    let Some((step, failure)) = &one.stopped else {
        return;
    };
    println!("{} stopped at {step:?}: {}", one.user, failure.sentence);
    assert!(!failure.sentence.is_empty(), "{failure:?}");
    // What is wrong with a field stands beside the field.
    let why = !failure.causes.is_empty() || !failure.problems.is_empty();
    assert!(why, "{failure:?}");
    assert!(!failure.next.is_empty(), "{failure:?}");
}

/// What a check left behind was named by the app.
fn assert_named(one: &Walked, contacts: &[String]) {
    let of_checks = contacts.iter().filter_map(|contact| {
        let start = contact.find("check-")?;
        contact[start..].split('@').next()
    });
    for name in of_checks {
        let named = one.said.iter().any(|line| line.contains(name));
        assert!(named, "{}: {name} is left, and was not named", one.user);
    }
}
