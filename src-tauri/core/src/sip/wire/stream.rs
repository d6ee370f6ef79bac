//! Messages out of a stream of bytes (RFC 3261 section 18.3): the body ends where Content-Length
//! says, and a message without it has no body.

use super::message::{LARGEST, Malformed, Message, head_end, without_leading_breaks};

/// Bytes of a stream that are not yet messages. It holds two of the largest messages at most.
#[derive(Debug, Default)]
pub struct Stream {
    bytes: Vec<u8>,
    looked_at: usize,
}

impl Stream {
    /// Adds what was read.
    pub fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Returns whether nothing of an unfinished message is held.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        without_leading_breaks(&self.bytes).is_empty()
    }

    /// Takes the next whole message. After an error the stream cannot be read on.
    pub fn next_message(&mut self) -> Result<Option<Message>, Malformed> {
        let breaks = self.bytes.len() - without_leading_breaks(&self.bytes).len();
        if breaks > 0 {
            self.bytes.drain(..breaks);
            self.looked_at = 0;
        }
        let Some(end) = head_end(&self.bytes, self.looked_at) else {
            if self.bytes.len() > LARGEST {
                return Err(Malformed::TooLarge);
            }
            // The break may have begun in the last two bytes.
            self.looked_at = self.bytes.len().saturating_sub(2);
            return Ok(None);
        };
        if end > LARGEST {
            return Err(Malformed::TooLarge);
        }
        let mut message = Message::from_head(&self.bytes[..end])?;
        let length = message.announced_length()?.unwrap_or(0);
        let Some(body) = self.bytes.get(end..end + length) else {
            return Ok(None);
        };
        message.body = body.to_vec();
        self.bytes.drain(..end + length);
        self.looked_at = 0;
        Ok(Some(message))
    }
}

#[cfg(test)]
mod tests {
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
    fn headers_without_an_end_are_refused() {
        let mut stream = Stream::default();
        stream.push(&vec![b'a'; LARGEST + 1]);

        assert_eq!(stream.next_message(), Err(Malformed::TooLarge));
    }
}
