//! Paginated lists in Twilio's envelope.

use hyper::StatusCode;
use serde_json::{Value, json};

use super::{answer, refused};
use crate::http::{Answer, Request};

/// Default page size.
const PAGE: usize = 50;
/// Maximum page size.
const LARGEST_PAGE: usize = 1_000;

/// Writes the page that was asked for. `path` is the list's own, `key` names it in the envelope.
pub(super) fn page(request: &Request, path: &str, key: &str, all: &[Value]) -> Answer {
    let number = |name: &str| request.query(name).map(str::parse::<usize>).transpose();
    let (Ok(size), Ok(page)) = (number("PageSize"), number("Page")) else {
        return refused(
            StatusCode::BAD_REQUEST,
            20001,
            "Page and PageSize must be numbers",
        );
    };
    let size = size.unwrap_or(PAGE).clamp(1, LARGEST_PAGE);
    let page = page.unwrap_or(0);
    let start = page.saturating_mul(size);
    let shown: Vec<&Value> = all.iter().skip(start).take(size).collect();
    let uri = |page: usize| format!("{path}?PageSize={size}&Page={page}");
    let more = start.saturating_add(size) < all.len();
    let end = start + shown.len().saturating_sub(1);
    answer(
        StatusCode::OK,
        &json!({
            "first_page_uri": uri(0),
            "next_page_uri": more.then(|| uri(page + 1)),
            "previous_page_uri": page.checked_sub(1).map(uri),
            "uri": uri(page),
            "page": page,
            "page_size": size,
            "start": start,
            "end": end,
            key: shown,
        }),
    )
}
