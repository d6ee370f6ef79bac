//! `#[command]`: turns an `async fn` of the shell into a command that the window can call.
//!
//! Tauri's own attribute gives each command a task of a different type, and the runtime's code for
//! tasks is compiled for each. With about a hundred commands that is a tenth of the program; here
//! all tasks have one type.
//!
//! The attribute also defines the list of commands: `cargo xtask commands` finds the functions that
//! have it and writes the handler list, the window's capability and the functions of
//! `ui/ipc/commands.js`.
//!
//! This crate exports only [`macro@command`]. The generated code calls `crate::dispatch` of the
//! crate that uses it, which runs the command and sends its response. A dispatcher has this form:
//!
//! ```
//! mod dispatch {
//!     use std::pin::Pin;
//!
//!     use tauri::ipc::{CommandArg, CommandItem, Invoke, InvokeError, InvokeMessage};
//!     use tauri::ipc::{InvokeResponseBody, IpcResponse};
//!
//!     pub type Answer = Result<InvokeResponseBody, InvokeError>;
//!     pub type Work = Pin<Box<dyn Future<Output = Answer> + Send>>;
//!
//!     /// Where a command takes its arguments from.
//!     pub struct Call<R: tauri::Runtime> {
//!         name: &'static str,
//!         message: InvokeMessage<R>,
//!     }
//!
//!     impl<R: tauri::Runtime> Call<R> {
//!         pub fn take<'a, A>(&'a self, key: &'static str) -> Result<A, InvokeError>
//!         where
//!             A: CommandArg<'a, R>,
//!         {
//!             let Self { name, message } = self;
//!             A::from_command(CommandItem { plugin: None, name, key, message, acl: &None })
//!         }
//!     }
//!
//!     pub fn run<R: tauri::Runtime>(
//!         name: &'static str,
//!         invoke: Invoke<R>,
//!         command: fn(Call<R>) -> Work,
//!     ) {
//!         let work = command(Call { name, message: invoke.message });
//!         invoke.resolver.respond_async_serialized(work);
//!     }
//!
//!     pub fn answer<T: IpcResponse>(returned: Result<T, String>) -> Answer {
//!         returned?.body().map_err(InvokeError::from_error)
//!     }
//! }
//!
//! use registrar_command::command;
//!
//! /// Greets a person by name.
//! #[command]
//! async fn greet(name: String) -> Result<String, String> {
//!     Ok(format!("Hello, {name}"))
//! }
//!
//! fn main() {
//!     assert_eq!(greet::NAME, "greet");
//!     let builder = tauri::Builder::<tauri::Wry>::new().invoke_handler(|invoke| {
//!         let known = invoke.message.command() == greet::NAME;
//!         if known {
//!             greet::run(invoke);
//!         }
//!         known
//!     });
//!     # drop(builder);
//! }
//! ```

mod expand;

use proc_macro::TokenStream;

/// Makes an `async fn` a command. Beside the function comes a module of the same name with:
///
/// - `NAME`, by which the window calls the command;
/// - `run`, which takes the function's arguments from a call by their names, and sends what it returns.
///
/// A function that is not async is refused, and so are a `self`, an argument without a name, and an
/// argument of the attribute itself:
///
/// ```compile_fail
/// # mod dispatch {}
/// #[registrar_command::command]
/// fn home() -> Result<(), String> {
///     Ok(())
/// }
/// ```
#[proc_macro_attribute]
pub fn command(arguments: TokenStream, function: TokenStream) -> TokenStream {
    expand::command(&arguments.into(), function.into())
        .unwrap_or_else(syn::Error::into_compile_error)
        .into()
}
