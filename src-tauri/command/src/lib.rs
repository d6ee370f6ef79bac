//! `#[command]`: how the window reaches an `async fn`.
//!
//! Tauri's own attribute makes a task of another type of each command, with all that the runtime has
//! for a task. With some hundred commands that is a tenth of the program; here all are of one type.

use proc_macro::{Delimiter, Spacing, TokenStream, TokenTree};

/// Makes an `async fn` a command: beside it comes a module of its name, with its `NAME` and with
/// `answer`, which takes its arguments from a call by their names and gives what it returns to the
/// window, as `crate::guard` does for all.
#[proc_macro_attribute]
pub fn command(_: TokenStream, function: TokenStream) -> TokenStream {
    let Some((name, arguments)) = signature(function.clone()) else {
        return source("::core::compile_error!(\"a command is an async fn\");");
    };
    let taken = arguments
        .iter()
        .map(|argument| format!("call.take(\"{argument}\")?"))
        .collect::<Vec<_>>()
        .join(", ");
    let mut command =
        source("#[allow(clippy::unused_async, reason = \"all commands are answered in one way\")]");
    command.extend(function);
    command.extend(source(&format!(
        "pub(crate) mod {name} {{
            pub(crate) const NAME: &str = \"{name}\";

            pub(crate) fn answer<R: ::tauri::Runtime>(invoke: ::tauri::ipc::Invoke<R>) {{
                crate::guard::answer(NAME, invoke, |call| ::std::boxed::Box::pin(async move {{
                    crate::guard::given(super::{name}({taken}).await)
                }}));
            }}
        }}"
    )));
    command
}

/// Returns the name of an `async fn` and the names of its arguments.
fn signature(function: TokenStream) -> Option<(String, Vec<String>)> {
    let mut tokens = function.into_iter();
    tokens.find(|token| is_word(token, "async"))?;
    tokens.next().filter(|token| is_word(token, "fn"))?;
    let name = tokens.next()?.to_string();
    let arguments = tokens.find_map(|token| {
        let TokenTree::Group(group) = token else {
            return None;
        };
        (group.delimiter() == Delimiter::Parenthesis).then(|| group.stream())
    })?;
    // Only what stands before the colon of an argument is a word that another colon does not follow
    // at once: the words of a path have two.
    let arguments: Vec<_> = arguments.into_iter().collect();
    let names = arguments
        .windows(2)
        .filter(|pair| is_name(pair))
        .map(|pair| pair[0].to_string())
        .collect();
    Some((name, names))
}

/// Returns whether a word is followed by a colon that stands alone.
fn is_name(pair: &[TokenTree]) -> bool {
    let [TokenTree::Ident(_), TokenTree::Punct(mark)] = pair else {
        return false;
    };
    mark.as_char() == ':' && mark.spacing() == Spacing::Alone
}

fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident.to_string() == word)
}

fn source(text: &str) -> TokenStream {
    text.parse().unwrap_or_default()
}
