//! The probe image: runs a story through the core and reports what that took.
//!
//! `size.sh` holds the result against the budgets. The core is all that this image contains beside
//! the reporting, so a panic symbol left in it is a panic that the core can reach.
#![no_std]
#![no_main]

use core::{hint, mem};
use cortex_m_rt::{ExceptionFrame, entry, exception};
use strongroom_core::console::Parser;
use strongroom_core::console::guard::{Confirmation, Event, Guard, Mode, Sink};
use strongroom_core::engine::Verdict;
use strongroom_core::rule::{Rule, Trace};
use strongroom_core::wire::{self, Answer, Message, Nothing};
use strongroom_core::{Command, Engine, LogName, Policy, Principal, Reply, Role};
use strongroom_firmware::kept::Kept;
use strongroom_firmware::{semihosting, stack};

static STORY: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/story.wire"));

/// A screen of the console, so that the parser is in the image.
static SCREEN: &[u8] = include_bytes!("../../../tests/console/luna-7.2/status_sensors.1.txt");

/// Counts the rules that were consulted, so that `explain` is in the image.
struct Consulted(u32);

impl Trace for Consulted {
    fn consulted(&mut self, _: Rule, _: bool) {
        self.0 = self.0.wrapping_add(1);
    }
}

#[inline(never)]
/// Feeds one frame of the story; the engine begins with its first one.
fn take(kept: &mut Kept, frame: &[u8]) -> Result<(), wire::Error> {
    match wire::decode::<Nothing>(frame)? {
        Message::Start { device, policy, invalid, .. } => {
            let preset = Policy::PRESETS.iter().find(|preset| preset.digest() == policy);
            if !preset.is_some_and(|preset| kept.begin(device, preset, invalid)) {
                return Err(wire::Error::Malformed);
            }
        }
        Message::Command { at, command, .. } => {
            step(kept, at, &command);
        }
        Message::Answer(nothing) => match nothing {},
    }
    Ok(())
}

// Not inlined, as in an image where these are apart: their frames do not add up.
#[inline(never)]
/// As a replay does it: first what is due, then the command.
fn step(kept: &mut Kept, at: Option<strongroom_core::Time>, command: &Command) {
    while at.is_some_and(|now| kept.engine().is_due(now)) {
        explain_and_commit(kept, at, &Command::tick());
    }
    if let Some(reply) = explain_and_commit(kept, at, command)
        && reply.verdict == Verdict::Accepted
        && reply.effects > 0
    {
        answer(reply);
    }
}

#[inline(never)]
fn answer(reply: Reply) {
    let message = Message::Answer(Answer::Reply { engine: 0, line: 0, reply });
    let mut frame = [0; wire::MAX_FRAME];
    hint::black_box(wire::encode(&message, &mut frame).is_ok());
    hint::black_box(&frame);
}

/// Each image has one kind of trace, and with it one copy of `decide`: here the one that explains; in an image with a
/// journal, which decides stored steps again, the one that does not.
fn explain_and_commit(kept: &mut Kept, at: Option<strongroom_core::Time>, command: &Command) -> Option<Reply> {
    if cfg!(feature = "journal") {
        let step = kept.engine().decide(at, command);
        return kept.commit(&step);
    }
    let mut consulted = Consulted(0);
    let step = kept.engine().explain(at, command, &mut consulted);
    hint::black_box(consulted.0);
    kept.commit(&step)
}

/// What a poll of the console comes to.
fn poll(engine: &Engine) -> u32 {
    let mut parser = Parser::new();
    parser.feed(hint::black_box(SCREEN));
    let (reading, _) = parser.finish();
    engine.sense(None, &reading).len() as u32
}

/// Both lines of a technician's session, counted.
struct Lines(u32);

impl Sink for Lines {
    fn to_device(&mut self, bytes: &[u8]) {
        self.0 = self.0.wrapping_add(bytes.len() as u32);
    }

    fn to_technician(&mut self, bytes: &[u8]) {
        self.0 = self.0.wrapping_add(bytes.len() as u32);
    }
}

