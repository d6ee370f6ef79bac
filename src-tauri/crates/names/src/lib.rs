//! Validated names, numbers and IDs. A value of one of these types can be sent.
//!
//! [`UserName`], [`Domain`] and [`RealmName`] are Bandwidth's, and return a [`NameProblem`] for
//! text that isn't valid; a [`PhoneNumber`] is what Bandwidth and Twilio call. Other crates define
//! more such types with [`name!`].
//!
//! ```
//! use registrar_names::{NameProblem, UserName};
//!
//! let name = UserName::parse(" frontdesk\n")?;
//! assert_eq!(name.as_str(), "frontdesk");
//! assert_eq!(UserName::parse("front:desk"), Err(NameProblem::UserNameColon));
//! # Ok::<(), NameProblem>(())
//! ```

mod bandwidth;
mod phone_number;
#[cfg(any(test, feature = "testing"))]
pub mod testing;

pub use bandwidth::{
    AccountNumber, ApplicationId, Description, Domain, NameProblem, RealmName, UserName,
};
pub use phone_number::{NumberProblem, PhoneNumber};
pub use registrar_secret::typed::{is_invisible, trimmed};

/// Makes a type for text that is checked once, when it is read.
///
/// The module that calls it writes `parse(&str) -> Result<Self, Problem>`, the only way to a value:
/// serde reads by it, too. The crate that calls it depends on serde.
#[macro_export]
macro_rules! name {
    ($(#[$doc:meta])* $name:ident, $problem:ty) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, ::serde::Serialize, ::serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Returns the name as it is sent.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = $problem;

            fn try_from(typed: String) -> Result<Self, Self::Error> {
                Self::parse(&typed)
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0
            }
        }
    };
}
