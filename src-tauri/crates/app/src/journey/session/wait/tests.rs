use super::*;

fn binding(address: &str, expires: u32) -> BindingView {
    BindingView {
        address: address.to_owned(),
        name: None,
        expires,
        ours: false,
    }
}

#[test]
fn phone_from_before_a_new_password_counts_after_a_refresh() {
    let at = |expires| vec![binding("sip:old@192.0.2.1", expires)];

    let (_, first, old) = sort(at(3000), None);
    let (_, second, old) = sort(at(2997), Some(&old));
    let (_, third, _) = sort(at(3600), Some(&old));

    assert_eq!((first, second), (None, None));
    assert_eq!(third, Some(binding("sip:old@192.0.2.1", 3600)));
}

#[test]
fn another_phone_counts_at_once() {
    let old = [binding("sip:old@192.0.2.1", 3000)];
    let both = vec![
        binding("sip:old@192.0.2.1", 2000),
        binding("sip:new@192.0.2.2", 60),
    ];

    let (all, fresh, stale) = sort(both.clone(), Some(&old));

    assert_eq!(all, both);
    assert_eq!(fresh.as_ref(), both.last());
    assert_eq!(stale, both[..1]);
}

#[test]
fn own_bindings_are_no_phones() {
    let own = BindingView {
        ours: true,
        ..binding("sip:check-0a1b@192.0.2.1", 60)
    };

    assert_eq!(sort(vec![own], Some(&[])), (vec![], None, vec![]));
}
