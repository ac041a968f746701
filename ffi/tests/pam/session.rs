//! A session, its end, and what is on record of both.

use crate::bench::{ELLEN, GRANTED, MORNING, THIRD};
use crate::stage::{Stage, said};
use crate::tools::{leave_out, say};
use std::fs;
use std::process::{Child, Command};
use std::time::{Duration, Instant};
use strongroom_core::{RequestNumber, Rule, Status};

/// How long a chain of processes is of which each begins the next one and goes.
const COMETS: usize = 100_000;

/// A session that runs: its PAM client, and its processes.
struct Running {
    client: Child,
    processes: Vec<u32>,
}

impl Running {
    fn new(stage: &Stage) -> Self {
        let client = stage.begin("games", &["acct_mgmt", "open_session", "close_session"]);
        stage.wait("the session begins", || stage.folder.join("started").exists());
        let pids = fs::read_to_string(stage.folder.join("pids")).unwrap();
        let processes: Vec<u32> = pids.lines().map(|line| line.parse().unwrap()).collect();
        assert!(processes.len() == 4 && processes.iter().all(|process| runs(*process)));
        Self { client, processes }
    }

    /// Waits until nothing of it runs, and says how long that took.
    fn ends(self, stage: &Stage) -> Duration {
        let began = Instant::now();
        stage.wait("the session ends", || !self.processes.iter().any(|process| runs(*process)));
        let took = began.elapsed();
        said(self.client);
        took
    }

    fn all_run(&self) -> bool {
        self.processes.iter().all(|process| runs(*process))
    }
}

fn runs(process: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    stat.rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with('Z'))
}

fn granted() -> Option<(Stage, RequestNumber)> {
    let stage = Stage::new()?;
    let request = stage.bench.granted(MORNING, ELLEN);
    Some((stage, request))
}

#[test]
fn a_session_ends_with_its_grant_and_that_is_on_record() {
    let Some((stage, request)) = granted() else { return };
    let session = Running::new(&stage);
    assert!(stage.bench.rules().contains(&Rule::AccessUsed));
    stage.at(MORNING + GRANTED - 1);
    std::thread::sleep(Duration::from_secs(3));
    assert!(session.all_run(), "it goes on as long as the grant does");
    stage.at(MORNING + GRANTED);
    let took = session.ends(&stage);
    assert!(took < Duration::from_secs(10) || std::env::var_os("STRONGROOM_C_RUNNER").is_some(), "{took:?}");
    stage.wait("the end is confirmed", || stage.bench.status(request) == Status::Ended);
    assert_eq!(stage.bench.pending(), [""; 0]);
    assert!(stage.bench.rules().ends_with(&[Rule::WindowOver, Rule::ClosedConfirmed]), "{:?}", stage.bench.rules());
    stage.wait("the watcher goes", || stage.watchers().is_empty());
    assert_eq!(stage.sessions(), 0);
}

#[test]
fn a_session_ends_with_a_revocation() {
    let Some((stage, request)) = granted() else { return };
    let session = Running::new(&stage);
    stage.bench.revoke(MORNING + 60, request);
    session.ends(&stage);
    stage.at(MORNING + 60);
    stage.wait("the end is confirmed", || stage.bench.status(request) == Status::Revoked);
    assert_eq!(stage.bench.pending(), [""; 0]);
}

#[test]
fn a_session_ends_where_the_journal_cannot_be_read_any_more() {
    let Some((stage, _)) = granted() else { return };
    let session = Running::new(&stage);
    let lock = strongroom_host::journal::Lock::take(&stage.bench.0, Duration::from_secs(20)).unwrap();
    fs::write(&stage.bench.0, vec![0; 32 * 1024]).unwrap();
    drop(lock);
    session.ends(&stage);
}

#[test]
fn a_session_ends_where_another_process_keeps_the_journal_for_too_long() {
    let Some((stage, request)) = granted() else { return };
    let session = Running::new(&stage);
    let lock = strongroom_host::journal::Lock::take(&stage.bench.0, Duration::from_secs(20)).unwrap();
    session.ends(&stage);
    drop(lock);
    assert_eq!(stage.bench.status(request), Status::Approved, "the grant itself goes on");
    stage.lets_in("games");
}

