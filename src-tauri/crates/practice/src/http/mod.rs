//! Loopback HTTP server for the pretend services: limited in size, time and connections, and open
//! only to callers that know the whole address.

mod endpoint;

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::Ipv4Addr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http_body_util::{BodyExt as _, Limited};
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::header::{self, HeaderMap, HeaderName};
use hyper::http::request::Parts;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use percent_encoding::percent_decode_str;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio::time;

pub(super) use self::endpoint::Endpoint;

use registrar_activity::clock;
use registrar_secret::PathSecret;

use super::connections::{Connections, Place};
use super::faults::{Spoiled, WireFault};

/// Largest request body, in bytes: more than a thousand credentials.
const LARGEST_BODY: usize = 4 * 1024 * 1024;
/// Largest first line and headers of a request together, in bytes.
const LARGEST_HEAD: usize = 32 * 1024;
/// Time limit for receiving a request's head, and for its body. Also how long a connection may be
/// idle between two requests.
const SLOWEST_REQUEST: Duration = Duration::from_secs(30);
/// Maximum lifetime of a connection.
const LONGEST_CONNECTION: Duration = Duration::from_mins(15);
/// Maximum number of connections. A new one replaces the one that has been idle longest.
const MOST_CONNECTIONS: usize = 64;

/// A pretend service: converts requests to responses.
pub(super) trait Service: Send + Sync + 'static {
    /// Returns the fault in force for its responses.
    fn wire_fault(&self) -> WireFault;
    /// Responds to a request. Not called if the fault means that the request isn't carried out.
    fn answer(&self, request: Request) -> impl Future<Output = Answer> + Send;
}

/// A complete request.
pub(super) struct Request {
    pub(super) method: Method,
    /// The segments of the path after the secret, percent-decoded.
    pub(super) path: Vec<String>,
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Request {
    /// Returns a header's value where it is text.
    pub(super) fn header(&self, name: &HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Returns a query parameter; names are compared ignoring case.
    pub(super) fn query(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Returns whether the body is declared to be of this type, such as `application/xml`.
    pub(super) fn is(&self, kind: &str) -> bool {
        self.header(&header::CONTENT_TYPE)
            .and_then(|value| value.split(';').next())
            .is_some_and(|given| given.trim().eq_ignore_ascii_case(kind))
    }

    /// Returns the body as the fields of a form.
    pub(super) fn form(&self) -> Vec<(String, String)> {
        url::form_urlencoded::parse(&self.body)
            .into_owned()
            .collect()
    }

    /// Returns the name and the password of HTTP Basic (RFC 7617).
    pub(super) fn basic(&self) -> Option<(String, String)> {
        let value = self.header(&header::AUTHORIZATION)?;
        let (scheme, encoded) = value.split_once(' ')?;
        let text = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
        let (name, password) = text.split_once(':')?;
        scheme
            .eq_ignore_ascii_case("basic")
            .then(|| (name.to_owned(), password.to_owned()))
    }

    /// Returns the token of a Bearer header (RFC 6750).
    pub(super) fn bearer(&self) -> Option<&str> {
        let (scheme, token) = self.header(&header::AUTHORIZATION)?.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    }
}

/// A complete response.
pub(super) struct Answer {
    status: StatusCode,
    headers: Vec<(HeaderName, String)>,
    body: String,
}

impl Answer {
    /// An empty response.
    pub(super) fn empty(status: StatusCode) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: String::new(),
        }
    }

    /// A response with a body of the given type.
    pub(super) fn with_body(status: StatusCode, content_type: &str, body: String) -> Self {
        Self {
            body,
            ..Self::empty(status).header(header::CONTENT_TYPE, content_type)
        }
    }

    /// Adds a header.
    pub(super) fn header(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    #[cfg(test)]
    pub(super) fn status(&self) -> StatusCode {
        self.status
    }

    fn into_response(self, cut_off: bool) -> hyper::Response<Payload> {
        let mut response = hyper::Response::new(Payload::new(self.body, cut_off));
        *response.status_mut() = self.status;
        for (name, value) in self.headers {
            if let Ok(value) = value.try_into() {
                response.headers_mut().append(name, value);
            }
        }
        response
    }
}

/// Listens on a loopback port, 0 for a free one, for a service with a new secret.
pub(super) async fn listen(port: u16) -> io::Result<(TcpListener, Arc<Endpoint>)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    let endpoint = Endpoint::new(listener.local_addr()?, PathSecret::generate());
    Ok((listener, Arc::new(endpoint)))
}

/// Serves until dropped, together with all connections.
pub(super) async fn serve<S: Service>(
    listener: TcpListener,
    endpoint: Arc<Endpoint>,
    service: Arc<S>,
) {
    let open = Connections::new(MOST_CONNECTIONS);
    let mut connections = JoinSet::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Most likely out of file handles: wait until others are closed.
            time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        while connections.try_join_next().is_some() {}
        let place = open.place().await;
        let (service, endpoint) = (Arc::clone(&service), Arc::clone(&endpoint));
        connections.spawn(async move {
            let (service, endpoint, place) = (&*service, &*endpoint, &place);
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(SLOWEST_REQUEST)
                .max_header_size(LARGEST_HEAD)
                .max_buf_size(LARGEST_HEAD)
                .serve_connection(
                    TokioIo::new(stream),
                    service_fn(move |request| respond(service, endpoint, place, request)),
                );
            tokio::select! {
                // It doesn't matter how a connection ends.
                _ended = time::timeout(LONGEST_CONNECTION, connection) => {}
                () = place.evicted() => {}
            }
        });
    }
}

