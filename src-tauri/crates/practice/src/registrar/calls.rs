//! Calls answered by the registrar itself or by a pretend phone, each in its own task (RFC 3261
//! section 13.3).

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::{Mutex, MutexGuard};
use registrar_server::{Callee, Dialogs, Sound};
use registrar_sip::body;
use registrar_sip::message::Message;
use registrar_sip::reply::reply;
use registrar_sip::sdp::{self, Flow};
use registrar_sip::tokens::{SystemTokens, Tokens};
use registrar_sip::transaction::{T1, T2};
use registrar_sip::uri::{Address, Uri};
use registrar_sip::via::{COOKIE, DEFAULT_PORT, Via};
use tokio::sync::mpsc;
use tokio::time::{sleep, sleep_until};

use super::link::Link;
use crate::media::Echo;

/// Maximum number of concurrent calls.
const MOST_CALLS: usize = 100;
/// How long a final response waits for its ACK (RFC 3261 timer H, 64 × T1).
const ACK_WAIT: Duration = Duration::from_secs(32);
/// How long an unanswered call may ring.
const LONGEST_RING: Duration = Duration::from_mins(3);

#[derive(Debug)]
enum Event {
    Acknowledged,
    Again,
    Cancelled,
    HungUp,
    ByeAnswered,
}

#[derive(Clone, Debug)]
struct Open {
    branch: String,
    /// The caller's tag, and ours.
    tags: (String, String),
    events: mpsc::Sender<Event>,
}

/// The open calls, by Call-ID.
#[derive(Clone, Debug, Default)]
pub(crate) struct Calls {
    open: Arc<Mutex<HashMap<String, Open>>>,
}

impl Calls {
    /// Starts an authorized call. Returns the task that runs it to its end, or the status with
    /// which it is refused immediately.
    pub(crate) fn begin(
        &self,
        request: Message,
        link: Link,
        callee: Callee,
        longest: Duration,
    ) -> Result<impl Future<Output = ()> + Send + 'static, u16> {
        let Some(branch) = branch(&request) else {
            return Err(400);
        };
        if tag(&request, "To").is_some() {
            // A re-INVITE; the call continues unchanged (RFC 3261 section 14.2). A tag that we
            // never issued identifies no call (section 12.2.2).
            return Err(if self.find(&request).is_some() {
                488
            } else {
                481
            });
        }
        let call_id = request.header("Call-ID").unwrap_or_default().to_owned();
        let own_tag = SystemTokens.token();
        let (events, heard) = mpsc::channel(16);
        let mut open = self.open();
        if open.contains_key(&call_id) {
            // It arrived twice by different paths (RFC 3261 section 8.2.2.2).
            return Err(482);
        }
        if open.len() >= MOST_CALLS {
            return Err(503);
        }
        let tags = (tag(&request, "From").unwrap_or_default(), own_tag.clone());
        open.insert(
            call_id.clone(),
            Open {
                branch,
                tags,
                events,
            },
        );
        drop(open);
        let mut call = Call {
            last: reply(&request, 100, link.peer(), ""),
            tag: own_tag,
            request,
            link,
            heard,
        };
        let closing = Closing {
            calls: self.clone(),
            call_id,
        };
        Ok(async move {
            let _closing = closing;
            call.run(callee, longest).await;
        })
    }

    /// Returns how many calls are open.
    pub(super) fn count(&self) -> usize {
        self.open().len()
    }

    fn tell(&self, message: &Message, event: Event) -> bool {
        self.find(message)
            .is_some_and(|call| call.events.try_send(event).is_ok())
    }

    /// Finds the call that a request of the caller belongs to (RFC 3261 section 12).
    fn find(&self, request: &Message) -> Option<Open> {
        let of_caller = tag(request, "From").unwrap_or_default();
        let call = self.by_call_id(request)?;
        let tags = (of_caller, tag(request, "To")?);
        (call.tags == tags).then_some(call)
    }

    fn by_call_id(&self, message: &Message) -> Option<Open> {
        let call_id = message.header("Call-ID")?;
        self.open().get(call_id).cloned()
    }

    fn open(&self) -> MutexGuard<'_, HashMap<String, Open>> {
        self.open.lock()
    }
}

