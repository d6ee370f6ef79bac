//! Splits a byte stream into messages (RFC 3261 section 18.3): Content-Length says where the body
//! ends, and a message without it has no body.

use std::fmt;

use super::message::{LARGEST, Malformed, Message, head_end, start_line, without_leading_breaks};

/// Stream bytes that haven't been split into messages. Holds up to the largest message, and what
/// was pushed after it. Its `Debug` shows only the number of bytes, because they may contain
/// secrets.
#[derive(Default)]
pub struct Stream {
    bytes: Vec<u8>,
    looked_at: usize,
    begun: Option<Begun>,
}

/// A message whose body hasn't arrived: its head is parsed only once, however small the pieces are.
struct Begun {
    message: Message,
    /// Where its body begins.
    head: usize,
    /// Where its body ends.
    end: usize,
}

impl Stream {
    /// Appends received bytes.
    pub fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Returns whether no bytes are pending.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        without_leading_breaks(&self.bytes).is_empty()
    }

    /// Returns the pending bytes: the start of a message, or something else.
    #[must_use]
    pub fn beginning(&self) -> &[u8] {
        &self.bytes
    }

    /// Removes and returns the next complete message. After an error, the stream is unusable.
    pub fn next_message(&mut self) -> Result<Option<Message>, Malformed> {
        let begun = match self.begun.take() {
            Some(begun) => begun,
            None => match self.begin()? {
                Some(begun) => begun,
                None => return Ok(None),
            },
        };
        let Some(body) = self.bytes.get(begun.head..begun.end) else {
            self.begun = Some(begun);
            return Ok(None);
        };
        let mut message = begun.message;
        message.body = body.to_vec();
        self.bytes.drain(..begun.end);
        self.looked_at = 0;
        Ok(Some(message))
    }

    /// Parses the next head, once it is complete.
    fn begin(&mut self) -> Result<Option<Begun>, Malformed> {
        let breaks = self.bytes.len() - without_leading_breaks(&self.bytes).len();
        if breaks > 0 {
            self.bytes.drain(..breaks);
            self.looked_at = 0;
        }
        let Some(head) = head_end(&self.bytes, self.looked_at)? else {
            // A peer that speaks another protocol sends a line and waits, so the end of a head
            // would never arrive.
            if let Some(end) = self.bytes.iter().position(|byte| *byte == b'\n') {
                let line = String::from_utf8_lossy(&self.bytes[..end]);
                start_line(line.trim_end_matches('\r'))?;
            }
            // The line break may have started in the last two bytes.
            self.looked_at = self.bytes.len().saturating_sub(2);
            return Ok(None);
        };
        let message = Message::from_head(&self.bytes[..head])?;
        let end = head + message.announced_length()?.unwrap_or(0);
        if end > LARGEST {
            return Err(Malformed::TooLarge);
        }
        Ok(Some(Begun { message, head, end }))
    }
}

impl fmt::Debug for Stream {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Stream({} bytes)", self.bytes.len())
    }
}

#[cfg(test)]
mod tests {
    use super::super::message::LARGEST_HEAD;
    use super::*;

    #[test]
    fn two_messages_that_arrive_byte_by_byte_are_two_messages() {
        let text = b"\r\n\r\nSIP/2.0 100 Trying\r\nl: 3\r\n\r\nabcSIP/2.0 200 OK\r\n\r\n";
        let mut stream = Stream::default();
        let mut statuses = Vec::new();

        for byte in text {
            stream.push(&[*byte]);
            while let Some(message) = stream.next_message().unwrap() {
                statuses.push((message.status().unwrap(), message.body.len()));
            }
        }

        assert_eq!(statuses, [(100, 3), (200, 0)]);
        assert!(stream.is_empty());
    }

    #[test]
    fn body_in_small_pieces_does_not_reread_the_head() {
        let head = format!("SIP/2.0 200 OK\r\n{}l: 3\r\n\r\n", "A: b\r\n".repeat(100));
        let mut stream = Stream::default();
        stream.push(head.as_bytes());
        assert_eq!(stream.next_message(), Ok(None));
        let begun = stream.begun.as_ref().map(|begun| begun.head);
        assert_eq!(begun, Some(head.len()));

        stream.push(b"ab");

        assert_eq!(stream.next_message(), Ok(None));
        assert_eq!(stream.begun.as_ref().map(|begun| begun.head), begun);
        stream.push(b"c");
        assert_eq!(stream.next_message().unwrap().unwrap().body, b"abc");
        assert!(stream.begun.is_none());
    }

    #[test]
    fn a_first_line_that_is_not_sip_is_refused_at_once() {
        for text in [
            "SSH-2.0-OpenSSH_9.2\r\n",
            "220 mail.example ESMTP\n",
            "\r\n\r\nhello\n",
        ] {
            let mut stream = Stream::default();
            stream.push(text.as_bytes());

            assert_eq!(stream.next_message(), Err(Malformed::Start), "{text:?}");
            assert!(!stream.beginning().is_empty());
        }
    }

    #[test]
    fn debug_shows_no_bytes() {
        let mut stream = Stream::default();
        stream.push(b"Authorization: canary");

        assert_eq!(format!("{stream:?}"), "Stream(21 bytes)");
    }

    #[test]
    fn a_message_that_announces_too_much_is_refused() {
        let mut stream = Stream::default();
        stream.push(format!("SIP/2.0 200 OK\r\nl: {LARGEST}\r\n\r\n").as_bytes());

        assert_eq!(stream.next_message(), Err(Malformed::TooLarge));
    }

    #[test]
    fn headers_without_an_end_are_refused() {
        let mut stream = Stream::default();
        stream.push(&vec![b'a'; LARGEST_HEAD + 1]);

        assert_eq!(stream.next_message(), Err(Malformed::TooLarge));
    }
}
