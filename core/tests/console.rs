//! The console parser on what a real device of release 7.2 printed, whole, in pieces, cut and spoilt.
#![expect(clippy::unwrap_used, clippy::panic, clippy::arithmetic_side_effects, reason = "a test fails by a panic")]

use std::{fs, path::PathBuf};
use strongroom_core::{
    console::{LINE_CAPACITY, Outcome, PARTS_CAPACITY, Parser},
    reading::{Level, Parts, Reading, Service, TamperClass},
};

const SENSORS: &str = "status_sensors.1.txt";
const HSM_1: &str = "hsm_show.1.hsm-is-in-a-non-zeroized-state.txt";
const HSM_2: &str = "hsm_show.2.hsm-is-in-a-zeroized-state.txt";
const HSM_3: &str = "hsm_show.3.hsm-is-in-a-tamper-state.txt";
const HSM_4: &str = "hsm_show.4.hsm-is-not-in-a-tamper-state.txt";
const HSM_5: &str = "hsm_show.5.hsm-is-experiencing-a-temperature-or-battery-voltage-excursion.txt";
const TAMPERED: &str = "hsm_tamper_show.1.hsm-is-in-a-tamper-state.txt";
const NOT_TAMPERED: &str = "hsm_tamper_show.2.hsm-is-not-in-a-tamper-state.txt";
const EVENTS: &str = "hsm_information_show.1.txt";
const TRANSPORT: &str = "hsm_stm_show.1.txt";
const SYSSTAT: &str = "status_sysstat_show.1.txt";

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/console/luna-7.2"))
}

fn transcript(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn transcripts() -> Vec<(String, Vec<u8>)> {
    let mut names: Vec<String> =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert!(names.len() > 25, "the transcripts are there");
    names.into_iter().map(|name| (name.clone(), transcript(&name))).collect()
}

fn read(bytes: &[u8]) -> (Reading, Outcome) {
    let mut parser = Parser::new();
    parser.feed(bytes);
    parser.finish()
}

fn reading(text: &str) -> Reading {
    read(text.as_bytes()).0
}

fn parts(worst: Level, seen: u8, bad: u8) -> Parts {
    Parts { worst, seen, bad }
}

/// Numbers that look random and are the same in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn byte(&mut self) -> u8 {
        (self.next() >> 32) as u8
    }
}

/// What each transcript says, by hand. Transcripts that are not named say nothing.
fn expected(name: &str) -> Reading {
    let hsm_show = Reading {
        batteries: parts(Level::Good, 1, 0),
        temperatures: parts(Level::Good, 1, 0),
        logins_left: Some(3),
        zeroized: Some(false),
        tampered: Some(false),
        transport_mode: Some(false),
        ..Reading::default()
    };
    match name {
        SENSORS => Reading {
            // The device says "Cooling/Fan Fault : true" and means the fan of the second power supply.
            fans: parts(Level::Warning, 6, 0),
            // PSU2: 0 V, fan NR at 0 in one block and OK in another.
            power_supplies: parts(Level::Critical, 2, 1),
            voltages: parts(Level::Good, 14, 0),
            // CPU, VRD, PCH, Inlet, CHA DIMM 0, RAM TMax, CPU_Thermtrip; three DIMMs are not fitted.
            temperatures: parts(Level::Good, 7, 0),
            batteries: parts(Level::Good, 1, 0),
            chassis_open: Some(false),
            ..Reading::default()
        },
        HSM_1 | HSM_4 => hsm_show,
        HSM_2 => Reading { logins_left: None, zeroized: Some(true), ..hsm_show },
        HSM_3 => Reading { tampered: Some(true), ..hsm_show },
        HSM_5 => Reading {
            fans: parts(Level::Good, 2, 0),
            batteries: parts(Level::Warning, 1, 1),
            temperatures: parts(Level::Warning, 1, 1),
            ..hsm_show
        },
        TAMPERED => Reading { tampered: Some(true), tamper: Some(TamperClass::Chassis), ..Reading::default() },
        NOT_TAMPERED => Reading { tampered: Some(false), ..Reading::default() },
        EVENTS => Reading { critical_events: Some(0), ..Reading::default() },
        TRANSPORT => Reading { transport_mode: Some(false), ..Reading::default() },
        SYSSTAT => Reading { service: Some(Service::InService), codes: [100, 61, 62, 63, 95, 0, 0, 0], ..Reading::default() },
        _ => Reading::default(),
    }
}

