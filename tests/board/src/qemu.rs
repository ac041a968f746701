//! The image itself on QEMU's board: three serial lines as sockets, the EEPROM as a file, a simulated device at the console.

use crate::party::{Host, frame};
use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use strongroom_core::link::{Ask, Receiver, Say, ToBoard, ToHost};
use strongroom_core::{Id, Party};
use strongroom_simulator::Device;

/// Bytes of the EEPROM.
const CAPACITY: usize = 32 * 1024;

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// The board, running.
#[derive(Debug)]
pub struct Qemu {
    image: PathBuf,
    folder: PathBuf,
    process: Option<Child>,
    lines: Option<Lines>,
    receiver: Receiver,
    /// The device at the console.
    pub device: Device,
    screen: String,
}

#[derive(Debug)]
struct Lines {
    host: UnixStream,
    device: UnixStream,
    technician: UnixStream,
    monitor: UnixStream,
}

impl Qemu {
    /// A board with a blank EEPROM in `folder`, switched on.
    ///
    /// # Panics
    ///
    /// Where QEMU does not start.
    #[must_use]
    pub fn new(image: &Path, folder: &Path, device: Device) -> Self {
        fs::write(folder.join("eeprom"), vec![0xff; CAPACITY]).expect("a file");
        let mut board = Self {
            image: image.to_owned(),
            folder: folder.to_owned(),
            process: None,
            lines: None,
            receiver: Receiver::default(),
            device,
            screen: String::new(),
        };
        board.power_on();
        board
    }

    /// Switches it on.
    ///
    /// # Panics
    ///
    /// Where QEMU does not start.
    pub fn power_on(&mut self) {
        let socket = |name: &str| format!("unix:{},server=on,wait=off", self.folder.join(name).display());
        let eeprom = format!("if=none,id=ee,format=raw,file={}", self.folder.join("eeprom").display());
        for name in ["host", "device", "technician", "monitor"] {
            let _ = fs::remove_file(self.folder.join(name));
        }
        let log = fs::File::create(self.folder.join("log")).expect("a file");
        let process = Command::new("qemu-system-arm")
            // Not running yet: the levels of its switches are not set.
            .args(["-S", "-M", "lm3s6965evb", "-display", "none", "-semihosting-config", "enable=on,target=native"])
            .args(["-serial", &socket("host"), "-serial", &socket("device"), "-serial", &socket("technician")])
            .args(["-monitor", &socket("monitor"), "-drive", &eeprom])
            .args(["-device", "at24c-eeprom,bus=i2c,address=0x50,rom-size=32768,drive=ee", "-kernel"])
            .arg(&self.image)
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(Stdio::null())
            .spawn()
            .expect("qemu-system-arm runs");
        self.process = Some(process);
        let connect = |name: &str| {
            let path = self.folder.join(name);
            let start = Instant::now();
            loop {
                match UnixStream::connect(&path) {
                    Ok(stream) => {
                        stream.set_nonblocking(true).expect("a socket");
                        return stream;
                    }
                    Err(error) => assert!(start.elapsed() < PATIENCE, "{}: {error}", path.display()),
                }
                std::thread::sleep(Duration::from_millis(5));
            }
        };
        self.lines = Some(Lines {
            host: connect("host"),
            device: connect("device"),
            technician: connect("technician"),
            monitor: connect("monitor"),
        });
        // QEMU's buttons are low, which is pressed, until each was pressed and let go.
        let monitor = &mut self.lines.as_mut().expect("it is on").monitor;
        put(monitor, b"cont\nsendkey up-down-left-right 1\n");
    }

    /// Cuts its power, now.
    ///
    /// # Panics
    ///
    /// Where it is off.
    pub fn power_off(&mut self) {
        let mut process = self.process.take().expect("it is on");
        process.kill().expect("it runs");
        process.wait().expect("it ran");
        self.lines = None;
        self.receiver = Receiver::default();
    }

