//! Bandwidth's APIs: the dashboard API for realms, SIP credentials and settings, and the calls of
//! the Voice API (dev.bandwidth.com).
//!
//! A [`Dashboard`](dashboard::Dashboard) is one account, signed in to at the addresses of an
//! [`Environment`](dashboard::Environment); [`Voice`](voice::Voice) uses the same sign-in. A failed
//! request is a [`registrar_http::Error`], judged first by the code in the response. [`new_realm`]
//! creates a realm and waits until it is ready; [`discovery`] finds its registrar from the
//! account's settings and this computer's DNS.
//!
//! ```
//! use std::sync::Arc;
//!
//! use registrar_activity::Activity;
//! use registrar_bandwidth::dashboard::{AccountNumber, Dashboard, Environment, SignIn};
//! use registrar_secret::SignInSecret;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let sign_in = SignIn::ApiClient {
//!     client_id: "client".to_owned(),
//!     secret: SignInSecret::new("keep this to yourself"),
//! };
//! let account = AccountNumber::parse("5500123")?;
//! let activity = Arc::new(Activity::default());
//! let dashboard = Dashboard::new(Environment::production(), account, sign_in, activity)?;
//!
//! let shown = dashboard.preview_realms().text();
//! assert!(shown.starts_with("GET /api/v2/accounts/5500123/realms"));
//! assert!(!shown.contains("yourself"));
//! # Ok(())
//! # }
//! ```

pub mod dashboard;
pub mod discovery;
pub mod new_realm;
pub mod voice;
