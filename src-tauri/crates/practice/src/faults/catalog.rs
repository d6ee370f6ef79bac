//! The faults that a person can switch on, each by its name.

use std::time::Duration;

use registrar_server::{Callee, Sound};
use serde::{Deserialize, Serialize};

use super::{Faults, Spoiled, WireFault};
use crate::registrar::Rewriting;

/// How long every answer takes while everything is slow.
const SLOW: Duration = Duration::from_secs(2);
/// What the registrar asks for where a registration is too brief, in seconds: more than it grants.
const TOO_LONG: u32 = 7200;
/// The realm that challenges name in place of the right one.
const OTHER_REALM: &str = "sip.other-company.example";
/// 'Application was not found on the account'.
const NO_APPLICATION: u32 = 23019;
/// Twilio's 'Permission to send a message or place a call has not been enabled for the region'.
const NOT_PERMITTED: u32 = 21215;

/// What a fault belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts", rename = "FaultGroup")
)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// The sign-in to Bandwidth.
    SignIn,
    /// A new realm.
    Realm,
    /// A SIP credential.
    Credential,
    /// The registrar.
    Registrar,
    /// A call.
    Call,
    /// What lies between this computer and the services.
    Network,
}

macro_rules! catalog {
    ($($group:ident { $($(#[$doc:meta])+ $fault:ident,)+ })+) => {
        /// A fault that can be switched on.
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[cfg_attr(
            feature = "export-types",
            derive(ts_rs::TS),
            ts(export_to = "types.d.ts")
        )]
        #[serde(rename_all = "snake_case")]
        pub enum Fault {
            $($($(#[$doc])+ $fault,)+)+
        }

        impl Fault {
            /// Every fault with its group, in the order in which they are shown.
            pub const ALL: &[(Self, Group)] = &[$($((Self::$fault, Group::$group),)+)+];
        }
    };
}

catalog! {
    SignIn {
        /// The client secret is refused.
        WrongSecret,
        /// The role 'SIP Credentials' is missing.
        RoleMissing,
        /// The account isn't enabled for SIP credentials.
        AccountNotEnabled,
    }
    Realm {
        /// New realms stay pending.
        RealmStuck,
        /// New realms fail.
        RealmFailed,
        /// Every name of a new realm is taken.
        RealmNameTaken,
    }
    Credential {
        /// The first SIP credential of a request is refused.
        OneRefused,
        /// The first letter of a user name is stored in another case.
        LetterCaseChanged,
        /// The stored hashes are in capital letters.
        HashCapitals,
        /// A domain was added to the user name.
        HashDomainAdded,
        /// The domain was left out.
        HashDomainLeftOut,
        /// The user name had another letter case.
        HashNameCase,
        /// The user name was in capital letters.
        HashNameInCapitals,
        /// A line feed followed the password.
        HashNewline,
        /// Hash1 and Hash1b were swapped.
        HashesSwapped,
        /// The password was in another Unicode form.
        HashOtherLetters,
        /// The hashes are for another realm.
        HashOtherRealm,
        /// The realm was in capital letters.
        HashRealmInCapitals,
        /// Only the first part of the realm was used.
        HashShortRealm,
        /// The spaces around the password were dropped.
        HashSpacesDropped,
        /// A space followed the password.
        HashSpaceBehind,
        /// A space came before the password.
        HashSpaceBefore,
        /// Both have the form of the guide's table.
        HashTableForm,
        /// The password was encoded as Windows-1252.
        HashWindowsLetters,
        /// A Windows line ending followed the password.
        HashWindowsNewline,
    }
    Registrar {
        /// Nothing listens on the registrar's port.
        PortClosed,
        /// Challenges name another realm.
        WrongRealm,
        /// Every nonce is stale.
        StaleNonce,
        /// 403.
        Forbidden,
        /// 404.
        UnknownUser,
        /// 423.
        IntervalTooBrief,
        /// 503.
        Unavailable,
        /// A proved registration is refused, because there are too many.
        TooManyContacts,
        /// Challenges offer only SHA-256.
        Sha256Only,
        /// 421 with Path.
        PathWanted,
    }
    Call {
        /// Every number is busy.
        Busy,
        /// Every number rings and nobody answers.
        NoAnswer,
        /// No sound comes back.
        OneWaySound,
        /// Every fifth packet is lost.
        PacketsLost,
        /// Twilio refuses calls.
        TwilioError,
        /// The Voice API refuses calls.
        BandwidthError,
    }
    Network {
        /// A router's SIP ALG rewrites messages.
        SipAlg,
        /// A router translates addresses.
        Nat,
        /// Everything takes two seconds.
        Slow,
        /// The registrar answers nothing.
        Silent,
        /// The dashboard's answers end in their middle.
        CutOff,
        /// This computer's DNS doesn't know the realm yet.
        DnsMissing,
        /// This computer's DNS names another port.
        DnsDiffers,
        /// The registrar's certificate is self-signed.
        TlsSelfSigned,
        /// The dashboard answers with 429.
        TooManyRequests,
        /// The dashboard answers with 500.
        ServerError,
        /// The dashboard answers with HTML.
        HtmlForXml,
    }
}

impl Fault {
    /// Returns the group.
    #[must_use]
    pub fn group(self) -> Group {
        let found = Self::ALL.iter().find(|(fault, _)| *fault == self);
        found.map_or(Group::Network, |(_, group)| *group)
    }

    /// Returns whether it can be for one time: not where it lies in wait for no request.
    #[must_use]
    pub fn can_be_once(self) -> bool {
        let lasts = matches!(
            self,
            Self::DnsDiffers
                | Self::DnsMissing
                | Self::PortClosed
                | Self::RealmStuck
                | Self::TlsSelfSigned
        );
        !lasts && !self.is_of_hashes()
    }

    /// Returns whether it is about the stored hashes of a SIP credential.
    #[must_use]
    pub fn is_of_hashes(self) -> bool {
        (Self::HashCapitals..=Self::HashWindowsNewline).contains(&self)
    }

    /// Returns the SIP request that sees it, if it lies in wait for one.
    #[allow(
        clippy::wildcard_enum_match_arm,
        reason = "the group says it of the others"
    )]
    pub(crate) fn sip_method(self) -> Option<&'static str> {
        match self {
            Self::Busy | Self::NoAnswer | Self::OneWaySound | Self::PacketsLost => Some("INVITE"),
            Self::Nat | Self::SipAlg | Self::Silent => Some("REGISTER"),
            fault => (fault.group() == Group::Registrar).then_some("REGISTER"),
        }
    }

    /// Returns whether both can't be on at the same time.
    pub(crate) fn excludes(self, other: Self) -> bool {
        self != other
            && self
                .place()
                .is_some_and(|place| other.place() == Some(place))
    }

    /// Returns the place that only one fault can have.
    #[allow(clippy::wildcard_enum_match_arm, reason = "the others exclude none")]
    fn place(self) -> Option<u8> {
        match self {
            Self::RealmFailed | Self::RealmStuck => Some(0),
            Self::CutOff | Self::HtmlForXml | Self::ServerError | Self::TooManyRequests => Some(1),
            Self::Busy | Self::NoAnswer => Some(2),
            Self::OneWaySound | Self::PacketsLost => Some(3),
            Self::Nat | Self::SipAlg => Some(4),
            Self::DnsDiffers | Self::DnsMissing => Some(5),
            Self::Forbidden | Self::PathWanted | Self::Unavailable | Self::UnknownUser => Some(6),
            fault => fault.is_of_hashes().then_some(7),
        }
    }

    /// Adds what it does.
    pub(crate) fn inject(self, faults: &mut Faults) {
        let spoil = |wire: &mut WireFault, spoiled| wire.spoiled = Some(spoiled);
        let registrar = &mut faults.registrar;
        match self {
            Self::WrongSecret => faults.secret_refused = true,
            Self::RoleMissing => faults.role_missing = true,
            Self::AccountNotEnabled => faults.account_not_enabled = true,
            Self::RealmStuck => faults.realm_stuck = true,
            Self::RealmFailed => faults.realm_fails = true,
            Self::RealmNameTaken => faults.realm_name_taken = true,
            Self::OneRefused => faults.credential_refused = Some(NO_APPLICATION),
            Self::LetterCaseChanged => faults.letter_case_changed = true,
            Self::HashCapitals
            | Self::HashDomainAdded
            | Self::HashDomainLeftOut
            | Self::HashNameCase
            | Self::HashNameInCapitals
            | Self::HashNewline
            | Self::HashesSwapped
            | Self::HashOtherLetters
            | Self::HashOtherRealm
            | Self::HashRealmInCapitals
            | Self::HashShortRealm
            | Self::HashSpacesDropped
            | Self::HashSpaceBehind
            | Self::HashSpaceBefore
            | Self::HashTableForm
            | Self::HashWindowsLetters
            | Self::HashWindowsNewline => faults.stored = Some(self),
            Self::PortClosed => faults.network.closed = true,
            Self::WrongRealm => registrar.realm = Some(OTHER_REALM.to_owned()),
            Self::StaleNonce => registrar.stale = true,
            Self::Forbidden => registrar.status = Some(403),
            Self::UnknownUser => registrar.status = Some(404),
            Self::IntervalTooBrief => registrar.shortest = Some(TOO_LONG),
            Self::Unavailable => registrar.status = Some(503),
            Self::PathWanted => registrar.status = Some(421),
            Self::TooManyContacts => registrar.contacts_full = true,
            Self::Sha256Only => registrar.sha256_only = true,
            Self::Busy => registrar.callee = Some(Callee::Refuses(486)),
            Self::NoAnswer => registrar.callee = Some(Callee::Rings),
            Self::OneWaySound => registrar.sound = Sound::OneWay,
            Self::PacketsLost => registrar.sound = Sound::Lossy,
            Self::TwilioError => faults.twilio_refuses = Some(NOT_PERMITTED),
            Self::BandwidthError => faults.voice_role_missing = true,
            Self::SipAlg => faults.network.rewriting = Some(Rewriting::Alg),
            Self::Nat => faults.network.rewriting = Some(Rewriting::Nat),
            Self::Slow => {
                registrar.delay = SLOW;
                for wire in [
                    &mut faults.token,
                    &mut faults.dashboard,
                    &mut faults.twilio,
                    &mut faults.voice,
                ] {
                    wire.slow = SLOW;
                }
            }
            Self::Silent => registrar.silent = true,
            Self::CutOff => spoil(&mut faults.dashboard, Spoiled::CutOff),
            Self::DnsMissing => faults.dns_missing = true,
            Self::DnsDiffers => faults.dns_differs = true,
            Self::TlsSelfSigned => faults.network.tls = true,
            Self::TooManyRequests => spoil(&mut faults.dashboard, Spoiled::TooMany),
            Self::ServerError => spoil(&mut faults.dashboard, Spoiled::ServerError),
            Self::HtmlForXml => spoil(&mut faults.dashboard, Spoiled::Html),
        }
    }
}
