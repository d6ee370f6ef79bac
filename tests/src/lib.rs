//! Home of the tests beside this crate; it holds nothing itself.
