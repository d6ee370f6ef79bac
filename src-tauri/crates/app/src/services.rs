//! The services that the journey talks to.
//!
//! These values are the only difference between real and practice.

use std::sync::Arc;

use registrar_bandwidth::dashboard::{Environment, EnvironmentName};
use registrar_bandwidth::discovery::Found;
use registrar_http::service_url::ServiceUrl;
use registrar_keychain::{System, Vault};
use registrar_practice::{
    Practice, PracticeAddresses, SampleCheck, SampleSignIn, SampleTwilio, SampleVoice,
};
use registrar_twilio::Twilio;
use registrar_user_agent::resolve::{Resolve, SystemDns, Target};

use crate::Error;
use crate::account::Account;

/// Everything outside this process that a journey reaches.
#[derive(Clone)]
pub struct Services {
    /// The environments to choose from, the usual one first.
    pub environments: Vec<Environment>,
    /// Twilio's REST API.
    pub twilio: ServiceUrl,
    /// This computer's DNS.
    pub resolver: Arc<dyn Resolve>,
    /// Where secrets are kept.
    pub keychain: Vault,
    /// What practice shows and fills in; `None` for a real account.
    pub practice: Option<Arc<Practice>>,
}

impl std::fmt::Debug for Services {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let practice = self.practice.is_some();
        formatter
            .debug_struct("Services")
            .field("practice", &practice)
            .finish_non_exhaustive()
    }
}

impl Services {
    /// Bandwidth, Twilio, this computer's DNS and keychain.
    #[must_use]
    pub fn real() -> Self {
        Self {
            environments: vec![Environment::production(), Environment::test()],
            twilio: Twilio::production().into(),
            resolver: Arc::new(SystemDns),
            keychain: Vault::new(Arc::new(System)),
            practice: None,
        }
    }

    /// The pretend services, and a keychain that forgets.
    #[must_use]
    pub fn practice(practice: Practice, keychain: Vault) -> Self {
        let PracticeAddresses {
            token,
            bearer,
            basic,
            twilio,
            voice,
        } = practice.addresses().clone();
        let environment = Environment {
            name: EnvironmentName::Practice,
            token,
            bearer,
            basic,
            voice: Some(voice),
        };
        Self {
            environments: vec![environment],
            twilio,
            resolver: Arc::new(practice.dns()),
            keychain,
            practice: Some(Arc::new(practice)),
        }
    }

    /// Returns the addresses that an account is at.
    pub fn environment_of(&self, account: &Account) -> Result<Environment, Error> {
        if let Some(own) = &account.own_addresses {
            return own.environment();
        }
        let known = self.environments.iter();
        let mut known = known.filter(|environment| environment.name == account.environment);
        let chosen = known.next().cloned();
        chosen.ok_or_else(|| Error::field("environment", "Choose an environment."))
    }

    /// The pretend sign-in to show, in practice.
    #[must_use]
    pub fn sample_sign_in(&self) -> Option<SampleSignIn> {
        self.practice.as_ref().map(|_| Practice::sample_sign_in())
    }

    /// What to type to let the pretend Bandwidth ring the phone, in practice.
    #[must_use]
    pub fn sample_voice(&self) -> Option<SampleVoice> {
        self.practice.as_ref().map(|_| Practice::sample_voice())
    }

    /// Refuses to leave this computer in practice, where nothing is real.
    pub fn stays_here(&self, found: Found) -> Result<Found, Error> {
        let leaves = |targets: &Vec<Target>| {
            let mut addresses = targets.iter().map(|target| target.address.ip());
            addresses.any(|address| !address.is_loopback())
        };
        let ways = &found.ways;
        if self.practice.is_some() && [&ways.udp, &ways.tcp, &ways.tls].into_iter().any(leaves) {
            let problem = "Practice stays on this computer. Leave the address empty.";
            return Err(Error::field("address", problem));
        }
        Ok(found)
    }

    /// A pretend SIP credential to check, in practice.
    #[must_use]
    pub fn sample_check(&self) -> Option<SampleCheck> {
        self.practice
            .as_ref()
            .and_then(|practice| practice.sample_check())
    }

    /// The pretend Twilio keys to show, in practice.
    #[must_use]
    pub fn sample_twilio(&self) -> Option<SampleTwilio> {
        self.practice.as_ref().map(|_| Practice::sample_twilio())
    }
}
