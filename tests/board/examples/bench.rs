//! Serves the host's line of a bench on a local port, for tests in other languages: the real application, with simulated wires.
//!
//! usage: bench blank|new|operational
//!
//! Prints the port. Whoever connects is at the line, several at once as on a shared one. Each line on standard input is done
//! and answered by a line:
//!
//! | Line | What |
//! |---|---|
//! | `off`, `on` | the board's power |
//! | `wait SECONDS` | so much time passes |
//! | `fault NAME on\|off` | of the device at the console |
//! | `switch NUMBER on\|off` | of the board |
//! | `type TEXT` | at the technician's terminal; answered by the screen, escaped |
//! | `line clean\|cut\|noisy\|forged` | what becomes of the board's answers; on a noisy one every other is spoilt |
//! | `drop NUMBER` | so many sealed answers are lost |
//! | `dropping` | answered by how many of them are still to come |
//! | `replay` | the frame that was sent last is sent once more |

use std::env;
use std::io::{self, BufRead, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;
use strongroom_board::simulated::Bench;
use strongroom_core::Id;
use strongroom_core::link::{Receiver, Tag, ToHost};
use strongroom_host::link::frame;
use strongroom_simulator::Fault;

/// What becomes of the board's answers.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    Clean,
    Cut,
    Noisy,
    Forged,
}

struct Served {
    bench: Bench,
    clients: Vec<TcpStream>,
    answers: Receiver,
    fate: Fate,
    drop: u32,
    count: u32,
    sent: Vec<u8>,
}

fn main() -> io::Result<()> {
    let bench = match env::args().nth(1).as_deref() {
        Some("blank") => Bench::blank(),
        Some("new") => Bench::new(),
        Some("operational") => Bench::operational(),
        _ => return Err(io::Error::other("usage: bench blank|new|operational")),
    };
    let listener = TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    println!("{}", listener.local_addr()?.port());
    let (tell, told) = mpsc::channel();
    thread::spawn(move || io::stdin().lock().lines().map_while(Result::ok).all(|line| tell.send(line).is_ok()));
    let mut served = Served {
        bench,
        clients: Vec::new(),
        answers: Receiver::default(),
        fate: Fate::Clean,
        drop: 0,
        count: 0,
        sent: Vec::new(),
    };
    loop {
        match told.try_recv() {
            Ok(line) => println!("{}", served.obey(&line)),
            Err(mpsc::TryRecvError::Empty) => {}
            Err(mpsc::TryRecvError::Disconnected) => return Ok(()),
        }
        while let Ok((client, _)) = listener.accept() {
            client.set_nonblocking(true)?;
            client.set_nodelay(true)?;
            served.clients.push(client);
        }
        served.turn();
        thread::sleep(Duration::from_millis(1));
    }
}

impl Served {
    fn turn(&mut self) {
        let mut bytes = [0; 4096];
        self.clients.retain_mut(|client| match client.read(&mut bytes) {
            Ok(0) => false,
            Ok(length) => {
                self.bench.put_host(&bytes[..length]);
                self.sent.extend(&bytes[..length]);
                true
            }
            Err(error) => error.kind() == io::ErrorKind::WouldBlock,
        });
        self.bench.run(5);
        for byte in self.bench.take_host() {
            let Some(Ok(packet)) = self.answers.feed::<ToHost>(byte) else { continue };
            self.answer(packet);
        }
    }

    fn answer(&mut self, mut packet: ToHost) {
        if self.fate == Fate::Cut {
            return;
        }
        if self.drop > 0 && matches!(packet, ToHost::Say(_)) {
            self.drop -= 1;
            return;
        }
        if self.fate == Fate::Forged {
            match &mut packet {
                ToHost::Here(hello) => hello.session = Id([0x66; 16]),
                ToHost::Say(said) => said.tag = Tag([0x66; 32]),
                _ => {}
            }
        }
        let mut frame = frame(&packet);
        if self.fate == Fate::Noisy {
            self.count += 1;
            frame.splice(0..0, [0x55, 0xaa, 0x00, 0x13]);
            if self.count % 2 == 1 {
                let middle = frame.len() / 2;
                frame[middle] ^= 0x10;
            }
        }
        self.clients.retain_mut(|client| client.write_all(&frame).is_ok());
    }

    fn obey(&mut self, line: &str) -> String {
        let mut words = line.split(' ');
        let (verb, first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default(), words.next());
        let is_on = second == Some("on");
        match verb {
            "off" if self.bench.is_on() => self.bench.power_off(),
            "on" if !self.bench.is_on() => drop(self.bench.power_on().expect("it starts")),
            "wait" => self.bench.wait(first.parse().expect("seconds")),
            "fault" => {
                let fault = Fault::ALL.into_iter().find(|fault| fault.name() == first).expect("a fault");
                self.bench.device.set_fault(fault, is_on);
            }
            "switch" => self.bench.switches[first.parse::<usize>().expect("a number")].set(is_on),
            "type" => {
                let text = line.strip_prefix("type ").unwrap_or_default();
                return self.bench.type_in(&format!("{text}\r")).escape_debug().to_string();
            }
            "line" => {
                self.fate = match first {
                    "cut" => Fate::Cut,
                    "noisy" => Fate::Noisy,
                    "forged" => Fate::Forged,
                    _ => Fate::Clean,
                }
            }
            "drop" => self.drop = first.parse().expect("a number"),
            "dropping" => return self.drop.to_string(),
            "replay" => {
                let last = self.sent.split(|byte| *byte == 0).rfind(|frame| !frame.is_empty()).unwrap_or_default();
                self.bench.put_host(&[last, &[0]].concat());
            }
            other => return format!("unknown: {other}"),
        }
        "done".to_owned()
    }
}
