//! The hand-over sheet: one HTML file without a script and without a secret.

use registrar_activity::Tone;
use registrar_explain::{Notice, SummaryRow};

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:3rem auto;\
padding:0 1rem;color:#1b2330}h1{font-size:1.6rem}h2{font-size:1.1rem;margin-top:2rem}\
th{text-align:left;font-weight:600;padding:.4rem 2rem .4rem 0;vertical-align:top}\
td{font-family:ui-monospace,monospace;overflow-wrap:anywhere}li{margin:.4rem 0}\
.practice{border:2px solid #6b2fb3;padding:.6rem 1rem;color:#6b2fb3;font-weight:600}";

/// What stands on the sheet.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    /// What is typed into the phone.
    pub rows: &'a [SummaryRow],
    /// What was tried, and what came of it.
    pub checks: &'a [Notice],
    /// What was not tried, each in one sentence.
    pub left_open: &'a [String],
    /// All of it is practice.
    pub practice: bool,
}

/// Writes the sheet.
#[must_use]
pub fn html(sheet: &Sheet<'_>) -> String {
    let rows = lines(sheet.rows, |row| {
        format!(
            "<tr><th>{}</th><td>{}</td></tr>",
            text(&row.name),
            text(&row.value)
        )
    });
    let checks = lines(sheet.checks, |check| {
        let mark = match check.tone {
            Tone::Good => "✓",
            Tone::Bad => "✗",
            Tone::Wait | Tone::Plain => "–",
        };
        format!("<li>{mark} {}</li>", text(&check.sentence))
    });
    let open = lines(sheet.left_open, |line| format!("<li>{}</li>", text(line)));
    let banner = if sheet.practice {
        "<p class=\"practice\">Practice account. Nothing here is real.</p>\n"
    } else {
        ""
    };
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src \
         'unsafe-inline'\">\n<title>SIP Registrar: your phone</title>\n<style>{STYLE}</style>\n\
         <h1>Your phone on Bandwidth’s SIP Registrar</h1>\n{banner}<table>\n{rows}\n</table>\n\
         <h2>What was checked</h2>\n<ul>\n{checks}\n</ul>\n<h2>Still to do</h2>\n<ul>\n{open}\n</ul>\n\
         </html>\n"
    )
}

/// Writes one line for each.
fn lines<T>(all: &[T], line: impl Fn(&T) -> String) -> String {
    all.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Escapes text for HTML.
fn text(plain: &str) -> String {
    let mut escaped = String::with_capacity(plain.len());
    for letter in plain.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_named_cannot_become_markup() {
        let rows = [SummaryRow {
            name: "Account".to_owned(),
            value: "<script>alert(1)</script>".to_owned(),
        }];
        let checks = [Notice {
            tone: Tone::Bad,
            sentence: "a & b".to_owned(),
            next: None,
        }];

        let html = html(&Sheet {
            rows: &rows,
            checks: &checks,
            left_open: &[],
            practice: true,
        });

        assert!(html.contains("&lt;script&gt;"), "{html}");
        assert!(!html.contains("<script"), "{html}");
        assert!(html.contains("a &amp; b"));
        assert!(html.contains("Nothing here is real"));
    }
}
