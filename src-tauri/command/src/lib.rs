//! `#[command]`: a command of the window that is a failure on the screen where it breaks.

use proc_macro::{Delimiter, Group, TokenStream, TokenTree};

/// Makes an `async fn` a Tauri command whose body runs in `crate::guard::guarded`.
#[proc_macro_attribute]
pub fn command(_: TokenStream, function: TokenStream) -> TokenStream {
    let mut tokens: Vec<TokenTree> = function.into_iter().collect();
    let is_async = tokens
        .iter()
        .any(|token| matches!(token, TokenTree::Ident(word) if word.to_string() == "async"));
    let Some(TokenTree::Group(body)) = tokens.pop().filter(|_| is_async) else {
        return source("::core::compile_error!(\"a command is an async fn\");");
    };
    let mut moved = source("async move");
    moved.extend([TokenTree::Group(body)]);
    let mut run = source("crate::guard::guarded");
    run.extend([TokenTree::Group(Group::new(Delimiter::Parenthesis, moved))]);
    run.extend(source(".await"));

    let mut command = source("#[::tauri::command]");
    command.extend(tokens);
    command.extend([TokenTree::Group(Group::new(Delimiter::Brace, run))]);
    command
}

fn source(text: &str) -> TokenStream {
    text.parse().unwrap_or_default()
}
