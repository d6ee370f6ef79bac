//! What the registrar needs to know about open calls, which are managed elsewhere.

use std::time::Duration;

use registrar_sip::message::Message;

/// How the called number behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Callee {
    /// Answers after this delay, and treats the sound like this.
    Answers(Duration, Sound),
    /// Refuses with this status, immediately or after ringing.
    Refuses(u16),
    /// Rings until the caller gives up.
    Rings,
}

/// What comes back of a call's sound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sound {
    /// Every packet.
    #[default]
    Echoed,
    /// All but every fifth packet.
    Lossy,
    /// Nothing.
    OneWay,
}

/// The open calls. Each request is passed to the call that it belongs to.
pub trait Dialogs {
    /// Returns whether an INVITE is a retransmission, and notifies its call if so.
    fn is_again(&self, request: &Message) -> bool;

    /// Notifies a call of its ACK.
    fn acknowledge(&self, request: &Message);

    /// Returns whether a request belongs to an open call.
    fn is_open(&self, request: &Message) -> bool;

    /// Notifies a call of its BYE. Returns whether there is such a call.
    fn hang_up(&self, request: &Message) -> bool;

    /// Notifies a call that our BYE was answered.
    fn bye_answered(&self, response: &Message);

    /// Notifies a call that it was canceled. Returns whether there is such a call.
    fn cancel(&self, request: &Message) -> bool;
}

/// Never has a call: for a registrar that only handles registrations.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoDialogs;

impl Dialogs for NoDialogs {
    fn is_again(&self, _: &Message) -> bool {
        false
    }

    fn acknowledge(&self, _: &Message) {}

    fn is_open(&self, _: &Message) -> bool {
        false
    }

    fn hang_up(&self, _: &Message) -> bool {
        false
    }

    fn bye_answered(&self, _: &Message) {}

    fn cancel(&self, _: &Message) -> bool {
        false
    }
}
