//! What may be shown of a request: its text with secrets masked, and a curl command.

use registrar_secret::redact::DOTS;
use url::{Position, Url};

use super::piece::Piece;
use super::request::{Authorization, Field, Request};
use super::scrub;

/// The shell variable for the secret in a practice URL.
const PATH: &str = "PRACTICE_PATH";

impl Request {
    /// Returns what may be shown of the request, before and after it is sent.
    #[must_use]
    pub fn text(&self) -> RequestText {
        RequestText::new(self)
    }
}

/// A request without its secrets: the same value before it is sent and in the record afterwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestText {
    method: &'static str,
    /// The address up to its path.
    origin: String,
    /// The secret segment in front of the path.
    secret_path: Option<Piece>,
    /// The path and the query.
    rest: String,
    target: String,
    host: String,
    sign_in: SignIn,
    headers: Vec<(&'static str, &'static str)>,
    body: Vec<Piece>,
    fields: Option<Vec<(&'static str, Piece)>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum SignIn {
    None,
    Basic {
        user: String,
        variable: &'static str,
    },
    Bearer,
}

impl RequestText {
    pub(super) fn new(request: &Request) -> Self {
        // The address of a redirect comes from the other side, which knows the sign-in.
        let secrets = request.secrets();
        let url = request.url().url();
        let secret_path = request.url().secret().map(|_| Piece::Secret(PATH));
        let dots = secret_path.as_ref().map(|_| format!("/{DOTS}"));
        let query = url.query().map(|query| format!("?{query}"));
        let port = url.port().map(|port| format!(":{port}"));
        let mut headers = vec![("Accept", request.accept())];
        headers.extend(request.content_type().map(|kind| ("Content-Type", kind)));
        Self {
            method: request.method().name(),
            origin: secrets.out_of(&url[..Position::BeforePath]),
            rest: secrets.out_of(&url[Position::BeforePath..]),
            target: secrets.out_of(&format!(
                "{}{}{}",
                dots.unwrap_or_default(),
                url.path(),
                query.unwrap_or_default()
            )),
            secret_path,
            host: format!(
                "{}{}",
                url.host_str().unwrap_or_default(),
                port.unwrap_or_default()
            ),
            sign_in: match request.authorization() {
                Authorization::None => SignIn::None,
                Authorization::Basic { user, variable, .. } => SignIn::Basic {
                    user: user.clone(),
                    variable,
                },
                Authorization::Bearer(_) => SignIn::Bearer,
            },
            headers,
            body: request.body_pieces(),
            fields: request
                .fields()
                .map(|fields| fields.iter().map(shown_field).collect()),
        }
    }

    /// Returns its URL, without user info and without secrets in the query.
    #[must_use]
    pub fn address(&self) -> String {
        let Ok(mut url) = Url::parse(&format!("{}{}", self.origin, self.rest)) else {
            return self.host.clone();
        };
        // These can fail only for a URL without a host, which has no user info.
        let _ = url.set_username("");
        let _ = url.set_password(None);
        let pairs: Vec<(String, String)> = url
            .query_pairs()
            .map(|(name, value)| {
                let secret = scrub::is_secret(&name);
                let value = if secret {
                    DOTS.to_owned()
                } else {
                    value.into_owned()
                };
                (name.into_owned(), value)
            })
            .collect();
        if pairs.iter().any(|(_, value)| value == DOTS) {
            url.query_pairs_mut().clear().extend_pairs(pairs);
        }
        let secret = self.secret_path.as_ref().map(|_| format!("/{DOTS}"));
        format!(
            "{}{}{}",
            &url[..Position::BeforePath],
            secret.unwrap_or_default(),
            &url[Position::BeforePath..]
        )
    }

    /// Returns the request as text, with each secret masked.
    #[must_use]
    pub fn text(&self) -> String {
        let mut lines = vec![
            format!("{} {}", self.method, self.target),
            format!("Host: {}", self.host),
        ];
        match self.sign_in {
            SignIn::None => {}
            SignIn::Basic { .. } => lines.push(format!("Authorization: Basic {DOTS}")),
            SignIn::Bearer => lines.push(format!("Authorization: Bearer {DOTS}")),
        }
        let headers = self.headers.iter();
        lines.extend(headers.map(|(name, value)| format!("{name}: {value}")));
        let mut text = lines.join("\n") + "\n";
        if !self.body.is_empty() {
            text.push('\n');
        }
        for piece in &self.body {
            text.push_str(match piece {
                Piece::Plain(plain) => plain,
                Piece::Secret(_) => DOTS,
            });
        }
        text
    }

    /// Returns the request as a curl command for a POSIX shell. Secrets are variables, so that it
    /// runs once the person has set them.
    #[must_use]
    pub fn curl(&self) -> String {
        let plain = |text: &str| Piece::Plain(text.to_owned());
        let url = match &self.secret_path {
            None => vec![plain(&format!("{}{}", self.origin, self.rest))],
            Some(secret) => vec![
                plain(&format!("{}/", self.origin)),
                secret.clone(),
                plain(&self.rest),
            ],
        };
        let mut lines = vec![format!("curl --request {} {}", self.method, word(&url))];
        let globs = ['[', ']', '{', '}'];
        if self.origin.contains(globs) || self.rest.contains(globs) {
            lines.push("--globoff".to_owned());
        }
        match &self.sign_in {
            SignIn::None => {}
            SignIn::Basic { user, variable } => {
                let user = Piece::Plain(format!("{user}:"));
                lines.push(format!("--user {}", word(&[user, Piece::Secret(variable)])));
            }
            SignIn::Bearer => {
                lines.push("--header \"Authorization: Bearer $BANDWIDTH_TOKEN\"".to_owned());
            }
        }
        for (name, value) in &self.headers {
            lines.push(format!("--header {}", quote(&format!("{name}: {value}"))));
        }
        if let Some(fields) = &self.fields {
            for (name, value) in fields {
                let name = Piece::Plain(format!("{name}="));
                lines.push(format!("--data-urlencode {}", word(&[name, value.clone()])));
            }
        } else if !self.body.is_empty() {
            lines.push(format!("--data-raw {}", word(&self.body)));
        }
        lines.join(" \\\n  ")
    }
}

