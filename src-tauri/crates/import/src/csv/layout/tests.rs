use super::*;

fn layout(text: &str) -> Result<Layout, Fault> {
    Layout::find(Text::begin(text.as_bytes()).unwrap()).map(|(layout, _)| layout)
}

fn places(text: &str) -> Vec<Option<usize>> {
    let layout = layout(text).unwrap();
    let columns = Column::ALL.into_iter();
    columns.map(|column| layout.place(column)).collect()
}

#[test]
fn the_separator_is_found_out() {
    for (text, separator) in [
        ("User name,Password\n", b','),
        ("User name;Password\n", b';'),
        ("User name\tPassword\n", b'\t'),
        ("User name|Password\n", b'|'),
        ("\"A, b\";User name;Password\nx,;y;z\n", b';'),
        ("sep=;\nUser name;Password\n", b';'),
        ("\"sep=\t\"\nUser name\tPassword\n", b'\t'),
        ("SEP=:\nUser name:Password\n", b':'),
        ("username", b','),
    ] {
        let found = layout(text);

        assert_eq!(found.unwrap().separator, separator, "{text:?}");
    }
}

#[test]
fn headings_are_known_in_any_order_and_their_usual_spellings() {
    assert_eq!(
        places("Password;REALM;user_name;e-mail;domain\n")[..4],
        [Some(2), Some(4), Some(1), Some(0)]
    );
    assert_eq!(
        places("ha1,ha1b,Extension,HttpVoiceV2AppId\n"),
        [Some(2), None, None, None, Some(0), Some(1), Some(3)]
    );
    assert_eq!(places("Benutzername\tKennwort\n")[3], Some(1));
    assert_eq!(places("\u{feff}SIP User,Hash2,Hash1\n")[5], Some(1));
    assert_eq!(places("login , secret \n")[3], Some(1));
}

#[test]
fn columns_that_are_not_used_are_named() {
    let layout = layout("Name,User name,Department,\n").unwrap();

    assert_eq!(layout.unused, ["Name", "Department"]);
    assert_eq!(layout.columns, 4);
}

#[test]
fn the_headings_may_follow_empty_lines() {
    assert_eq!(layout("\n,,\nuser,password\na,b\n").unwrap().line, 3);
    assert_eq!(layout("sep=;\n\nuser;password\n").unwrap().line, 3);
}

#[test]
fn a_first_line_without_headings_is_told_by_its_shape_only() {
    let Err(Fault::NoHeadings { first_line }) = layout("anna,canary-7f3a,,100\nbob,x,,\n") else {
        panic!("it has no headings");
    };

    assert_eq!(first_line, "4 letters | 11 characters | empty | 3 digits");
}

#[test]
fn headings_without_a_user_name_are_shown() {
    let Err(Fault::NoHeadings { first_line }) = layout("Teilnehmer;Kennwort\nx;y\n") else {
        panic!("it has no user name");
    };

    assert_eq!(first_line, "Teilnehmer | Kennwort");
}

#[test]
fn two_columns_of_one_kind_are_both_named() {
    let found = layout("user,extension,password\n");

    let Err(Fault::TwoColumns { column, one, other }) = found else {
        panic!("{found:?}");
    };
    assert_eq!(column, Column::UserName);
    assert_eq!((one.as_str(), other.as_str()), ("user", "extension"));
}

#[test]
fn first_line_with_too_many_columns_or_bytes_is_refused() {
    for columns in [300, 10_000, 100_000] {
        let text = format!("user{}\nanna\n", ",more".repeat(columns));

        let found = layout(&text);

        assert!(
            matches!(found, Err(Fault::TooManyColumns { .. })),
            "{columns}: {found:?}"
        );
    }
    let long = format!("user,{}\nanna,x\n", "x".repeat(3_000_000));
    assert!(matches!(layout(&long), Err(Fault::FirstLineTooLong)));
    let long = format!("user,{}\nanna,x\n", "x".repeat(20_000));
    assert!(matches!(layout(&long), Err(Fault::FirstLineTooLong)));
}

#[test]
fn only_blank_lines_are_no_headings() {
    assert!(matches!(layout("\n\n,,\n \n"), Err(Fault::OnlyHeadings)));
}
