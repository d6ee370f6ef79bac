//! Request handling of the registrar (RFC 3261 sections 8.2 and 10.3). No socket.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use registrar_sip::message::Message;
use registrar_sip::reply::reply;
use registrar_sip::tokens::{SystemTokens, Tokens};
use registrar_sip::uri::{Address, Uri};

use super::authenticator::{Authentication, Authenticator};
use super::dialogs::{Callee, Dialogs};
use super::location::{Location, Refusal};
use super::{Binding, Directory, Faults, Options};

/// How long a response is kept for retransmissions (RFC 3261 timer J, 64 × T1).
const KEPT: Duration = Duration::from_secs(32);
/// Maximum number of responses kept, and maximum size in bytes of a request whose response is. A
/// larger one is handled anew when it is retransmitted.
const MOST_KEPT: usize = 2000;
const LONGEST_KEPT: usize = 4096;
/// The supported methods.
const ALLOW: &str = "INVITE, ACK, BYE, CANCEL, OPTIONS, REGISTER";
/// The interval that a forced 423 requires, in seconds.
const FORCED_INTERVAL: u32 = 1800;

/// What a refusal says where a user has too many bindings.
const TOO_MANY: &str = "399 registrar \"Too many contacts\"";

/// What to do about a request.
#[derive(Debug)]
pub enum Effect {
    /// Don't respond.
    Nothing,
    /// Send this response.
    Say(Box<Message>),
    /// Start a call, with a maximum duration once it is answered.
    Call(Box<Message>, Callee, Duration),
}

/// The registrar. It is passed each message as it arrives, with its source and time.
pub struct Server {
    directory: Arc<dyn Directory>,
    options: Options,
    authenticator: Authenticator,
    location: Location,
    said: HashMap<Key, (Instant, Message)>,
}

/// What identifies a retransmission: branch, sent-by address, method.
type Key = (String, String, String);

impl Server {
    /// Creates a registrar without bindings.
    #[must_use]
    pub fn new(directory: Arc<dyn Directory>, options: Options, now: Instant) -> Self {
        Self {
            authenticator: Authenticator::new(options.nonce_life, now),
            directory,
            options,
            location: Location::default(),
            said: HashMap::new(),
        }
    }

    /// Injects faults from now on; `Faults::default()` ends that.
    pub fn set_faults(&mut self, faults: Faults) {
        self.options.faults = faults;
    }

