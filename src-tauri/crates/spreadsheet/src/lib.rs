//! Reads CSV in any common encoding, separator and line ending, using memory that doesn't grow with
//! the file; and writes CSV that spreadsheet programs don't alter.
//!
//! [`Records`] reads rows from a [`Text`], one [`Batch`] at a time; [`write_row`] writes a row.
//! [`damage()`] tells how a spreadsheet altered a value that it mistook for something else.
//!
//! ```
//! use registrar_spreadsheet::{Batch, Records, Text, write_row};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut file = Vec::new();
//! write_row(&["anna", "0012"], &mut file);
//! assert_eq!(file, b"anna,\"=\"\"0012\"\"\"\r\n");
//!
//! let mut records = Records::new(Text::begin(&file[..])?, b',');
//! let mut batch = Batch::default();
//! records.read(&mut batch, 100)?;
//! let row = batch.rows().next().ok_or("no row")?;
//! assert_eq!(row.cell(1), "0012");
//! assert!(row.is_text_formula(1));
//! # Ok(())
//! # }
//! ```

pub mod cell;
pub mod damage;
mod error;
mod file;
pub mod lost_zeros;
mod quotes;
mod records;
mod text;

pub use cell::{UTF_8_MARK, write_row};
pub use damage::{Damage, damage};
pub use error::{Error, Unusable};
pub use file::{Fingerprint, MOST_BYTES, Watched};
pub use records::{Batch, Cells, MOST_COLUMNS, MOST_IN_A_ROW, Records, Trouble};
pub use text::{BLOCK, Encoding, Text};
