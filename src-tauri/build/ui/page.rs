//! The page: its styles, its first modules, and the templates that it keeps.

use std::fmt::Write as _;

use serde_json::Value;

use super::brief::Brief;
use super::{FIRST, FIRST_SCREEN, PAGE, STYLES};

/// Takes the templates out of the page that the first modules do not clone. Returns the page, and the
/// templates as a string of JavaScript.
pub(super) fn split(page: &str, first: &str) -> Result<(String, Value), String> {
    const BEGINS: &str = "  <template id=\"template-";
    const ENDS: &str = "  </template>\n";
    let (mut kept, mut taken) = (String::new(), String::new());
    let mut rest = page;
    while let Some(at) = rest.find(BEGINS) {
        kept.push_str(&rest[..at]);
        let odd = || format!("{PAGE}: this is not understood: {:.60}", &rest[at..]);
        let (name, _) = rest[at + BEGINS.len()..].split_once('"').ok_or_else(odd)?;
        let end = rest[at..].find(ENDS).ok_or_else(odd)? + at + ENDS.len();
        let cloned = ["clone", "cloneOne"].map(|clones| format!("{clones}('{name}')"));
        let place = if name == FIRST_SCREEN || cloned.iter().any(|clone| first.contains(clone)) {
            &mut kept
        } else {
            &mut taken
        };
        place.push_str(&rest[at..end]);
        rest = &rest[end..];
    }
    kept.push_str(rest);
    Ok((flush(&kept), Value::from(flush(&taken))))
}

/// Returns a text without the space that its lines begin with.
fn flush(text: &str) -> String {
    let lines = text.lines().map(str::trim_start);
    lines
        .filter(|line| !line.is_empty())
        .flat_map(|line| [line, "\n"])
        .collect()
}

/// Puts the styles and the first modules into the page, in place of what asks for their files.
pub(super) fn fill(page: &str, styles: &str, first: &str) -> Result<String, String> {
    // Only these end such an element, or hide its end.
    for (text, odd) in [(styles, "</style"), (first, "</script"), (first, "<script")] {
        if text.contains(odd) {
            return Err(format!("{odd} cannot stand in the page"));
        }
    }
    let styles = styles.replace("url(\"../", "url(\"/");
    let mut filled = page.to_owned();
    for (asks, element) in [
        (
            format!("<link rel=\"stylesheet\" href=\"{STYLES}\">"),
            format!("<style>\n{styles}</style>"),
        ),
        (
            format!("<script type=\"module\" src=\"{FIRST}\"></script>"),
            String::new(),
        ),
        // It runs as soon as the page is read. As a module it would wait until the page was laid out
        // without it.
        (
            "</body>".to_owned(),
            format!("<script>\n(() => {{\n'use strict'\n{first}}})()\n</script>\n</body>"),
        ),
    ] {
        let (before, behind) = filled
            .split_once(&asks)
            .ok_or_else(|| format!("{PAGE} has no {asks}"))?;
        filled = [before, &element, behind].concat();
    }
    Ok(filled)
}

/// Puts each style sheet in the place where this one imports it.
pub(super) fn styles(
    sheet: &str,
    read: &dyn Fn(&str) -> Result<String, String>,
) -> Result<String, String> {
    let mut all = String::new();
    for line in Brief::text(&read(sheet)?).lines() {
        let Some(import) = line.strip_prefix("@import url(\"") else {
            all.push_str(line);
            all.push('\n');
            continue;
        };
        let (path, rest) = import.split_once("\") layer(").ok_or(line)?;
        let layer = rest.strip_suffix(");").ok_or(line)?;
        let text = Brief::text(&read(&format!("css/{path}"))?);
        if text.contains("@import") {
            return Err(format!("{path} imports styles itself"));
        }
        let _ = writeln!(all, "@layer {layer} {{\n{text}}}");
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_keeps_the_templates_that_the_first_modules_clone() {
        let page = "<body>\n  <template id=\"template-a\">\n    <p></p>\n  </template>\n\n  \
                    <template id=\"template-b\">\n  </template>\n</body>\n";

        let (kept, taken) = split(page, "cloneOne('a')\nsteps('b')").unwrap();

        let a = "<template id=\"template-a\">\n<p></p>\n</template>\n";
        assert_eq!(kept, format!("<body>\n{a}</body>\n"));
        assert_eq!(taken, "<template id=\"template-b\">\n</template>\n");
        assert!(split("  <template id=\"template-a\">", "").is_err());
    }

    #[test]
    fn what_would_end_its_own_element_is_refused() {
        let page = "<link rel=\"stylesheet\" href=\"css/index.css\">\
                    <script type=\"module\" src=\"main.js\"></script></body>";

        let filled = fill(page, "a {}\n", "b()\n").unwrap();
        assert_eq!(
            filled,
            "<style>\na {}\n</style><script>\n(() => {\n'use strict'\nb()\n})()\n</script>\n</body>"
        );
        for (styles, first) in [("</style>", ""), ("", "'</script>'"), ("", "'<script>'")] {
            assert!(fill(page, styles, first).is_err(), "{styles}{first}");
        }
        assert!(fill("<link>", "", "").is_err());
    }

    #[test]
    fn every_style_sheet_stands_in_its_layer() {
        let read = |path: &str| {
            Ok(match path {
                "css/index.css" => "@layer a, b;\n@import url(\"a.css\") layer(a);\n",
                _ => "p {\n}\n",
            }
            .to_owned())
        };
        assert_eq!(
            styles("css/index.css", &read).unwrap(),
            "@layer a, b;\n@layer a {\np {\n}\n}\n"
        );
    }
}
