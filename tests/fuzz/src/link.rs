//! Links that open the app, and the arguments that a second launch passes on.

use registrar_app::ipc::DeepLinkRequest;
use registrar_app::link::{Link, SCHEME, among, asked};

use crate::memory::bounded;

/// Most links of one start.
const MOST: usize = 4;

/// Reads `bytes` as a link, and its lines as arguments.
///
/// # Panics
///
/// Panics where anything but the one link opens something, or where the notice repeats the link.
pub fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let read = bounded(|| Link::read(&text));
    let whole = text.strip_suffix('/').unwrap_or(&text);
    let known = whole.to_ascii_lowercase() == format!("{SCHEME}://practice");
    assert_eq!(read.is_some(), known, "{text:?}");
    if let DeepLinkRequest::Nothing { notice } = asked(&text) {
        let nothing = asked("");
        assert_eq!(
            format!("{:?}", DeepLinkRequest::Nothing { notice }),
            format!("{nothing:?}")
        );
    }

    let arguments = text.lines().map(str::to_owned);
    let found = bounded(|| among(arguments).collect::<Vec<_>>());
    assert!(found.len() <= MOST, "{found:?}");
    let handed: Vec<&str> = text.lines().skip(1).collect();
    assert!(found.iter().all(|link| handed.contains(&link.as_str())));
}
