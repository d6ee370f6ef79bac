//! What the window shows of phones: the list, and one phone's page for one SIP credential.
//!
//! [`list()`] has all phones. A [`PhoneSetup`] holds what is known of one credential, whoever opened it,
//! and makes a phone's page, its file, and the text of each field from that.

mod compare;
mod list;
mod setup;
mod sheet;
pub(crate) mod used;

pub(crate) use compare::compare;
pub(crate) use list::list;
pub(crate) use setup::PhoneSetup;
pub(crate) use sheet::{EMERGENCY, PageNotes};
