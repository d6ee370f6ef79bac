//! CSV as people have it: any of the usual encodings, separators and line ends, in memory that does
//! not grow with the file.
//!
//! [`file`] opens it and notices when it changes, [`text`] makes UTF-8 with one kind of line end of
//! it, [`records`] takes that apart, [`quotes`] finds
//! quotation marks that are not doubled, and [`layout`] finds out which column is what.

pub mod fault;
pub mod file;
pub mod layout;
mod quotes;
pub mod records;
pub mod text;

pub use fault::{Fault, Unusable};
pub use file::{Fingerprint, Watched};
pub use layout::{Column, Layout};
pub use records::{Batch, Cells, Records, Trouble};
pub use text::{Encoding, Text};