/// A technician's session, and a poll between: the guard with all that a board does with it.
#[inline(never)]
fn watch(engine: &Engine) -> u32 {
    let (mut guard, mut lines) = (Guard::new(), Lines(0));
    guard.open(Mode::Monitor);
    guard.wake(&mut lines);
    for typed in hint::black_box([&b"login: "[..], b"[hsm] lunash:>"]) {
        for byte in typed {
            guard.device(*byte, &mut lines);
        }
        guard.quiet(&mut lines);
        if guard.begin_poll() {
            guard.log_in(b"monitor", &mut lines);
            guard.give_password(b"secret", &mut lines);
            guard.send_poll(0, &mut lines);
            guard.end_poll(&mut lines);
        }
        for byte in hint::black_box(b"stat sens\rproceed\r") {
            let action = match guard.technician(*byte, &mut lines) {
                Event::Line(line) => line.action(),
                _ => continue,
            };
            let command = Command::new(Principal::device(Role::Monitor), action);
            let step = if cfg!(feature = "journal") {
                engine.decide(None, &command)
            } else {
                engine.explain(None, &command, &mut Consulted(0))
            };
            if !step.is_accepted() {
                guard.refuse("refused", &mut lines);
            } else {
                guard.pass(Confirmation::Refused, &mut lines);
            }
        }
        guard.line_break(&mut lines);
        guard.close(&mut lines);
    }
    lines.0
}

/// A key elsewhere: what it signs is not looked at here.
#[cfg(all(feature = "journal", not(feature = "signing")))]
struct Elsewhere;

#[cfg(all(feature = "journal", not(feature = "signing")))]
impl strongroom_core::checkpoint::Signer for Elsewhere {
    type Error = core::convert::Infallible;

    fn public_key(&self) -> [u8; 32] {
        [1; 32]
    }

    fn sign(&mut self, text: &[u8]) -> Result<[u8; 64], Self::Error> {
        Ok([text.len() as u8; 64])
    }
}

/// The heads of both logs, signed.
#[cfg(feature = "journal")]
#[inline(never)]
fn sign(kept: &Kept) -> bool {
    #[cfg(feature = "signing")]
    let mut key = strongroom_core::checkpoint::SmallSigner::new(&hint::black_box([7; 32]));
    #[cfg(not(feature = "signing"))]
    let mut key = Elsewhere;
    [LogName::Tenant, LogName::Lifecycle].into_iter().all(|log| {
        let signed = kept.durable().checkpoint(log).ok().and_then(|head| head.sign(&mut key).ok());
        hint::black_box(signed).is_some()
    })
}

#[entry]
fn main() -> ! {
    // A static, so that it counts as static RAM and not as stack.
    static mut KEPT: Kept = Kept::vacant();

    // Opaque: the compiler must not specialise the core for this one story.
    let mut broken = 0;
    let frames = hint::black_box(STORY).split(|byte| *byte == 0).filter(|frame| !frame.is_empty());
    for frame in frames {
        broken += u32::from(take(KEPT, frame).is_err());
    }
    // What was stored is what comes back.
    let base = &KEPT.engine().state().base;
    let (device, policy) = (base.device, base.policy);
    let preset = Policy::PRESETS.iter().find(|preset| preset.digest() == policy);
    broken += u32::from(!preset.is_some_and(|preset| KEPT.restart(device, preset)));
    #[cfg(feature = "journal")]
    {
        broken += u32::from(!sign(KEPT));
    }
    let engine = KEPT.engine();
    semihosting::print_measure("poll", poll(engine));
    semihosting::print_measure("watch", watch(engine));
    semihosting::print_digest("digest", &engine.digest().0);
    semihosting::print_digest("tenant", &engine.log().root(LogName::Tenant).0);
    semihosting::print_digest("lifecycle", &engine.log().root(LogName::Lifecycle).0);
    semihosting::print_measure("broken", broken);
    semihosting::print_measure("story", (STORY.len() + SCREEN.len()) as u32);
    semihosting::print_measure("state", (mem::size_of::<Kept>() - Kept::MEDIUM) as u32);
    semihosting::print_measure("medium", Kept::MEDIUM as u32);
    semihosting::print_measure("stack", stack::peak() as u32);
    semihosting::exit(0)
}

#[exception]
// SAFETY: does not touch what it interrupted, and does not return to it.
unsafe fn HardFault(_: &ExceptionFrame) -> ! {
    semihosting::print("hard fault\n");
    semihosting::exit(2)
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    strongroom_panicked()
}

/// Where every panic ends. The linker drops it when none can be reached, which `size.sh` checks.
// SAFETY: no other symbol has this name.
#[unsafe(no_mangle)]
#[inline(never)]
extern "C" fn strongroom_panicked() -> ! {
    semihosting::print("panicked\n");
    semihosting::exit(3)
}
