//! The words of a text: how many, which verb, and which begin with a capital letter.

/// What a button may begin with: one verb for one action, and nothing else.
const VERBS: [&str; 40] = [
    "add",
    "call",
    "cancel",
    "check",
    "choose",
    "close",
    "continue",
    "copy",
    "create",
    "delete",
    "download",
    "export",
    "generate",
    "hang up",
    "hold",
    "import",
    "install",
    "leave",
    "open",
    "pause",
    "practice",
    "print",
    "refresh",
    "remove",
    "replace",
    "reset",
    "retry",
    "save",
    "select",
    "send",
    "set up",
    "show",
    "sign in",
    "sign out",
    "start",
    "stop",
    "undo",
    // Where a button leads, or what it takes back.
    "back",
    "hide",
    "make default",
];

/// Names, which keep their capital letter wherever they stand.
const NAMES: [&str; 24] = [
    "Acrobits",
    "API",
    "Bandwidth",
    "Bria",
    "Chromium",
    "Content-Length",
    "English",
    "Excel",
    "Expires",
    "Hash1",
    "Hash1b",
    "I",
    "IPv4",
    "IPv6",
    "Kamailio",
    "Linphone",
    "Linux",
    "Mac",
    "Markdown",
    "Twilio",
    "TwiML",
    "Windows",
    "Wireshark",
    "XML",
];

/// Returns how many words a sentence has. A mark between blanks is none.
pub(super) fn count(sentence: &str) -> usize {
    let words = sentence.split_whitespace();
    words
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .count()
}

/// Returns whether a button says what it does.
pub(super) fn begins_with_verb(text: &str) -> bool {
    let text = text.to_lowercase();
    VERBS.iter().any(|verb| {
        let rest = text.strip_prefix(verb);
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })
}

/// Returns a word that has a capital letter though it begins no sentence and is no name.
pub(super) fn capital(text: &str) -> Option<&str> {
    let mut begins = true;
    text.split_whitespace().find(|word| {
        let letters = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        let is_first =
            std::mem::replace(&mut begins, word.ends_with(['.', '?', '!', ':', '·', '→']));
        let mut rest = letters.chars();
        let is_capital = rest.next().is_some_and(char::is_uppercase);
        // Short forms, such as SIP or F5, and samples of one letter have no small letters.
        let has_small = rest.any(char::is_lowercase);
        !is_first && is_capital && has_small && !NAMES.contains(&letters)
    })
}