fn shown_field(field: &Field) -> (&'static str, Piece) {
    match field {
        Field::Plain(name, value) => (name, Piece::Plain(value.clone())),
        Field::Secret { name, variable, .. } => (name, Piece::Secret(variable)),
    }
}

/// Joins pieces to one shell word.
fn word(pieces: &[Piece]) -> String {
    let mut word = String::new();
    for piece in pieces {
        match piece {
            Piece::Plain(plain) if plain.is_empty() => {}
            Piece::Plain(plain) => word.push_str(&quote(plain)),
            Piece::Secret(variable) => word.extend(["\"$", variable, "\""]),
        }
    }
    if word.is_empty() { quote("") } else { word }
}

/// Quotes a text for a POSIX shell: within single quotes, only the quote itself is special. A NUL
/// can't be in an argument and is dropped.
fn quote(text: &str) -> String {
    format!("'{}'", text.replace('\0', "").replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use registrar_activity::Service;
    use registrar_secret::{AccessToken, PathSecret};
    use url::Url;
    use zeroize::Zeroizing;

    use super::super::request::Method;
    use super::*;
    use crate::service_url::ServiceUrl;

    #[cfg(unix)]
    const AWKWARD: &str = "a'b\"c $HOME `id` $(id) \\ ! \n * ?";

    fn request() -> Request {
        let url = Url::parse("https://api.example/accounts/1/x?page=1&size=2").unwrap();
        Request::new(Service::Dashboard, "Test", Method::Post, url)
    }

    #[test]
    fn a_bearer_token_is_dots_in_the_text_and_a_variable_in_curl() {
        let request = request().signed(Authorization::Bearer(AccessToken::new("canary-7f3a")));

        let shown = request.text();

        assert!(shown.text().contains("Authorization: Bearer ••••••\n"));
        assert!(
            shown
                .curl()
                .contains(r#"--header "Authorization: Bearer $BANDWIDTH_TOKEN""#)
        );
        assert!(!format!("{shown:?}{}{}", shown.text(), shown.curl()).contains("canary"));
    }

    #[test]
    fn hash_digits_are_dots_in_the_text_and_variables_in_curl() {
        let body = "<C><Hash1>canary1</Hash1>\n<Hash1b>canary2</Hash1b></C>";
        let request = request().xml(Zeroizing::new(body.to_owned()));

        let shown = request.text();

        assert!(
            shown
                .text()
                .ends_with("<C><Hash1>••••••</Hash1>\n<Hash1b>••••••</Hash1b></C>")
        );
        assert!(shown.curl().contains(r#"<Hash1>'"$HASH1"'</Hash1>"#));
        assert!(shown.curl().contains(r#"<Hash1b>'"$HASH1B"'</Hash1b>"#));
        assert!(!format!("{shown:?}").contains("canary"));
    }

    #[test]
    fn secret_path_is_dots_in_text_and_variable_in_curl() {
        let url = Url::parse("http://127.0.0.1:8/api/x?page=1").unwrap();
        let url = ServiceUrl::from(url).behind(PathSecret::new("canary-path"));
        let request = Request::new(Service::Dashboard, "Test", Method::Get, url);

        let shown = request.text();

        assert!(shown.text().starts_with("GET /••••••/api/x?page=1\n"));
        assert_eq!(shown.address(), "http://127.0.0.1:8/••••••/api/x?page=1");
        let curl = r#"'http://127.0.0.1:8/'"$PRACTICE_PATH"'/api/x?page=1'"#;
        assert!(shown.curl().contains(curl), "{}", shown.curl());
        assert!(!format!("{shown:?}").contains("canary"));
    }

    #[cfg(unix)]
    #[test]
    fn a_shell_hands_curl_exactly_what_was_meant() {
        let request = request()
            .signed(Authorization::Basic {
                user: AWKWARD.to_owned(),
                secret: Zeroizing::new("hidden".to_owned()),
                variable: "SECRET",
            })
            .form(vec![
                Field::Plain("To", AWKWARD.to_owned()),
                Field::Secret {
                    name: "Password",
                    value: Zeroizing::new("hidden".to_owned()),
                    variable: "SECRET",
                },
            ]);
        let script = format!(
            "curl() {{ printf '%s\\0' \"$@\"; }}\nSECRET='s \"3'\n{}",
            request.text().curl()
        );

        let output = std::process::Command::new("sh")
            .args(["-c", &script])
            .output()
            .unwrap();

        let printed = String::from_utf8(output.stdout).unwrap();
        let words: Vec<&str> = printed.split_terminator('\0').collect();
        let after = |option: &str| {
            let mut found = Vec::new();
            for pair in words.windows(2).filter(|pair| pair[0] == option) {
                found.push(pair[1].to_owned());
            }
            found
        };
        assert_eq!(after("--user"), [format!("{AWKWARD}:s \"3")]);
        assert_eq!(
            after("--data-urlencode"),
            [format!("To={AWKWARD}"), "Password=s \"3".to_owned()]
        );
        assert_eq!(after("POST"), [request.url().expose()]);
    }
}
