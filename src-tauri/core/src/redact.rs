//! Takes secrets out of text before it is kept or shown.
//!
//! Our own requests are redacted by their structure, where they are made. Text that came from
//! elsewhere goes through [`foreign`], because an answer may echo what it was sent: the dashboard's
//! error 23026 repeats both hashes.

/// What stands in the place of a secret.
pub const DOTS: &str = "••••••";

/// Longest text of somebody else's that is kept, in characters.
const LONGEST: usize = 20_000;

/// Returns foreign text without control characters, without any run of 32 or more hexadecimal
/// digits, without the password of any address in it, and cut to a sane length.
#[must_use]
pub fn foreign(text: &str) -> String {
    let mut letters =
        (text.chars()).filter(|letter| matches!(letter, '\n' | '\t') || !letter.is_control());
    let printable: String = letters.by_ref().take(LONGEST).collect();
    if letters.next().is_none() {
        return without_hex_runs(&without_passwords(&printable));
    }
    // A run that the cut goes through may be the beginning of a hash.
    let whole = printable.trim_end_matches(|letter: char| letter.is_ascii_hexdigit());
    format!("{}\n…", without_hex_runs(&without_passwords(whole)))
}

/// Replaces the password of each address that names one: `sip:bob:secret@host` (RFC 3261 section
/// 19.1.1), `https://bob:secret@host` (RFC 3986 section 3.2.1).
#[must_use]
pub fn without_passwords(text: &str) -> String {
    const BEFORE: [&str; 3] = ["sip:", "sips:", "://"];
    const BEHIND: [char; 5] = ['<', '>', '"', ',', '\''];
    let lower = text.to_ascii_lowercase();
    let mut clean = String::with_capacity(text.len());
    let mut from = 0;
    while let Some(start) = BEFORE
        .iter()
        .filter_map(|before| Some(from + lower[from..].find(before)? + before.len()))
        .min()
    {
        let rest = &text[start..];
        let end = rest.find(|letter: char| letter.is_whitespace() || BEHIND.contains(&letter));
        let address = &rest[..end.unwrap_or(rest.len())];
        clean.push_str(&text[from..start]);
        from = start;
        if let Some((user, host)) = address.rsplit_once('@')
            && let Some((name, _)) = user.split_once(':')
        {
            clean.push_str(name);
            clean.push(':');
            clean.push_str(DOTS);
            from = start + address.len() - host.len() - 1;
        }
    }
    clean.push_str(&text[from..]);
    clean
}

/// Returns foreign text as one line of at most `longest` characters.
#[must_use]
pub fn foreign_line(text: &str, longest: usize) -> String {
    let line = foreign(text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    match line.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// Replaces each run of 32 or more hexadecimal digits: the length of an MD5 hash or longer.
fn without_hex_runs(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut run = String::new();
    for letter in text.chars() {
        if letter.is_ascii_hexdigit() {
            run.push(letter);
        } else {
            end_run(&mut clean, &mut run);
            clean.push(letter);
        }
    }
    end_run(&mut clean, &mut run);
    clean
}

fn end_run(clean: &mut String, run: &mut String) {
    clean.push_str(if run.len() >= 32 { DOTS } else { run });
    run.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_in_foreign_text_becomes_dots() {
        let text = "credential fe438bddfc087dda89d29e637f5684ab exists";

        assert_eq!(foreign(text), "credential •••••• exists");
    }

    #[test]
    fn two_hashes_without_a_gap_become_dots() {
        assert_eq!(foreign(&"a1".repeat(32)), DOTS);
    }

    #[test]
    fn the_password_in_an_address_becomes_dots() {
        for (text, clean) in [
            ("<sip:bob:hunter2@192.0.2.1>", "<sip:bob:••••••@192.0.2.1>"),
            ("SIPS:bob:a@b:c@host;x=1", "SIPS:bob:••••••@host;x=1"),
            (
                "see https://u:p%20w@h/x and sip:a@b, sip:c:d@e",
                "see https://u:••••••@h/x and sip:a@b, sip:c:••••••@e",
            ),
            ("sip:192.0.2.1:5060", "sip:192.0.2.1:5060"),
            ("sip::pw@h", "sip::••••••@h"),
            ("sip:", "sip:"),
            ("é sip:ü:ö@h", "é sip:ü:••••••@h"),
        ] {
            assert_eq!(foreign(text), clean);
        }
    }

    #[test]
    fn short_numbers_stay() {
        assert_eq!(
            foreign("account 5500123, realm 1a2b3c"),
            "account 5500123, realm 1a2b3c"
        );
    }

    #[test]
    fn control_characters_and_endless_text_are_cut() {
        assert_eq!(foreign("a\u{1b}[31mb"), "a[31mb");
        assert!(foreign(&"x".repeat(1_000_000)).chars().count() <= LONGEST + 2);
    }

    #[test]
    fn a_hash_at_the_place_of_the_cut_is_not_left_in_part() {
        let text = format!("{}{}", "x".repeat(LONGEST - 20), "a1".repeat(16));

        assert!(!foreign(&text).contains("a1"));
    }

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(foreign_line("a\n  b\tc", 4), "a b …");
    }
}