#[test]
fn every_transcript_says_what_it_says() {
    for (name, bytes) in transcripts() {
        let (reading, outcome) = read(&bytes);
        assert_eq!(reading, expected(&name), "{name}");
        let result = if name.contains("non-local") || name.starts_with("syslog_tail.2") { 65_535 } else { 0 };
        assert_eq!(outcome.result, Some(result), "{name}");
        assert_eq!(outcome.truncated, None, "{name}");
        assert_eq!(outcome.lines as usize, bytes.split_inclusive(|byte| *byte == b'\n').count(), "{name}");
        // One transcript has dashes of another alphabet: six lines that say nothing anyway.
        let garbled = if name.starts_with("network_show.4") { 6 } else { 0 };
        assert_eq!((outcome.garbled, outcome.overlong, outcome.untracked), (garbled, 0, 0), "{name}");
    }
}

#[test]
fn hardly_a_line_of_the_sensors_is_unknown() {
    let (_, outcome) = read(&transcript(SENSORS));
    // Headings and notes, and the fields of the chassis block that are not kept.
    assert_eq!(outcome.unknown, 29);
}

#[test]
fn the_size_of_the_pieces_does_not_matter() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for (name, bytes) in transcripts() {
        let whole = read(&bytes);
        let mut parser = Parser::new();
        bytes.iter().for_each(|byte| parser.feed(&[*byte]));
        assert_eq!(parser.finish(), whole, "{name} byte by byte");
        for _ in 0..20 {
            let mut rest = &bytes[..];
            while !rest.is_empty() {
                let (piece, later) = rest.split_at(random.below(rest.len().min(90)) + 1);
                parser.feed(piece);
                rest = later;
            }
            assert_eq!(parser.finish(), whole, "{name} in pieces");
        }
    }
}

#[test]
fn the_kind_of_line_end_does_not_matter() {
    for (name, bytes) in transcripts() {
        let whole = read(&bytes);
        let text = String::from_utf8(bytes).unwrap();
        for end in ["\r\n", "\r\r\n", "\r\0\n", "\r"] {
            assert_eq!(read(text.replace('\n', end).as_bytes()), whole, "{name} with {end:?}");
        }
        assert_eq!(read(text.trim_end().as_bytes()).0, whole.0, "{name} without its last line end");
    }
}

#[test]
fn a_cut_at_any_byte_is_seen_and_never_invents_trouble() {
    for (name, bytes) in transcripts() {
        let text = std::str::from_utf8(&bytes).unwrap();
        let (whole, complete) = read(&bytes);
        let echo_begins = text.find("lunash:>").unwrap() + "lunash:>".len();
        let result_begins = text.rfind("Command Result").unwrap();
        let result_ends = text.trim_end().len();
        let mut parser = Parser::new();
        for (end, next) in bytes.iter().enumerate() {
            let cut = &bytes[..end];
            let (reading, outcome) = parser.clone().finish();
            parser.feed(&[*next]);
            let lines = cut.split_inclusive(|byte| *byte == b'\n').count() as u32;
            let at = format!("{name} cut at {end}");
            if end <= echo_begins {
                assert_eq!(outcome.truncated, None, "{at}: no command was echoed");
            } else if bytes[echo_begins..end].trim_ascii().is_empty() {
                assert_eq!(outcome.truncated, None, "{at}: only a prompt");
            } else if end < result_ends {
                assert_eq!(outcome.truncated, Some(lines), "{at}");
                assert_eq!(outcome.result, None, "{at}");
            } else {
                assert_eq!((outcome.truncated, outcome.result), (None, complete.result), "{at}");
            }
            assert!(end >= result_begins || outcome.result.is_none(), "{at}");
            for (seen, all) in [
                (reading.fans, whole.fans),
                (reading.power_supplies, whole.power_supplies),
                (reading.voltages, whole.voltages),
                (reading.temperatures, whole.temperatures),
                (reading.batteries, whole.batteries),
            ] {
                assert!(seen.worst <= all.worst && seen.seen <= all.seen && seen.bad <= all.bad, "{at}: {seen:?}");
            }
            for (seen, all) in [
                (reading.tampered, whole.tampered),
                (reading.chassis_open, whole.chassis_open),
                (reading.transport_mode, whole.transport_mode),
            ] {
                assert!(seen.is_none() || seen == all, "{at}");
            }
            assert!(reading.zeroized != Some(true) || whole.zeroized == Some(true), "{at}");
            assert!(reading.logins_left.is_none() || reading.logins_left == whole.logins_left, "{at}");
            assert!(reading.critical_events.is_none() || reading.critical_events == whole.critical_events, "{at}");
            assert!(reading.service.is_none() || reading.service == whole.service, "{at}");
            assert!(reading.codes == [0; 8] || reading.codes == whole.codes, "{at}");
            assert!(reading.tamper.is_none() || reading.tamper == whole.tamper, "{at}");
        }
    }
}

