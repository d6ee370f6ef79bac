//! The names of HTML character references for the characters that passwords may contain.

/// Length of the longest name.
pub(super) const LONGEST: usize = 16;

/// The names of marks and blanks, in small letters.
const NAMED: [(&str, char); 46] = [
    ("amp", '&'),
    ("apos", '\''),
    ("ast", '*'),
    ("bsol", '\\'),
    ("colon", ':'),
    ("comma", ','),
    ("commat", '@'),
    ("dollar", '$'),
    ("equals", '='),
    ("excl", '!'),
    ("grave", '`'),
    ("gt", '>'),
    ("hat", '^'),
    ("lbrace", '{'),
    ("lbrack", '['),
    ("lcub", '{'),
    ("lowbar", '_'),
    ("lpar", '('),
    ("lsqb", '['),
    ("lt", '<'),
    ("midast", '*'),
    ("nbsp", '\u{a0}'),
    ("nonbreakingspace", '\u{a0}'),
    ("newline", '\n'),
    ("num", '#'),
    ("percnt", '%'),
    ("period", '.'),
    ("plus", '+'),
    ("quest", '?'),
    ("quot", '"'),
    ("rbrace", '}'),
    ("rbrack", ']'),
    ("rcub", '}'),
    ("rpar", ')'),
    ("rsqb", ']'),
    ("semi", ';'),
    ("sol", '/'),
    ("tab", '\t'),
    ("underbar", '_'),
    ("verbar", '|'),
    ("vert", '|'),
    ("verticalline", '|'),
    ("hyphen", '-'),
    ("dash", '-'),
    ("tilde", '~'),
    ("diacriticalgrave", '`'),
];

/// The names of the letters of Latin-1 from U+00A0 on. Here the letter case counts.
const LATIN: &str = "\
    nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg \
    plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 \
    iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml \
    Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave \
    Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil \
    egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde \
    ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

/// Returns the letters that a reference of this name may stand for.
pub(super) fn letters(name: &str) -> impl Iterator<Item = char> {
    let marks = NAMED
        .into_iter()
        .filter(move |(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, letter)| letter);
    let latin = LATIN
        .split(' ')
        .zip('\u{a0}'..)
        .filter(move |(known, _)| *known == name)
        .map(|(_, letter)| letter);
    marks.chain(latin)
}
