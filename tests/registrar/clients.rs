//! Clients that print what happens: started with their own home folder, and read line by line.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::process::{Child, ChildStdin, Command};
use tokio::sync::mpsc;

use crate::peers::Told;

/// How long a client may take for anything that it is waited for.
const LIMIT: Duration = Duration::from_secs(15);

/// A client that runs until this is dropped.
pub(crate) struct Client {
    _child: Child,
    input: ChildStdin,
    lines: mpsc::UnboundedReceiver<String>,
    /// What was read of it so far.
    said: String,
    _home: TempDir,
}

impl Client {
    /// Starts a program with `home` as its home and working folder. Its two outputs are read as one,
    /// and come as they are printed.
    pub(crate) fn start(home: TempDir, program: &str, arguments: &[&str]) -> Self {
        let mut child = Command::new("sh")
            .args(["-c", "exec stdbuf -oL -eL \"$0\" \"$@\" 2>&1", program])
            .args(arguments)
            .env("HOME", home.path())
            .env("XDG_CONFIG_HOME", home.path().join(".config"))
            .env("XDG_DATA_HOME", home.path().join(".local/share"))
            .env("XDG_RUNTIME_DIR", home.path())
            .env("QT_QPA_PLATFORM", "offscreen")
            .current_dir(home.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let input = child.stdin.take().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
        let (sender, lines) = mpsc::unbounded_channel();
        // Reads all the time, so that the client never meets a full pipe.
        tokio::spawn(async move {
            while let Ok(Some(line)) = output.next_line().await {
                let _ = sender.send(line);
            }
        });
        Self {
            _child: child,
            input,
            lines,
            said: String::new(),
            _home: home,
        }
    }

    /// Types a line.
    pub(crate) async fn enter(&mut self, line: &str) {
        self.input.write_all(line.as_bytes()).await.unwrap();
        self.input.write_all(b"\n").await.unwrap();
        self.input.flush().await.unwrap();
    }

    /// Reads until a line holds one of the texts, and returns that text's place among them.
    pub(crate) async fn says(&mut self, texts: &[&str]) -> usize {
        let (lines, said) = (&mut self.lines, &mut self.said);
        let read = async {
            while let Some(line) = lines.recv().await {
                said.push_str(&line);
                said.push('\n');
                if let Some(found) = texts.iter().position(|text| line.contains(text)) {
                    return Some(found);
                }
            }
            None
        };
        let found = tokio::time::timeout(LIMIT, read).await.unwrap_or_default();
        found.unwrap_or_else(|| panic!("never said {texts:?}:\n{}", self.said))
    }

    /// Reads until it says that it is registered, or that it was refused.
    pub(crate) async fn told(&mut self, registered: &str, refused: &str) -> Told {
        match self.says(&[registered, refused]).await {
            0 => Told::Registered,
            _ => Told::Unauthorized,
        }
    }
}

/// Writes a file of a client's home, with the folders above it.
pub(crate) fn write(home: &TempDir, file: &str, text: &str) {
    let path = home.path().join(file);
    std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).unwrap();
    std::fs::write(path, text).unwrap();
}
