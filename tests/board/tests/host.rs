//! A host's own library at the board, over a line that loses, spoils and invents.

use strongroom_board::cast::{PROVIDER_KEY, START, device_key};
use strongroom_board::operate::Operate;
use strongroom_board::party::{frame, packets};
use strongroom_board::simulated::Bench;
use strongroom_core::link::{Ask, Key, Say, Sealed, Tag, ToHost};
use strongroom_core::{Id, LogName, Main, Party, Record};
use strongroom_host::link::{Client, Collection, Heard, NotCollected, NotMet, public_key};
use strongroom_host::log::PublicKey;

fn key(bytes: [u8; 32]) -> Key {
    Key::new(bytes).unwrap()
}

/// What the board answers, as it comes.
fn answer(bench: &mut Bench, bytes: &[u8]) -> Vec<u8> {
    bench.put_host(bytes);
    bench.run(200);
    bench.take_host()
}

fn met(bench: &mut Bench) -> Client {
    let mut client = Client::new(Party::Provider, key(PROVIDER_KEY));
    let hello = client.hello(Id([1; 16]));
    assert_eq!(client.take(&answer(bench, &hello)), [Heard::Met { is_another: true }]);
    client
}

fn status(bench: &mut Bench, client: &mut Client) -> Main {
    let ask = client.ask(Ask::Status);
    let heard = client.take(&answer(bench, &ask));
    let [Heard::Said(said)] = heard.as_slice() else { panic!("{heard:?}") };
    let Say::Status { main, .. } = **said else { panic!("{said:?}") };
    main
}

#[test]
fn a_question_is_answered_through_noise_and_once_it_was_lost() {
    let mut bench = Bench::new();
    let mut client = met(&mut bench);
    assert_eq!((client.serial().as_str(), status(&mut bench, &mut client)), ("700022", Main::InTransit));
    let ask = client.ask(Ask::Status);
    assert!(client.take(&[0x55; 900]).is_empty() && client.take(&[0]).is_empty());
    let lost = answer(&mut bench, &[&[0x13, 0x37], ask.as_slice()].concat());
    assert!(!lost.is_empty(), "a frame begins with what ends the noise before it");
    assert_eq!(client.take(&answer(&mut bench, &ask)).len(), 1);
    assert_eq!(client.counts().broken, 1);
    assert!(client.take(&lost).is_empty(), "an answer is heard once");
}

#[test]
fn nothing_is_believed_but_what_the_board_sealed_for_this_question() {
    let mut bench = Bench::new();
    let mut client = met(&mut bench);
    let first = client.ask(Ask::Status);
    let before = answer(&mut bench, &first);
    assert_eq!(client.take(&before).len(), 1);
    let ask = client.ask(Ask::Status);
    assert!(client.take(&before).is_empty(), "an answer from before");
    let answered = answer(&mut bench, &ask);
    let Some(ToHost::Say(said)) = packets(&answered).pop() else { panic!("an answer") };
    let forged = Sealed { body: Say::Done, ..said.clone() };
    assert_eq!(client.take(&frame(&ToHost::Say(forged))), [Heard::Forged]);
    let forged = Sealed { tag: Tag([1; 32]), ..said };
    assert_eq!(client.take(&frame(&ToHost::Say(forged))), [Heard::Forged]);
    assert_eq!(client.counts().forged, 2);
    assert!(matches!(client.take(&answered).as_slice(), [Heard::Said(_)]), "and the true one still is");
}

#[test]
fn who_has_not_the_key_is_not_the_board() {
    let mut bench = Bench::new();
    let mut wrong = Client::new(Party::Provider, key([9; 32]));
    let hello = wrong.hello(Id([1; 16]));
    assert_eq!(wrong.take(&answer(&mut bench, &hello)), [Heard::Unproved(NotMet::Forged)]);
    let mut none = Client::new(Party::Customer, key([9; 32]));
    let hello = none.hello(Id([1; 16]));
    assert_eq!(none.take(&answer(&mut bench, &hello)), [Heard::Unproved(NotMet::NoKey)]);
}

#[test]
fn a_log_is_collected_under_heads_that_the_device_signed() {
    let mut bench = Bench::new();
    bench.set_time(START);
    let folder = std::env::temp_dir().join(format!("strongroom-collect-{}", std::process::id()));
    let public = PublicKey::read(&device_key().map(|byte| format!("{byte:02x}")).concat()).unwrap();
    let other = PublicKey::read(&public_key(&[1; 32]).map(|byte| format!("{byte:02x}")).concat()).unwrap();
    let head = |bench: &mut Bench| {
        let mut note = Vec::new();
        for part in 0.. {
            let Say::Head(said) = bench.ask_provider(Ask::Head(LogName::Lifecycle, part)) else { break };
            note.extend(&said.bytes.as_flattened()[..usize::from(said.length)]);
        }
        String::from_utf8(note).unwrap()
    };
    let note = head(&mut bench);
    let refused = |serial: &str, key: &PublicKey, note: &str| match Collection::begin(&folder, serial, note, key) {
        Err(NotCollected::NotVerified(why)) => why,
        other => panic!("{other:?}"),
    };
    assert!(refused("700022", &other, &note).contains("is not signed by this key"));
    assert!(refused("700023", &public, &note).contains("this is the board of device 700023"));
    assert!(refused("700022", &public, "700022").contains("no signed note"));
    let collection = Collection::begin(&folder, "700022", &note, &public).unwrap();
    assert_eq!(collection.wanted(), 0..2);
    let record = |number| match bench.ask_provider(Ask::Record(LogName::Lifecycle, number)) {
        Say::Record(record) => record,
        said => panic!("{said:?}"),
    };
    let records: Vec<Record> = collection.wanted().map(record).collect();
    assert_eq!(bench.ask_provider(Ask::Record(LogName::Lifecycle, 2)), Say::Nothing);
    assert!(matches!(collection.finish(&records[1..]), Err(NotCollected::Gap { next: 0, first: Some(1) })));
    let changed = [records[0], Record { at: strongroom_core::Time::from_unix(1), ..records[1] }];
    let collection = Collection::begin(&folder, "700022", &note, &public).unwrap();
    assert!(matches!(collection.finish(&changed), Err(NotCollected::NotVerified(_))));
    let collection = Collection::begin(&folder, "700022", &note, &public).unwrap();
    assert_eq!(collection.finish(&records).unwrap().size, 2);
    let again = Collection::begin(&folder, "700022", &note, &public).unwrap();
    assert!(again.wanted().is_empty() && again.finish(&[]).is_ok());
    let earlier = head(&mut Bench::new());
    assert!(refused("700022", &public, &earlier).contains("went back: 1 records, and 2 were signed before"));
    std::fs::remove_dir_all(&folder).unwrap();
}
