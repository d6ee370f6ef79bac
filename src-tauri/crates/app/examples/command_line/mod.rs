//! What all of the command-line examples share: arguments, the secret on standard
//! input, and the exit status.
//!
//! Exit status 0 means that the question was answered, whatever the answer; 2 that the arguments or
//! standard input can't be used, with one line on standard error that never repeats a secret; 3 that a
//! person would have to be asked.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::process::ExitCode;

use registrar_activity::MessageChartLine;
use registrar_digest::TypedHash;
use registrar_explain as explain;
use registrar_secret::{Hash, SipPassword};
use registrar_sip::TransportName;
use registrar_sip::answer::Proof;
use serde_json::{Value, json};

/// Longest standard input that is read, in bytes.
const LONGEST: u64 = 1024 * 1024;

/// How an example ends.
pub(crate) enum End {
    /// The question was answered.
    Answered(Value),
    /// A person would have to be asked.
    Asks(Value),
    /// The arguments or standard input can't be used, and why.
    Unusable(String),
}

impl From<String> for End {
    fn from(why: String) -> Self {
        Self::Unusable(why)
    }
}

impl End {
    /// Prints it, and returns the exit status.
    pub(crate) fn tell(self) -> ExitCode {
        let (answer, status) = match self {
            Self::Answered(answer) => (answer, ExitCode::SUCCESS),
            Self::Asks(answer) => (answer, ExitCode::from(3)),
            Self::Unusable(why) => {
                eprintln!("{why}");
                return ExitCode::from(2);
            }
        };
        println!("{answer}");
        status
    }
}

/// The arguments, each `--name value`; a value alone is the `file`, where there is one.
pub(crate) struct Arguments(BTreeMap<String, String>);

impl Arguments {
    /// Reads the command line. Every name must be one of `known`, and is given once.
    pub(crate) fn read(known: &[&str]) -> Result<Self, String> {
        let mut found = BTreeMap::new();
        let mut given = std::env::args_os().skip(1);
        while let Some(name) = given.next() {
            let alone = !name.to_string_lossy().starts_with("--");
            if alone && known.contains(&"file") {
                let file = name.into_string();
                let file = file.map_err(|_| "The file's path isn't text in UTF-8.".to_owned())?;
                if found.insert("file".to_owned(), file).is_some() {
                    return Err("The file is given twice.".to_owned());
                }
                continue;
            }
            let name = name.to_string_lossy().into_owned();
            let Some(known) = known.iter().find(|known| name == format!("--{known}")) else {
                let all = known.join(" --");
                return Err(format!(
                    "There is no argument like that. The arguments are --{all}."
                ));
            };
            let value = given.next().ok_or(format!("{name} needs a value."))?;
            let value = value.into_string();
            let value = value.map_err(|_| format!("{name} isn't text in UTF-8."))?;
            if found.insert((*known).to_owned(), value).is_some() {
                return Err(format!("{name} is given twice."));
            }
        }
        Ok(Self(found))
    }

    /// Returns a value that is needed.
    pub(crate) fn needed(&self, name: &str) -> Result<&str, String> {
        self.get(name).ok_or(format!("--{name} is needed."))
    }

    /// Returns a value that may be left out.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}

/// Reads the transport: UDP, unless another one is given.
pub(crate) fn transport(arguments: &Arguments) -> Result<TransportName, String> {
    match arguments.get("transport").unwrap_or("udp") {
        "udp" => Ok(TransportName::Udp),
        "tcp" => Ok(TransportName::Tcp),
        "tls" => Ok(TransportName::Tls),
        _ => Err("--transport is udp, tcp or tls.".to_owned()),
    }
}

/// Returns the name of an enum's variant.
pub(crate) fn variant(value: &dyn std::fmt::Debug) -> String {
    let printed = format!("{value:?}");
    let name = printed.split([' ', '(', '{']).next();
    name.unwrap_or_default().to_owned()
}

/// Returns messages in their order, without their secrets.
pub(crate) fn messages(lines: &[MessageChartLine]) -> Vec<Value> {
    let messages = lines.iter().map(|line| {
        json!({
            "direction": if line.sent { "sent" } else { "received" },
            "first_line": line.text.lines().next().unwrap_or_default(),
            "ms": line.at_ms,
        })
    });
    messages.collect()
}

/// Returns a failure in one line.
pub(crate) fn one_line(failure: &explain::Failure) -> String {
    let problem = failure.problems.first();
    problem.map_or_else(
        || failure.sentence.clone(),
        |problem| problem.sentence.clone(),
    )
}

/// Reads what proves a SIP credential from standard input: `password:…`, `hash1:…` or `hash1b:…`, with or
/// without a line end behind it.
pub(crate) fn proof() -> Result<Proof, String> {
    let mut text = String::new();
    let read = std::io::stdin().take(LONGEST + 1).read_to_string(&mut text);
    let read = read.map_err(|_| "Standard input isn't text in UTF-8.".to_owned())?;
    if u64::try_from(read).is_ok_and(|read| read > LONGEST) {
        return Err("Standard input is longer than 1 MB.".to_owned());
    }
    let text = text.trim_end_matches(['\r', '\n']);
    let Some((kind, secret)) = text.split_once(':') else {
        return Err("Standard input begins with password:, hash1: or hash1b:.".to_owned());
    };
    let hash = || match TypedHash::read(&Hash::new(secret)) {
        Ok(typed) => Ok(typed.into_hash()),
        Err(typo) => Err(explain::hash::sentence(typo)),
    };
    match kind {
        "hash1" => Ok(Proof::Hash1(hash()?)),
        "hash1b" => Ok(Proof::Hash1b(hash()?)),
        "password" => SipPassword::parse(secret)
            .map(Proof::Password)
            .map_err(|problem| explain::password::sentence(problem).to_owned()),
        _ => Err("Standard input begins with password:, hash1: or hash1b:.".to_owned()),
    }
}