    /// Returns the injected faults. The caller that sends the responses implements silence and
    /// delay.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.options.faults
    }

    /// Returns the bindings of a user, which is the unescaped user part of To.
    #[must_use]
    pub fn bindings(&self, realm: &str, user: &str, now: Instant) -> Vec<Binding> {
        self.location.bindings(realm, user, now)
    }

    /// Handles one message.
    pub fn handle(
        &mut self,
        message: &Message,
        source: SocketAddr,
        now: Instant,
        dialogs: &dyn Dialogs,
    ) -> Effect {
        if message.status().is_some() {
            dialogs.bye_answered(message);
            return Effect::Nothing;
        }
        let Some(key) = key(message) else {
            return Effect::Nothing;
        };
        if message.method() == "ACK" {
            dialogs.acknowledge(message);
            return Effect::Nothing;
        }
        if message.method() == "INVITE" && dialogs.is_again(message) {
            return Effect::Nothing;
        }
        if let Some((_, said)) = self.said.get(&key) {
            return Effect::Say(Box::new(said.clone()));
        }
        let effect = self.decide(message, source, now, dialogs);
        if let Effect::Say(response) = &effect {
            if self.said.len() >= MOST_KEPT {
                self.said
                    .retain(|_, (at, _)| now.saturating_duration_since(*at) < KEPT);
            }
            let fits = message.to_bytes().len() <= LONGEST_KEPT;
            if fits && self.said.len() < MOST_KEPT {
                self.said.insert(key, (now, (**response).clone()));
            }
        }
        effect
    }

    fn decide(
        &mut self,
        request: &Message,
        source: SocketAddr,
        now: Instant,
        dialogs: &dyn Dialogs,
    ) -> Effect {
        let say = |status| Effect::Say(Box::new(respond(request, status, source)));
        if let Some(status) = problem(request) {
            return say(status);
        }
        if let Some(required) = request.header("Require") {
            let refusal = respond(request, 420, source).with("Unsupported", required);
            return Effect::Say(Box::new(refusal));
        }
        let Some(target) = Uri::parse(request.uri()) else {
            return say(416);
        };
        match request.method() {
            "REGISTER" => Effect::Say(Box::new(self.register(request, &target, source, now))),
            "INVITE" => self.invite(request, &target, source, now),
            "OPTIONS" => {
                let response = respond(request, 200, source)
                    .with("Allow", ALLOW)
                    .with("Accept", "application/sdp");
                Effect::Say(Box::new(response))
            }
            "BYE" => self.bye(request, &target, source, now, dialogs),
            "CANCEL" if dialogs.cancel(request) => say(200),
            "CANCEL" => say(481),
            _ => Effect::Say(Box::new(respond(request, 405, source).with("Allow", ALLOW))),
        }
    }

    fn register(
        &mut self,
        request: &Message,
        target: &Uri,
        source: SocketAddr,
        now: Instant,
    ) -> Message {
        let faults = self.options.faults.clone();
        match faults.status {
            Some(302) => {
                return respond(request, 302, source)
                    .with("Contact", "<sip:other.registrar.invalid:5099>");
            }
            Some(421) => return respond(request, 421, source).with("Require", "path"),
            Some(503) => return respond(request, 503, source).with("Retry-After", "30"),
            Some(423) | None => {}
            Some(status) => return respond(request, status, source),
        }
        let realm = self.realm(target);
        if let Some(challenge) = self.challenge(request, &realm, source, now) {
            return challenge;
        }
        let to = request.header("To").and_then(Address::parse);
        let Some(user) = to.and_then(|to| to.uri.user) else {
            return respond(request, 400, source);
        };
        if faults.contacts_full && adds_binding(request) {
            return respond(request, 403, source).with("Warning", TOO_MANY);
        }
        let shortest = match faults.status {
            Some(423) => FORCED_INTERVAL,
            Some(_) | None => faults.shortest.unwrap_or(self.options.shortest),
        };
        let applied = self
            .location
            .apply(&realm, &user, request, source, shortest, now);
        match applied {
            Ok(()) => {
                let mut response = respond(request, 200, source);
                for binding in self.location.bindings(&realm, &user, now) {
                    let contact = format!("<{}>;expires={}", binding.contact, binding.expires);
                    response.push("Contact", &contact);
                }
                response
            }
            Err(Refusal::Bad) => respond(request, 400, source),
            Err(Refusal::TooMany) => respond(request, 503, source),
            Err(Refusal::TooBrief) => {
                respond(request, 423, source).with("Min-Expires", shortest.to_string())
            }
        }
    }

    fn invite(
        &mut self,
        request: &Message,
        target: &Uri,
        source: SocketAddr,
        now: Instant,
    ) -> Effect {
        let to = request.header("To").and_then(Address::parse);
        // An INVITE with a tag in To starts no call: it belongs to an open one, or is refused.
        let begins = to.is_none_or(|to| to.parameter("tag").is_none());
        if begins {
            let realm = self.realm(target);
            if let Some(challenge) = self.challenge(request, &realm, source, now) {
                return Effect::Say(Box::new(challenge));
            }
        }
        let number = target.user.as_deref().unwrap_or_default();
        let among = |numbers: &[String]| numbers.iter().any(|other| other == number);
        let sound = self.options.faults.sound;
        let callee = if let Some(callee) = self.options.faults.callee {
            callee
        } else if number.is_empty() || among(&self.options.missing) {
            Callee::Refuses(404)
        } else if among(&self.options.busy) {
            Callee::Refuses(486)
        } else if among(&self.options.unanswered) {
            Callee::Rings
        } else {
            Callee::Answers(self.options.answer_after, sound)
        };
        Effect::Call(Box::new(request.clone()), callee, self.options.longest_call)
    }

    fn bye(
        &mut self,
        request: &Message,
        target: &Uri,
        source: SocketAddr,
        now: Instant,
        dialogs: &dyn Dialogs,
    ) -> Effect {
        let asks = self.options.challenge_bye && dialogs.is_open(request);
        // The Request-URI is our own address; To names the callee.
        let to = request.header("To").and_then(Address::parse);
        let realm = self.realm(to.as_ref().map_or(target, |to| &to.uri));
        let challenge = asks.then(|| self.challenge(request, &realm, source, now));
        if let Some(challenge) = challenge.flatten() {
            return Effect::Say(Box::new(challenge));
        }
        let status = if dialogs.hang_up(request) { 200 } else { 481 };
        Effect::Say(Box::new(respond(request, status, source)))
    }

    /// Returns the challenge that a request must answer first: 401 for the registrar itself, 407
    /// for calls (RFC 3261 section 22).
    fn challenge(
        &mut self,
        request: &Message,
        realm: &str,
        source: SocketAddr,
        now: Instant,
    ) -> Option<Message> {
        let (status, asks, answers) = if request.method() == "REGISTER" {
            (401, "WWW-Authenticate", "Authorization")
        } else {
            (407, "Proxy-Authenticate", "Proxy-Authorization")
        };
        let faults = &self.options.faults;
        let asked = faults.realm.as_deref().unwrap_or(realm);
        let directory = self.directory.as_ref();
        let proved = self
            .authenticator
            .verify(request, answers, asked, directory, now);
        let stale = match proved {
            Authentication::Proved if faults.stale => true,
            Authentication::Proved => return None,
            Authentication::Unproved { stale } => stale,
        };
        let algorithm = if faults.sha256_only { "SHA-256" } else { "MD5" };
        let challenge = self.authenticator.challenge(asked, algorithm, stale, now);
        Some(respond(request, status, source).with(asks, challenge))
    }

    /// Returns the realm of the request's host, or else the default one.
    fn realm(&self, target: &Uri) -> String {
        let mut realms = self.directory.realms();
        let own = realms
            .iter()
            .position(|realm| realm.eq_ignore_ascii_case(&target.host));
        if realms.is_empty() {
            return target.host.clone();
        }
        realms.swap_remove(own.unwrap_or(0))
    }
}

