//! A machine: configuration, PAM service and clock in a folder of their own.

use crate::bench::{Bench, ELLEN, MORNING, OTHER, THIRD, device};
use crate::compile;
use crate::tools::{Tools, compiler, tools};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use strongroom_core::wire::{self, Answer, Message};
use strongroom_core::{Id, Label, Policy};

/// How long anything may take here.
const PATIENCE: Duration = Duration::from_secs(60);

/// One at a time: copies of libpam_wrapper that begin or end together take each other's folders, and one that has lost its
/// folder reads the machine's own services.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

pub(crate) struct Stage {
    pub(crate) folder: PathBuf,
    pub(crate) bench: Bench,
    tools: &'static Tools,
    _alone: MutexGuard<'static, ()>,
}

impl Stage {
    /// A machine with a customer's journal; `None` where something is missing to test with.
    pub(crate) fn new() -> Option<Self> {
        let tools = tools()?;
        let alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = compile::scratch();
        for closed in ["", "kept", "pam.d"] {
            fs::create_dir_all(folder.join(closed)).unwrap();
            set_mode(&folder.join(closed), 0o700);
        }
        let bench = Bench::new(&folder.join("kept/journal"));
        let stage = Self { bench, folder, tools, _alone: alone };
        stage.write("watch", &stage.watch_script(), 0o755);
        stage.write("config", &stage.config(), 0o644);
        stage.write_start("700022");
        stage.write("session.sh", SESSION, 0o755);
        stage.write_service("");
        stage.write("pam.d/other", "", 0o644);
        stage.at(MORNING);
        Some(stage)
    }

    /// The Start frame of an engine for the device with that serial number.
    pub(crate) fn write_start(&self, serial: &str) {
        let mut frame = [0; wire::MAX_FRAME];
        let start = Message::<Answer>::Start {
            engine: 0,
            name: Label::new("hsm-a").unwrap(),
            device: device(serial),
            policy: Policy::AZURE.digest(),
            invalid: None,
            ticks: true,
        };
        let length = wire::encode(&start, &mut frame).unwrap();
        fs::write(self.folder.join("start"), &frame[..length]).unwrap();
        set_mode(&self.folder.join("start"), 0o644);
    }

    pub(crate) fn config(&self) -> String {
        let hex = |bytes: &[u8; 16]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let folder = self.folder.display();
        let engineers: String = [("games", ELLEN), ("news", OTHER), ("mail", THIRD), ("root", OTHER)]
            .map(|(login, Id(id)): (&str, Id)| format!("engineer {login} {}\n", hex(&id)))
            .concat();
        format!(
            "# the machine's\njournal {folder}/kept/journal\nstart {folder}/start\nsubject vm_linux\nsessions {folder}/sessions\n\
             watch {folder}/watch\nclock {folder}/clock\nevery 1\nwait 2\ngrace 1\n{engineers}"
        )
    }

    /// What PAM does: the module, and in a session a process of pam_exec's that stands for the shell.
    pub(crate) fn write_service(&self, arguments: &str) {
        let (module, exec) = (self.tools.module.display(), self.tools.exec.display());
        let [delay, deny] =
            ["pam_faildelay.so", "pam_deny.so"].map(|name| self.tools.exec.with_file_name(name).display().to_string());
        let folder = self.folder.display();
        let service = format!(
            "account required {module} config={folder}/config {arguments}\nsession requisite {module} config={folder}/config\n\
             session optional {exec} {folder}/session.sh {folder}\n\
             auth optional {delay} delay=20000000\nauth required {deny}\n"
        );
        self.write("pam.d/machine", &service, 0o644);
    }

    /// Sets the clock.
    pub(crate) fn at(&self, seconds: u64) {
        self.write("clock.new", &format!("{seconds}\n"), 0o644);
        fs::rename(self.folder.join("clock.new"), self.folder.join("clock")).unwrap();
    }

    pub(crate) fn write(&self, name: &str, text: &str, mode: u32) {
        fs::write(self.folder.join(name), text).unwrap();
        set_mode(&self.folder.join(name), mode);
    }

