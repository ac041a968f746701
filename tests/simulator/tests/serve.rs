//! The device at a line of this machine.

use std::fs::OpenOptions;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::net::UnixStream;
use std::process::{Child, ChildStdin, Command, Stdio};

struct Served {
    process: Child,
    input: ChildStdin,
    output: BufReader<std::process::ChildStdout>,
}

impl Served {
    fn new(arguments: &[&str]) -> (Self, String) {
        let mut process = Command::new(env!("CARGO_BIN_EXE_strongroom-simulator"))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, output) = (process.stdin.take().unwrap(), BufReader::new(process.stdout.take().unwrap()));
        let mut served = Self { process, input, output };
        let place = served.answer();
        (served, place)
    }

    fn answer(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    fn say(&mut self, line: &str) -> String {
        writeln!(self.input, "{line}").unwrap();
        self.answer()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Types, and reads until it says that.
fn until(line: &mut (impl Read + Write), typed: &str, said: &str) -> String {
    line.write_all(typed.as_bytes()).unwrap();
    let (mut screen, mut byte) = (Vec::new(), [0]);
    while !screen.ends_with(said.as_bytes()) {
        assert_eq!(line.read(&mut byte).unwrap(), 1, "{}", String::from_utf8_lossy(&screen));
        screen.push(byte[0]);
    }
    String::from_utf8(screen).unwrap()
}

fn log_in(line: &mut (impl Read + Write)) {
    until(line, "monitor\r", "Password: ");
    until(line, "secret\r", "lunash:>");
}

#[test]
fn at_a_pseudo_terminal_faults_begin_and_end_while_it_runs() {
    let (mut served, path) = Served::new(&["--account", "monitor:secret"]);
    let mut line = OpenOptions::new().read(true).write(true).open(&path).unwrap();
    log_in(&mut line);
    let well = until(&mut line, "status sensors\r", "lunash:>");
    assert_eq!(served.say("fault psu on"), "psu is on");
    let ill = until(&mut line, "status sensors\r", "lunash:>");
    assert!(well != ill && ill.contains("0x0080"), "{ill}");
    assert_eq!(served.say("fault psu off"), "psu is off");
    assert_eq!(until(&mut line, "status sensors\r", "lunash:>"), well);
    drop(line);
    // Whoever comes next finds it as it was left.
    let mut line = OpenOptions::new().read(true).write(true).open(&path).unwrap();
    until(&mut line, "\r", "lunash:>");
    assert_eq!(served.say("entered"), "status sensors | status sensors | status sensors");
    assert_eq!(served.say("state"), "Shell, monitor, faults: none");
    assert!(served.say("fault fire on").starts_with("there is no fault \"fire\"; there are psu, "));
    assert!(served.say("burn").contains("is not known"));
    writeln!(served.input, "quit").unwrap();
    assert!(served.process.wait().unwrap().success());
}

#[test]
fn at_sockets_one_after_another() {
    let path = std::env::temp_dir().join(format!("strongroom-simulator-{}", std::process::id()));
    let (_served, _) = Served::new(&["--unix", path.to_str().unwrap(), "--account", "monitor:secret"]);
    log_in(&mut UnixStream::connect(&path).unwrap());
    until(&mut UnixStream::connect(&path).unwrap(), "\r", "lunash:>");
    std::fs::remove_file(&path).unwrap();
    let (_served, address) = Served::new(&["--tcp", "0", "--account", "monitor:secret"]);
    log_in(&mut TcpStream::connect(address).unwrap());
}

#[test]
fn what_is_wrong_is_said() {
    for (arguments, why) in [
        (&["--pty", "--baud"][..], "\"--baud\" is no option"),
        (&["--tcp", "many"], "is no port"),
        (&["--account", "monitor"], "write NAME:PASSWORD"),
        (&["--unix"], "--unix needs a value"),
        (&["--unix", "/nowhere/line"], "/nowhere/line: "),
    ] {
        let done = Command::new(env!("CARGO_BIN_EXE_strongroom-simulator")).args(arguments).output().unwrap();
        let said = String::from_utf8(done.stderr).unwrap();
        assert!(!done.status.success() && said.contains(why) && said.lines().count() == 1, "{said}");
    }
}
