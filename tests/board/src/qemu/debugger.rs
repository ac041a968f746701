//! A debugger at the board, by GDB's remote protocol: as much of it as makes a processor go astray.

use super::socket::Socket;
use std::path::Path;
use std::time::{Duration, Instant};

/// The board stands still while this is there, and goes on when it is let go.
#[derive(Debug)]
pub struct Debugger {
    socket: Socket,
    patience: Duration,
}

impl Debugger {
    pub(super) fn attach(path: &Path, patience: Duration) -> Self {
        let mut debugger = Self { socket: Socket::connect(path, patience), patience };
        debugger.ask("?");
        // QEMU lets a single register be set only by who has asked what registers there are.
        debugger.ask("qXfer:features:read:target.xml:0,fff");
        debugger
    }

    /// Lets the processor go on from one place until it comes to another.
    pub fn run(&mut self, from: u32, until: u32) {
        // A breakpoint of two bytes, in hardware. Register 15 has its lowest byte first.
        let place = format!("1,{until:x},2");
        assert_eq!(self.ask(&format!("Z{place}")), "OK");
        let bytes = from.to_le_bytes().map(|byte| format!("{byte:02x}")).concat();
        assert_eq!(self.ask(&format!("Pf={bytes}")), "OK");
        self.ask("c");
        assert_eq!(self.ask(&format!("z{place}")), "OK");
    }

    /// A word.
    #[must_use]
    pub fn word(&mut self, address: u32) -> u32 {
        self.read(address, 4).iter().rev().fold(0, |word, byte| word << 8 | u32::from(*byte))
    }

    /// So many bytes from there.
    #[must_use]
    pub fn read(&mut self, address: u32, length: usize) -> Vec<u8> {
        let text = self.ask(&format!("m{address:x},{length:x}"));
        text.as_bytes()
            .chunks(2)
            .map(|digits| {
                let digits = std::str::from_utf8(digits).expect("digits");
                u8::from_str_radix(digits, 16).expect("digits")
            })
            .collect()
    }

    /// Lets it go on from where it stood.
    pub fn detach(mut self) {
        self.ask("D");
    }

    fn ask(&mut self, packet: &str) -> String {
        let sum = packet.bytes().fold(0_u8, u8::wrapping_add);
        self.socket.put(format!("${packet}#{sum:02x}").as_bytes());
        let (mut told, start) = (String::new(), Instant::now());
        loop {
            told += &String::from_utf8_lossy(&self.socket.take());
            while let Some((_, rest)) = told.split_once('$')
                && let Some((answer, sum)) = rest.split_once('#')
                && let Some(after) = sum.get(2..)
            {
                self.socket.put(b"+");
                // That it has stopped is told when it is not asked as well.
                if matches!(packet, "?" | "c") || !answer.starts_with('T') {
                    return answer.to_owned();
                }
                told = after.to_owned();
            }
            assert!(start.elapsed() < self.patience, "{packet}: {told:?}");
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}
