//! The C programs of `tests/c`, built against the library as it ships.

#[path = "../../tests/c/compile.rs"]
mod compile;

use std::fmt::Write;
use std::path::PathBuf;
use std::process::Output;
use strongroom_core::reading::TamperClass;
use strongroom_core::wire::{self, Answer, Message};
use strongroom_core::{
    Action, Command, Deployment, Device, Digest, Engine, Id, Label, LogName, Organisation, Policy, Principal, Reply, Role, Time,
    Verb, Verdict,
};

const PROVIDER: Organisation = Organisation([1; 16]);
const MORNING: u64 = 1_767_603_600;

#[test]
fn every_function_does_what_the_header_says() {
    let init = Command::new(principal(Role::Admin), Action::Init { cloning_domain: Digest([9; 32]) });
    let mut engine: Engine = Engine::new(device(), &Policy::AZURE);
    let reply = engine.apply(None, &init);
    let frames = [
        frame(&Message::Answer(Answer::Reply { engine: 3, line: 8, reply })),
        raw_frame(&[wire::VERSION + 1, 0]),
        raw_frame(&[wire::VERSION, 99]),
    ];
    let output = run("api", &frames.concat());
    assert!(output.status.success(), "{}", text(&output.stderr));
}

#[test]
fn the_benchmark_finds_the_library_and_the_chain_of_ifs_agree() {
    let bench = compile::program_with("../bench/c", &["-DSTRONGROOM_BENCH_SMOKE"]);
    for (library, rows) in [("static", 6), ("shared", 3)] {
        let output = compile::command(&bench).args([library, "1.0", "2.5"]).output().expect("it runs");
        assert!(output.status.success(), "{}", text(&output.stderr));
        let told = text(&output.stdout);
        let whole = |line: &&str| line.starts_with(r#"{"group":"c","row":""#) && line.ends_with('}');
        assert_eq!((told.lines().count(), told.lines().filter(whole).count()), (rows, rows), "{told}");
        assert!(told.contains(&format!(r#""row":"strongroom_jit_evaluate, {library}","kind":"ours""#)), "{told}");
        assert!(told.contains(r#""instructions":1.0,"#) && told.contains(r#""instructions":null,"#), "{told}");
    }
}

#[test]
fn replay_prints_what_rust_prints() {
    let story = story();
    let output = run("replay", &story.iter().flat_map(frame).collect::<Vec<_>>());
    assert!(output.status.success(), "{}", text(&output.stderr));
    let expected = expected(&story);
    for (line, (c, rust)) in text(&output.stdout).lines().zip(expected.lines()).enumerate() {
        assert_eq!(c, rust, "line {}", line + 1);
    }
    assert_eq!(text(&output.stdout), expected);

    // The story has one of each kind of line in it, so that none goes untested.
    for part in [
        "\"rule\":\"T01\"",
        "\"ok\":false",
        "\"at\":null",
        "\"do\":\"tick\"",
        "\"effects\":[\"",
        "\"log\":\"tenant\",\"sequence\"",
        "quo\\\"te",
    ] {
        assert!(expected.contains(part), "no {part} in\n{expected}");
    }
    assert!(
        expected.lines().filter(|line| line.contains("\"root\"")).count() > 4,
        "no acknowledgement was accepted in\n{expected}"
    );
}

#[test]
fn replay_prints_times_as_people_write_them() {
    // Each side of a leap day, of a century that has one and of one that has none.
    for (at, expected) in [
        (0, "1970-01-01T00:00:00Z"),
        (68_169_599, "1972-02-28T23:59:59Z"),
        (68_169_600, "1972-02-29T00:00:00Z"),
        (951_782_400, "2000-02-29T00:00:00Z"),
        (951_868_800, "2000-03-01T00:00:00Z"),
        (1_709_251_199, "2024-02-29T23:59:59Z"),
        (1_767_603_600, "2026-01-05T09:00:00Z"),
        (4_107_542_399, "2100-02-28T23:59:59Z"),
        (4_107_542_400, "2100-03-01T00:00:00Z"),
        (253_402_300_799, "9999-12-31T23:59:59Z"),
    ] {
        let file = [frame(&start(0, "hsm-a", Policy::AZURE.digest())), frame(&arrive(0, 1, Some(at)))].concat();
        let output = run("replay", &file);
        assert!(text(&output.stdout).contains(&format!("\"at\":\"{expected}\"")), "{at}: {}", text(&output.stdout));
        assert_eq!(expected, rfc3339(at));
    }
}

#[test]
fn replay_names_the_frame_that_is_wrong_and_stops() {
    let good = frame(&start(0, "hsm-a", Policy::AZURE.digest()));
    let arrives = frame(&arrive(0, 1, Some(MORNING)));
    let record = Message::Answer(Answer::Record { engine: 0, record: first_record() });
    let mut flipped = arrives.clone();
    flipped[12] ^= 0x10;
    for (bad, problem) in [
        (flipped, "frame 3: the frame's checksum differs"),
        (arrives[..20].to_vec(), "frame 3: the file ends inside the frame"),
        ([&arrives[..20], &[0]].concat(), "frame 3: the frame is cut or not COBS"),
        ([vec![1; 400], vec![0]].concat(), "frame 3: the frame is longer than STRONGROOM_MAX_FRAME bytes"),
        (frame(&arrive(9, 1, None)), "frame 3: a command for an engine that no Start frame made"),
        (good.clone(), "frame 3: a second Start frame for the same engine"),
        (frame(&start(1, "hsm-b", Digest([1; 32]))), "frame 3: there is no such preset of the policy"),
        (frame(&record), "frame 3: neither a Start frame nor a Command frame"),
        (raw_frame(&[wire::VERSION + 1, 0]), "frame 3: the frame is of another version"),
    ] {
        let file = [good.clone(), vec![0, 0], arrives.clone(), bad.clone(), arrives.clone()].concat();
        // A file that is cut has nothing after the cut.
        let file = if problem.contains("file ends") { [good.clone(), arrives.clone(), bad].concat() } else { file };
        let output = run("replay", &file);
        assert_eq!(text(&output.stderr).trim_end(), problem);
        assert_eq!(output.status.code(), Some(1), "{problem}");
        let printed = text(&output.stdout).to_owned();
        assert!(printed.contains("\"rule\":\"T01\"") && !printed.contains("\"digest\""), "{printed}");
        assert_eq!(printed.lines().count(), 2, "{printed}");
    }
}

/// Two engines: arrivals, a refusal, a time that is not known, ticks, an acknowledgement.
fn story() -> Vec<Message> {
    let command = |engine, line, at, command| Message::Command { engine, line, at: at_time(at), command };
    let shown = Digest([5; 32]);
    let stm = || Action::StmOk { expected: shown, shown, seals_whole: true };
    let pool = principal(Role::Pool);
    let second = Principal { id: Id([0x77; 16]), ..pool };
    let tamper = Command::new(Principal::device(Role::Sensor), Action::Tamper { class: TamperClass::Chassis });
    let core = Principal::device(Role::Core);
    let register = Action::Register { organisation: Organisation([3; 16]), approved: true };
    let mut story = vec![
        start(0, "hsm-a", Policy::AZURE.digest()),
        start(7, "quo\"te\\", Policy::AZURE.digest()),
        arrive(0, 3, Some(MORNING)),
        arrive(0, 4, Some(MORNING + 60)),
        arrive(7, 5, None),
        arrive(7, 6, Some(MORNING)),
        command(0, 7, Some(MORNING + 120), Command::new(pool, stm())),
        command(0, 8, Some(MORNING + 180), Command::new(pool, stm()).with(second)),
        command(7, 9, Some(MORNING + 180), Command::new(pool, register)),
        // Destruction begins, and is asked for again until it is done.
        command(0, 10, Some(MORNING + 240), tamper),
        command(0, 11, None, Command::new(core, Action::Boot { self_test_passed: true })),
        command(0, 12, Some(MORNING + 400), Command::new(core, Action::EraseDone { areas: 0x7f })),
        command(7, 13, Some(MORNING + 86_400), Command::new(pool, Action::Recheck {})),
    ];
    for (line, log) in (14..).zip([LogName::Tenant, LogName::Lifecycle]) {
        for (more, role) in [(0, Role::Pool), (10, Role::Auditor)] {
            let acknowledge = Action::Acknowledge { log, next: 1 };
            story.push(command(0, line + more, Some(MORNING + 86_500), Command::new(principal(role), acknowledge)));
        }
    }
    story
}

/// What any language prints for these messages.
fn expected(messages: &[Message]) -> String {
    struct Running {
        index: u8,
        name: String,
        printed: [u32; 2],
        engine: Engine,
    }
    const LOGS: [(LogName, &str); 2] = [(LogName::Tenant, "tenant"), (LogName::Lifecycle, "lifecycle")];

    fn head(out: &mut String, name: &str, engine: &Engine, (log, log_name): (LogName, &str)) {
        let (size, root) = (engine.log().size(log), engine.log().root(log));
        writeln!(out, r#"{{"engine":{name},"log":"{log_name}","size":{size},"root":"{root}"}}"#).unwrap();
    }

    fn step(out: &mut String, running: &mut Running, line: u32, at: Option<Time>, command: &Command) {
        let reply: Reply = running.engine.apply(at, command);
        let at = at.map_or("null".into(), |at| format!("\"{}\"", rfc3339(at.as_unix())));
        let ok = reply.verdict == Verdict::Accepted;
        let request = reply.request.map_or("null".into(), |request| request.to_string());
        let status = reply.status.map_or("null".into(), |status| format!("\"{}\"", status.name()));
        let pending = running.engine.pending().iter().filter(|entry| entry.id >= reply.first_effect);
        let effects: Vec<String> = pending.map(|entry| format!("\"{}\"", entry.kind.name())).collect();
        writeln!(
            out,
            r#"{{"line":{line},"engine":{},"at":{at},"do":"{}","ok":{ok},"rule":"{}","state":"{}","health":"{}","request":{request},"status":{status},"effects":[{}],"due":{}}}"#,
            running.name,
            command.action.verb().name(),
            reply.rule.name(),
            reply.main.name(),
            reply.health.name(),
            effects.join(","),
            reply.due,
        )
        .unwrap();
        for ((log, log_name), printed) in LOGS.into_iter().zip(&mut running.printed) {
            if running.engine.log().size(log) < *printed {
                *printed = 0;
            }
            for record in running.engine.log().records(log).filter(|record| record.sequence >= *printed) {
                let record_hex: String = record.to_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
                let sequence = record.sequence;
                writeln!(
                    out,
                    r#"{{"engine":{},"log":"{log_name}","sequence":{sequence},"record":"{record_hex}"}}"#,
                    running.name
                )
                .unwrap();
            }
            *printed = running.engine.log().size(log);
            if ok && command.action.verb() == Verb::Acknowledge {
                head(out, &running.name, &running.engine, (log, log_name));
            }
        }
    }

    let mut out = String::new();
    let mut engines: Vec<Running> = Vec::new();
    for message in messages {
        match message {
            Message::Start { engine, name, device, .. } => engines.push(Running {
                index: *engine,
                name: format!("\"{}\"", name.as_str().replace('\\', "\\\\").replace('"', "\\\"")),
                printed: [0; 2],
                engine: Engine::new(*device, &Policy::AZURE),
            }),
            Message::Command { engine, line, at, command } => {
                let running = engines.iter_mut().find(|running| running.index == *engine).unwrap();
                while at.is_some_and(|at| running.engine.is_due(at)) {
                    step(&mut out, running, *line, *at, &Command::tick());
                }
                step(&mut out, running, *line, *at, command);
            }
            _ => unreachable!("the story asks only"),
        }
    }
    for running in &engines {
        for log in LOGS {
            head(&mut out, &running.name, &running.engine, log);
        }
        let (state, digest) = (running.engine.state().base.lease.main.name(), running.engine.digest());
        writeln!(out, r#"{{"engine":{},"state":"{state}","digest":"{digest}"}}"#, running.name).unwrap();
    }
    out
}

/// By counting days, so that it shares nothing with the C program's arithmetic.
fn rfc3339(at: u64) -> String {
    let is_leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let (mut year, mut day) = (1970, at / 86_400);
    while day >= 365 + u64::from(is_leap(year)) {
        day -= 365 + u64::from(is_leap(year));
        year += 1;
    }
    let mut month = 1;
    for length in [31, 28 + u64::from(is_leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if day < length {
            break;
        }
        day -= length;
        month += 1;
    }
    let second = at % 86_400;
    format!("{year:04}-{month:02}-{:02}T{:02}:{:02}:{:02}Z", day + 1, second / 3600, second / 60 % 60, second % 60)
}

fn device() -> Device {
    let serial = Label::new("700022").unwrap();
    Device { serial, provider: PROVIDER, vendor: Organisation([2; 16]), deployment: Deployment::Firmware }
}

fn start(engine: u8, name: &str, policy: Digest) -> Message {
    Message::Start { engine, name: Label::new(name).unwrap(), device: device(), policy, invalid: None, ticks: true }
}

fn arrive(engine: u8, line: u32, at: Option<u64>) -> Message {
    let command = Command::new(principal(Role::Hands), Action::Arrive { serial: device().serial });
    Message::Command { engine, line, at: at_time(at), command }
}

fn principal(role: Role) -> Principal {
    Principal { role, organisation: PROVIDER, id: Id([role as u8 + 1; 16]) }
}

fn at_time(at: Option<u64>) -> Option<Time> {
    at.map(Time::from_unix)
}

fn first_record() -> strongroom_core::Record {
    let mut engine: Engine = Engine::new(device(), &Policy::AZURE);
    let arrive = Command::new(principal(Role::Hands), Action::Arrive { serial: device().serial });
    engine.apply(at_time(Some(MORNING)), &arrive);
    *engine.log().records(LogName::Lifecycle).next().unwrap()
}

fn frame(message: &Message) -> Vec<u8> {
    let mut frame = [0; wire::MAX_FRAME];
    let length = wire::encode(message, &mut frame).unwrap();
    frame[..length].to_vec()
}

/// A whole frame around any bytes.
fn raw_frame(plain: &[u8]) -> Vec<u8> {
    let checksum = crc::Crc::<u32>::new(&crc::CRC_32_ISO_HDLC).checksum(plain);
    let mut frame = [0; wire::MAX_FRAME];
    let length = cobs::encode(&[plain, &checksum.to_le_bytes()].concat(), &mut frame);
    frame[..=length].to_vec()
}

/// Runs a program on a file of these bytes.
fn run(program: &str, bytes: &[u8]) -> Output {
    static REPLAY: std::sync::LazyLock<PathBuf> = std::sync::LazyLock::new(|| compile::program("replay"));
    static API: std::sync::LazyLock<PathBuf> = std::sync::LazyLock::new(|| compile::program("api"));
    let file = compile::scratch().join("frames");
    std::fs::write(&file, bytes).unwrap();
    compile::command(if program == "api" { &API } else { &REPLAY }).arg(file).output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}
