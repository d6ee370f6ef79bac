//! The subset of SDP that a call needs: one G.711 audio stream with telephone events (RFC 8866),
//! and the offer/answer rules (RFC 3264).

mod read;

use std::fmt::Write as _;
use std::net::SocketAddr;

pub use read::{Audio, Description, Stream, audio, read};

use registrar_media::{Codec, Direction};

/// The media type of a description.
pub const TYPE: &str = "application/sdp";
/// The payload type of telephone events in our offers (RFC 4733).
pub const TELEPHONE_EVENT: u8 = 101;
/// Our codecs, in order of preference.
const CODECS: [Codec; 2] = [Codec::Pcmu, Codec::Pcma];

/// The directions of audio from the describing side's point of view (RFC 8866 section 6.7).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Flow {
    /// Neither direction.
    Inactive,
    /// Only to the describing side.
    RecvOnly,
    /// Only from the describing side.
    SendOnly,
    /// Both directions.
    #[default]
    SendRecv,
}

impl Flow {
    const ALL: [Self; 4] = [
        Self::Inactive,
        Self::RecvOnly,
        Self::SendOnly,
        Self::SendRecv,
    ];

    /// Returns the attribute's name.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Inactive => "inactive",
            Self::RecvOnly => "recvonly",
            Self::SendOnly => "sendonly",
            Self::SendRecv => "sendrecv",
        }
    }

    /// Parses an attribute.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|flow| flow.word() == word)
    }

    /// Returns whether the describing side sends.
    #[must_use]
    pub fn sends(self) -> bool {
        matches!(self, Self::SendOnly | Self::SendRecv)
    }

    /// Returns whether the describing side receives.
    #[must_use]
    pub fn receives(self) -> bool {
        matches!(self, Self::RecvOnly | Self::SendRecv)
    }

    /// Returns the directions that both allow.
    #[must_use]
    pub fn within(self, other: Self) -> Self {
        let sends = self.sends() && other.sends();
        match (sends, self.receives() && other.receives()) {
            (true, true) => Self::SendRecv,
            (true, false) => Self::SendOnly,
            (false, true) => Self::RecvOnly,
            (false, false) => Self::Inactive,
        }
    }

    /// Returns the most that the other side may do (RFC 3264 section 6.1).
    #[must_use]
    pub fn answered(self) -> Self {
        match self {
            Self::Inactive => Self::Inactive,
            Self::RecvOnly => Self::SendOnly,
            Self::SendOnly => Self::RecvOnly,
            Self::SendRecv => Self::SendRecv,
        }
    }
}

/// What both sides agreed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreed {
    /// Where audio goes; `None` if none may be sent and none is expected, as on hold by the address
    /// 0.0.0.0.
    pub direction: Option<Direction>,
    /// The other side doesn't accept our audio: it put the call on hold.
    pub held: bool,
}

/// Our side of a call's media negotiation.
#[derive(Clone, Debug)]
pub struct Ours {
    local: SocketAddr,
    id: u64,
    version: u64,
    /// What we want: hold, or both directions.
    wanted: Flow,
    /// What our last description said.
    flow: Flow,
}

impl Ours {
    /// Creates the state. Audio is received at `local`, and `id` is an arbitrary number.
    #[must_use]
    pub fn new(local: SocketAddr, id: u64) -> Self {
        Self {
            local,
            id,
            version: 0,
            wanted: Flow::SendRecv,
            flow: Flow::SendRecv,
        }
    }

    /// Offers PCMU, PCMA and telephone events. `flow` is what we want from then on:
    /// [`Flow::SendOnly`] holds the call, and no offer from the other side changes that.
    pub fn offer(&mut self, flow: Flow) -> String {
        self.wanted = flow;
        self.flow = flow;
        let mut text = self.head();
        text.push_str(&self.stream(&CODECS, Some(TELEPHONE_EVENT), flow));
        text
    }

    /// Returns what we want.
    #[must_use]
    pub fn wanted(&self) -> Flow {
        self.wanted
    }

    /// Restores what was wanted before an offer that was refused.
    pub fn want_again(&mut self, flow: Flow) {
        self.wanted = flow;
        self.flow = flow;
    }

    /// Answers an offer with its first codec that we support; all other streams are refused. `None`
    /// if there is nothing in common.
    pub fn answer(&mut self, offer: &Description) -> Option<(String, Agreed)> {
        let (at, audio) = offer.audio()?;
        let codec = audio.codec()?;
        let flow = audio.flow.answered().within(self.wanted);
        let mut text = self.head();
        for (other, stream) in offer.streams.iter().enumerate() {
            if other == at {
                text.push_str(&self.stream(&[codec], audio.telephone_event, flow));
            } else {
                // Every stream is answered in its position, a refused one with port 0.
                let Stream {
                    media,
                    protocol,
                    format,
                    ..
                } = stream;
                let _ = write!(text, "m={media} 0 {protocol} {format}\r\n");
            }
        }
        self.flow = flow;
        Some((text, self.agreed(audio)?))
    }

    /// Parses the answer to our offer. `None` if there is nothing in common.
    #[must_use]
    pub fn accept(&self, answer: &Description) -> Option<Agreed> {
        let (_, audio) = answer.audio()?;
        self.agreed(audio)
    }

    fn agreed(&self, theirs: &Audio) -> Option<Agreed> {
        let codec = theirs.codec()?;
        let reached = |peer: &SocketAddr| {
            let ip = peer.ip();
            !ip.is_unspecified() && !ip.is_multicast() && ip.is_ipv4() == self.local.is_ipv4()
        };
        let peer = theirs.address.filter(reached);
        let takes = theirs.flow.receives();
        Some(Agreed {
            direction: peer.map(|peer| Direction {
                peer,
                rtcp_peer: theirs.rtcp.filter(reached),
                codec,
                telephone_event: theirs.telephone_event,
                sends: takes && self.flow.sends(),
                receives: theirs.flow.sends() && self.flow.receives(),
            }),
            held: !takes || theirs.is_unspecified(),
        })
    }

    /// Writes the session-level lines. Each description of a call has its own version number.
    fn head(&mut self) -> String {
        self.version += 1;
        let (id, version, ip) = (self.id, self.version, self.local.ip());
        let family = if self.local.is_ipv4() { "IP4" } else { "IP6" };
        format!(
            "v=0\r\no=- {id} {version} IN {family} {ip}\r\ns=-\r\nc=IN {family} {ip}\r\nt=0 0\r\n"
        )
    }

    fn stream(&self, codecs: &[Codec], keys: Option<u8>, flow: Flow) -> String {
        let mut line = format!("m=audio {} RTP/AVP", self.local.port());
        let mut lines = String::new();
        for codec in codecs {
            let payload = codec.payload();
            let name = match codec {
                Codec::Pcma => "PCMA",
                Codec::Pcmu => "PCMU",
            };
            let _ = write!(line, " {payload}");
            let _ = write!(lines, "a=rtpmap:{payload} {name}/8000\r\n");
        }
        if let Some(keys) = keys {
            let _ = write!(line, " {keys}");
            let _ = write!(
                lines,
                "a=rtpmap:{keys} telephone-event/8000\r\na=fmtp:{keys} 0-15\r\n"
            );
        }
        format!("{line}\r\n{lines}a=ptime:20\r\na={}\r\n", flow.word())
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
