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
    // Not actions of their own: where a button leads, or what it reverts.
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

/// Returns the number of words in a sentence. Punctuation between blanks doesn't count.
pub(super) fn count(sentence: &str) -> usize {
    let words = sentence.split_whitespace();
    words
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .count()
}

/// Returns whether a button begins with one of the verbs.
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
        // Abbreviations, such as SIP or F5, and samples of one letter have no lowercase letters.
        let has_small = rest.any(char::is_lowercase);
        !is_first && is_capital && has_small && !NAMES.contains(&letters)
    })
}
