use super::*;
use crate::state::SAMPLE_USER_NAME;

#[tokio::test]
async fn what_was_changed_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let (memory, _) = Memory::open(folder.path()).unwrap();

    Arc::new(memory).change(State::take_id).await.unwrap();

    let (again, set_aside) = Memory::open(folder.path()).unwrap();
    assert_eq!(again.look(|state| state.next_id), 42);
    assert_eq!(set_aside, None);
}

#[tokio::test]
async fn changes_at_once_are_all_written() {
    let folder = tempfile::tempdir().unwrap();
    let memory = Arc::new(Memory::open(folder.path()).unwrap().0);
    let mut changes = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let memory = Arc::clone(&memory);
        changes.spawn(async move { memory.change(State::take_id).await.unwrap() });
    }

    let mut ids = changes.join_all().await;

    ids.sort_unstable();
    assert_eq!(ids, (41..91).collect::<Vec<_>>());
    let (again, _) = Memory::open(folder.path()).unwrap();
    assert_eq!(again.look(|state| state.next_id), 91);
}

#[tokio::test]
async fn changes_cut_at_any_byte_leave_a_state_after_a_whole_change() {
    let folder = tempfile::tempdir().unwrap();
    let memory = Arc::new(Memory::open(folder.path()).unwrap().0);
    let add = |state: &mut State| {
        let one = Credential {
            id: state.take_id(),
            ..state.credentials.by_id(39).unwrap().clone()
        };
        let user_name = format!("user{}", one.id);
        state.credentials.put(Credential { user_name, ..one });
    };
    for _ in 0..3 {
        memory.change(add).await.unwrap();
    }
    memory
        .change(|state| state.credentials.remove(40))
        .await
        .unwrap();
    drop(memory);
    let [whole, changes] = [NAME, LOG].map(|name| std::fs::read(folder.path().join(name)).unwrap());

    let mut seen = Vec::new();
    for length in 0..=changes.len() {
        let place = tempfile::tempdir().unwrap();
        std::fs::write(place.path().join(NAME), &whole).unwrap();
        std::fs::write(place.path().join(LOG), &changes[..length]).unwrap();

        let (memory, _) = Memory::open(place.path()).unwrap();

        seen.push(memory.look(|state| {
            let ids: Vec<u64> = state.credentials.iter().map(|one| one.id).collect();
            (state.next_id, ids)
        }));
    }
    seen.dedup();
    let steps: [(u64, &[u64]); 5] = [
        (41, &[39, 40]),
        (42, &[39, 40, 41]),
        (43, &[39, 40, 41, 42]),
        (44, &[39, 40, 41, 42, 43]),
        (44, &[39, 41, 42, 43]),
    ];
    let steps = steps.map(|(next_id, ids)| (next_id, ids.to_vec()));
    assert_eq!(seen, steps);
}

#[tokio::test]
async fn kill_between_the_whole_and_its_changes_repeats_no_change() {
    let folder = tempfile::tempdir().unwrap();
    let memory = Arc::new(Memory::open(folder.path()).unwrap().0);
    memory.change(State::take_id).await.unwrap();
    let changes = std::fs::read(folder.path().join(LOG)).unwrap();
    memory
        .change(|state| state.credentials.remove(39))
        .await
        .unwrap();
    drop(memory);
    drop(Memory::open(folder.path()).unwrap());

    std::fs::write(folder.path().join(LOG), changes).unwrap();

    let (again, _) = Memory::open(folder.path()).unwrap();
    assert_eq!(again.look(|state| state.next_id), 42);
    assert!(again.look(|state| state.credentials.by_id(39).is_none()));
}

#[tokio::test]
async fn a_reset_is_whole_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let memory = Arc::new(Memory::open(folder.path()).unwrap().0);
    memory.change(State::take_id).await.unwrap();
    memory
        .change(|state| {
            let id = state.take_id();
            let one = state.credentials.by_id(39).unwrap().clone();
            let user_name = "more".to_owned();
            state.credentials.put(Credential {
                id,
                user_name,
                ..one
            });
        })
        .await
        .unwrap();

    memory.reset().await.unwrap();

    let (again, _) = Memory::open(folder.path()).unwrap();
    assert_eq!(again.look(|state| state.credentials.count()), 2);
    assert_eq!(again.look(|state| state.next_id), 41);
}

#[test]
fn a_damaged_file_leads_to_a_fresh_account_and_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(NAME), "{").unwrap();

    let (memory, set_aside) = Memory::open(folder.path()).unwrap();

    assert_eq!(memory.look(|state| state.credentials.count()), 2);
    assert!(folder.path().join(set_aside.unwrap()).exists());
}

#[test]
fn fresh_hashes_have_32_digits_and_unknown_ones_are_new() {
    let hash = |name: &str| {
        let state = State::fresh();
        let realm = state.realms[0].full_name();
        state.ha1(&realm, name, None).unwrap()
    };

    assert_eq!(hash(SAMPLE_USER_NAME).expose().len(), 32);
    assert!(hash(SAMPLE_USER_NAME).matches(&hash(SAMPLE_USER_NAME)));
    let anna = format!(
        "anna@phones.example@{}",
        State::fresh().realms[0].full_name()
    );
    assert!(
        !hash(&anna).matches(&hash(&anna)),
        "nobody has this password"
    );
}
