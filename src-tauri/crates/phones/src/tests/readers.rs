//! Parsers for the files that phones read, based on the documentation of each format and not on our
//! writers. Each returns what the phone would find: keys and values in order, or nothing if it
//! fails.

use super::goldens::utf16;
use crate::Format;

mod xml;

/// A key and its value.
pub(super) type Setting = (String, String);

/// Reads a file as the phone does.
pub(super) fn read(format: Format, bytes: &[u8]) -> Option<Vec<Setting>> {
    if format == Format::Microsip {
        return Some(microsip(&utf16(bytes)));
    }
    let text = std::str::from_utf8(bytes).ok()?;
    match format {
        Format::Asterisk => Some(asterisk(text)),
        Format::Baresip => baresip(text),
        Format::FanvilText => fanvil(text),
        Format::FanvilXml => Some(xml::fanvil(text)),
        Format::CiscoMpp
        | Format::CiscoSpa
        | Format::Grandstream
        | Format::GrandstreamWave
        | Format::Snom => Some(xml::leaves(text)),
        // Variables are replaced before the file is read.
        Format::Freeswitch if text.contains("$$") => None,
        Format::Freeswitch | Format::Gigaset => xml::named(text),
        Format::KamailioSql => sql(text, "uacreg"),
        Format::Linphone => Some(xml::linphone(text)),
        Format::Microsip => None,
        Format::Obihai => Some(xml::obihai(text)),
        Format::OpensipsSql => sql(text, "registrant"),
        Format::Pjsua => pjsua(text),
        Format::Poly => xml::poly(text),
        Format::Shell => shell(text),
        Format::Sipnetic => Some(sipnetic(text)),
        Format::Sipp => sipp(text),
        Format::Yealink => yealink(text),
    }
}

/// Reads sections of `key = value`: blanks around both are dropped.
fn sections(text: &str, value: impl Fn(&str) -> String) -> Vec<Setting> {
    let mut section = "";
    let mut read = Vec::new();
    for line in text.lines() {
        if let Some(name) = line
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        {
            section = name;
        } else if let Some((key, rest)) = line.split_once('=') {
            read.push((format!("{section}/{}", key.trim()), value(rest)));
        }
    }
    read
}

/// A semicolon ends the line, but behind a backslash it is one; a `>` behind `=` belongs to it.
fn asterisk(text: &str) -> Vec<Setting> {
    sections(text, |rest| {
        let rest = rest.strip_prefix('>').unwrap_or(rest);
        let mut value = String::new();
        for letter in rest.chars() {
            match letter {
                ';' if value.ends_with('\\') => {
                    value.pop();
                    value.push(';');
                }
                ';' => break,
                other => value.push(other),
            }
        }
        value.trim().to_owned()
    })
}

/// Blanks around a value are dropped, then one pair of quotes (`GetPrivateProfileString`).
fn microsip(text: &str) -> Vec<Setting> {
    sections(text, |rest| {
        let value = rest.trim();
        for quote in ['"', '\''] {
            let inner = value
                .strip_prefix(quote)
                .and_then(|inner| inner.strip_suffix(quote));
            if let Some(inner) = inner.filter(|_| value.len() > 1) {
                return inner.to_owned();
            }
        }
        value.to_owned()
    })
}

fn yealink(text: &str) -> Option<Vec<Setting>> {
    let mut lines = text.lines();
    lines.next().filter(|line| *line == "#!version:1.0.0.1")?;
    let settings = lines.filter(|line| !line.starts_with('#'));
    settings
        .map(|line| {
            let (key, value) = line.split_once('=')?;
            let value = value.trim();
            let value = if value == "%NULL%" { "" } else { value };
            Some((key.trim().to_owned(), value.to_owned()))
        })
        .collect()
}

fn fanvil(text: &str) -> Option<Vec<Setting>> {
    let body = text.strip_prefix("<<VOIP CONFIG FILE>>Version:2.")?;
    let (_, body) = body.split_once("<SIP CONFIG MODULE>\r\n")?;
    let (body, _) = body.split_once("\r\n<<END OF FILE>>\r\n")?;
    let lines = body.split("\r\n").filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let (key, value) = line.split_once(':')?;
            Some((key.trim().to_owned(), value.to_owned()))
        })
        .collect()
}

/// A semicolon separates, and two of them are one within a value.
fn sipnetic(text: &str) -> Vec<Setting> {
    let mut parts = vec![String::new()];
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter != ';' {
            parts.last_mut().unwrap().push(letter);
        } else if letters.next_if_eq(&';').is_some() {
            parts.last_mut().unwrap().push(';');
        } else {
            parts.push(String::new());
        }
    }
    let pairs = parts.iter().filter_map(|part| part.split_once('='));
    pairs
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect()
}

