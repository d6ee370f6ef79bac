//! The box with the password, at the bottom of a page.

use registrar_secret::SipPassword;

use super::markup::Markup;

/// How many characters stand together.
const GROUP: usize = 4;
/// From how many characters on the tiles are small.
const LONG: usize = 64;

/// Writes the box: one tile for each character, in groups of four.
pub(super) fn write(text: &mut Markup, user_name: &str, password: &SipPassword) {
    let length = password.length();
    text.raw("<section class=\"box\">\n");
    text.leaf(
        "p",
        "fold",
        "Fold this part back, or cut it off. Destroy it once the phone is set up.",
    );
    text.leaf("h2", "", &format!("Password of {user_name}"));
    text.raw(if length < LONG {
        "<p class=\"tiles\">"
    } else {
        "<p class=\"tiles long\">"
    });
    for (place, letter) in password.expose().chars().enumerate() {
        if place.is_multiple_of(GROUP) {
            text.raw(if place == 0 {
                "<span>"
            } else {
                "</span> <span>"
            });
        }
        tile(text, letter);
    }
    text.raw("</span></p>\n<p class=\"key\">");
    for (kind, name) in [("capital", "A"), ("small", "a"), ("digit", "1")] {
        text.raw(&format!("<b class=\"{kind}\">{name}</b> {kind} · "));
    }
    let characters = if length == 1 {
        "1 character".to_owned()
    } else {
        format!("{length} characters")
    };
    text.text(&format!(
        "{characters}. Don’t type the gaps between the groups."
    ));
    text.raw("</p>\n</section>\n");
}

fn tile(text: &mut Markup, letter: char) {
    let kind = if letter == ' ' {
        text.raw("<b class=\"space\">space</b>");
        return;
    } else if letter.is_ascii_digit() {
        "digit"
    } else if letter.is_uppercase() {
        "capital"
    } else if letter.is_alphabetic() {
        "small"
    } else {
        "sign"
    };
    text.raw("<b class=\"");
    text.raw(kind);
    text.raw("\">");
    let mut own = [0; 4];
    text.text(letter.encode_utf8(&mut own));
    text.raw("</b>");
}
