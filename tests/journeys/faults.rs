//! Every fault that a trainer can switch on leads to its own sentence: each is switched on, the app's
//! own clients do what the room would do, and what the app says is compared with a table.

mod room;

use std::fmt::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};

use registrar_practice::{Fault, FaultDuration, Faults};

use self::room::Room;

/// What the app says: where, the sentence, and the next step.
pub(crate) type Said = (&'static str, String, String);

#[tokio::test(flavor = "multi_thread")]
async fn each_fault_leads_to_its_own_sentence() {
    let mut table =
        "# What each fault leads to\n\n| fault | where it is seen | sentence | next step \
                     |\n|---|---|---|---|\n"
            .to_owned();
    let room = Room::open().await;
    let mut rows = 0;
    for (fault, _) in Fault::ALL {
        room.practice.switch(*fault, Some(FaultDuration::UntilOff));
        for (place, sentence, next) in room.look(*fault).await {
            writeln!(table, "| `{fault:?}` | {place} | {sentence} | {next} |").unwrap();
            rows += 1;
        }
        room.practice.switch(*fault, None);
        room.is_well_again(*fault).await;
    }

    assert!(rows >= 40, "{rows}");
    let table = room.without_ports(&table);
    let kept = include_str!("faults/sentences.md");
    if table != kept {
        let file = tempfile::Builder::new().suffix(".md").tempfile().unwrap();
        let (_, path) = file.keep().unwrap();
        std::fs::write(&path, &table).unwrap();
        for (now, before) in table.lines().zip(kept.lines()) {
            assert_eq!(now, before, "the whole table is in {}", path.display());
        }
        panic!("the table has other lines: see {}", path.display());
    }
}

/// A fault for one time is over after the request that saw it, whatever service that was.
#[tokio::test(flavor = "multi_thread")]
async fn fault_for_one_time_is_gone_at_the_next_try() {
    let room = Room::open().await;
    for fault in [
        Fault::WrongSecret,
        Fault::RoleMissing,
        Fault::AccountNotEnabled,
        Fault::RealmNameTaken,
        Fault::OneRefused,
        Fault::LetterCaseChanged,
        Fault::TwilioError,
        Fault::BandwidthError,
        Fault::CutOff,
        Fault::TooManyRequests,
        Fault::ServerError,
        Fault::HtmlForXml,
    ] {
        room.practice.switch(fault, Some(FaultDuration::Once));

        let once = room.look(fault).await;
        let again = room.look(fault).await;

        assert!(!once[0].2.is_empty(), "{fault:?}: {once:?}");
        assert_ne!(again[0].1, once[0].1, "{fault:?}");
        let switches = room.practice.switches();
        assert!(
            switches.iter().all(|switch| switch.on.is_none()),
            "{fault:?}"
        );
    }
}

/// Whatever is switched while requests are under way, each ends, and none breaks a service.
#[tokio::test(flavor = "multi_thread")]
async fn switching_under_way_breaks_no_request() {
    let room = Room::open().await;
    let over = AtomicBool::new(false);
    let work = async {
        let all = tokio::join!(
            room.look(Fault::Forbidden),
            room.look(Fault::RoleMissing),
            room.look(Fault::Busy),
            room.look(Fault::BandwidthError),
        );
        over.store(true, Ordering::Relaxed);
        [all.0, all.1, all.2, all.3]
    };
    let switching = async {
        while !over.load(Ordering::Relaxed) {
            for (fault, _) in Fault::ALL {
                room.practice.switch(*fault, Some(FaultDuration::Once));
                tokio::task::yield_now().await;
            }
            room.practice.set_faults(Faults::default());
        }
    };

    let (said, ()) = tokio::join!(work, switching);

    assert!(said.iter().all(|said| !said[0].1.is_empty()), "{said:?}");
    room.practice.set_faults(Faults::default());
    room.is_well_again(Fault::Slow).await;
}