fn sipp(text: &str) -> Option<Vec<Setting>> {
    let row = text.strip_prefix("SEQUENTIAL\n")?.strip_suffix(";\n")?;
    let fields: Vec<&str> = row.split(';').collect();
    let [user, realm, keyword] = fields[..] else {
        return None;
    };
    let mut read = vec![
        ("field0".to_owned(), user.to_owned()),
        ("field1".to_owned(), realm.to_owned()),
    ];
    let parameters = keyword
        .strip_prefix("[authentication ")?
        .split(']')
        .next()
        .filter(|parameters| parameters.len() <= 256 - "authentication ".len())?;
    for parameter in parameters.split_whitespace() {
        let (key, value) = parameter.split_once('=')?;
        if value.starts_with('"') || value.contains("\\x") || !value.is_ascii() {
            return None;
        }
        read.push((format!("authentication/{key}"), value.to_owned()));
    }
    Some(read)
}

/// Parameters behind semicolons; quotes are dropped, and nothing within them is unescaped. A backslash
/// before the closing quote keeps it from closing.
fn baresip(text: &str) -> Option<Vec<Setting>> {
    let line = text.trim_end();
    let (address, mut rest) = line.split_once(">;").filter(|_| line.len() < 512)?;
    let mut read = vec![("address".to_owned(), format!("{address}>"))];
    loop {
        let (key, value) = rest.split_once('=')?;
        let (value, after) = match value.strip_prefix('"') {
            Some(quoted) if quoted.contains("\\\"") => return None,
            Some(quoted) => quoted.split_once('"')?,
            None => value.split_at(value.find([';', ' ', '\t']).unwrap_or(value.len())),
        };
        read.push((key.to_owned(), value.to_owned()));
        match after.strip_prefix(';') {
            Some(after) => rest = after,
            None => return Some(read),
        }
    }
}

/// Words between blanks; each kind of quote ends with itself, and has no escapes. A word that begins
/// with `#`, within quotes too, ends the line. A longer line is read as two.
fn pjsua(text: &str) -> Option<Vec<Setting>> {
    let mut words = Vec::new();
    for line in text.lines() {
        if line.len() > 199 {
            return None;
        }
        let mut rest = line.trim_start();
        while let Some(first) = rest.chars().next() {
            let (word, after) = match first {
                '"' | '\'' => rest[1..].split_once(first)?,
                _ => rest.split_once(' ').unwrap_or((rest, "")),
            };
            if word.starts_with('#') {
                break;
            }
            words.push(word.to_owned());
            rest = after.trim_start();
        }
    }
    let mut words = words.into_iter();
    let mut read = Vec::new();
    while let Some(key) = words.next() {
        let value = match key.as_str() {
            "--disable-stun" | "--use-srtp=0" => String::new(),
            _ => words.next()?,
        };
        read.push((key, value));
    }
    Some(read)
}

/// Words of a POSIX shell, as far as single quotes and backslashes make them.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut letters = text.trim_end().chars();
    while let Some(letter) = letters.next() {
        match letter {
            ' ' => words.extend(word.take()),
            '\'' => {
                let quoted: String = letters
                    .by_ref()
                    .take_while(|letter| *letter != '\'')
                    .collect();
                word.get_or_insert_default().push_str(&quoted);
            }
            '\\' => word.get_or_insert_default().extend(letters.next()),
            other => {
                assert!(
                    !"$`\"&;<>|()*?[#~%!{".contains(other),
                    "a shell reads {other:?}"
                );
                word.get_or_insert_default().push(other);
            }
        }
    }
    words.extend(word);
    words
}

fn shell(text: &str) -> Option<Vec<Setting>> {
    let mut words = words(text).into_iter();
    let mut read = vec![("program".to_owned(), words.next()?)];
    let mut target = None;
    while let Some(word) = words.next() {
        match word.as_str() {
            "-cb" | "-ha1" | "-register" | "-sd" => read.push((word, String::new())),
            "--field-val" | "-ap" | "-au" | "-ex" | "-fuser" | "-fv" | "-ruri" => {
                read.push((word, words.next()?));
            }
            _ => target = Some(word),
        }
    }
    read.push(("target".to_owned(), target?));
    Some(read)
}

/// One row of strings, in which a quote is doubled and a backslash means the same in any database: nothing.
fn sql(text: &str, table: &str) -> Option<Vec<Setting>> {
    let rest = text.strip_prefix(&format!("INSERT INTO {table} ("))?;
    let (columns, rest) = rest.split_once(")\nVALUES (")?;
    let mut values = Vec::new();
    let mut letters = rest.chars().peekable();
    loop {
        letters.next_if_eq(&'\'')?;
        let mut value = String::new();
        loop {
            match letters.next()? {
                '\\' => return None,
                '\'' if letters.next_if_eq(&'\'').is_none() => break,
                other => value.push(other),
            }
        }
        values.push(value);
        match (letters.next()?, letters.next()?) {
            (',', ' ') => {}
            (')', ';') => break,
            _ => return None,
        }
    }
    let columns: Vec<String> = columns.split(", ").map(str::to_owned).collect();
    let same = columns.len() == values.len();
    same.then(|| columns.into_iter().zip(values).collect())
}