    /// Lets it run for a while; the packets that came.
    ///
    /// # Panics
    ///
    /// Where it is off.
    pub fn run(&mut self, time: Duration) -> Vec<ToHost> {
        let (end, mut packets) = (Instant::now() + time, Vec::new());
        loop {
            packets.extend(self.step());
            if Instant::now() >= end {
                return packets;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    fn step(&mut self) -> Vec<ToHost> {
        let lines = self.lines.as_mut().expect("it is on");
        let typed = take(&mut lines.device);
        let printed = self.device.take(&typed);
        put(&mut lines.device, &printed);
        self.screen += &String::from_utf8_lossy(&take(&mut lines.technician));
        let _ = take(&mut lines.monitor);
        take(&mut lines.host).into_iter().filter_map(|byte| self.receiver.feed(byte)).filter_map(Result::ok).collect()
    }

    /// Sends a packet until it is answered.
    ///
    /// # Panics
    ///
    /// Where it is not.
    pub fn exchange(&mut self, packet: &ToBoard) -> ToHost {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            put(&mut self.lines.as_mut().expect("it is on").host, &frame(packet));
            let sent = Instant::now();
            while sent.elapsed() < Duration::from_secs(2) {
                if let Some(answer) = self.run(Duration::from_millis(5)).pop() {
                    return answer;
                }
            }
        }
        panic!("no answer to {packet:?}\n{}", self.log());
    }

    /// Sends bytes over the host's line as they are.
    ///
    /// # Panics
    ///
    /// Where it is off.
    pub fn put_host(&mut self, bytes: &[u8]) {
        put(&mut self.lines.as_mut().expect("it is on").host, bytes);
    }

    /// The bytes that the host's line has brought, where nobody reads packets of it.
    ///
    /// # Panics
    ///
    /// Where it is off.
    pub fn take_host(&mut self) -> Vec<u8> {
        take(&mut self.lines.as_mut().expect("it is on").host)
    }

    /// Asks who is there.
    pub fn meet(&mut self, host: &mut Host, nonce: u8) {
        let nonce = Id([nonce; 16]);
        let answer = self.exchange(&host.hello(nonce));
        host.meet(nonce, &answer);
    }

    /// What a host is told.
    pub fn ask(&mut self, host: &mut Host, ask: Ask) -> Say {
        let sealed = host.seal(ask);
        let counter = sealed.counter;
        let packet = ToBoard::Ask(sealed);
        loop {
            match self.exchange(&packet) {
                // What was asked before was sent twice, and is answered twice.
                ToHost::Say(said) if said.counter < counter => {}
                answer => return host.open(&answer),
            }
        }
    }

    /// Types at the technician's terminal; what the screen shows after it.
    ///
    /// # Panics
    ///
    /// Where it is off.
    pub fn type_in(&mut self, text: &str, time: Duration) -> String {
        self.screen.clear();
        put(&mut self.lines.as_mut().expect("it is on").technician, text.as_bytes());
        self.run(time);
        self.screen.clone()
    }

    /// Presses a button for a while: `up` is the chassis, `down` the fan bay, `left` the battery door, `right` the
    /// decommission button.
    ///
    /// # Panics
    ///
    /// Where it is off.
    pub fn press(&mut self, button: &str, millis: u32) {
        put(&mut self.lines.as_mut().expect("it is on").monitor, format!("sendkey {button} {millis}\n").as_bytes());
        self.run(Duration::from_millis(u64::from(millis) + 100));
    }

    /// Its memory at an address, as it is now.
    ///
    /// # Panics
    ///
    /// Where it is off or does not tell.
    pub fn memory(&mut self, address: usize, length: usize) -> Vec<u8> {
        let path = self.folder.join("memory");
        let _ = fs::remove_file(&path);
        let command = format!("pmemsave {address:#x} {length:#x} \"{}\"\n", path.display());
        put(&mut self.lines.as_mut().expect("it is on").monitor, command.as_bytes());
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            self.run(Duration::from_millis(10));
            match fs::read(&path) {
                Ok(bytes) if bytes.len() == length => return bytes,
                _ => {}
            }
        }
        panic!("QEMU does not save its memory")
    }

    /// What it has logged, as bytes of defmt.
    #[must_use]
    pub fn log(&self) -> String {
        let bytes = fs::read(self.folder.join("log")).unwrap_or_default();
        format!("{} bytes of log", bytes.len())
    }
}

impl Drop for Qemu {
    fn drop(&mut self) {
        if self.process.is_some() {
            self.power_off();
        }
    }
}

/// A party of the bench's keys.
#[must_use]
pub fn provider() -> Host {
    Host::new(Party::Provider, crate::PROVIDER_KEY)
}

fn take(stream: &mut UnixStream) -> Vec<u8> {
    let mut bytes = vec![0; 4096];
    match stream.read(&mut bytes) {
        Ok(length) => bytes.truncate(length),
        Err(_) => bytes.clear(),
    }
    bytes
}

fn put(stream: &mut UnixStream, mut bytes: &[u8]) {
    while !bytes.is_empty() {
        match stream.write(bytes) {
            Ok(length) => bytes = &bytes[length..],
            Err(error) if error.kind() == ErrorKind::WouldBlock => std::thread::sleep(Duration::from_millis(1)),
            Err(_) => return,
        }
    }
}
