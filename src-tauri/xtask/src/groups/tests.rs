use super::*;

#[test]
fn no_name_means_the_usual_groups() {
    let usual = parse(&[]).unwrap();
    assert_eq!(usual[..7], Group::ALL[..7]);
    assert_eq!(usual.contains(&Group::Cross), system::is_debian());
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