async fn respond<S: Service>(
    service: &S,
    endpoint: &Endpoint,
    place: &Place,
    incoming: hyper::Request<Incoming>,
) -> Result<hyper::Response<Payload>, Infallible> {
    let (head, body) = incoming.into_parts();
    let path = match endpoint.admit(&head) {
        Ok(path) => path.to_owned(),
        Err(status) => return Ok(Answer::empty(status).into_response(false)),
    };
    let _busy = place.busy();
    let fault = service.wire_fault();
    let came = time::Instant::now();
    let answer = match read(head, &path, body).await {
        Err(status) => Answer::empty(status),
        Ok(request) => match fault.spoiled {
            None | Some(Spoiled::CutOff) => service.answer(request).await,
            Some(Spoiled::Html) => Answer::with_body(
                StatusCode::OK,
                "text/html; charset=utf-8",
                "<!DOCTYPE html><html><head><title>Sign in to the network</title></head>\
                 <body><p>Accept the terms to go on.<br></body></html>"
                    .to_owned(),
            ),
            Some(Spoiled::ServerError) => Answer::empty(StatusCode::INTERNAL_SERVER_ERROR),
            Some(Spoiled::TooMany) => Answer::empty(StatusCode::TOO_MANY_REQUESTS).header(
                HeaderName::from_static("x-ratelimit-reset"),
                (clock::now_ms() / 1_000 + 2).to_string(),
            ),
        },
    };
    time::sleep_until(came + fault.slow).await;
    Ok(answer.into_response(fault.spoiled == Some(Spoiled::CutOff)))
}

async fn read(head: Parts, path: &str, body: Incoming) -> Result<Request, StatusCode> {
    if body.size_hint().lower() > LARGEST_BODY as u64 {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    let body = time::timeout(SLOWEST_REQUEST, Limited::new(body, LARGEST_BODY).collect())
        .await
        .map_err(|_| StatusCode::REQUEST_TIMEOUT)?
        .map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?
        .to_bytes();
    let path = path
        .split('/')
        .skip(1)
        .map(|part| Ok(percent_decode_str(part).decode_utf8()?.into_owned()))
        .collect::<Result<_, std::str::Utf8Error>>()
        .map_err(|_| StatusCode::BAD_REQUEST)?;
    let query = url::form_urlencoded::parse(head.uri.query().unwrap_or_default().as_bytes())
        .into_owned()
        .collect();
    Ok(Request {
        method: head.method,
        path,
        query,
        headers: head.headers,
        body,
    })
}

/// A body that can be cut off in the middle, although its full length was declared.
struct Payload {
    rest: Option<Bytes>,
    announced: u64,
    cut: Cut,
}

/// The progress of a cut connection.
enum Cut {
    Never,
    /// Gives the half that was sent time to be transmitted.
    AfterHalf,
    Due,
}

impl Payload {
    fn new(text: String, cut_off: bool) -> Self {
        let whole = Bytes::from(text);
        let announced = whole.len() as u64;
        let (rest, cut) = if cut_off {
            (whole.slice(..whole.len() / 2), Cut::AfterHalf)
        } else {
            (whole, Cut::Never)
        };
        Self {
            rest: Some(rest).filter(|rest| !rest.is_empty()),
            announced,
            cut,
        }
    }
}

impl Body for Payload {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(rest) = self.rest.take() {
            return Poll::Ready(Some(Ok(Frame::data(rest))));
        }
        match self.cut {
            Cut::Never => Poll::Ready(None),
            Cut::AfterHalf => {
                self.cut = Cut::Due;
                context.waker().wake_by_ref();
                Poll::Pending
            }
            Cut::Due => Poll::Ready(Some(Err(io::ErrorKind::ConnectionAborted.into()))),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_none() && matches!(self.cut, Cut::Never)
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.announced)
    }
}

#[cfg(test)]
mod tests;
