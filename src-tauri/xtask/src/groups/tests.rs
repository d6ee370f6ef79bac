use super::*;

#[test]
fn no_name_means_the_usual_groups() {
    let usual = parse(&[]).unwrap();
    assert_eq!(usual[..7], Group::ALL[..7]);
    for of_debian in [Group::Chromium, Group::Cross] {
        assert_eq!(usual.contains(&of_debian), system::is_debian());
    }
    assert!(!usual.contains(&Group::Package) && !usual.contains(&Group::Wine));
    assert_eq!(parse(&["full"]).unwrap(), Group::ALL);
    assert_eq!(parse(&["package"]).unwrap(), [Group::Package]);
    assert_eq!(parse(&["ui", "lint"]).unwrap(), [Group::Ui, Group::Lint]);
    assert!(parse(&["desk"]).unwrap_err().contains("no group desk"));
}

#[test]
#[cfg(target_os = "linux")]
fn every_test_of_the_acceptance_package_belongs_to_a_group() {
    let manifest = include_str!("../../../../tests/Cargo.toml");
    let targets = manifest.split("[[test]]").skip(1).map(|table| {
        let (_, name) = table.split_once("name = \"").unwrap();
        name.split_once('"').unwrap().0
    });

    for target in targets {
        assert!(
            Group::ALL
                .iter()
                .any(|group| group.targets().contains(&target)),
            "no group runs {target}"
        );
    }
}

#[test]
fn nothing_is_compiled_that_no_named_group_runs() {
    assert!(to_compile(&[Group::Lint, Group::Ui, Group::Cross]).is_empty());
    let keychain = to_compile(&[Group::Lint, Group::Keychain]);
    assert_eq!(keychain, [["test", "--no-run", "--test", "keychain"]]);
    let core = to_compile(&[Group::Lint, Group::Core]).concat();
    assert!(core.contains(&"--lib") && core.contains(&"hostile"));
    assert!(!core.contains(&"desktop") && !core.contains(&APP));
}

#[test]
fn doors_are_built_for_the_group_that_opens_them() {
    let calls = to_compile(&[Group::Contract]);
    assert_eq!(calls[0], ["test", "--no-run", "--test", "contract"]);
    assert!(calls[1].contains(&"--examples"));
}

#[test]
fn window_is_built_for_the_groups_that_open_it() {
    for group in [Group::Desktop, Group::Chromium] {
        let calls = to_compile(&[group]);
        assert_eq!(calls[0], ["test", "--no-run", "--test", "desktop"]);
        assert!(calls[1].contains(&APP), "{group:?}");
    }
}
