//! The layout of an import file, and its errors.

mod column;
mod fault;
mod layout;

pub use column::Column;
pub use fault::Fault;
pub use layout::Layout;

pub use registrar_spreadsheet::{
    Batch, Cells, Encoding, Fingerprint, Records, Text, Trouble, Unusable, Watched,
};
