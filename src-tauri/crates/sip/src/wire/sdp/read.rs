//! Parses session descriptions from untrusted text.

use std::net::{IpAddr, SocketAddr};

use registrar_media::Codec;

use super::Flow;

/// Maximum number of streams per description.
const MOST_STREAMS: usize = 16;
/// Maximum number of payload types per stream.
const MOST_PAYLOADS: usize = 64;
/// Maximum length of a word that is repeated in an answer.
const LONGEST_WORD: usize = 32;

/// A session description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// All streams, in order.
    pub streams: Vec<Stream>,
}

/// One stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stream {
    /// Its kind, such as `audio`.
    pub media: String,
    /// Its protocol, such as `RTP/AVP`.
    pub protocol: String,
    /// Its first format.
    pub format: String,
    /// Its audio parameters.
    pub sound: Audio,
}

/// An audio stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audio {
    /// Where the describing side receives; `None` if the stream is refused or the address is a
    /// name.
    pub address: Option<SocketAddr>,
    /// Where it receives RTCP, if that isn't the next port (RFC 3605).
    pub rtcp: Option<SocketAddr>,
    /// The payload types it accepts, in order of preference.
    pub payloads: Vec<u8>,
    /// The payload type of telephone events.
    pub telephone_event: Option<u8>,
    /// Its directions.
    pub flow: Flow,
}

impl Description {
    /// Returns the first plain audio stream that isn't refused, and its index.
    #[must_use]
    pub fn audio(&self) -> Option<(usize, &Audio)> {
        let mut streams = self.streams.iter().enumerate();
        let found = streams.find(|(_, stream)| {
            let plain = ["RTP/AVP", "RTP/AVPF"].contains(&stream.protocol.as_str());
            stream.media == "audio" && plain && stream.sound.address.is_some()
        });
        found.map(|(at, stream)| (at, &stream.sound))
    }
}

impl Audio {
    /// Returns the first codec that we support.
    #[must_use]
    pub fn codec(&self) -> Option<Codec> {
        let mut payloads = self.payloads.iter();
        payloads.find_map(|payload| Codec::from_payload(*payload))
    }

    /// Returns whether the address is 0.0.0.0 or ::, which puts a call on hold (RFC 3264
    /// section 8.4).
    #[must_use]
    pub fn is_unspecified(&self) -> bool {
        self.address
            .is_some_and(|address| address.ip().is_unspecified())
    }
}

/// Parses the first plain audio stream of a description.
#[must_use]
pub fn audio(body: &[u8]) -> Option<Audio> {
    let description = read(body)?;
    description.audio().map(|(_, audio)| audio.clone())
}

/// Parses a description. `None` if it isn't one, or has too many streams.
#[must_use]
pub fn read(body: &[u8]) -> Option<Description> {
    let text = String::from_utf8_lossy(body);
    let mut lines = text.lines().map(str::trim_end);
    if lines.next()? != "v=0" {
        return None;
    }
    let mut session = Part::default();
    let mut streams: Vec<(Head, Part)> = Vec::new();
    for line in lines {
        let Some((kind, value)) = line.split_once('=') else {
            continue;
        };
        if kind == "m" {
            if streams.len() == MOST_STREAMS {
                return None;
            }
            streams.push((Head::parse(value)?, Part::default()));
            continue;
        }
        let part = streams.last_mut().map_or(&mut session, |(_, part)| part);
        match kind {
            "c" => part.connection = Some(connection(value).map_or(Host::Name, Host::Address)),
            "a" => part.attribute(value),
            _ => {}
        }
    }
    let streams = streams.into_iter().map(|(head, part)| {
        let sound = part.sound(&head, &session);
        Stream {
            media: head.media,
            protocol: head.protocol,
            format: head.format,
            sound,
        }
    });
    Some(Description {
        streams: streams.collect(),
    })
}

/// The first line of a stream.
struct Head {
    media: String,
    port: u16,
    protocol: String,
    format: String,
    payloads: Vec<u8>,
}

impl Head {
    fn parse(value: &str) -> Option<Self> {
        let mut words = value.split_ascii_whitespace();
        // A refused stream's words are repeated in our answer, so they must contain nothing else.
        let is_plain = |word: &&str| {
            word.len() <= LONGEST_WORD && word.bytes().all(|byte| byte.is_ascii_graphic())
        };
        let mut word = || words.next().filter(is_plain);
        let (media, port, protocol, format) = (word()?, word()?, word()?, word()?);
        let rest = words.take(MOST_PAYLOADS - 1);
        let payloads = std::iter::once(format).chain(rest);
        Some(Self {
            // A number after the port is the number of ports; the first is enough.
            port: port.split('/').next()?.parse().ok()?,
            media: media.to_owned(),
            protocol: protocol.to_owned(),
            format: format.to_owned(),
            payloads: payloads.filter_map(|word| word.parse().ok()).collect(),
        })
    }
}

/// Where the describing side receives.
#[derive(Clone, Copy)]
enum Host {
    Address(IpAddr),
    /// Names aren't resolved for audio.
    Name,
}

/// The attributes of the session or of one stream.
#[derive(Default)]
struct Part {
    connection: Option<Host>,
    flow: Option<Flow>,
    rtcp: Option<(u16, Option<IpAddr>)>,
    /// Payload types and the names assigned to them.
    names: Vec<(u8, String)>,
}

impl Part {
    fn attribute(&mut self, value: &str) {
        let (name, value) = value.split_once(':').unwrap_or((value, ""));
        if let Some(flow) = Flow::parse(name) {
            self.flow = Some(flow);
        }
        let (first, rest) = value.split_once(' ').unwrap_or((value, ""));
        match name {
            "rtcp" => self.rtcp = first.parse().ok().map(|port| (port, connection(rest))),
            "rtpmap" if self.names.len() < MOST_PAYLOADS => {
                if let Ok(payload) = first.parse() {
                    let name = rest.trim().to_ascii_lowercase();
                    self.names.push((payload, name));
                }
            }
            _ => {}
        }
    }

    fn sound(self, head: &Head, session: &Self) -> Audio {
        let ip = match self.connection.or(session.connection) {
            Some(Host::Address(ip)) if head.port != 0 => Some(ip),
            Some(Host::Address(_) | Host::Name) | None => None,
        };
        let named = |payload: u8| {
            let mut names = self.names.iter().rev();
            names.find(|(other, _)| *other == payload)
        };
        let is_keys = |payload: &u8| {
            named(*payload).is_some_and(|(_, name)| name.starts_with("telephone-event/8000"))
        };
        let is_own = |payload: &u8| match (Codec::from_payload(*payload), named(*payload)) {
            (Some(Codec::Pcmu), Some((_, name))) => name.starts_with("pcmu/8000"),
            (Some(Codec::Pcma), Some((_, name))) => name.starts_with("pcma/8000"),
            (None, _) | (_, None) => true,
        };
        Audio {
            address: ip.map(|ip| SocketAddr::new(ip, head.port)),
            rtcp: ip.zip(self.rtcp).map(|(ip, (port, own))| {
                let ip = own.unwrap_or(ip);
                SocketAddr::new(ip, port)
            }),
            telephone_event: head.payloads.iter().copied().find(is_keys),
            payloads: head.payloads.iter().copied().filter(is_own).collect(),
            flow: self.flow.or(session.flow).unwrap_or_default(),
        }
    }
}

/// Parses `IN IP4 192.0.2.1`. A name isn't resolved.
fn connection(value: &str) -> Option<IpAddr> {
    let address = value.split_ascii_whitespace().nth(2)?;
    address.split('/').next()?.parse().ok()
}