#[test]
fn a_command_cut_by_the_next_prompt_is_seen() {
    let text = "lunash:>hsm show\r\n\r\nHSM Label:   x\r\nlunash:>hsm stm show\r\nCommand Result : No Error\r\nlunash:>";
    let (_, outcome) = read(text.as_bytes());
    assert_eq!((outcome.truncated, outcome.result), (Some(3), Some(0)));
    let quiet = "lunash:>\r\nlunash:>\r\nlunash:>exit\r\n";
    assert_eq!(read(quiet.as_bytes()).1.truncated, None, "a prompt alone is no command");
}

#[test]
fn a_value_and_a_limit_from_two_outputs_are_no_pair() {
    let text = "lunash:>hsm show\nBattery Voltage: 2.0 V\nlunash:>hsm show\nBattery Warning Threshold Voltage: 2.750 V\n";
    assert_eq!(reading(text), Reading::default());
}

#[test]
fn each_command_can_be_taken_by_itself() {
    let names = [SENSORS, HSM_5, TAMPERED, TRANSPORT, SYSSTAT, "status_time.1.txt"];
    let session: Vec<u8> = names.iter().flat_map(|name| transcript(name)).collect();
    let session = String::from_utf8(session).unwrap().replace('\n', "\r\n") + "lunash:>";
    for size in [1, 7, session.len()] {
        let mut parser = Parser::new();
        let mut taken = vec![];
        for piece in session.as_bytes().chunks(size) {
            let mut rest = piece;
            while let Some(later) = parser.feed_command(rest) {
                taken.push(parser.finish());
                rest = later;
            }
        }
        assert!(parser.is_at_prompt());
        let each: Vec<_> = names.iter().map(|name| read(&transcript(name))).collect();
        assert_eq!(taken, each, "pieces of {size}");
    }
}

#[test]
fn all_commands_together_are_one_reading() {
    let session: Vec<u8> = [SENSORS, HSM_5, TAMPERED, EVENTS, SYSSTAT].iter().flat_map(|name| transcript(name)).collect();
    let reading = read(&session).0;
    assert_eq!(reading.fans, parts(Level::Warning, 8, 0));
    assert_eq!(reading.batteries, parts(Level::Warning, 2, 1));
    assert_eq!(reading.temperatures, parts(Level::Warning, 8, 1));
    assert_eq!((reading.tampered, reading.tamper), (Some(true), Some(TamperClass::Chassis)));
    assert_eq!((reading.zeroized, reading.service), (Some(false), Some(Service::InService)));
}

#[test]
fn an_output_without_its_echo_is_read() {
    for (name, bytes) in transcripts() {
        let body = bytes.splitn(2, |byte| *byte == b'\n').nth(1).unwrap();
        let (reading, outcome) = read(body);
        assert_eq!(reading, expected(&name), "{name}");
        assert_eq!((outcome.truncated, outcome.result.is_some()), (None, true), "{name}");
    }
}

#[test]
fn random_bytes_are_survived() {
    let mut random = Random(7);
    let mut parser = Parser::new();
    let (mut lines, mut garbled) = (0, 0);
    for _ in 0..2_000 {
        let length = random.below(600);
        let bytes: Vec<u8> = (0..length).map(|_| random.byte()).collect();
        parser.feed(&bytes);
        let (reading, outcome) = parser.finish();
        assert_eq!(reading, Reading::default());
        lines += outcome.lines;
        garbled += outcome.garbled;
    }
    assert!(lines > 2_000 && garbled > 1_000, "{lines} {garbled}");
}

