//! Finds the commands in the shell's source.

use std::collections::BTreeMap;

use syn::{Attribute, Expr, FnArg, Item, ItemFn, Lit, Meta, Pat, PathSegment, ReturnType, Type};

use super::types::{self, Types};

/// A file and its content.
#[derive(Debug)]
pub(super) struct Source {
    /// Its path in the workspace, with slashes.
    pub(super) path: String,
    pub(super) text: String,
}

/// A command, read from its function.
#[derive(Debug)]
pub(super) struct Command {
    pub(super) file: String,
    /// Its module below `commands`.
    pub(super) module: String,
    pub(super) name: String,
    /// The first paragraph of its documentation.
    pub(super) about: String,
    /// The window's arguments, in order.
    pub(super) arguments: Vec<Argument>,
    /// The response's type.
    pub(super) returns: String,
}

/// A window of the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Window {
    Main,
    /// The trainer's panel.
    Trainer,
}

impl Command {
    /// Returns the window that may call it: the module says it.
    pub(super) fn window(&self) -> Window {
        if self.module == "trainer" {
            Window::Trainer
        } else {
            Window::Main
        }
    }

    /// Returns the name of the window's function.
    pub(super) fn function(&self) -> String {
        camel(&self.name)
    }
}

/// An argument from the window.
#[derive(Debug)]
pub(super) struct Argument {
    pub(super) key: String,
    pub(super) kind: Kind,
}

#[derive(Debug)]
pub(super) enum Kind {
    /// A value of this type.
    Value(String, types::Shape),
    /// A function that is called with messages of this type.
    Channel(String),
}

/// The argument types that Tauri provides.
const GIVEN_BY_TAURI: [&str; 5] = ["AppHandle", "State", "Webview", "WebviewWindow", "Window"];

/// Returns the commands by file and in source order, or a sentence for each problem.
pub(super) fn commands(sources: &[Source], types: &Types) -> Result<Vec<Command>, Vec<String>> {
    let mut commands: Vec<Command> = Vec::new();
    let mut problems = Vec::new();
    for source in sources {
        let file = &source.path;
        let parsed = match syn::parse_file(&source.text) {
            Ok(parsed) => parsed,
            Err(error) => {
                problems.push(format!("{file} isn't Rust: {error}."));
                continue;
            }
        };
        for function in parsed.items.iter().filter_map(command) {
            match read(file, function, types) {
                Ok(command) => commands.push(command),
                Err(problem) => {
                    problems.push(format!("{file}: '{}' {problem}.", function.sig.ident));
                }
            }
        }
    }
    problems.extend(doubles(&commands));
    if problems.is_empty() {
        Ok(commands)
    } else {
        Err(problems)
    }
}

/// Returns a function that has a command attribute of any kind.
fn command(item: &Item) -> Option<&ItemFn> {
    let Item::Fn(function) = item else {
        return None;
    };
    let marked = function.attrs.iter().any(|of| last_word(of) == "command");
    marked.then_some(function)
}

fn read(file: &str, function: &ItemFn, types: &Types) -> Result<Command, String> {
    let is_ours = |of: &Attribute| of.path().is_ident("command");
    if !function.attrs.iter().any(is_ours) {
        return Err("has another attribute than #[command]".to_owned());
    }
    if function.sig.asyncness.is_none() {
        return Err("isn't async, so it can't be a command".to_owned());
    }
    let about = about(&function.attrs);
    if about.is_empty() {
        return Err("has no documentation, which the window's function needs".to_owned());
    }
    let module = (file.strip_prefix(super::COMMANDS))
        .and_then(|file| file.strip_prefix('/')?.strip_suffix(".rs"))
        .filter(|module| *module != "mod" && !module.contains('/'))
        .ok_or_else(|| format!("has to be in a file beside {}/mod.rs", super::COMMANDS))?;
    let arguments = (function.sig.inputs.iter())
        .filter_map(|input| argument(input, types).transpose())
        .collect::<Result<_, _>>()?;
    Ok(Command {
        file: file.to_owned(),
        module: module.to_owned(),
        name: function.sig.ident.to_string(),
        about,
        arguments,
        returns: returned(&function.sig.output, types)?,
    })
}

/// Returns an argument, or `None` if Tauri provides it.
fn argument(input: &FnArg, types: &Types) -> Result<Option<Argument>, String> {
    let named = match input {
        FnArg::Typed(named) => match &*named.pat {
            Pat::Ident(name) => Some((name.ident.to_string(), &*named.ty)),
            _ => None,
        },
        FnArg::Receiver(_) => None,
    };
    let (key, ty) = named.ok_or("has an argument without a name of its own")?;
    let last = last_segment(ty);
    let word = last.map(|last| last.ident.to_string()).unwrap_or_default();
    if GIVEN_BY_TAURI.contains(&word.as_str()) {
        return Ok(None);
    }
    let messages = last.filter(|_| word == "Channel").and_then(types::inner);
    let written = types.written(messages.unwrap_or(ty));
    let written =
        written.map_err(|ty| format!("takes {ty} as '{key}', which isn't in {}", super::TYPES))?;
    let kind = if messages.is_some() {
        Kind::Channel(written)
    } else {
        let shape = types.shape(&written);
        Kind::Value(written, shape)
    };
    Ok(Some(Argument { key, kind }))
}

fn returned(output: &ReturnType, types: &Types) -> Result<String, String> {
    let result = match output {
        ReturnType::Type(_, ty) => last_segment(ty).filter(|last| last.ident == "Result"),
        ReturnType::Default => None,
    };
    let inner = result.and_then(types::inner);
    let inner = inner.ok_or("returns no Result, so it can't say that it failed")?;
    types
        .written(inner)
        .map_err(|ty| format!("returns {ty}, which isn't in {}", super::TYPES))
}

/// Returns a sentence for each name that two commands have.
fn doubles(commands: &[Command]) -> Vec<String> {
    let mut by_name: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for command in commands {
        by_name
            .entry(&command.name)
            .or_default()
            .push(&command.file);
    }
    by_name.retain(|_, files| files.len() > 1);
    let sentence = |(name, files): (&str, Vec<&str>)| {
        format!("{}: each has a command '{name}'.", files.join(" and "))
    };
    by_name.into_iter().map(sentence).collect()
}

/// Returns the first paragraph of a doc comment in one line.
fn about(attributes: &[Attribute]) -> String {
    let line = |attribute: &Attribute| {
        let Meta::NameValue(pair) = &attribute.meta else {
            return None;
        };
        match (&pair.value, pair.path.is_ident("doc")) {
            (Expr::Lit(literal), true) => match &literal.lit {
                Lit::Str(text) => Some(text.value().trim().to_owned()),
                _ => None,
            },
            _ => None,
        }
    };
    let lines = attributes.iter().filter_map(line);
    let paragraph: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
    paragraph.join(" ")
}

fn last_word(attribute: &Attribute) -> String {
    let last = attribute.path().segments.last();
    last.map(|last| last.ident.to_string()).unwrap_or_default()
}

fn last_segment(ty: &Type) -> Option<&PathSegment> {
    match ty {
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    }
}

/// Writes `snake_case` as `camelCase`.
pub(super) fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |text, word| {
        let (initial, rest) = word.split_at(word.len().min(1));
        text + &initial.to_ascii_uppercase() + rest
    })
}
