#![expect(clippy::arithmetic_side_effects, reason = "a test fails by a panic")]

use super::*;
use std::{
    string::{String, ToString},
    vec::Vec,
};

fn index(name: &str) -> u16 {
    (0..COMMANDS).find(|index| Name::of(*index).unwrap().to_string() == name).unwrap_or(COMMANDS)
}

fn found(line: &str) -> Option<(String, &[u8])> {
    match lookup(line.as_bytes()) {
        Lookup::Command { index, arguments } => Some((Name::of(index).unwrap().to_string(), arguments)),
        _ => None,
    }
}

#[test]
fn the_table_is_the_one_of_the_device() {
    let csv = include_str!("../../../tests/console/luna-7.2-privileges.csv");
    let mut rows = 0;
    for (number, row) in csv.lines().skip(1).enumerate() {
        let fields: Vec<&str> = row.split(',').collect();
        let number = u16::try_from(number).unwrap();
        assert_eq!(Name::of(number).unwrap().to_string(), fields[0]);
        for (set, may) in [(ADMIN, fields[1]), (OPERATOR, fields[2]), (MONITOR, fields[3])] {
            assert_eq!(set.contains(number), may == "1", "{row}");
        }
        rows += 1;
    }
    assert_eq!((rows, COMMANDS), (300, 300));
    assert_eq!(Name::of(300), None);
    assert_eq!(Name::of(u16::MAX), None);
    let counts = [MONITOR, OPERATOR, ADMIN].map(|set| set.iter().count());
    assert_eq!(counts, [92, 245, 300]);
    assert_eq!(DeviceRole::lowest(index("hsm show")), Some(DeviceRole::Monitor));
    assert_eq!(DeviceRole::lowest(index("hsm login")), Some(DeviceRole::Operator));
    assert_eq!(DeviceRole::lowest(index("hsm init")), Some(DeviceRole::Admin));
    assert_eq!(DeviceRole::lowest(COMMANDS), None);
}

/// The rule as one would say it: at each word keep the commands that have it, else those whose word begins with it,
/// if they all have the same one.
fn slow(names: &[Vec<String>], line: &str) -> Lookup<'static> {
    let mut left: Vec<usize> = (0..names.len()).collect();
    for (level, typed) in line.split(' ').enumerate() {
        let word = |index: &usize| names[*index].get(level).map_or("", String::as_str);
        let whole: Vec<usize> = left.iter().copied().filter(|index| word(index) == typed).collect();
        left =
            if whole.is_empty() { left.iter().copied().filter(|index| word(index).starts_with(typed)).collect() } else { whole };
        let Some(first) = left.first() else { return Lookup::Unknown };
        if left.iter().any(|index| word(index) != word(first)) {
            return Lookup::Ambiguous;
        }
        if let [index] = left[..]
            && names[index].len() == level + 1
        {
            let arguments = line.split(' ').skip(level + 1).collect::<Vec<_>>().join(" ");
            return Lookup::Command { index: u16::try_from(index).unwrap(), arguments: arguments.leak().as_bytes() };
        }
    }
    Lookup::Unknown
}

#[test]
fn every_beginning_of_every_word_is_resolved_as_a_slow_model_resolves_it() {
    let names: Vec<Vec<String>> =
        (0..COMMANDS).map(|index| Name::of(index).unwrap().to_string().split(' ').map(Into::into).collect()).collect();
    let mut commands = 0;
    for words in &names {
        let full = words.join(" ");
        assert!(matches!(lookup(full.as_bytes()), Lookup::Command { .. }), "{full}");
        for level in 0..words.len() {
            for length in 1..=words[level].len() {
                let mut short = words.clone();
                short[level].truncate(length);
                let short = short.join(" ");
                let expected = slow(&names, &short);
                assert_eq!(lookup(short.as_bytes()), expected, "{short}");
                let shouted = short.to_uppercase();
                if !matches!(expected, Lookup::Command { arguments: [_, ..], .. }) {
                    assert_eq!(lookup(shouted.as_bytes()), expected, "{short}");
                }
                commands += usize::from(matches!(expected, Lookup::Command { .. }));
            }
        }
    }
    assert!(commands > 300);
}

#[test]
fn no_command_begins_another() {
    for one in 0..COMMANDS {
        let name = Name::of(one).unwrap().to_string() + " ";
        for other in 0..COMMANDS {
            assert!(!Name::of(other).unwrap().to_string().starts_with(&name), "{name}");
        }
    }
}

#[test]
fn whole_words_win_over_longer_ones() {
    assert_eq!(found("hsm show"), Some(("hsm show".into(), &b""[..])));
    assert_eq!(found("hsm showp"), Some(("hsm showpolicies".into(), &b""[..])));
    assert_eq!(found("stat mem"), Some(("status mem".into(), &b""[..])));
    assert_eq!(found("hsm fac"), Some(("hsm factoryreset".into(), &b""[..])));
    assert_eq!(lookup(b"hsm f"), Lookup::Ambiguous);
    assert_eq!(lookup(b"hsm sho"), Lookup::Ambiguous);
    assert_eq!(lookup(b"s"), Lookup::Ambiguous);
    assert_eq!(lookup(b"hsm"), Lookup::Unknown);
    assert_eq!(lookup(b"hsm tamper"), Lookup::Unknown);
    assert_eq!(lookup(b"hsm showx"), Lookup::Unknown);
    assert_eq!(lookup(b"proceed"), Lookup::Unknown);
    assert_eq!(lookup(b"recover"), Lookup::Unknown);
    assert_eq!(lookup(b"   "), Lookup::Empty);
    assert_eq!(lookup(b""), Lookup::Empty);
}

