//! Bandwidth's APIs: the dashboard's realms, SIP credentials and settings, and the calls of the Voice
//! API (dev.bandwidth.com).
//!
//! A [`Dashboard`](dashboard::Dashboard) is one account, signed in to at the addresses of an
//! [`Environment`](dashboard::Environment); [`Voice`](voice::Voice) takes the same sign-in. A request
//! that comes to nothing is a [`registrar_http::Error`], judged by the code in its answer first.
//! [`new_realm`] has a realm made and waits until it can be used; [`discovery`] finds its registrar, in
//! the account's settings and in this computer's DNS.
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