impl Dialogs for Calls {
    fn is_again(&self, request: &Message) -> bool {
        let again = self.by_call_id(request);
        let again = again.filter(|call| branch(request).as_deref() == Some(&call.branch));
        again.is_some_and(|call| call.events.try_send(Event::Again).is_ok())
    }

    fn acknowledge(&self, request: &Message) {
        self.tell(request, Event::Acknowledged);
    }

    fn is_open(&self, request: &Message) -> bool {
        self.find(request).is_some()
    }

    fn hang_up(&self, request: &Message) -> bool {
        self.tell(request, Event::HungUp)
    }

    fn bye_answered(&self, response: &Message) {
        let call = self.by_call_id(response);
        let ours = call.filter(|call| tag(response, "From").as_ref() == Some(&call.tags.1));
        // A call that has ended needs no response.
        let _told = ours.map(|call| call.events.try_send(Event::ByeAnswered));
    }

    fn cancel(&self, request: &Message) -> bool {
        let same = self.by_call_id(request);
        let same = same.filter(|call| branch(request).as_deref() == Some(&call.branch));
        same.is_some_and(|call| call.events.try_send(Event::Cancelled).is_ok())
    }
}

/// Removes a call from the table when its task ends or is dropped.
struct Closing {
    calls: Calls,
    call_id: String,
}

impl Drop for Closing {
    fn drop(&mut self) {
        self.calls.open().remove(&self.call_id);
    }
}

struct Call {
    request: Message,
    link: Link,
    tag: String,
    heard: mpsc::Receiver<Event>,
    /// What is resent when the INVITE is retransmitted.
    last: Message,
}

impl Call {
    async fn run(&mut self, callee: Callee, longest: Duration) {
        self.link.send(&self.last.clone()).await;
        match callee {
            Callee::Refuses(status) => self.refuse(status).await,
            Callee::Rings => {
                let status = self.ring(LONGEST_RING).await.err().unwrap_or(480);
                self.refuse(status).await;
            }
            Callee::Answers(after, sound) => match self.ring(after).await {
                Ok(()) => self.answer(longest, sound).await,
                Err(status) => self.refuse(status).await,
            },
        }
    }

    /// Rings for `time`. Returns the status to refuse with if the caller gave up.
    async fn ring(&mut self, time: Duration) -> Result<(), u16> {
        self.respond(180, None).await;
        let over = sleep(time);
        tokio::pin!(over);
        loop {
            tokio::select! {
                () = &mut over => return Ok(()),
                event = self.heard.recv() => match event {
                    Some(Event::Again) => self.link.send(&self.last).await,
                    Some(Event::Cancelled | Event::HungUp) | None => return Err(487),
                    Some(Event::Acknowledged | Event::ByeAnswered) => {}
                },
            }
        }
    }

    async fn refuse(&mut self, status: u16) {
        self.respond(status, None).await;
        self.until_acknowledged().await;
    }

    async fn answer(&mut self, longest: Duration, sound: Sound) {
        let opened = Echo::open(sound).await;
        let Ok((address, echo)) = opened.and_then(|echo| Ok((echo.address()?, echo))) else {
            return self.refuse(500).await;
        };
        let mut ours = sdp::Ours::new(address, rand::random::<u32>().into());
        let body = if self.request.body.is_empty() {
            // Without an offer, ours is in the 200.
            Some(ours.offer(Flow::SendRecv))
        } else {
            let offer = body::session(&self.request);
            offer
                .and_then(|offer| ours.answer(&offer))
                .map(|(text, _)| text)
        };
        let Some(body) = body else {
            return self.refuse(488).await;
        };
        self.respond(200, Some(body)).await;
        tokio::select! {
            () = echo.run() => {}
            () = self.talk(longest) => {}
        }
    }

    async fn talk(&mut self, longest: Duration) {
        let ends = Instant::now() + longest;
        if !self.until_acknowledged().await {
            return self.bye().await;
        }
        loop {
            tokio::select! {
                () = sleep_until(ends.into()) => return self.bye().await,
                event = self.heard.recv() => match event {
                    Some(Event::HungUp) | None => return,
                    Some(Event::Again) => self.link.send(&self.last).await,
                    Some(Event::Acknowledged | Event::Cancelled | Event::ByeAnswered) => {}
                },
            }
        }
    }

