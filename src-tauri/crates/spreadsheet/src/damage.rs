//! Damage that spreadsheets and other programs do to values: what is certain, and what is likely.

use serde::{Deserialize, Serialize};

use crate::cell;

/// How a value was damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Damage {
    /// It is a spreadsheet's error value, such as `#NAME?`.
    ErrorValue,
    /// It is a number in scientific notation, such as `1.55512E+10`, which has lost digits.
    Scientific,
    /// It is a row of `#`, which a spreadsheet displays if a column is too narrow.
    TooNarrow,
    /// It is a row of `*` or dots, which programs display in place of a password.
    Masked,
}

/// Error values of spreadsheets in several languages, without the surrounding signs: those that end
/// with `!` or `?`.
const ERRORS: &[&str] = &[
    "AD",
    "ADR",
    "ARG",
    "ARVO",
    "BAŞV",
    "BEZUG",
    "BLOCKED",
    "BLOCKIERT",
    "BOŞ",
    "BUSY",
    "CALC",
    "CONNECT",
    "DEEL/0",
    "DEL/0",
    "DEĞER",
    "DESBORDAMIENTO",
    "DESPEJAR",
    "DIV/0",
    "DIVISION/0",
    "DZIEL/0",
    "ERROR",
    "ESPANSIONE",
    "EXTERNAL",
    "FELD",
    "FIELD",
    "GETAL",
    "HIV",
    "HODNOTA",
    "JAKO/0",
    "KALK",
    "LEEG",
    "LICZBA",
    "LUKU",
    "NAAM",
    "NAME",
    "NAMN",
    "NAVN",
    "NAZWA",
    "NIMI",
    "NOM",
    "NOMBRE",
    "NOME",
    "NUL",
    "NULL",
    "NULLA",
    "NULLO",
    "NULO",
    "NUM",
    "NÁZEV",
    "NÉV",
    "NÚM",
    "ODKAZ",
    "OGILTIGT",
    "OVERLOOP",
    "OVERLØB",
    "PROPAGATION",
    "PYTHON",
    "REF",
    "REFERENCE",
    "REFERENS",
    "RIF",
    "SAYI",
    "SAYI/0",
    "SKÄRNING",
    "SPILL",
    "SZÁM",
    "TYHJÄ",
    "UNKNOWN",
    "VALEUR",
    "VALOR",
    "VALORE",
    "VALUE",
    "VERBINDEN",
    "VERDI",
    "VERW",
    "VIITTAUS",
    "VÄRDEFEL",
    "VÆRDI",
    "WAARDE",
    "WERT",
    "ZAHL",
    "ZERO",
    "ZÉRÓOSZTÓ",
    "ČÍSLO",
    "ÉRTÉK",
    "ÜBERLAUF",
    "ДЕЛ/0",
    "ЗНАЧ",
    "ИМЯ",
    "ПУСТО",
    "ССЫЛКА",
    "ЧИСЛО",
];
/// Those that end with a letter.
const NOT_AVAILABLE: &[&str] = &[
    "GETTING_DATA",
    "HIÁNYZIK",
    "I/T",
    "N/A",
    "N/B",
    "N/D",
    "N/DISP",
    "N/V",
    "NV",
    "PUUTTUU",
    "SAKNAS",
    "YOK",
    "Н/Д",
];

/// Returns whether a value, ignoring surrounding white space, is certainly undamaged. Faster than
/// [`damage`]: every damaged value starts with a sign or has one after its digits or its `Err`.
pub fn is_plain(value: &str) -> bool {
    match value.as_bytes() {
        [first, ..] if first.is_ascii_alphabetic() && *first != b'E' => true,
        bytes => bytes.iter().all(u8::is_ascii_alphanumeric),
    }
}

/// Returns how a value was damaged, if it can't be what was meant.
#[must_use]
pub fn damage(value: &str) -> Option<Damage> {
    let bytes = value.as_bytes();
    let first = *bytes.first()?;
    let digits_first = first.is_ascii_digit() || matches!(first, b'+' | b'-');
    if digits_first {
        return is_scientific(bytes).then_some(Damage::Scientific);
    }
    if first == b'#' {
        return if bytes.len() >= 3 && bytes.iter().all(|byte| *byte == b'#') {
            Some(Damage::TooNarrow)
        } else {
            is_error(value).then_some(Damage::ErrorValue)
        };
    }
    if first == b'E' && is_libre_office_error(bytes) {
        return Some(Damage::ErrorValue);
    }
    let hides = |letter: char| matches!(letter, '*' | '\u{2022}' | '\u{25cf}' | '\u{b7}');
    (bytes.len() >= 3 && (first == b'*' || first >= 0x80) && value.chars().all(hides))
        .then_some(Damage::Masked)
}

/// Recognizes `1.55512E+10` in any spelling: the exponent always has a sign.
fn is_scientific(bytes: &[u8]) -> bool {
    let digits = |bytes: &[u8]| {
        bytes
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count()
    };
    let unsigned = match bytes {
        [b'+' | b'-', rest @ ..] => rest,
        all => all,
    };
    let whole = digits(unsigned);
    let rest = match &unsigned[whole..] {
        [b'.' | b',', rest @ ..] if digits(rest) > 0 => &rest[digits(rest)..],
        rest => rest,
    };
    let [b'E' | b'e', b'+' | b'-', exponent @ ..] = rest else {
        return false;
    };
    whole > 0 && (1..=3).contains(&exponent.len()) && digits(exponent) == exponent.len()
}