#[test]
fn bytes_no_console_prints_never_change_a_reading_for_the_worse_of_trust() {
    let mut random = Random(11);
    for name in [SENSORS, HSM_1, HSM_2, HSM_3, HSM_5, TAMPERED, NOT_TAMPERED, EVENTS, TRANSPORT, SYSSTAT] {
        let bytes = transcript(name);
        let whole = expected(name);
        for _ in 0..300 {
            let mut spoilt = bytes.clone();
            for _ in 0..=random.below(8) {
                // Written over or put in: bytes with the high bit, control bytes, NULs inside a line.
                let at = random.below(spoilt.len());
                let noise = match random.below(3) {
                    0 => 0x80 | random.byte(),
                    1 => [0x01, 0x07, 0x08, 0x0c, 0x7f][random.below(5)],
                    _ => 0,
                };
                if random.below(2) == 0 { spoilt[at] = noise } else { spoilt.insert(at, noise) }
            }
            let reading = read(&spoilt).0;
            assert!(reading.tampered.is_none() || reading.tampered == whole.tampered, "{name}");
            assert!(reading.zeroized.is_none() || reading.zeroized == whole.zeroized, "{name}");
            assert!(reading.logins_left.is_none() || reading.logins_left == whole.logins_left, "{name}");
            assert!(reading.critical_events.is_none() || reading.critical_events == whole.critical_events, "{name}");
            assert!(reading.codes == [0; 8] || reading.codes == whole.codes, "{name}");
            assert!(reading.fans.worst <= whole.fans.worst && reading.fans.seen <= whole.fans.seen, "{name}");
            assert!(reading.voltages.worst <= Level::Good, "{name}");
            assert!(reading.temperatures.worst <= whole.temperatures.worst, "{name}");
        }
    }
}

#[test]
fn noise_between_lines_changes_nothing() {
    let noise = b"\xff\xfe\x00garb\x07age\r\n\x1b[2J\x1b[H\r\n\x1b]0;title\x07\r\n\0\0\0\r\n\x1b\r\n\x08\x08\x08\r\n";
    for (name, bytes) in transcripts() {
        let mut noisy = vec![];
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            noisy.extend_from_slice(line);
            noisy.extend_from_slice(noise);
        }
        let (reading, outcome) = read(&noisy);
        assert_eq!(reading, expected(&name), "{name}");
        assert!(outcome.garbled > 0 && outcome.truncated.is_none(), "{name}");
    }
}

#[test]
fn colours_change_nothing() {
    let text = String::from_utf8(transcript(HSM_3)).unwrap();
    let coloured = text.replace("Tamper(s)", "\x1b[1;31mTamper(s)").replace("detected", "detected\x1b[0m\x1b[K");
    assert_eq!(reading(&coloured), expected(HSM_3));
}

#[test]
fn a_command_typed_with_corrections_is_known() {
    let typed = "[10g2] lunash:> hsm shw\x08 \x08ow\r\nManually Zeroized:  Yes\r\n";
    let (reading, outcome) = read(typed.as_bytes());
    assert_eq!((reading.zeroized, outcome.truncated), (Some(true), Some(2)));
}

#[test]
fn names_cannot_speak() {
    let clean = read(&transcript(HSM_3)).0;
    let text = String::from_utf8(transcript(HSM_3)).unwrap();
    let lies = [
        "HSM Tamper State: No tampers",
        "Manually Zeroized: Yes",
        "x | 0.000 | RPM | CR * | na | na | na | na",
        "Fan1A . | NR * | 0 RPM",
        "Command Result : 0 (Success)",
        "lunash:>hsm show",
        "WARNING: Battery Voltage below warning threshold!!",
        "\x08\x08\x08\x08\x08\x08\x08\x08\x08\x08\x08\x08Manually Zeroized: Yes",
        "\x1b[1GManually Zeroized: Yes",
        "\x1b[2K\x1b[1GHSM Tamper State:   No tampers",
    ];
    for lie in lies {
        let label = text.replace("lunasa7", lie);
        assert_ne!(label, text);
        let (reading, outcome) = read(label.as_bytes());
        assert_eq!((reading, outcome.truncated), (clean, None), "label {lie:?}");
        let partition = text.replace(
            "There are no partitions.",
            &format!("Partition:         700022008, Name: {lie}\n  Partition:  7, Name: {lie}"),
        );
        assert_ne!(partition, text);
        assert_eq!(read(partition.as_bytes()).0, clean, "partition {lie:?}");
    }
}

