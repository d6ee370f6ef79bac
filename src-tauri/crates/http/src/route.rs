//! Routes out of this computer, and the loopback route.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::OnceLock;

use hyper_util::client::proxy::matcher::Matcher;
use registrar_activity::Service;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder};
use url::Url;

use super::{Error, Limits, is_loopback};
use crate::trust::Trust;

/// The clients, each created on first use: the one for outside loads the system's certificates,
/// which practice doesn't need.
#[derive(Debug, Default)]
pub(super) struct Routes {
    inside: OnceLock<Client>,
    inside_tls: OnceLock<Client>,
    out: OnceLock<Client>,
    proxies: OnceLock<Matcher>,
}

/// How a request leaves this computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Directly to the host.
    Direct,
    /// Through a proxy from the system's settings or the environment.
    Proxy {
        /// The proxy resolves the host's name; this computer resolves only the proxy's.
        asks_names: bool,
    },
}

impl Routes {
    /// Returns how a request to an address leaves this computer.
    pub(super) fn way(&self, url: &Url) -> Way {
        if is_loopback(url) {
            return Way::Direct;
        }
        let Ok(uri) = url.as_str().parse() else {
            return Way::Direct;
        };
        let proxies = self.proxies.get_or_init(Matcher::from_system);
        match proxies.intercept(&uri) {
            None => Way::Direct,
            Some(proxy) => Way::Proxy {
                asks_names: !matches!(proxy.uri().scheme_str(), Some("socks4" | "socks5")),
            },
        }
    }

    /// Returns the client for a URL, which must be https or loopback.
    pub(super) fn client(
        &self,
        service: Service,
        url: &Url,
        limits: Limits,
    ) -> Result<Client, Error> {
        let kept = match (url.scheme(), is_loopback(url)) {
            ("http", true) => &self.inside,
            ("https", true) => &self.inside_tls,
            ("https", false) => &self.out,
            _ => return Err(Error::Insecure),
        };
        if let Some(client) = kept.get() {
            return Ok(client.clone());
        }
        // The only possible failure here is that this computer has no trust roots.
        let untrusted = Error::Untrusted {
            service,
            issuer: None,
        };
        let mut builder = common(limits);
        if is_loopback(url) {
            builder = builder.no_proxy();
        }
        builder = if url.scheme() == "https" {
            let Ok(mut tls) = Trust::default().config() else {
                return Err(untrusted);
            };
            tls.alpn_protocols = vec![b"http/1.1".to_vec()];
            builder.https_only(true).tls_backend_preconfigured(tls)
        } else {
            builder.tls_certs_only([])
        };
        let client = builder.build().map_err(|_| untrusted)?;
        Ok(kept.get_or_init(|| client).clone())
    }
}

pub(super) fn common(limits: Limits) -> ClientBuilder {
    choose_ring();
    Client::builder()
        .user_agent(concat!("SIP-Registrar-Setup/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(limits.connect)
        .timeout(limits.total)
        .redirect(Policy::none())
        .referer(false)
        .gzip(true)
        .dns_resolver(SystemNames)
}

/// Installs the process-wide TLS crypto provider; a second call does nothing. Without it, no client
/// can be created that isn't given its own TLS configuration.
pub fn choose_ring() {
    drop(rustls::crypto::ring::default_provider().install_default());
}

/// The system couldn't resolve a name.
#[derive(Debug, thiserror::Error)]
#[error("the name is not known")]
pub(super) struct NameUnknown;

/// The system's resolver, with a typed error. `localhost` is never looked up.
#[derive(Debug)]
struct SystemNames;

impl Resolve for SystemNames {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            if name.as_str().eq_ignore_ascii_case("localhost") {
                let inside = [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
                let addresses = inside.map(|address| SocketAddr::new(address, 0));
                return Ok(Box::new(addresses.into_iter()) as Addrs);
            }
            let found = tokio::net::lookup_host((name.as_str(), 0)).await;
            let addresses: Vec<SocketAddr> = found.map_err(|_| NameUnknown)?.collect();
            if addresses.is_empty() {
                return Err(NameUnknown.into());
            }
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}
