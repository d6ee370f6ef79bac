//! The file of an import: its faults, and which column is what.

mod fault;
mod layout;

pub use fault::Fault;
pub use layout::{Column, Layout};

pub use crate::spreadsheet::{
    Batch, Cells, Encoding, Fingerprint, Records, Text, Trouble, Unusable, Watched,
};
