//! Maps the Rust types that are sent to the window to their names there.

use std::collections::BTreeMap;

use quote::ToTokens as _;
use syn::{GenericArgument, PathArguments, PathSegment, Type};

/// The types of `types.d.ts` by their names.
#[derive(Debug)]
pub(super) struct Types {
    shapes: BTreeMap<String, Shape>,
}

/// What a command's function needs to know about its request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Without an operation number: the command can't be canceled.
    Plain,
    /// With an operation number and other fields.
    Cancelable,
    /// Only an operation number.
    Operation,
}

impl Types {
    /// Parses the output of `cargo xtask types`.
    pub(super) fn parse(text: &str) -> Self {
        let declarations = text.split("\nexport type ").skip(1);
        let named = |declaration: &str| {
            let (name, body) = declaration.split_once(" = ")?;
            let fields: Vec<&str> = (body.lines())
                .filter(|line| {
                    !["/*", " *", "{", "//"]
                        .iter()
                        .any(|no| line.starts_with(no))
                })
                .filter(|line| !line.trim().is_empty())
                .collect();
            let operation = fields
                .iter()
                .any(|field| field.starts_with("operation: number,"));
            let shape = match (operation, fields.len()) {
                (false, _) => Shape::Plain,
                (true, 1) => Shape::Operation,
                (true, _) => Shape::Cancelable,
            };
            Some((name.to_owned(), shape))
        };
        let shapes = declarations.filter_map(named).collect();
        Self { shapes }
    }

    /// Returns the shape of a request.
    pub(super) fn shape(&self, written: &str) -> Shape {
        let named = (written.strip_prefix("Wire.")).and_then(|name| self.shapes.get(name));
        named.copied().unwrap_or(Shape::Plain)
    }

    /// Returns the window's name of a type, or Rust's if it isn't sent.
    pub(super) fn written(&self, ty: &Type) -> Result<String, String> {
        let unknown = || ty.to_token_stream().to_string().replace(' ', "");
        match ty {
            Type::Tuple(tuple) if tuple.elems.is_empty() => Ok("void".to_owned()),
            Type::Path(path) => {
                let last = path.path.segments.last().ok_or_else(unknown)?;
                let name = last.ident.to_string();
                match name.as_str() {
                    "String" => Ok("string".to_owned()),
                    "bool" => Ok("boolean".to_owned()),
                    "f64" | "u32" | "usize" => Ok("number".to_owned()),
                    "Option" => {
                        let inner = self.written(inner(last).ok_or_else(unknown)?)?;
                        Ok(format!("{inner} | null"))
                    }
                    "Vec" => {
                        let inner = self.written(inner(last).ok_or_else(unknown)?)?;
                        Ok(format!("Array<{inner}>"))
                    }
                    name if self.shapes.contains_key(name) => Ok(format!("Wire.{name}")),
                    _ => Err(unknown()),
                }
            }
            _ => Err(unknown()),
        }
    }
}

/// Returns the first type between a segment's angle brackets.
pub(super) fn inner(segment: &PathSegment) -> Option<&Type> {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}