    /// `pamtester` with these operations, as a sanitizer or valgrind wants it.
    fn pamtester(&self, login: &str, operations: &[&str]) -> Command {
        let mut preload = self.tools.wrapper.display().to_string();
        if std::env::var("STRONGROOM_C_FLAGS").is_ok_and(|flags| flags.contains("address")) {
            let runtime = Command::new(compiler()).arg("-print-file-name=libasan.so").output().unwrap().stdout;
            preload = format!("{} {preload}", String::from_utf8(runtime).unwrap().trim());
        }
        let mut command = compile::command(Path::new("pamtester"));
        command.arg("machine").arg(login).args(operations).stdin(Stdio::piped());
        command.env("LD_PRELOAD", preload).env("PAM_WRAPPER", "1").env("PAM_WRAPPER_SERVICE_DIR", self.folder.join("pam.d"));
        command.env("PAM_WRAPPER_DISABLE_DEEPBIND", "1").env("A_SECRET", "of the client's");
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Starts `pamtester`, and waits until it has our services.
    pub(crate) fn begin(&self, login: &str, operations: &[&str]) -> Child {
        let mut client = self.pamtester(login, operations).spawn().unwrap();
        self.wait("pamtester begins", || has_begun(client.id()) || client.try_wait().unwrap().is_some());
        client
    }

    /// Whether PAM lets the login in, and all that it said.
    pub(crate) fn login(&self, login: &str, operations: &[&str]) -> (bool, String) {
        said(self.begin(login, operations))
    }

    /// Asserts that the login is refused, and why.
    pub(crate) fn refuses(&self, login: &str, why: &str) {
        let (success, text) = self.login(login, &["acct_mgmt"]);
        assert!(!success, "{text}");
        assert!(text.contains("access denied: ") && text.contains(why), "not \"{why}\":\n{text}");
    }

    /// Asserts that the login is let in.
    pub(crate) fn lets_in(&self, login: &str) {
        let (success, text) = self.login(login, &["acct_mgmt"]);
        assert!(success, "{text}");
    }

    /// `strongroom-watch CONFIG`: looks after all sessions once.
    pub(crate) fn watch_once(&self) -> Output {
        let mut watch = compile::command(&self.tools.watch);
        watch.arg(self.folder.join("config")).output().unwrap()
    }

    /// The watcher, which under a sanitizer or valgrind writes what is found beside it.
    fn watch_script(&self) -> String {
        let (folder, watch) = (self.folder.display(), self.tools.watch.display());
        let mut runner = std::env::var("STRONGROOM_C_RUNNER").unwrap_or_default();
        if runner.starts_with("valgrind ") {
            runner = format!("{runner} --log-file={folder}/memory.%p");
        }
        let options = format!("export ASAN_OPTIONS=log_path={folder}/memory UBSAN_OPTIONS=log_path={folder}/memory");
        format!("#!/bin/sh\n{options}\nexec {runner} {watch} \"$@\"\n")
    }

    /// The watchers that run for this machine.
    pub(crate) fn watchers(&self) -> Vec<i32> {
        let ours = self.folder.join("config").display().to_string();
        let processes = fs::read_dir("/proc").unwrap().filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<i32>().ok());
        let watches = |id: &i32| {
            let line = fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
            let line = String::from_utf8_lossy(&line);
            line.contains("strongroom-watch") && line.contains(&ours) && line.contains(".session")
        };
        processes.filter(watches).collect()
    }

    /// `kill -9`.
    pub(crate) fn kill_watchers(&self) {
        for watcher in self.watchers() {
            assert!(Command::new("kill").args(["-9", &watcher.to_string()]).status().unwrap().success());
        }
        self.wait("the watchers are gone", || self.watchers().is_empty());
    }

    /// Waits until something is so.
    pub(crate) fn wait(&self, what: &str, mut is_so: impl FnMut() -> bool) {
        let began = Instant::now();
        while !is_so() {
            assert!(began.elapsed() < PATIENCE, "in vain: {what}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    pub(crate) fn sessions(&self) -> usize {
        fs::read_dir(self.folder.join("sessions")).map_or(0, Iterator::count)
    }
}

impl Drop for Stage {
    /// Leaves no process behind, and says what a sanitizer or valgrind found in a watcher.
    fn drop(&mut self) {
        for process in fs::read_to_string(self.folder.join("pids")).unwrap_or_default().lines() {
            // Still this one's: whatever took its number has another folder, or none.
            let line = fs::read_to_string(format!("/proc/{process}/cmdline")).unwrap_or_default();
            if line.contains("sleep") || line.contains(&self.folder.display().to_string()) {
                let _ = Command::new("kill").args(["-9", process]).stderr(Stdio::null()).status();
            }
        }
        if std::thread::panicking() {
            return;
        }
        for entry in fs::read_dir(&self.folder).unwrap().flatten() {
            if entry.file_name().to_string_lossy().starts_with("memory") {
                let found = fs::read_to_string(entry.path()).unwrap_or_default();
                assert!(found.is_empty(), "{found}");
            }
        }
    }
}

/// What stands for the shell: three processes in the folder's `pids`, one of them deaf to SIGHUP and one in a session of
/// its own; and what the PAM client has open.
const SESSION: &str = r#"#!/bin/sh
test "$PAM_TYPE" = open_session || exit 0
ls -l /proc/$PPID/fd > "$1/files"
sleep 120 & echo $! >> "$1/pids"
sh -c 'trap "" HUP; echo $$ >> "$0/pids"; for i in $(seq 120); do sleep 1; done' "$1" &
setsid sh -c 'echo $$ >> "$0/pids"; exec sleep 120' "$1" &
echo $$ >> "$1/pids"
while test $(wc -l < "$1/pids") -lt 4; do sleep 0.1; done
: > "$1/started"
wait
"#;

/// The folders that libpam_wrapper made for this process.
fn folders_of(process: u32) -> impl Iterator<Item = PathBuf> {
    let folders = fs::read_dir("/tmp").unwrap().flatten().map(|entry| entry.path());
    folders.filter(move |path| {
        let owner = || fs::read_to_string(path.join("pid")).unwrap_or_default();
        path.to_string_lossy().starts_with("/tmp/pam.") && owner().trim() == process.to_string()
    })
}

/// Whether libpam_wrapper has copied all our service files.
fn has_begun(process: u32) -> bool {
    folders_of(process).any(|folder| ["machine", "other"].iter().all(|file| folder.join(file).exists()))
}

/// Removes what libpam_wrapper leaves where its process is killed, or valgrind runs it; it has sixty-two places in all.
fn sweep(process: u32) {
    for folder in folders_of(process) {
        let _ = fs::remove_dir_all(folder);
    }
}

/// Whether PAM let the login in, and all that it said, when `pamtester` has ended.
pub(crate) fn said(client: Child) -> (bool, String) {
    let process = client.id();
    let output = client.wait_with_output().unwrap();
    sweep(process);
    let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    // What a sanitizer or valgrind finds is no refusal.
    assert!(!text.contains("Sanitizer") && !text.contains("runtime error") && output.status.code() != Some(99), "{text}");
    (output.status.success(), text)
}

pub(crate) fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}
