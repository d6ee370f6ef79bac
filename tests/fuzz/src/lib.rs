//! The properties that the fuzz targets check for untrusted bytes. Each `run` takes any bytes and
//! panics if a property is violated.
#![forbid(unsafe_code)]

pub mod answers;
pub mod certificate;
pub mod csv;
pub mod dialogue;
pub mod link;
pub mod media;
pub mod memory;
pub mod message;
pub mod packed;
pub mod saved;
pub mod sdp;
pub mod shown;
