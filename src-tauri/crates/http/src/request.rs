//! A request before it is sent, with its secrets kept apart from the rest.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use registrar_activity::Service;
use registrar_secret::AccessToken;
use registrar_secret::redact::Secrets;
use zeroize::Zeroizing;

use super::json::{self, Member};
use super::piece::Piece;
use crate::service_url::ServiceUrl;

/// Characters left unescaped in a form's names and values: RFC 3986 'unreserved'.
const FORM: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The HTTP methods that the services use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Delete,
    Get,
    Post,
    Put,
}

impl Method {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Delete => "DELETE",
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
        }
    }
}

impl From<Method> for reqwest::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Delete => Self::DELETE,
            Method::Get => Self::GET,
            Method::Post => Self::POST,
            Method::Put => Self::PUT,
        }
    }
}

/// How a request signs in.
#[derive(Clone, Debug)]
pub enum Authorization {
    /// Not at all.
    None,
    /// Basic, RFC 7617.
    Basic {
        /// Shown as it is.
        user: String,
        /// Never shown.
        secret: Zeroizing<String>,
        /// The shell variable that replaces the secret in a curl command.
        variable: &'static str,
    },
    /// Bearer, RFC 6750. The token is empty in a preview.
    Bearer(AccessToken),
}

/// One field of a form.
#[derive(Clone, Debug)]
pub enum Field {
    /// Shown as it is.
    Plain(&'static str, String),
    /// Masked, and a variable in a curl command.
    Secret {
        name: &'static str,
        value: Zeroizing<String>,
        variable: &'static str,
    },
}

#[derive(Clone, Debug)]
enum Body {
    None,
    Form(Vec<Field>),
    Json(Vec<Member>),
    Xml(Zeroizing<String>),
}

/// A request. Its `Debug` is never logged; [`Request::text`] is what may be shown.
#[derive(Clone)]
pub struct Request {
    service: Service,
    title: String,
    method: Method,
    url: ServiceUrl,
    authorization: Authorization,
    body: Body,
}

impl std::fmt::Debug for Request {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Request")
            .field("title", &self.title)
            .finish_non_exhaustive()
    }
}

impl Request {
    /// Creates a request. `title` says in words what it is for.
    pub fn new(
        service: Service,
        title: impl Into<String>,
        method: Method,
        url: impl Into<ServiceUrl>,
    ) -> Self {
        Self {
            service,
            title: title.into(),
            method,
            url: url.into(),
            authorization: Authorization::None,
            body: Body::None,
        }
    }

    /// Signs the request.
    #[must_use]
    pub fn signed(mut self, authorization: Authorization) -> Self {
        self.authorization = authorization;
        self
    }

    /// Sets an XML body. The content of `Hash1` and `Hash1b` is treated as secret.
    #[must_use]
    pub fn xml(mut self, body: Zeroizing<String>) -> Self {
        self.body = Body::Xml(body);
        self
    }

    /// Sets a form as the body.
    #[must_use]
    pub fn form(mut self, fields: Vec<Field>) -> Self {
        self.body = Body::Form(fields);
        self
    }

    /// Sets a JSON object with these members, in order, as the body.
    #[must_use]
    pub fn json(mut self, members: Vec<Member>) -> Self {
        self.body = Body::Json(members);
        self
    }

    pub(super) fn service(&self) -> Service {
        self.service
    }

    pub(super) fn title(&self) -> &str {
        &self.title
    }

    pub(super) fn method(&self) -> Method {
        self.method
    }

    pub(super) fn url(&self) -> &ServiceUrl {
        &self.url
    }

    pub(super) fn authorization(&self) -> &Authorization {
        &self.authorization
    }

    pub(super) fn fields(&self) -> Option<&[Field]> {
        match &self.body {
            Body::Form(fields) => Some(fields),
            Body::None | Body::Json(_) | Body::Xml(_) => None,
        }
    }

    pub(super) fn accept(&self) -> &'static str {
        match self.service {
            Service::Dashboard => "application/xml",
            Service::Dns
            | Service::Registrar
            | Service::Token
            | Service::Twilio
            | Service::Voice => "application/json",
        }
    }

    pub(super) fn content_type(&self) -> Option<&'static str> {
        match self.body {
            Body::None => None,
            Body::Form(_) => Some("application/x-www-form-urlencoded"),
            Body::Json(_) => Some("application/json; charset=utf-8"),
            Body::Xml(_) => Some("application/xml; charset=utf-8"),
        }
    }

    /// Returns the body as sent. Its memory is zeroed after sending.
    pub(super) fn bytes(&self) -> reqwest::Body {
        let mut bytes = Zeroizing::new(Vec::new());
        match &self.body {
            Body::None => {}
            Body::Form(fields) => bytes.extend_from_slice(form_text(fields).as_bytes()),
            Body::Json(members) => bytes.extend_from_slice(json::text(members).as_bytes()),
            Body::Xml(text) => bytes.extend_from_slice(text.as_bytes()),
        }
        hyper::body::Bytes::from_owner(bytes).into()
    }

    /// Returns the body in pieces, with secrets separate.
    pub(super) fn body_pieces(&self) -> Vec<Piece> {
        match &self.body {
            Body::None => Vec::new(),
            Body::Form(fields) => form_pieces(fields),
            Body::Json(members) => json::pieces(members),
            Body::Xml(text) => super::scrub::xml_pieces(text),
        }
    }

    /// Returns every secret in the request, because the response may repeat any of them.
    pub(super) fn secrets(&self) -> Secrets {
        let mut secrets = Vec::new();
        let path = self.url.secret();
        secrets.extend(path.map(|secret| Zeroizing::new(secret.expose().to_owned())));
        match &self.authorization {
            Authorization::None => {}
            Authorization::Basic { secret, .. } => secrets.push(secret.clone()),
            Authorization::Bearer(token) => secrets.push(Zeroizing::new(token.expose().to_owned())),
        }
        match &self.body {
            Body::None => {}
            Body::Form(fields) => secrets.extend(fields.iter().filter_map(|field| match field {
                Field::Plain(..) => None,
                Field::Secret { value, .. } => Some(value.clone()),
            })),
            Body::Json(members) => secrets.extend(json::secrets(members)),
            Body::Xml(text) => secrets.extend(super::scrub::xml_secrets(text)),
        }
        Secrets::new(secrets)
    }
}

fn form_text(fields: &[Field]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::new());
    for field in fields {
        if !text.is_empty() {
            text.push('&');
        }
        let (name, value) = match field {
            Field::Plain(name, value) => (name, value.as_str()),
            Field::Secret { name, value, .. } => (name, value.as_str()),
        };
        text.push_str(name);
        text.push('=');
        text.extend(utf8_percent_encode(value, FORM));
    }
    text
}

fn form_pieces(fields: &[Field]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (index, field) in fields.iter().enumerate() {
        let lead = if index == 0 { "" } else { "&\n" };
        match field {
            Field::Plain(name, value) => pieces.push(Piece::Plain(format!(
                "{lead}{name}={}",
                utf8_percent_encode(value, FORM)
            ))),
            Field::Secret { name, variable, .. } => {
                pieces.push(Piece::Plain(format!("{lead}{name}=")));
                pieces.push(Piece::Secret(variable));
            }
        }
    }
    pieces
}