    /// Retransmits the last response until its ACK arrives. Returns whether it did.
    async fn until_acknowledged(&mut self) -> bool {
        let over = Instant::now() + ACK_WAIT;
        let mut interval = T1;
        let mut next = Instant::now() + interval;
        loop {
            // A final response is retransmitted over all transports (RFC 3261 section 13.3.1.4).
            tokio::select! {
                () = sleep_until(over.into()) => return false,
                () = sleep_until(next.into()) => {
                    self.link.send(&self.last).await;
                    interval = (interval * 2).min(T2);
                    next = Instant::now() + interval;
                }
                event = self.heard.recv() => match event {
                    Some(Event::Acknowledged | Event::HungUp) => return true,
                    None => return false,
                    Some(Event::Again) => self.link.send(&self.last).await,
                    Some(Event::Cancelled | Event::ByeAnswered) => {}
                },
            }
        }
    }

    async fn respond(&mut self, status: u16, description: Option<String>) {
        let mut response = reply(&self.request, status, self.link.peer(), &self.tag);
        for route in self.request.list("Record-Route") {
            response.push("Record-Route", route);
        }
        if status < 300
            && let Ok(local) = self.link.local()
        {
            response.push("Contact", &format!("<{}>", self.contact(local)));
        }
        if let Some(body) = description {
            response.push("Content-Type", "application/sdp");
            response.body = body.into_bytes();
        }
        self.last = response;
        self.link.send(&self.last).await;
    }

    /// Returns our own address, to which the caller's next requests go (RFC 3261 section 12.1.1).
    fn contact(&self, local: SocketAddr) -> Uri {
        let called = Uri::parse(self.request.uri()).and_then(|uri| uri.user);
        let mut own = Uri::new(called.as_deref(), &local.ip().to_string());
        own.port = Some(local.port());
        if self.link.is_reliable() {
            let transport = ("transport".to_owned(), Some("tcp".to_owned()));
            own.parameters.push(transport);
        }
        own
    }

    /// Ends the call from our side.
    async fn bye(&mut self) {
        let contacts = self.request.list("Contact");
        let target = contacts.first().copied().and_then(Address::parse);
        let (Some(target), Ok(local)) = (target, self.link.local()) else {
            return;
        };
        let branch = format!("{COOKIE}{}", SystemTokens.token());
        let via = Via::ours(self.link.word(), local, &branch);
        let header = |name| self.last.header(name).unwrap_or_default();
        let mut bye = Message::request("BYE", &target.uri.to_string())
            .with("Via", via.to_string())
            .with("Max-Forwards", "70")
            .with("From", header("To"))
            .with("To", header("From"))
            .with("Call-ID", header("Call-ID"))
            .with("CSeq", "1 BYE");
        // In the caller's order (RFC 3261 section 12.1.1).
        let routes = self.request.list("Record-Route");
        for route in &routes {
            bye.push("Route", route);
        }
        let first = routes.first().copied().and_then(Address::parse);
        let next = first.map_or(target.uri, |route| route.uri);
        let link = match reached(&next) {
            Some(address) => self.link.clone().to(address),
            None => self.link.clone(),
        };
        let mut interval = T1;
        for _ in 0..if self.link.is_reliable() { 1 } else { 6 } {
            link.send(&bye).await;
            let over = sleep(interval);
            tokio::pin!(over);
            loop {
                tokio::select! {
                    () = &mut over => break,
                    event = self.heard.recv() => match event {
                        Some(Event::ByeAnswered | Event::HungUp) | None => return,
                        Some(Event::Acknowledged | Event::Again | Event::Cancelled) => {}
                    },
                }
            }
            interval = (interval * 2).min(T2);
        }
    }
}

/// Returns the numeric address of a URI if it is on this computer; nothing else is ever contacted
/// from here.
fn reached(uri: &Uri) -> Option<SocketAddr> {
    let ip: IpAddr = uri.host.trim_matches(['[', ']']).parse().ok()?;
    let address = SocketAddr::new(ip, uri.port.unwrap_or(DEFAULT_PORT));
    ip.is_loopback().then_some(address)
}

fn tag(message: &Message, header: &str) -> Option<String> {
    let address = message.header(header).and_then(Address::parse)?;
    address.parameter("tag").map(str::to_owned)
}

fn branch(message: &Message) -> Option<String> {
    message.via()?.branch().map(str::to_owned)
}