#[test]
fn a_label_that_breaks_its_line_cannot_make_it_better() {
    let text = String::from_utf8(transcript(HSM_3)).unwrap();
    for end in ["\r", "\n", "\r\n"] {
        let lie = format!("x{end}HSM Tamper State: No tampers{end}Manually Zeroized: Yes{end}");
        let reading = reading(&text.replace("lunasa7", &lie));
        assert_eq!((reading.tampered, reading.zeroized), (Some(true), Some(false)));
    }
}

#[test]
fn the_output_of_other_commands_says_nothing() {
    for command in ["partition list", "client list", "user list", "syslog tail", "hsm showpolicies", "hsm tamper clear"] {
        let text = format!(
            "lunash:>{command}\nManually Zeroized: Yes\nHSM Tamper State: Tamper(s) detected\nFan1A | 0.000 | RPM | CR\n\
             WARNING - Tamper(s) Detected:\nBattery removed\nCommand Result : 0 (Success)\n"
        );
        assert_eq!(reading(&text), Reading::default(), "{command}");
    }
}

#[test]
fn an_unknown_tamper_word_is_not_no_tamper() {
    for word in ["Unknown", "", "None", "No", "N\u{f6} tampers", "No tampers (3 cleared)", "Not available", "Notampers"] {
        let reading = reading(&format!("lunash:>hsm show\nHSM Tamper State:      {word}\nCommand Result : 0 (Success)\n"));
        assert_eq!(reading.tampered, None, "{word:?}");
    }
}

#[test]
fn every_cause_is_read_and_the_destroying_one_named() {
    let shown = |causes: &str| {
        reading(&format!(
            "lunash:>hsm tamper show\n\n   WARNING - Tamper(s) Detected:\n{causes}\n\nCommand Result : 0 (Success)\nFan bay\n"
        ))
    };
    let named = |causes| shown(causes).tamper;
    assert_eq!(named("   Card removal\n   Chassis intrusion"), Some(TamperClass::Card));
    assert_eq!(named("   Card removal\n\n   Battery removed"), Some(TamperClass::Battery));
    assert_eq!(named("   0x4711"), Some(TamperClass::Unspecified));
    assert_eq!(named("   2017-03-01 10:12 Fan bay opened"), Some(TamperClass::Fan));
    assert_eq!((shown("").tampered, named("")), (Some(true), None));
    assert_eq!(named("   Batt\u{e9}ry removed"), None, "noise names no cause");
}

#[test]
fn another_version_with_other_names_spacing_and_thresholds_is_read() {
    let text = "[hsm-07] lunash:>status sensors\r\n\
        Sensor|Reading|Unit|status|Thresholds\r\n\
        \tFan 1 |900|rpm|OK|500.0|800.0|na|na\r\n\
        FAN_3B|700|RPM|ok|500.0|800.0|na|na\r\n\
        fan-4|na|RPM|na|500.0|800.0|na|na\r\n\
        PSU 1 +12V | 12.1 | Volts | ok | na | 11 | 13 | na\r\n\
        PSU 2 Temp | 61.0 | degrees C | ok | na | na | 50 | 70\r\n\
        PSU 2 Fan | 4000 | RPM | ok | 1000 | 1300 | na | na\r\n\
        CMOS Battery | 2.0 | V | ok | 2.1 | 2.5 | na | na\r\n\
        GPU | 20.5 | Celsius | ok | na | na | 90 | 95\r\n\
        +3.3V | 3.9 | V | UNC * | na | 3.0 | 3.6 | na\r\n\
        ---- Front Cooling Fans Status ----\r\n\
        Fan_1 |  OK  |  900 RPM\r\n\
        Fan3B | ok | 0 RPM\r\n\
        -- chassis status --\r\n\
        Chassis Intrusion:active\r\n\
        Cooling/Fan Fault   :   false\r\n\
        Command Result: : 0 (Success)\r\n";
    let (reading, outcome) = read(text.as_bytes());
    let expected = Reading {
        fans: parts(Level::Critical, 2, 1),
        power_supplies: parts(Level::Warning, 2, 1),
        voltages: parts(Level::Warning, 1, 1),
        temperatures: parts(Level::Good, 1, 0),
        batteries: parts(Level::Critical, 1, 1),
        chassis_open: Some(true),
        ..Reading::default()
    };
    assert_eq!(reading, expected);
    assert_eq!((outcome.result, outcome.truncated), (Some(0), None));
}

