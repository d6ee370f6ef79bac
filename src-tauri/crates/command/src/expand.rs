//! Expands the attribute.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Error, FnArg, Ident, ItemFn, Pat, Result};

/// Returns the function and its command, or an error at the place of the mistake.
pub(crate) fn command(arguments: &TokenStream, function: TokenStream) -> Result<TokenStream> {
    if !arguments.is_empty() {
        return Err(Error::new_spanned(arguments, "a command has no options"));
    }
    let function: ItemFn = syn::parse2(function)?;
    let signature = &function.sig;
    if signature.asyncness.is_none() {
        let message = "a command is an `async fn`";
        return Err(Error::new_spanned(signature.fn_token, message));
    }
    let name = &signature.ident;
    let text = name.to_string();
    let keys = (signature.inputs.iter())
        .map(|argument| key(argument).map(Ident::to_string))
        .collect::<Result<Vec<_>>>()?;
    Ok(quote! {
        #[allow(clippy::unused_async, reason = "all commands are answered in one way")]
        #function

        pub(crate) mod #name {
            pub(crate) const NAME: &str = #text;

            pub(crate) fn run<R: ::tauri::Runtime>(invoke: ::tauri::ipc::Invoke<R>) {
                crate::dispatch::run(NAME, invoke, |call| ::std::boxed::Box::pin(async move {
                    crate::dispatch::answer(super::#name(#(call.take(#keys)?),*).await)
                }));
            }
        }
    })
}

/// Returns the name of this argument in a call.
fn key(argument: &FnArg) -> Result<&Ident> {
    if let FnArg::Typed(argument) = argument
        && let Pat::Ident(named) = &*argument.pat
    {
        return Ok(&named.ident);
    }
    let message = "an argument of a command has a name of its own";
    Err(Error::new_spanned(argument, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_taken_by_their_names_in_order() {
        let made = made(quote! {
            pub(crate) async fn save<R: tauri::Runtime>(
                window: tauri::Window<R>,
                app: State<'_, App>,
                req: ipc::Save,
            ) -> Result<Option<String>, Failure> {
                todo!()
            }
        });

        let called = quote! {
            super::save(call.take("window")?, call.take("app")?, call.take("req")?).await
        };
        assert!(made.contains(&called.to_string()), "{made}");
    }

    #[test]
    fn a_command_has_its_name_as_a_constant() {
        let made = made(quote! { async fn home() -> Result<Screen, Failure> { todo!() } });

        let name = quote! { pub(crate) const NAME: &str = "home"; };
        assert!(made.contains(&name.to_string()), "{made}");
    }

    #[test]
    fn a_function_that_is_not_async_is_refused() {
        let refused = refused(
            quote! {},
            quote! { fn home() -> Result<Screen, Failure> { todo!() } },
        );

        assert_eq!(refused, "a command is an `async fn`");
    }

    #[test]
    fn an_argument_without_a_name_is_refused() {
        let pattern = quote! { async fn save(Save { what }: Save) {} };
        let method = quote! { async fn save(&self) {} };

        for function in [pattern, method] {
            let refused = refused(quote! {}, function);

            assert_eq!(refused, "an argument of a command has a name of its own");
        }
    }

    #[test]
    fn an_option_of_the_attribute_is_refused() {
        let refused = refused(
            quote! { rename_all = "camelCase" },
            quote! { async fn home() {} },
        );

        assert_eq!(refused, "a command has no options");
    }

    #[test]
    fn what_is_no_function_is_refused() {
        assert!(command(&quote! {}, quote! { struct Home; }).is_err());
    }

    fn made(function: TokenStream) -> String {
        command(&quote! {}, function).unwrap().to_string()
    }

    fn refused(arguments: TokenStream, function: TokenStream) -> String {
        command(&arguments, function).unwrap_err().to_string()
    }
}