#[test]
fn a_session_that_ends_by_itself_leaves_nothing() {
    let Some((stage, request)) = granted() else { return };
    stage.write("session.sh", "#!/bin/sh\n", 0o755);
    let (success, text) = stage.login("games", &["acct_mgmt", "open_session", "close_session"]);
    assert!(success, "{text}");
    stage.wait("the watcher goes", || stage.watchers().is_empty() && stage.sessions() == 0);
    assert_eq!(stage.bench.status(request), Status::Approved);
    // Later nobody is in; whoever looks after the sessions confirms it.
    stage.at(MORNING + GRANTED);
    assert!(stage.watch_once().status.success());
    assert_eq!((stage.bench.status(request), stage.bench.pending()), (Status::Ended, vec![]));
}

#[test]
fn a_client_that_closed_its_session_is_let_alone() {
    let Some((stage, _)) = granted() else { return };
    stage.write("session.sh", "#!/bin/sh\n", 0o755);
    // Something else that keeps it for some seconds, without a child.
    let mut client = stage.begin("games", &["open_session", "close_session", "authenticate"]);
    stage.wait("the watcher begins", || !stage.watchers().is_empty());
    stage.wait("the watcher goes", || stage.watchers().is_empty() && stage.sessions() == 0);
    assert!(client.try_wait().unwrap().is_none());
    let (_, text) = said(client);
    assert!(text.contains("session has successfully been closed"), "{text}");
}

#[test]
fn what_a_session_leaves_behind_is_watched_on() {
    let Some((stage, request)) = granted() else { return };
    let script = "#!/bin/sh\ntest $PAM_TYPE = open_session || exit 0\nsleep 120 & echo $! > $1/pids\n(sleep 3) &\nwait $!\n";
    stage.write("session.sh", script, 0o755);
    let (success, text) = stage.login("games", &["acct_mgmt", "open_session", "close_session"]);
    assert!(success, "{text}");
    let left: u32 = fs::read_to_string(stage.folder.join("pids")).unwrap().trim().parse().unwrap();
    std::thread::sleep(Duration::from_secs(2));
    assert!(runs(left) && stage.watchers().len() == 1);
    stage.at(MORNING + GRANTED);
    stage.wait("it ends", || !runs(left));
    stage.wait("the end is confirmed", || stage.bench.status(request) == Status::Ended);
}

#[test]
fn a_killed_watcher_opens_nothing_and_nothing_is_confirmed_while_the_session_goes_on() {
    let Some((stage, request)) = granted() else { return };
    let session = Running::new(&stage);
    stage.kill_watchers();
    stage.at(MORNING + GRANTED);
    stage.refuses("games", "request 1 (ticket T-1) is Ending");
    assert!(session.all_run());
    assert_eq!((stage.bench.status(request), stage.bench.pending()), (Status::Ending, vec!["close_access"]));
    // Five retries a minute apart, then the alarm stays.
    for minute in 1..=6 {
        stage.at(MORNING + GRANTED + 60 * minute);
        stage.refuses("games", "is Ending");
    }
    assert!(stage.bench.open().engine().pending()[0].is_alarm());
    // What an operator runs then, or a timer.
    let output = stage.watch_once();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    session.ends(&stage);
    assert_eq!((stage.bench.status(request), stage.bench.pending(), stage.sessions()), (Status::Ended, vec![], 0));
}

#[test]
fn nothing_is_confirmed_while_another_session_under_the_grant_goes_on() {
    let Some((stage, request)) = granted() else { return };
    let session = Running::new(&stage);
    stage.kill_watchers();
    stage.write("session.sh", "#!/bin/sh\n", 0o755);
    let (success, text) = stage.login("games", &["open_session"]);
    assert!(success, "{text}");
    stage.at(MORNING + GRANTED);
    stage.wait("the second session's watcher gives up", || stage.watchers().is_empty());
    assert!(session.all_run());
    assert_eq!((stage.bench.status(request), stage.bench.pending()), (Status::Ending, vec!["close_access"]));
}

#[test]
fn a_client_that_is_in_is_no_reason_to_confirm() {
    let Some((stage, request)) = granted() else { return };
    // In its own session the grant ends, and it asks whether it may come in.
    let script = format!(
        "#!/bin/sh\ntest $PAM_TYPE = open_session || exit 0\npkill -9 -f \"strongroom-watch.*$1\"\necho {} > $1/clock\n",
        MORNING + GRANTED
    );
    stage.write("session.sh", &script, 0o755);
    let (success, text) = stage.login("games", &["open_session", "acct_mgmt"]);
    assert!(!success && text.contains("is Ending"), "{text}");
    assert_eq!((stage.bench.status(request), stage.bench.pending()), (Status::Ending, vec!["close_access"]));
}