#[test]
fn a_device_that_contradicts_itself_is_read_at_its_worst() {
    for (first, second) in [("NR *", "OK"), ("OK", "NR")] {
        let text = format!(
            "lunash:>status sensors\nFan3B . | 4900 | RPM | {first} | 1000 | 2000 | na | na\nFan3B . | {second} | 4900 RPM\n"
        );
        assert_eq!(reading(&text).fans, parts(Level::Critical, 1, 1));
    }
}

#[test]
fn the_chassis_block_adds_no_part() {
    let text = "lunash:>status sensors\nCooling/Fan Fault    : true\nMain Power Fault     : true\n";
    let reading = reading(text);
    assert_eq!((reading.fans, reading.power_supplies), (parts(Level::Warning, 0, 0), parts(Level::Warning, 0, 0)));
}

#[test]
fn the_head_of_an_overlong_line_tells_only_bad_news() {
    let tail = "z".repeat(LINE_CAPACITY);
    let told = |line: &str| {
        let (reading, outcome) = read(format!("{line}{tail}\n").as_bytes());
        assert_eq!(outcome.overlong, 1, "{line}");
        reading
    };
    let quiet = Reading::default();
    assert_eq!(told("HSM Tamper State: No tampers"), quiet);
    assert_eq!(told("Manually Zeroized: Yes"), quiet);
    assert_eq!(told("Critical Events: 1"), quiet);
    assert_eq!(told(&format!("HSM Admin login attempts left: HSM is zeroized{}", "!".repeat(LINE_CAPACITY))), quiet);
    assert_eq!(told("Fan1A | 3700 | RPM | ok | 1000 | 2000 | na | "), quiet);
    assert_eq!(told("Fan1A | 3700 | RPM | CR * | 1000 | 2000 | na | ").fans, parts(Level::Critical, 1, 1));
    // A cause is, but for one that destroys: whatever followed could have taken that back.
    let causes = |cause| told(&format!("lunash:>hsm tamper show\nWARNING - Tamper(s) Detected:\n{cause} ")).tamper;
    assert_eq!((causes("Chassis intrusion"), causes("Battery removed")), (Some(TamperClass::Chassis), None));
    // The buffer ends where the value seems to: a tail may still change it.
    for value in ["3 before HSM zeroization", "1.5 V"] {
        let key = if value.ends_with('V') { "Battery Voltage" } else { "HSM Admin login attempts left" };
        let zeros = "0".repeat(LINE_CAPACITY - key.len() - 2 - value.len());
        let line = format!("{key}: {zeros}{value}");
        assert_eq!(line.len(), LINE_CAPACITY);
        let limit = "\nBattery Warning Threshold Voltage: 2.750 V\n";
        assert_ne!(reading(&format!("{line}{limit}")), quiet, "{value}");
        assert_eq!(reading(&format!("{line} more{limit}")), quiet, "{value}");
    }
    let text = format!("lunash:>hsm show {tail}\nManually Zeroized: No\nCommand Result : 0 ({tail})\n");
    let (reading, outcome) = read(text.as_bytes());
    assert_eq!((reading.zeroized, outcome.truncated, outcome.overlong), (Some(false), None, 2));
}

#[test]
fn more_parts_than_the_table_holds_hide_nothing() {
    let mut text = String::from("lunash:>status sensors\n");
    for number in 0..PARTS_CAPACITY + 20 {
        text += &format!("Rail {number} | 5.0 | Volts | ok | na | 4.6 | 5.4 | na\n");
    }
    text += "Fan9 | 0.000 | RPM | NR * | 1000 | 2000 | na | na\n";
    let (reading, outcome) = read(text.as_bytes());
    assert_eq!(outcome.untracked, 21);
    assert_eq!(reading.fans, parts(Level::Critical, 1, 1));
    assert_eq!(reading.voltages, parts(Level::Good, PARTS_CAPACITY as u8 + 20, 0));
}

#[test]
fn a_finished_parser_has_forgotten_everything() {
    let mut parser = Parser::new();
    parser.feed(&transcript(HSM_5));
    parser.feed(b"lunash:>hsm show\r\nHSM Tamp");
    parser.finish();
    assert_eq!(parser.finish(), (Reading::default(), Outcome::default()));
    assert!(!parser.is_at_prompt());
    assert!(size_of::<Parser>() <= 1_280, "{}", size_of::<Parser>());
}
