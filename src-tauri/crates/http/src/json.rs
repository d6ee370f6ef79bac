//! A JSON body whose secrets are kept separately.

use zeroize::Zeroizing;

use super::piece::Piece;

/// One member of the object.
#[derive(Clone, Debug)]
pub enum Member {
    /// A number, shown as it is.
    Number(&'static str, u64),
    /// Text that is masked, and a variable in a curl command.
    Secret {
        name: &'static str,
        value: Zeroizing<String>,
        variable: &'static str,
    },
    /// Text, shown as it is.
    Text(&'static str, String),
}

/// Serializes the object as it is sent.
pub(super) fn text(members: &[Member]) -> Zeroizing<String> {
    let mut text = Zeroizing::new("{".to_owned());
    for (at, member) in members.iter().enumerate() {
        text.push_str(&lead(at, member));
        match member {
            Member::Number(_, number) => text.push_str(&number.to_string()),
            Member::Secret { value, .. } => quote(value, &mut text),
            Member::Text(_, value) => quote(value, &mut text),
        }
    }
    text.push_str("\n}");
    text
}

/// Returns the same text in pieces.
pub(super) fn pieces(members: &[Member]) -> Vec<Piece> {
    let mut pieces = vec![Piece::Plain("{".to_owned())];
    for (at, member) in members.iter().enumerate() {
        let lead = lead(at, member);
        match member {
            Member::Number(_, number) => pieces.push(Piece::Plain(format!("{lead}{number}"))),
            Member::Secret { variable, .. } => pieces.extend([
                Piece::Plain(format!("{lead}\"")),
                Piece::Secret(variable),
                Piece::Plain("\"".to_owned()),
            ]),
            Member::Text(_, value) => {
                pieces.push(Piece::Plain(format!("{lead}\"{}\"", *escaped(value))));
            }
        }
    }
    pieces.push(Piece::Plain("\n}".to_owned()));
    pieces
}

/// Returns the object's secrets.
pub(super) fn secrets(members: &[Member]) -> impl Iterator<Item = Zeroizing<String>> {
    members.iter().filter_map(|member| match member {
        Member::Number(..) | Member::Text(..) => None,
        Member::Secret { value, .. } => Some(value.clone()),
    })
}

fn quote(value: &str, into: &mut String) {
    into.push('"');
    into.push_str(&escaped(value));
    into.push('"');
}

fn lead(at: usize, member: &Member) -> String {
    let (Member::Number(name, _) | Member::Secret { name, .. } | Member::Text(name, _)) = member;
    let comma = if at == 0 { "" } else { "," };
    format!("{comma}\n  \"{name}\": ")
}

/// Escapes a text for a JSON string (RFC 8259 section 7).
fn escaped(text: &str) -> Zeroizing<String> {
    let mut escaped = Zeroizing::new(String::with_capacity(text.len()));
    for letter in text.chars() {
        match letter {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            letter if letter.is_control() => {
                escaped.extend(["\\u", &hex::encode((letter as u16).to_be_bytes())]);
            }
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    const AWKWARD: &str = "a'b\"c \\ \u{7} \n ü 𝄞";

    fn members() -> Vec<Member> {
        vec![
            Member::Text("one", AWKWARD.to_owned()),
            Member::Secret {
                name: "two",
                value: Zeroizing::new("canary-7f3a\"".to_owned()),
                variable: "TWO",
            },
            Member::Number("three", 30),
        ]
    }

    #[test]
    fn what_is_written_is_read_back_letter_by_letter() {
        let read: serde_json::Value = serde_json::from_str(&text(&members())).unwrap();

        assert_eq!(read["one"], AWKWARD);
        assert_eq!(read["two"], "canary-7f3a\"");
        assert_eq!(read["three"], 30);
        let none: serde_json::Value = serde_json::from_str(&text(&[])).unwrap();
        assert_eq!(none, serde_json::json!({}));
    }

    #[test]
    fn what_is_shown_is_what_is_sent_but_for_the_secret() {
        let shown: String = pieces(&members())
            .into_iter()
            .map(|piece| match piece {
                Piece::Plain(plain) => plain,
                Piece::Secret(variable) => format!("${variable}"),
            })
            .collect();

        assert_eq!(shown, text(&members()).replace("canary-7f3a\\\"", "$TWO"));
        assert_eq!(secrets(&members()).count(), 1);
    }
}
