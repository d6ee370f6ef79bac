//! What the fuzz targets hold of SIP and SDP. Each `run` takes any bytes and panics where something
//! does not hold that must.
#![forbid(unsafe_code)]

pub mod dialogue;
pub mod memory;
pub mod message;
pub mod sdp;
pub mod shown;
