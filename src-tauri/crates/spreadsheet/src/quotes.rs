//! Finds quoted cells with text after the closing quotation mark. The program that wrote the file
//! didn't double a quotation mark inside the cell, so its original value can't be recovered.

/// A state machine over the bytes of one row, which ends with a line feed.
pub(super) struct Quotes {
    separator: u8,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// At the start of a cell.
    Begin,
    /// A cell's closing quotation mark is followed by something else.
    Broken,
    /// After a quotation mark in a quoted cell: either it ends the cell or it is the first of a
    /// doubled one.
    Closed,
    /// In spaces after a closed cell, which some programs write.
    Padded,
    /// In an unquoted cell, where a quotation mark has no special meaning.
    Plain,
    /// In a quoted cell.
    Quoted,
}

impl Quotes {
    /// Starts a row.
    pub(super) fn of(separator: u8) -> Self {
        Self {
            separator,
            state: State::Begin,
        }
    }

    /// Returns whether a cell continued after its closing quotation mark.
    pub(super) fn is_broken(&self) -> bool {
        self.state == State::Broken
    }

    /// Processes more bytes of the row.
    pub(super) fn read(&mut self, bytes: &[u8]) {
        // Most rows contain no quotation marks.
        if matches!(self.state, State::Begin | State::Plain) && !bytes.contains(&b'"') {
            self.state = match bytes.last() {
                None => self.state,
                Some(last) if *last == self.separator => State::Begin,
                Some(_) => State::Plain,
            };
            return;
        }
        let mut at = 0;
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            let up_to = |wanted: u8| {
                let found = rest.iter().position(|byte| *byte == wanted);
                found.map(|before| before + 1)
            };
            let (read, state) = match self.state {
                State::Begin | State::Closed if rest[0] == b'"' => (1, State::Quoted),
                State::Begin => (0, State::Plain),
                State::Plain => match up_to(self.separator) {
                    Some(read) => (read, State::Begin),
                    None => (rest.len(), State::Plain),
                },
                State::Quoted => match up_to(b'"') {
                    Some(read) => (read, State::Closed),
                    None => (rest.len(), State::Quoted),
                },
                State::Closed | State::Padded => (1, self.behind(rest[0])),
                State::Broken => return,
            };
            at += read;
            self.state = state;
        }
    }

    fn behind(&self, byte: u8) -> State {
        match byte {
            b'\n' => State::Begin,
            _ if byte == self.separator => State::Begin,
            b' ' | b'\t' => State::Padded,
            _ => State::Broken,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Feeds a row in pieces of every size, which must not make a difference.
    fn is_broken(row: &str) -> bool {
        let broken = |size: usize| {
            let mut quotes = Quotes::of(b',');
            for piece in row.as_bytes().chunks(size) {
                quotes.read(piece);
            }
            quotes.is_broken()
        };
        let whole = broken(row.len());
        assert!((1..row.len()).all(|size| broken(size) == whole), "{row}");
        whole
    }

    #[test]
    fn a_quotation_mark_that_is_not_doubled_is_found() {
        for row in [
            "\"anna\",\"X@_F\"NqyyRQ3\"\n",
            "\"anna\",\"\"pass\"\n",
            "\"anna\",\"pass\"\"\n\"ben\",\"x\"\n",
            "\"anna\",\"a\" \"b\"\n",
            "\"anna\" x,y\n",
        ] {
            assert!(is_broken(row), "{row}");
        }
    }

    #[test]
    fn quotation_marks_as_they_should_be_are_left_alone() {
        for row in [
            "anna,x\n",
            "\"anna\",\"a\"\"b\"\n",
            "\"anna\",\"\"\"\"\n",
            "\"anna\",\"a,b\",\"\"\n",
            "\"anna\" , \"x\"\n",
            "anna,X@_F\"Nqyy\n",
            "anna,5\" pipe\"\n",
            "=\"0012\",\"=\"\"0013\"\"\"\n",
            "\"anna\",\"two\nlines\"\n",
        ] {
            assert!(!is_broken(row), "{row}");
        }
    }

    #[test]
    fn any_row_that_is_written_right_is_left_alone() {
        use proptest::prelude::*;
        use proptest::test_runner::Config;
        let rows = proptest::collection::vec(any::<String>(), 1..5);
        proptest!(Config { failure_persistence: None, ..Config::with_cases(128) }, |(cells in rows)| {
            let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
            let row: Vec<String> = cells.iter().map(quoted).collect();
            prop_assert!(!is_broken(&(row.join(",") + "\n")));
        });
    }
}
