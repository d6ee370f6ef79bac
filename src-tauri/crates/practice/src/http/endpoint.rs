//! Access to a service: only callers that know its whole address are served. Other users of this
//! computer and pages in a browser don't know it.

use std::net::SocketAddr;

use hyper::http::request::Parts;
use hyper::{StatusCode, header};
use registrar_http::service_url::ServiceUrl;
use registrar_secret::PathSecret;
use url::Url;

/// A service's address, and the secret that each of its paths starts with.
#[derive(Debug)]
pub(crate) struct Endpoint {
    address: SocketAddr,
    secret: PathSecret,
}

impl Endpoint {
    pub(crate) fn new(address: SocketAddr, secret: PathSecret) -> Self {
        Self { address, secret }
    }

    /// Returns the URL of a path of the service, which starts with a slash.
    pub(crate) fn url(&self, path: &str) -> Result<ServiceUrl, url::ParseError> {
        let url = Url::parse(&format!("http://{}{path}", self.address))?;
        Ok(ServiceUrl::from(url).behind(self.secret.clone()))
    }

    /// Returns a URL for the service's own responses, which are only read by clients that know it
    /// anyway.
    pub(crate) fn link(&self, path: &str) -> String {
        format!("http://{}/{}{path}", self.address, self.secret.expose())
    }

    /// Returns the path after the secret, or the status with which to refuse the request. Only the
    /// head is read for this.
    ///
    /// 421 if the request names another host (RFC 9110 section 7.4), as it would after DNS
    /// rebinding; 403 if a page in a browser sent it (RFC 6454 section 7); 404 without the secret.
    pub(super) fn admit<'a>(&self, head: &'a Parts) -> Result<&'a str, StatusCode> {
        let own = self.address.to_string();
        let mut hosts = head.headers.get_all(header::HOST).iter();
        let host = hosts.next().filter(|_| hosts.next().is_none());
        // RFC 9112 section 3.2.2: a host in the target takes precedence over the header.
        let target = head
            .uri
            .authority()
            .map(hyper::http::uri::Authority::as_str);
        let is_own = host.is_some_and(|host| host.as_bytes() == own.as_bytes())
            && target.is_none_or(|target| target == own);
        if !is_own {
            return Err(StatusCode::MISDIRECTED_REQUEST);
        }
        if head.headers.contains_key(header::ORIGIN) {
            return Err(StatusCode::FORBIDDEN);
        }
        let path = head.uri.path().strip_prefix('/').unwrap_or_default();
        let (given, rest) = path.split_at(path.find('/').unwrap_or(path.len()));
        if self.secret.matches(&PathSecret::new(given)) {
            Ok(rest)
        } else {
            Err(StatusCode::NOT_FOUND)
        }
    }
}

#[cfg(test)]
mod tests {
    use hyper::Request;

    use super::*;

    const SECRET: &str = "0123456789abcdef0123456789abcdef";

    fn admit(uri: &str, headers: &[(&str, &str)]) -> Result<String, u16> {
        let endpoint = Endpoint::new("127.0.0.1:8000".parse().unwrap(), PathSecret::new(SECRET));
        let mut request = Request::builder().uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (head, ()) = request.body(()).unwrap().into_parts();
        let admitted = endpoint.admit(&head).map(str::to_owned);
        admitted.map_err(|status| status.as_u16())
    }

    #[test]
    fn whole_address_is_admitted() {
        let host = [("host", "127.0.0.1:8000")];
        let path = format!("/{SECRET}/api/v2");

        assert_eq!(admit(&path, &host), Ok("/api/v2".to_owned()));
        assert_eq!(admit(&format!("/{SECRET}"), &host), Ok(String::new()));
        let absolute = format!("http://127.0.0.1:8000/{SECRET}/x");
        assert_eq!(admit(&absolute, &host), Ok("/x".to_owned()));
    }

    #[test]
    fn other_hosts_are_misdirected() {
        let path = format!("/{SECRET}/x");
        for hosts in [
            &[][..],
            &["attacker.example:8000"],
            &["127.0.0.1"],
            &["127.0.0.1:8001"],
            &["localhost:8000"],
            &["127.0.0.1:8000.attacker.example"],
            &["127.0.0.1:8000", "attacker.example"],
            &["127.0.0.1:8000", "127.0.0.1:8000"],
        ] {
            let headers: Vec<_> = hosts.iter().map(|host| ("host", *host)).collect();

            assert_eq!(admit(&path, &headers), Err(421), "{hosts:?}");
        }
        let absolute = format!("http://attacker.example/{SECRET}/x");
        let own = [("host", "127.0.0.1:8000")];
        assert_eq!(admit(&absolute, &own), Err(421));
    }

    #[test]
    fn every_origin_is_forbidden() {
        let path = format!("/{SECRET}/x");
        for origin in [
            "https://attacker.example",
            "http://127.0.0.1:8000",
            "null",
            "",
        ] {
            let headers = [("host", "127.0.0.1:8000"), ("origin", origin)];

            assert_eq!(admit(&path, &headers), Err(403), "{origin}");
        }
    }

    #[test]
    fn paths_without_the_secret_are_not_found() {
        let host = [("host", "127.0.0.1:8000")];
        let last_wrong = format!("/{}e/x", &SECRET[..31]);
        let longer = format!("/{SECRET}0/x");
        let deeper = format!("/x/{SECRET}/x");
        let doubled = format!("//{SECRET}/x");
        let encoded = format!("/%30{}/x", &SECRET[1..]);
        let upper = format!("/{}/x", SECRET.to_uppercase());
        for path in [
            "/",
            "/api/v2/accounts/5500123/sipcredentials",
            &last_wrong,
            &longer,
            &deeper,
            &doubled,
            &encoded,
            &upper,
        ] {
            assert_eq!(admit(path, &host), Err(404), "{path}");
        }
    }
}
