//! Strips comments and indentation, so that the engine has less to parse before it starts.

/// Processes a file line by line.
#[derive(Debug, Default)]
pub(crate) struct Compact {
    in_comment: bool,
}

impl Compact {
    /// Returns a line without a leading comment and surrounding space, or `None` if nothing is
    /// left.
    pub(crate) fn line<'a>(&mut self, line: &'a str) -> Option<&'a str> {
        let mut rest = line.trim();
        while self.in_comment || rest.starts_with("/*") {
            let end = rest.find("*/");
            self.in_comment = end.is_none();
            rest = rest[end? + 2..].trim_start();
        }
        (!rest.is_empty() && !rest.starts_with("//")).then_some(rest)
    }

    /// Strips a whole text.
    pub(crate) fn text(text: &str) -> String {
        let mut compact = Self::default();
        let lines = text.lines().filter_map(|line| compact.line(line));
        lines.flat_map(|line| [line, "\n"]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_space_are_left_out_and_nothing_else() {
        let text = "/**\n * What it does.\n */\nf()\n\n  // why\n  g('/* a */') // stays\n\
                    /* one */ /** @type {A} */ (h)\n  /* b\n c */ i()\n";

        let compact = Compact::text(text);

        assert_eq!(compact, "f()\ng('/* a */') // stays\n(h)\ni()\n");
    }
}
