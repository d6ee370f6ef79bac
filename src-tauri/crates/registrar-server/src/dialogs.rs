//! What the registrar needs to know about open calls, which are managed elsewhere.

use std::time::Duration;

use registrar_sip::message::Message;

/// What the called number does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Callee {
    /// Answers after a while.
    Answers(Duration),
    /// Refuses with a status, at once or after it rang.
    Refuses(u16),
    /// Rings until the caller gives up.
    Rings,
}

/// The calls that are open. A request is told to the call that it belongs to.
pub trait Dialogs {
    /// Returns whether an INVITE came again, which its call is told then.
    fn is_again(&self, request: &Message) -> bool;

    /// Tells a call of its ACK.
    fn acknowledge(&self, request: &Message);

    /// Returns whether a request belongs to an open call.
    fn is_open(&self, request: &Message) -> bool;

    /// Tells a call of its BYE. Returns whether there is such a call.
    fn hang_up(&self, request: &Message) -> bool;

    /// Tells a call that our BYE was answered.
    fn bye_answered(&self, response: &Message);

    /// Tells a call that it is canceled. Returns whether there is such a call.
    fn cancel(&self, request: &Message) -> bool;
}

/// No calls: a registrar where phones register and nobody calls.
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
