//! The daemon with a device on one side, a technician on the other, and a customer's story told to its journal meanwhile.

use crate::compile;
use crate::device::{self, Device};
use crate::sys;
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;
use std::process::{Child, Command as Process, ExitStatus};
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use strongroom_core::wire::{self, Answer, Message};
use strongroom_core::{AccessTerms, Action, Command, LogName, Policy, Principal, Record, Reply, Role, Time, Verdict};
use strongroom_host::journal::{self, Durable};

const STORY: &str = "tests/scenarios/console/grant-to-read.jsonl";
const PATIENCE: Duration = Duration::from_secs(20);
/// When a prompt of the device is believed to be one.
pub(crate) const SETTLED: Duration = Duration::from_millis(120);

const TERMINAL: &str = "the technician's terminal is";
pub(crate) const ENDED: &str = "the device's session has ended";

/// Before anything has happened.
pub(crate) const BEGIN: u64 = 1_772_438_340; // 2026-03-02T07:59:00Z
/// The device is the customer's, and nothing is asked.
pub(crate) const LEASED: u64 = 1_773_036_000; // 2026-03-09T06:00:00Z
/// Erik has asked for a grant to read, and bea has approved it ten minutes before.
pub(crate) const GRANTED: u64 = 1_773_044_400; // 2026-03-09T08:20:00Z
/// The grant's last second is the one before.
pub(crate) const OVER: u64 = 1_773_072_600; // 2026-03-09T16:10:00Z

