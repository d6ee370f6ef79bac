//! What goes into a phone, and the sheet that goes with it.

pub mod linphone;
pub mod sheet;
