//! What the fuzz targets hold of untrusted bytes. Each `run` takes any bytes and panics where something
//! does not hold that must.
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
