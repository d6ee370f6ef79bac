//! The terminal that the app was started from, if any.

use std::io::{self, Write};

/// Writes a line to standard error. It's no failure when nobody reads it: `eprintln!` panics when the
/// other end of a pipe is closed, and a panic while one is reported ends the app.
pub fn say(text: &str) {
    write_line(&mut io::stderr(), text);
}

fn write_line(terminal: &mut dyn Write, text: &str) {
    let _nobody_reads = writeln!(terminal, "{text}");
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn a_line_is_written_where_somebody_reads_it() {
        let (mut reader, mut writer) = io::pipe().unwrap();

        write_line(&mut writer, "A part of the app broke.");

        drop(writer);
        let mut text = String::new();
        reader.read_to_string(&mut text).unwrap();
        assert_eq!(text, "A part of the app broke.\n");
    }

    #[test]
    fn a_closed_pipe_is_no_failure() {
        let (reader, mut writer) = io::pipe().unwrap();
        drop(reader);
        assert!(writer.write_all(b"x").is_err(), "the pipe is closed");

        write_line(&mut writer, "A part of the app broke.");
    }
}