#[test]
fn what_follows_is_its_arguments() {
    assert_eq!(found("  status   sysstat code   all  "), Some(("status sysstat code".into(), &b"all"[..])));
    assert_eq!(found("hsm show -verbose now"), Some(("hsm show".into(), &b"-verbose now"[..])));
    for line in ["status sensors;hsm init", "status\thsm", "status sensors\rhsm zeroize", "status\0sensors", "hsm sh\u{43e}w"] {
        assert_eq!(lookup(line.as_bytes()), Lookup::Unknown, "{line:?}");
    }
}

#[test]
fn arguments_are_plain_or_not() {
    assert_eq!(Arguments::of(b""), Arguments::None);
    for plain in ["all", "-logname lunalogs -entries 8", "a@b:1/2=3,x_y+z.w"] {
        assert_eq!(Arguments::of(plain.as_bytes()), Arguments::Plain, "{plain}");
    }
    for byte in 0..=u8::MAX {
        let plain = byte.is_ascii_alphanumeric() || b" +,-./:=@_".contains(&byte);
        assert_eq!(Arguments::of(&[b'a', byte]) == Arguments::Plain, plain, "{byte:#x}");
    }
    assert_eq!(Arguments::of(b"../etc"), Arguments::NotPlain);
    assert_eq!(Arguments::of(b"a.. b"), Arguments::NotPlain);
}

#[test]
fn the_sets_keep_apart_what_must_stay_apart() {
    for index in 0..COMMANDS {
        let name = Name::of(index).unwrap().to_string();
        assert!(!READINGS.contains(index) || MONITOR.contains(index), "{name}: the device's own role may not either");
        assert!(!POLLED.contains(index) || MONITOR.contains(index), "{name}");
        assert!(!KEYS.contains(index) || !READINGS.contains(index) && !POLLED.contains(index), "{name}");
        assert!(!READINGS_WITH_ARGUMENTS.contains(index) || READINGS.contains(index), "{name}");
        let words: Vec<&str> = name.split(' ').collect();
        let reads = ["show", "list"].contains(words.last().unwrap());
        let destroys =
            ["zeroize", "factoryreset", "init", "backup", "restore", "changepw", "password"].contains(words.last().unwrap());
        assert!(!destroys || name == "sysconf drift init" || KEYS.contains(index), "{name} is not forbidden");
        assert!(!KEYS.contains(index) || !reads, "{name} only reads");
        let about_users = words[0] == "user" || name.starts_with("my password set") || name.starts_with("my public-key");
        assert!(!about_users || reads || KEYS.contains(index), "{name} is not forbidden");
    }
    for name in ["hsm show", "status sysstat show", "hsm information show"] {
        assert!(!READINGS.contains(index(name)) && POLLED.contains(index(name)), "{name}");
    }
    for name in ["partition list", "syslog tail", "network show", "hsm supportinfo", "status ps", "user list", "client list"] {
        assert!(!READINGS.contains(index(name)) && !POLLED.contains(index(name)), "{name}");
    }
    assert_eq!(Commands::NONE.iter().count(), 0);
    assert!(!ADMIN.contains(300) && !ADMIN.contains(320) && !ADMIN.contains(u16::MAX));
}

#[test]
fn a_set_keeps_its_encoding() {
    let mut room = [0; 64];
    let bytes = postcard::to_slice(&POLLED, &mut room).unwrap();
    assert_eq!(postcard::from_bytes::<Commands>(bytes), Ok(POLLED));
    assert!(bytes.len() <= 50);
}

#[test]
fn a_set_has_the_commands_that_are_named_and_no_other() {
    for number in 0..COMMANDS {
        let name = Name::of(number).unwrap().to_string();
        assert_eq!(Commands::of(&[&name]).iter().collect::<Vec<_>>(), [number], "{name}");
        assert!(
            ADMIN.without(Commands::of(&[&name])).iter().eq((0..COMMANDS).filter(|other| *other != number)),
            "but for {name}"
        );
    }
}

#[test]
fn a_grant_to_read_covers_what_a_monitor_may_run_and_nothing_that_sets() {
    let left_out: Vec<String> =
        MONITOR.iter().filter(|index| !READS.contains(*index)).map(|index| Name::of(index).unwrap().to_string()).collect();
    assert_eq!(left_out.len(), 10);
    assert!(left_out.iter().any(|name| name == "sysconf timezone") && left_out.iter().any(|name| name == "my file delete"));
    assert!(READS.iter().all(|index| MONITOR.contains(index)));
}
