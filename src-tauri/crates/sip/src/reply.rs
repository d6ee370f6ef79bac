//! Builds responses to requests (RFC 3261 section 8.2.6).

use std::net::SocketAddr;

use super::message::Message;
use super::uri::Address;

/// Builds a response to a request from `source`. `tag` is added to To if it has none.
#[must_use]
pub fn reply(request: &Message, status: u16, source: SocketAddr, tag: &str) -> Message {
    let mut response = Message::response(status, reason(status));
    for (at, text) in request.list("Via").into_iter().enumerate() {
        match super::via::Via::parse(text).filter(|_| at == 0) {
            Some(mut via) => {
                via.mark(source);
                response.push("Via", &via.to_string());
            }
            None => response.push("Via", text),
        }
    }
    response.push("From", request.header("From").unwrap_or_default());
    let to = request.header("To").unwrap_or_default();
    let tagged = Address::parse(to).is_some_and(|to| to.parameter("tag").is_some());
    if status == 100 || tagged || tag.is_empty() {
        response.push("To", to);
    } else {
        response.push("To", &format!("{to};tag={tag}"));
    }
    response.push("Call-ID", request.header("Call-ID").unwrap_or_default());
    response.push("CSeq", request.header("CSeq").unwrap_or_default());
    response
}

/// Returns the reason phrase of a status (RFC 3261 section 21).
#[must_use]
pub fn reason(status: u16) -> &'static str {
    match status {
        100 => "Trying",
        180 => "Ringing",
        200 => "OK",
        302 => "Moved Temporarily",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        407 => "Proxy Authentication Required",
        408 => "Request Timeout",
        415 => "Unsupported Media Type",
        416 => "Unsupported URI Scheme",
        420 => "Bad Extension",
        421 => "Extension Required",
        423 => "Interval Too Brief",
        480 => "Temporarily Unavailable",
        481 => "Call/Transaction Does Not Exist",
        482 => "Loop Detected",
        486 => "Busy Here",
        487 => "Request Terminated",
        488 => "Not Acceptable Here",
        491 => "Request Pending",
        500 => "Server Internal Error",
        501 => "Not Implemented",
        503 => "Service Unavailable",
        603 => "Decline",
        _ => "Other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_takes_every_via_back_and_marks_the_first() {
        let request = Message::request("BYE", "sip:a@b")
            .with(
                "Via",
                "SIP/2.0/UDP 10.0.0.1:5060;rport;branch=z1, SIP/2.0/UDP p;branch=z2",
            )
            .with("From", "<sip:a@b>;tag=1")
            .with("To", "<sip:c@d>")
            .with("Call-ID", "x")
            .with("CSeq", "1 BYE");

        let response = reply(&request, 200, "192.0.2.9:777".parse().unwrap(), "t");

        let vias = response.list("Via");
        assert_eq!(vias.len(), 2);
        assert!(vias[0].contains("received=192.0.2.9") && vias[0].contains("rport=777"));
        assert_eq!(vias[1], "SIP/2.0/UDP p;branch=z2");
        assert_eq!(response.header("To"), Some("<sip:c@d>;tag=t"));
        assert_eq!(response.cseq(), Some((1, "BYE")));
    }
}