/// Waits for something to be so.
pub(crate) fn wait_for(what: &str, mut is_so: impl FnMut() -> bool) {
    let until = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < until, "it never came: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[derive(Debug)]
pub(crate) struct Bench {
    pub(crate) folder: PathBuf,
    pub(crate) device: Device,
    daemon: Option<Child>,
    terminal: Option<File>,
    /// What the technician has seen since they last asked.
    screen: String,
    /// How many sessions had ended when the daemon began.
    ended_before: usize,
    story: Vec<(Time, Command)>,
    told: usize,
}

impl Bench {
    /// A daemon with a new journal, at its device's login prompt.
    pub(crate) fn new() -> Self {
        let mut bench = Self::without_daemon();
        bench.start();
        bench
    }

    pub(crate) fn without_daemon() -> Self {
        let folder = compile::scratch();
        let text = std::fs::read_to_string(compile::workspace().join(STORY)).unwrap();
        let replay = strongroom_host::replay(&text, &folder, strongroom_host::Options::default()).unwrap();
        std::fs::write(folder.join("start"), &replay.wire).unwrap();
        let messages = replay.wire.split_inclusive(|byte| *byte == 0).map(|frame| wire::decode::<Answer>(frame).unwrap());
        let story = messages.filter_map(|message| match message {
            Message::Command { at: Some(at), command, .. } => Some((at, command)),
            _ => None,
        });
        // What the daemon does itself.
        let own =
            |action: &Action| matches!(action, Action::Acknowledge { .. } | Action::Confirm { .. } | Action::ConsoleLine { .. });
        let story = story.filter(|(_, command)| !own(&command.action)).collect();
        let device = Device::new(&transcripts(), device::Session::Login);
        let bench = Self { folder, device, daemon: None, terminal: None, screen: String::new(), ended_before: 0, story, told: 0 };
        bench.connect_device();
        bench.set_clock(BEGIN);
        bench.write_config("");
        bench.journal().compact().unwrap(); // a blank one is no journal yet
        bench
    }

    /// Replaces the device by another one.
    pub(crate) fn replace_device(&mut self, session: device::Session) {
        self.device = Device::new(&transcripts(), session);
        self.connect_device();
    }

    fn connect_device(&self) {
        let beside = self.path("console.new");
        std::os::unix::fs::symlink(&self.device.console, &beside).unwrap();
        std::fs::rename(beside, self.path("console")).unwrap();
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    pub(crate) fn set_clock(&self, now: u64) {
        std::fs::write(self.path("clock.new"), format!("{now}\n")).unwrap();
        std::fs::rename(self.path("clock.new"), self.path("clock")).unwrap();
    }

    // ---- the daemon ----

    /// The daemon without any arguments.
    pub(crate) fn bare_process() -> Process {
        static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
        compile::command(PROGRAM.get_or_init(|| compile::program("consoled")))
    }

    /// Its configuration; the first line for a key is the one that counts.
    pub(crate) fn write_config(&self, first: &str) {
        let place = |name: &str, file: &str| format!("{name} {}\n", self.path(file).display());
        let places = ["start", "journal", "log", "terminal", "clock"].map(|name| place(name, name)).concat();
        let people = [("monitor", "b5", 'b'), ("engineer", "b6", 'b'), ("auditor", "a6", 'c')];
        let people = people.map(|(name, end, first)| format!("{name} {first}0000000-0000-4000-8000-0000000000{end}\n")).concat();
        std::fs::write(self.path("config"), format!("{first}\n{places}{}{people}", place("device", "console"))).unwrap();
    }

    /// The daemon as it would be started, with its messages in the file `said`.
    pub(crate) fn process(&self) -> Process {
        let mut process = Self::bare_process();
        process.arg(self.path("config")).stderr(self.messages());
        process
    }

    pub(crate) fn start(&mut self) {
        let process = self.process();
        self.spawn(process);
    }

    /// Starts it where no file may have more than so many KiB.
    pub(crate) fn start_with_files_of(&mut self, kibibytes: u32) {
        let process = self.process();
        let mut shell = Process::new("sh");
        let blocks = kibibytes * 2;
        shell
            .arg("-c")
            .arg(format!("ulimit -f {blocks} && exec \"$0\" \"$@\""))
            .arg(process.get_program())
            .args(process.get_args());
        shell.stderr(self.messages());
        self.spawn(shell);
    }

    fn messages(&self) -> File {
        OpenOptions::new().create(true).append(true).open(self.path("said")).unwrap()
    }

    fn spawn(&mut self, mut process: Process) {
        let terminals = self.times_said(TERMINAL);
        self.ended_before = self.times_said(ENDED);
        self.daemon = Some(process.spawn().unwrap());
        wait_for("a terminal", || self.times_said(TERMINAL) > terminals);
    }

    /// `kill -9`.
    pub(crate) fn kill(&mut self) {
        self.terminal = None;
        let mut daemon = self.daemon.take().unwrap();
        daemon.kill().unwrap();
        daemon.wait().unwrap();
    }

    /// Asks the daemon to end.
    pub(crate) fn end(&mut self) -> ExitStatus {
        let mut daemon = self.daemon.take().unwrap();
        sys::signal(daemon.id(), sys::TERMINATE);
        daemon.wait().unwrap()
    }

    /// Waits for the daemon, which ends by itself.
    pub(crate) fn ends(&mut self) -> ExitStatus {
        let daemon = self.daemon.as_mut().expect("the daemon runs");
        let mut status = None;
        wait_for("the daemon's end", || {
            status = daemon.try_wait().unwrap();
            status.is_some()
        });
        self.daemon = None;
        status.unwrap()
    }

    pub(crate) fn process_number(&self) -> u32 {
        self.daemon.as_ref().expect("the daemon runs").id()
    }

    /// What the daemon has said so far.
    pub(crate) fn said(&self) -> String {
        std::fs::read_to_string(self.path("said")).unwrap_or_default()
    }

    pub(crate) fn wait_until_said(&self, text: &str) {
        wait_for(text, || self.said().contains(text));
    }

    /// How often it has said that.
    pub(crate) fn times_said(&self, text: &str) -> usize {
        self.said().matches(text).count()
    }

    // ---- the journal ----

    /// Asks the engine, as any program does that opens the journal.
    pub(crate) fn ask(&self, command: Command) -> Reply {
        let clock = std::fs::read_to_string(self.path("clock")).unwrap();
        let now = Time::from_unix(clock.trim().parse().unwrap());
        self.journal().apply(Some(now), &command).unwrap()
    }

    /// Tells the story up to that time, each command at its own.
    pub(crate) fn tell_until(&mut self, time: u64) {
        while let Some((at, command)) = self.story.get(self.told).filter(|(at, _)| at.as_unix() < time).copied() {
            self.set_clock(at.as_unix());
            self.make_room();
            let reply = self.ask(command);
            assert_eq!(reply.verdict, Verdict::Accepted, "{:?}: {}", command.action, reply.rule.text());
            self.told += 1;
        }
        self.set_clock(time);
        wait_for("a look of the daemon's", || !self.journal().engine().is_due(Time::from_unix(time)));
    }

    /// Acknowledges the lifecycle log, as the provider does; the tenant log is the daemon's to drain.
    fn make_room(&self) {
        let room = |log| self.journal().engine().room(log);
        if room(LogName::Lifecycle) < 2 {
            let next = self.journal().engine().log().size(LogName::Lifecycle);
            let drained = self.ask(Command::new(self.person(Role::Pool), Action::Acknowledge { log: LogName::Lifecycle, next }));
            assert_eq!(drained.verdict, Verdict::Accepted);
        }
        wait_for("room in the tenant log", || room(LogName::Tenant) > 1);
    }

    /// Who acts in that role in the story.
    pub(crate) fn person(&self, role: Role) -> Principal {
        let approver = |command: &Command| match command.action {
            Action::SetRoster { approvers } if role == Role::Approver => {
                let id = approvers.iter().next().copied();
                id.map(|id| Principal { role, organisation: command.by.organisation, id })
            }
            _ => (command.by.role == role).then_some(command.by),
        };
        self.story.iter().find_map(|(_, command)| approver(command)).expect("the story has one")
    }

    /// Asks what has to be accepted.
    pub(crate) fn go(&self, role: Role, action: Action) -> Reply {
        self.make_room();
        let reply = self.ask(Command::new(self.person(role), action));
        assert_eq!(reply.verdict, Verdict::Accepted, "{action:?}: {}", reply.rule.text());
        reply
    }

    /// What erik asks access for.
    pub(crate) fn terms(&self) -> AccessTerms {
        let terms = |command: &Command| match command.action {
            Action::RequestAccess { terms, .. } => Some(terms),
            _ => None,
        };
        self.story.iter().find_map(|(_, command)| terms(command)).expect("the story has a request")
    }

    // ---- the technician ----

    pub(crate) fn sit_down(&mut self) {
        let path = self.path("terminal");
        self.screen.clear();
        self.terminal =
            Some(OpenOptions::new().read(true).write(true).custom_flags(sys::TERMINAL_FLAGS).open(path).expect("a terminal"));
    }

    /// Sits down and logs in at the device.
    pub(crate) fn log_in(&mut self) {
        let before = self.ended_before;
        wait_for("the end of whatever session there was", || self.times_said(ENDED) > before);
        self.sit_down();
        self.types("\r");
        self.sees("login: ");
        self.types("monitor\r");
        self.sees("Password: ");
        self.types("secret\r");
        self.sees("lunash:>");
    }

    pub(crate) fn hang_up(&mut self) {
        self.terminal = None;
    }

    pub(crate) fn terminal(&mut self) -> &mut File {
        self.terminal.as_mut().expect("the technician sits there")
    }

    /// Types after the device's prompt has settled, as people do.
    pub(crate) fn types(&mut self, text: &str) {
        std::thread::sleep(SETTLED);
        self.terminal().write_all(text.as_bytes()).unwrap();
    }

    /// Types what comes, as fast as the terminal takes it, and reads what is shown.
    pub(crate) fn types_at_once(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            match self.terminal().write(bytes) {
                Ok(length) => bytes = &bytes[length..],
                Err(_) => std::thread::sleep(Duration::from_millis(1)),
            }
            self.look();
        }
    }

    /// Whether nothing has been shown or said for a while.
    pub(crate) fn settled(&mut self) -> bool {
        let said = self.said().len();
        self.sees_at_last().is_empty() && self.said().len() == said
    }

    /// Waits until that is on the screen, and takes all up to it away.
    pub(crate) fn sees(&mut self, text: &str) -> String {
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(place) = self.screen.find(text) {
                let rest = self.screen.split_off(place + text.len());
                return std::mem::replace(&mut self.screen, rest);
            }
            assert!(Instant::now() < until, "no {text:?} on the screen: {:?}\n{}", self.screen, self.said());
            self.look();
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Everything on the screen that was not taken away yet, after a while.
    pub(crate) fn sees_at_last(&mut self) -> String {
        std::thread::sleep(Duration::from_millis(300));
        self.look();
        std::mem::take(&mut self.screen)
    }

    fn look(&mut self) {
        let mut bytes = [0; 4096];
        while let Ok(length @ 1..) = self.terminal().read(&mut bytes) {
            self.screen.push_str(&String::from_utf8_lossy(&bytes[..length]));
        }
    }

    // ---- what is left behind ----

    /// The journal as the host's own library opens it, while the daemon waits for its lock.
    pub(crate) fn journal(&self) -> Durable {
        let (device, policy) = match wire::decode::<Answer>(first_frame(&std::fs::read(self.path("start")).unwrap())).unwrap() {
            Message::Start { device, .. } => (device, &Policy::AZURE),
            other => panic!("{other:?}"),
        };
        journal::open(&self.path("journal"), device, policy, PATIENCE).unwrap().0
    }

    /// The exported records of one log, once another program has verified the file.
    pub(crate) fn exported(&self, log: LogName) -> Vec<Record> {
        let script = compile::workspace().join("tests/verify_log.py");
        let verified = Process::new("python3").arg(script).arg(self.path("log")).output().unwrap();
        assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
        let text = std::fs::read_to_string(self.path("log")).unwrap();
        let of = format!("\"log\":\"{}\",\"sequence\"", log.name());
        let records = text.lines().filter(|line| line.contains(&of)).map(|line| {
            let hex = line.rsplit('"').nth(1).unwrap();
            let bytes: Vec<u8> = (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect();
            Record::from_bytes(&bytes).unwrap()
        });
        records.collect()
    }

    /// The rules that the log names, in order.
    pub(crate) fn rules(&self, log: LogName) -> Vec<&'static str> {
        self.exported(log).iter().map(|record| record.rule.name()).collect()
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        if let Some(mut daemon) = self.daemon.take() {
            let _ = daemon.kill();
            let _ = daemon.wait();
        }
        // What is said by others than the daemon is a finding of a sanitizer's or valgrind's, which does not know one ioctl.
        let known = ["unhandled ioctl 0x540c", "This could cause spurious value errors", "README_MISSING_SYSCALL_OR_IOCTL"];
        let said = self.said();
        let strange =
            said.lines().find(|line| !line.starts_with("consoled: ") && !known.iter().any(|known| line.contains(known)));
        assert!(strange.is_none() || std::thread::panicking(), "{said}");
    }
}

fn transcripts() -> PathBuf {
    compile::workspace().join("tests/console/luna-7.2")
}

fn first_frame(bytes: &[u8]) -> &[u8] {
    bytes.split_inclusive(|byte| *byte == 0).next().unwrap_or_default()
}