fn is_error(value: &str) -> bool {
    let name = value.trim_start_matches(['#', '\u{a1}', '\u{bf}']);
    match name.strip_suffix(['!', '?']) {
        Some(name) => ERRORS.contains(&name),
        None => NOT_AVAILABLE.contains(&name),
    }
}

/// Recognizes `Err:502`.
fn is_libre_office_error(bytes: &[u8]) -> bool {
    bytes
        .strip_prefix(b"Err:")
        .is_some_and(|number| number.len() == 3 && number.iter().all(u8::is_ascii_digit))
}

/// Returns whether a value has the form that a spreadsheet gives to dates, truth values and
/// numbers, or that another program gives to whole numbers (`100.0`): the original may have been
/// written differently.
pub fn may_be_reformatted(value: &str) -> bool {
    // Longer values are neither dates nor numbers.
    let longest = 40;
    let bytes = value.as_bytes();
    if bytes.len() > longest {
        return false;
    }
    // The first digit and the first letter decide for most values.
    if !bytes.iter().any(u8::is_ascii_digit) {
        // A spreadsheet writes truth values in capitals.
        return bytes.iter().all(u8::is_ascii_uppercase)
            && value.len() <= 20
            && cell::is_truth_value(value);
    }
    if bytes.iter().any(u8::is_ascii_alphabetic) {
        return bytes.len() <= 11 && cell::is_date(value);
    }
    if bytes.iter().all(u8::is_ascii_digit) {
        return is_rounded(bytes);
    }
    is_number_with_signs(value) || (bytes.len() <= 11 && cell::is_date(value))
}

/// Returns whether a number has more digits than a spreadsheet preserves; it replaces the rest by
/// zeros.
fn is_rounded(digits: &[u8]) -> bool {
    digits.len() > 15 && digits[15..].iter().all(|digit| *digit == b'0')
}

/// Recognizes `50%`, `$5`, `5.00`, `1,234.50`, `100.0`.
fn is_number_with_signs(value: &str) -> bool {
    let number = value.trim_matches(|sign: char| "%$\u{a3}\u{20ac}\u{a5} ".contains(sign));
    let signed = number.len() < value.len();
    let mut parts = number.split(['.', ',']);
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let Some(first) = parts.next().filter(|first| digits(first)) else {
        return false;
    };
    let rest: Vec<&str> = parts.collect();
    match rest.as_slice() {
        [] => signed && !first.is_empty(),
        [.., last] => {
            let groups = &rest[..rest.len() - 1];
            groups.iter().all(|group| group.len() == 3 && digits(group))
                && digits(last)
                && (signed || !groups.is_empty() || matches!(*last, "0" | "00") || last.len() == 3)
        }
    }
}

/// Returns whether a value is what programs write for a missing value.
#[must_use]
pub fn is_placeholder(value: &str) -> bool {
    const WORDS: &[&str] = &[
        "(blank)",
        "(none)",
        "(null)",
        "-",
        "--",
        "<null>",
        "\\n",
        "n/a",
        "nan",
        "nil",
        "none",
        "null",
        "undefined",
    ];
    let longest = 9;
    let has_first = |first: &u8| !first.is_ascii_digit();
    value.len() <= longest
        && value.as_bytes().first().is_some_and(has_first)
        && WORDS.iter().any(|word| word.eq_ignore_ascii_case(value))
}

/// Returns whether a value contains UTF-8 that was decoded as Windows-1252, such as `\u{c3}\u{a4}`.
#[must_use]
pub fn is_wrongly_encoded(value: &str) -> bool {
    let mut letters = value.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied();
        let after_lead = matches!(letter, '\u{c2}'..='\u{c5}')
            && next.is_some_and(|next| !next.is_ascii() && !next.is_alphabetic());
        if after_lead || (letter == '\u{e2}' && next == Some('\u{20ac}')) {
            return true;
        }
    }
    false
}

/// Returns whether a value contains a character escaped as in HTML or a URL (RFC 3986 section 2.1),
/// such as `&amp;` or `%20`.
#[must_use]
pub fn has_escape(value: &str) -> bool {
    let of_addresses = [
        "%20", "%21", "%23", "%24", "%25", "%26", "%2B", "%2F", "%3D", "%3F", "%40",
    ];
    let in_address = |escape: &&str| value.contains(*escape);
    has_html_escape(value) || (value.contains('%') && of_addresses.iter().any(in_address))
}

fn has_html_escape(value: &str) -> bool {
    let named = ["&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&nbsp;"];
    let numbered = |rest: &str| {
        let end = rest.find(';').filter(|end| (1..=6).contains(end));
        let digits = rest.get(..end.unwrap_or(0)).unwrap_or_default();
        let digits = digits.strip_prefix(['x', 'X']).unwrap_or(digits);
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    value.contains('&')
        && (named.iter().any(|escape| value.contains(escape))
            || value.split("&#").skip(1).any(numbered))
}

/// Returns whether a value contains typographic quotation marks, dashes or ellipses, as word
/// processors substitute them.
#[must_use]
pub fn has_typeset_signs(value: &str) -> bool {
    !value.is_ascii()
        && value.contains(|letter| {
            matches!(letter, '\u{2010}'..='\u{2015}' | '\u{2018}'..='\u{201f}' | '\u{2026}')
        })
}

#[cfg(test)]
mod tests;
