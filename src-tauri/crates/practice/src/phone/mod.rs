//! A pretend phone: a real REGISTER with a Contact, refreshed until it is stopped, and a line at
//! that Contact that accepts calls.

mod line;

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use registrar_secret::SipPassword;
use registrar_sip::TransportName;
use registrar_sip::answer::{NameForm, Proof};
use registrar_sip::failure::Failure;
use registrar_sip::register::{Kind, Outcome, Plan, Register};
use registrar_sip::tokens::SystemTokens;
use registrar_sip::verdict::{Unregistered, Verdict};
use registrar_user_agent::check::drive;
use registrar_user_agent::tls::Peer;
use registrar_user_agent::transport::Transport;
use tokio::net::UdpSocket;
use tokio::task::JoinSet;
use tokio_util::sync::{CancellationToken, DropGuard};

/// The phone's expiry, in seconds.
const EXPIRES: u32 = 3600;
/// How long one request waits for its answer.
const GIVE_UP: Duration = Duration::from_secs(8);
/// The shortest wait between two registrations.
const SHORTEST_WAIT: Duration = Duration::from_secs(5);

/// The phone's settings.
#[derive(Clone, Debug)]
pub struct PhoneSettings {
    /// The full name of the realm.
    pub realm: String,
    /// The composite user name.
    pub composite: String,
    /// The registrar's address.
    pub registrar: SocketAddr,
    /// The transport.
    pub transport: TransportName,
}

/// A registered phone. It un-registers when it is stopped or dropped.
///
/// Over UDP it accepts calls at its Contact: it rings, answers after a moment, and echoes the
/// audio.
#[derive(Debug)]
pub struct PretendPhone {
    contact: String,
    stop: Option<DropGuard>,
    task: Option<tokio::task::JoinHandle<Option<Unregistered>>>,
}

impl PretendPhone {
    /// Registers, stays registered and accepts calls. `user_agent` is the phone's User-Agent.
    /// Requires a Tokio runtime. Fails with the meaning of the registrar's response.
    pub async fn register(
        settings: PhoneSettings,
        password: SipPassword,
        user_agent: &str,
    ) -> Result<Self, Verdict> {
        let peer = Peer::new(&settings.realm);
        let mut transport =
            Transport::connect(settings.transport, settings.registrar, &peer, GIVE_UP).await?;
        let local = transport.local()?;
        let line = line(local, settings.transport).await?;
        let at_line = line.as_ref().map(UdpSocket::local_addr).transpose();
        let contact = at_line.map_err(|_| Failure::Unreachable)?.unwrap_or(local);
        let plan = Plan {
            realm: settings.realm,
            composite: settings.composite,
            form: NameForm::Composite,
            proof: Proof::Password(password),
            other_realms: Vec::new(),
            kind: Kind::Kept,
            expires: EXPIRES,
            user_agent: user_agent.to_owned(),
            transport: settings.transport,
            local,
            contact,
            give_up: GIVE_UP,
        };
        let mut register = Register::new(plan, &mut SystemTokens, Instant::now());
        let outcome = drive(&mut register, &mut transport, None, None).await;
        let contact = register.contact();
        if !took(&outcome.verdict) {
            return Err(outcome.verdict);
        }
        let stop = CancellationToken::new();
        let keep = keep(register, transport, line, outcome, stop.clone());
        Ok(Self {
            contact,
            task: Some(tokio::spawn(keep)),
            stop: Some(stop.drop_guard()),
        })
    }

    /// Returns the phone's own Contact URI, as the registrar lists it.
    #[must_use]
    pub fn contact(&self) -> &str {
        &self.contact
    }

    /// Un-registers, and waits for the registrar's response or a timeout. Returns whether the
    /// registrar confirmed that the binding is gone.
    pub async fn stop(mut self) -> bool {
        drop(self.stop.take());
        match self.task.take() {
            Some(task) => matches!(task.await, Ok(Some(Unregistered::Done))),
            None => false,
        }
    }
}

/// Opens the line on which the phone accepts calls, for its Contact. It is a separate socket,
/// because that of the registration receives only from the registrar. Over TCP, a phone is called
/// over the connection that it registered with, which isn't implemented here: it has no line.
async fn line(local: SocketAddr, name: TransportName) -> Result<Option<UdpSocket>, Failure> {
    if name != TransportName::Udp {
        return Ok(None);
    }
    let opened = UdpSocket::bind((local.ip(), 0)).await;
    opened.map(Some).map_err(|_| Failure::Unreachable)
}

/// Refreshes the registration until `stop`, then un-registers. Accepts calls during that time.
async fn keep(
    mut register: Register,
    mut transport: Transport,
    line: Option<UdpSocket>,
    mut outcome: Outcome,
    stop: CancellationToken,
) -> Option<Unregistered> {
    // Dropping this closes the line.
    let mut calls = JoinSet::new();
    if let Some(line) = line {
        calls.spawn(line::take_calls(line));
    }
    loop {
        let granted = outcome.bindings.iter().find(|binding| binding.ours);
        let granted = granted.map_or(EXPIRES, |binding| binding.expires);
        let wait = Duration::from_secs(u64::from(granted) / 2).max(SHORTEST_WAIT);
        if stop
            .run_until_cancelled(tokio::time::sleep(wait))
            .await
            .is_none()
        {
            break;
        }
        register.refresh(&mut SystemTokens, Instant::now());
        let refreshed = drive(&mut register, &mut transport, None, None).await;
        if took(&refreshed.verdict) {
            outcome = refreshed;
        }
    }
    register.unregister(&mut SystemTokens, Instant::now());
    drive(&mut register, &mut transport, None, None)
        .await
        .unregistered
}

fn took(verdict: &Verdict) -> bool {
    matches!(
        verdict,
        Verdict::Accepted { .. } | Verdict::AcceptedForOtherRealm { .. } | Verdict::AcceptedUnasked
    )
}

#[cfg(test)]
mod tests {
    use registrar_sip::message::Message;
    use registrar_sip::uri::Address;

    use super::*;

    #[tokio::test]
    async fn via_names_the_sending_port_and_contact_the_line() {
        let registrar = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let settings = PhoneSettings {
            realm: "r.example".to_owned(),
            composite: "bob".to_owned(),
            registrar: registrar.local_addr().unwrap(),
            transport: TransportName::Udp,
        };
        let phone = PretendPhone::register(settings, SipPassword::new("x"), "Phone");
        let mut room = [0; 2000];
        // The phone runs only while it's awaited.
        let (length, source) = tokio::select! {
            heard = registrar.recv_from(&mut room) => heard.unwrap(),
            ended = phone => panic!("{ended:?}"),
        };

        let asked = Message::from_datagram(&room[..length]).unwrap().unwrap();
        assert_eq!(asked.via().unwrap().sent_by, source.to_string());
        let contact = Address::parse(asked.header("Contact").unwrap()).unwrap();
        assert_eq!(contact.uri.host, source.ip().to_string());
        let port = contact.uri.port.unwrap();
        assert_ne!(port, source.port(), "the line is another socket");
    }
}
