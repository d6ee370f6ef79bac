//! The page: its styles, its initial modules, and its templates.

use std::fmt::Write as _;

use crate::compact::Compact;
use crate::{Error, FIRST_SCREEN, Page, Read};

/// One `<template>` element, without indentation.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Template {
    name: String,
    text: String,
}

/// Reads the templates of a file, which contains nothing else.
pub(crate) fn templates(file: &str, text: &str) -> Result<Vec<Template>, Error> {
    const BEGINS: &str = "<template id=\"template-";
    const ENDS: &str = "\n</template>\n";
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let odd = || Error::source(file, format!("this is no template: {rest:.60}"));
        let (name, _) = rest
            .strip_prefix(BEGINS)
            .and_then(|begun| begun.split_once('"'))
            .ok_or_else(odd)?;
        let end = rest.find(ENDS).ok_or_else(odd)? + ENDS.len();
        found.push(Template {
            name: name.to_owned(),
            text: flush(&rest[..end]),
        });
        rest = rest[end..].trim_start();
    }
    Ok(found)
}

/// Returns the templates that the first modules clone, and the others.
pub(crate) fn split(templates: &[Template], first: &str) -> (String, String) {
    let at_once = |template: &&Template| {
        let cloned = |clones| first.contains(&format!("{clones}('{}')", template.name));
        template.name == FIRST_SCREEN || cloned("clone") || cloned("cloneOne")
    };
    let (kept, later): (Vec<_>, Vec<_>) = templates.iter().partition(at_once);
    let texts = |those: Vec<&Template>| {
        those
            .iter()
            .map(|template| template.text.as_str())
            .collect()
    };
    (texts(kept), texts(later))
}

/// Returns a text without indentation.
fn flush(text: &str) -> String {
    let lines = text.lines().map(str::trim_start);
    lines
        .filter(|line| !line.is_empty())
        .flat_map(|line| [line, "\n"])
        .collect()
}

/// Inlines the styles, templates, and first modules in the page, in place of the links to their
/// files.
pub(crate) fn fill(
    Page {
        path,
        first: module,
        styles: sheet,
    }: Page,
    page: &str,
    styles: &str,
    templates: &str,
    first: &str,
) -> Result<String, Error> {
    // The page links to files in its own folder.
    let (folder, _) = path.rsplit_once('/').unwrap_or_default();
    let own = |file: &'static str| {
        let below = file.strip_prefix(folder).unwrap_or(file);
        below.trim_start_matches('/')
    };
    // Only these can end such an element, or hide its end.
    for (text, odd) in [(styles, "</style"), (first, "</script"), (first, "<script")] {
        if text.contains(odd) {
            return Err(Error::source(
                path,
                format!("{odd} cannot stand in the page"),
            ));
        }
    }
    let styles = styles.replace("url(\"../", "url(\"/");
    let mut filled = flush(page);
    for (asks, element) in [
        (
            format!("<link rel=\"stylesheet\" href=\"{}\">", own(sheet)),
            format!("<style>\n{styles}</style>"),
        ),
        (
            format!("<script type=\"module\" src=\"{}\"></script>", own(module)),
            String::new(),
        ),
        // It runs as soon as it's parsed. A module would wait until the page was laid out without
        // it.
        (
            "</body>".to_owned(),
            format!(
                "{templates}<script>\n(() => {{\n'use strict'\n{first}}})()\n</script>\n</body>"
            ),
        ),
    ] {
        let (before, behind) = filled
            .split_once(&asks)
            .ok_or_else(|| Error::source(path, format!("has no {asks}")))?;
        filled = [before, &element, behind].concat();
    }
    Ok(filled)
}

/// Replaces each import with the style sheet.
pub(crate) fn styles(sheet: &str, read: Read<'_>) -> Result<String, Error> {
    let mut all = String::new();
    for line in Compact::text(&read(sheet)?).lines() {
        let Some(import) = line.strip_prefix("@import url(\"") else {
            all.push_str(line);
            all.push('\n');
            continue;
        };
        let odd = || Error::source(sheet, format!("this is not understood: {line}"));
        let (path, rest) = import.split_once("\") layer(").ok_or_else(odd)?;
        let layer = rest.strip_suffix(");").ok_or_else(odd)?;
        let path = beside(sheet, path);
        let text = Compact::text(&read(&path)?);
        if text.contains("@import") {
            return Err(Error::source(&path, "imports styles itself"));
        }
        let _ = writeln!(all, "@layer {layer} {{\n{text}}}");
    }
    Ok(all)
}

/// Returns the path below `ui` of a file that another one refers to.
fn beside(file: &str, named: &str) -> String {
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in named.split('/') {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MAIN;

    #[test]
    fn the_page_keeps_the_templates_of_its_modules() {
        let file = "<template id=\"template-a\">\n  <p></p>\n</template>\n\n\
                    <template id=\"template-b\">\n  <i></i>\n</template>\n";

        let found = templates("x.html", file).unwrap();
        let (kept, later) = split(&found, "cloneOne('a')\nsteps('b')");

        assert_eq!(kept, "<template id=\"template-a\">\n<p></p>\n</template>\n");
        assert_eq!(
            later,
            "<template id=\"template-b\">\n<i></i>\n</template>\n"
        );
    }

    #[test]
    fn a_file_of_templates_holds_nothing_else() {
        for odd in [
            "<template id=\"template-a\">",
            "<p></p>\n",
            "<template id=\"template-a\">\n<p></p>\n</template>\n<p></p>\n",
        ] {
            let error = templates("x.html", odd).unwrap_err().to_string();
            assert!(error.starts_with("x.html: "), "{odd}: {error}");
        }
    }

    #[test]
    fn what_would_end_its_own_element_is_refused() {
        let page = "<link rel=\"stylesheet\" href=\"styles/index.css\">\
                    <script type=\"module\" src=\"main.js\"></script></body>";

        let filled = fill(MAIN, page, "a {}\n", "<template>\n", "b()\n").unwrap();
        assert_eq!(
            filled,
            "<style>\na {}\n</style><template>\n<script>\n(() => {\n'use strict'\nb()\n})()\n</script>\n</body>\n"
        );
        for (styles, first) in [("</style>", ""), ("", "'</script>'"), ("", "'<script>'")] {
            assert!(
                fill(MAIN, page, styles, "", first).is_err(),
                "{styles}{first}"
            );
        }
        assert!(fill(MAIN, "<link>", "", "", "").is_err());
    }

    #[test]
    fn every_style_sheet_stands_in_its_layer() {
        let read = |path: &str| {
            Ok(match path {
                "css/index.css" => {
                    "@layer a, b;\n@import url(\"a.css\") layer(a);\n@import url(\"../x/b.css\") layer(b);\n"
                }
                "css/a.css" => "p {\n}\n",
                "x/b.css" => "i {\n}\n",
                other => panic!("{other}"),
            }
            .to_owned())
        };
        assert_eq!(
            styles("css/index.css", &read).unwrap(),
            "@layer a, b;\n@layer a {\np {\n}\n}\n@layer b {\ni {\n}\n}\n"
        );
    }

    #[test]
    fn an_import_without_a_layer_is_refused() {
        let read = |_: &str| Ok("@import url(\"a.css\");\n".to_owned());

        assert!(styles("css/index.css", &read).is_err());
    }
}