#[test]
fn a_full_log_lets_nobody_in_and_still_takes_the_end() {
    let Some((stage, request)) = granted() else { return };
    stage.write("session.sh", "#!/bin/sh\n", 0o755);
    let mut logins = (0..100).map(|_| stage.login("games", &["open_session", "close_session"]));
    let (_, text) = logins.find(|(success, _)| !success).expect("the log fills up");
    assert!(text.contains("the log has room for the step; drain it (rule LogHasRoom)"), "{text}");
    stage.at(MORNING + GRANTED);
    stage.wait("the watchers go", || stage.watchers().is_empty());
    assert!(stage.watch_once().status.success());
    assert_eq!((stage.bench.status(request), stage.bench.pending()), (Status::Ended, vec![]));
}

#[test]
fn the_watcher_has_nothing_of_the_clients_and_the_client_nothing_of_the_modules() {
    let Some((stage, _)) = granted() else { return };
    let session = Running::new(&stage);
    let client = fs::read_to_string(stage.folder.join("files")).unwrap();
    assert!(!client.contains("kept") && !client.contains("sessions") && !client.contains("clock"), "{client}");
    let [watcher] = stage.watchers()[..] else { panic!("one watcher") };
    if std::env::var_os("STRONGROOM_C_RUNNER").is_none() {
        let files: Vec<String> = fs::read_dir(format!("/proc/{watcher}/fd"))
            .unwrap()
            .filter_map(|file| Some(fs::read_link(file.ok()?.path()).ok()?.display().to_string()))
            .filter(|file| !file.contains("kept") && !file.starts_with("socket"))
            .collect();
        assert_eq!(files, ["/dev/null"; 3]);
    }
    let environment = String::from_utf8(fs::read(format!("/proc/{watcher}/environ")).unwrap()).unwrap();
    assert!(!environment.contains("A_SECRET") && !environment.contains("PAM"), "{environment}");
    assert_eq!(fs::read_link(format!("/proc/{watcher}/cwd")).unwrap().to_str(), Some("/"));
    stage.at(MORNING + GRANTED);
    session.ends(&stage);
}

#[test]
fn whoever_runs_off_is_found_by_the_login() {
    let Some(stage) = Stage::new() else { return };
    let is_root = fs::metadata("/proc/self").is_ok_and(|found| std::os::unix::fs::MetadataExt::uid(&found) == 0);
    if !is_root {
        return say("LEFT OUT: a session that changes its user; only the superuser can test that");
    }
    if !Command::new("setpriv").arg("--version").output().is_ok_and(|output| output.status.success()) {
        return leave_out("a session that changes its user", "util-linux");
    }
    let request = stage.bench.granted(MORNING, THIRD);
    // Neither a child of the client's nor of its session: its parent is gone before anybody looks. And one that is always
    // gone when somebody looks.
    let script = r#"#!/bin/sh
test $PAM_TYPE = open_session || exit 0
as='setpriv --reuid=mail --regid=mail --clear-groups setsid -f'
$as sleep 123
exec 9> $1/beats
comet='trap "" HUP; printf . >&9; test $1 -ge COMETS || sh -c "$0" "$0" $(($1 + 1)) & exit'
$as sh -c "$comet" "$comet" 1
exec 9>&-
sleep 0.5
pgrep -u mail -x sleep > $1/pids
"#;
    stage.write("session.sh", &script.replace("COMETS", &COMETS.to_string()), 0o755);
    let (success, text) = stage.login("mail", &["acct_mgmt", "open_session", "close_session"]);
    assert!(success, "{text}");
    let left: u32 = fs::read_to_string(stage.folder.join("pids")).unwrap().trim().parse().unwrap();
    std::thread::sleep(Duration::from_secs(3));
    let beats = || fs::read_to_string(stage.folder.join("beats")).unwrap().len();
    assert!(runs(left) && beats() > 0);
    stage.at(MORNING + GRANTED);
    stage.wait("the end is confirmed", || stage.bench.status(request) == Status::Ended);
    let last = beats();
    std::thread::sleep(Duration::from_secs(1));
    assert!(!runs(left) && beats() == last && last < COMETS);
}
