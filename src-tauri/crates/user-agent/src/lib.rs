//! The SIP user agent over sockets: locates the registrar, checks a registration, places a call,
//! and pings.
//!
//! [`resolve`] finds addresses as specified in RFC 3263, [`mod@check`] registers and un-registers,
//! and [`call::dial`] places a call with audio. Messages are interpreted in [`registrar_sip`].
//!
//! ```
//! use registrar_sip::TransportName;
//! use registrar_user_agent::resolve::{FixedDns, locate};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! let dns = FixedDns::default()
//!     .with_srv("_sip._udp.r.example", 5062, "sbc.example")
//!     .with_address("sbc.example", [192, 0, 2, 7].into());
//! let targets = locate(&dns, "r.example", None, TransportName::Udp).await;
//! assert_eq!(targets.unwrap()[0].address.to_string(), "192.0.2.7:5062");
//! # }
//! ```

pub mod batch_check;
mod beside;
pub mod breaker;
pub mod call;
pub mod check;
pub mod consent;
pub mod message_chart;
pub mod pace;
pub mod ping;
pub mod resolve;
#[cfg(any(test, feature = "testing"))]
pub mod scripted;
pub mod tls;
pub mod transport;
pub mod watch;