/// Returns whether a REGISTER asks for a binding that isn't there yet or is to stay.
fn adds_binding(request: &Message) -> bool {
    let ends = |text: &str| text.trim() == "0";
    let whole = request.header("Expires").is_some_and(ends);
    request.list("Contact").into_iter().any(|contact| {
        let address = Address::parse(contact);
        let own = address
            .as_ref()
            .and_then(|address| address.parameter("expires"));
        contact != "*" && !own.map_or(whole, ends)
    })
}

/// Returns the status for a request that lacks a mandatory header (RFC 3261 section 8.1.1).
fn problem(request: &Message) -> Option<u16> {
    let address = |name| request.header(name).and_then(Address::parse);
    let from = address("From").filter(|from| from.parameter("tag").is_some());
    let same_method = request
        .cseq()
        .is_some_and(|(_, method)| method == request.method());
    let whole = from.is_some()
        && address("To").is_some()
        && request.header("Call-ID").is_some()
        && same_method;
    (!whole).then_some(400)
}

fn respond(request: &Message, status: u16, source: SocketAddr) -> Message {
    reply(request, status, source, &SystemTokens.token())
}

fn key(request: &Message) -> Option<Key> {
    let via = request.via()?;
    let branch = via.branch()?.to_owned();
    Some((branch, via.sent_by.clone(), request.method().to_owned()))
}

impl std::fmt::Debug for Server {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Server").finish_non_exhaustive()
    }
}
