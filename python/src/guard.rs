//! The guard between a technician's terminal and a device's console.

use crate::engine::{Engine, read};
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use serde_json::{Value, json};
use std::sync::{Mutex, PoisonError};
use strongroom_core::console::guard::{self, Confirmation, Event, Line, Mode, Sink};
use strongroom_core::lunash::{self, Lookup, Name};
use strongroom_core::outbox::Kind;
use strongroom_core::{Action, Id, Subject};

/// A guard. What it sends and shows is handed back.
#[pyclass(frozen, module = "strongroom._native")]
#[derive(Debug)]
pub(crate) struct Guard(Mutex<guard::Guard>);

/// For the device, for the technician, and what happened: a JSON object.
type Turn<'py> = (Bound<'py, PyBytes>, Bound<'py, PyBytes>, Option<String>);

/// Whether it was done, for the device, for the technician.
type Done<'py> = (bool, Bound<'py, PyBytes>, Bound<'py, PyBytes>);

/// Where the bytes go until they are handed back.
#[derive(Default)]
struct Wires {
    device: Vec<u8>,
    technician: Vec<u8>,
}

impl Sink for Wires {
    fn to_device(&mut self, bytes: &[u8]) {
        self.device.extend_from_slice(bytes);
    }

    fn to_technician(&mut self, bytes: &[u8]) {
        self.technician.extend_from_slice(bytes);
    }
}

impl Guard {
    /// Lets something happen to the guard while other threads of Python go on.
    fn with<T: Send>(&self, py: Python<'_>, act: impl FnOnce(&mut guard::Guard, &mut Wires) -> T + Send) -> (T, Wires) {
        py.detach(|| {
            let mut wires = Wires::default();
            let told = act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner), &mut wires);
            (told, wires)
        })
    }

    fn turn<'py>(&self, py: Python<'py>, act: impl FnOnce(&mut guard::Guard, &mut Wires) -> Option<Value> + Send) -> Turn<'py> {
        let (event, wires) = self.with(py, act);
        (PyBytes::new(py, &wires.device), PyBytes::new(py, &wires.technician), event.map(|event| event.to_string()))
    }

    fn attempt<'py>(&self, py: Python<'py>, act: impl FnOnce(&mut guard::Guard, &mut Wires) -> bool + Send) -> Done<'py> {
        let (done, wires) = self.with(py, act);
        (done, PyBytes::new(py, &wires.device), PyBytes::new(py, &wires.technician))
    }
}

#[pymethods]
impl Guard {
    /// Shut, and nothing known of the device.
    #[new]
    const fn new() -> Self {
        Self(Mutex::new(guard::Guard::new()))
    }

    /// How far the technician's side is open.
    #[getter]
    fn mode(&self) -> &'static str {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).mode().name()
    }

    /// What the device is doing.
    #[getter]
    fn session(&self) -> &'static str {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).session().name()
    }

    /// Takes what the technician typed from a place on, up to the byte that something comes of; where the rest begins.
    fn technician<'py>(&self, py: Python<'py>, bytes: &[u8], start: usize) -> (usize, Turn<'py>) {
        let mut taken = start;
        let turn = self.turn(py, |guard, wires| {
            for byte in bytes.get(start..).unwrap_or_default() {
                taken = taken.saturating_add(1);
                let event = told(&guard.technician(*byte, wires));
                if event.is_some() {
                    return event;
                }
            }
            None
        });
        (taken, turn)
    }

    /// Takes what the device printed: for the technician, and what of it belongs to a poll.
    fn device<'py>(&self, py: Python<'py>, bytes: &[u8]) -> (Bound<'py, PyBytes>, Bound<'py, PyBytes>, Bound<'py, PyBytes>) {
        let (polled, wires) = self.with(py, |guard, wires| {
            let mut polled = Vec::new();
            for byte in bytes {
                if let Event::Polled(byte) = guard.device(*byte, wires) {
                    polled.push(byte);
                }
            }
            polled
        });
        (PyBytes::new(py, &wires.device), PyBytes::new(py, &wires.technician), PyBytes::new(py, &polled))
    }

    /// Takes note that the device has been quiet.
    fn quiet<'py>(&self, py: Python<'py>) -> Turn<'py> {
        self.turn(py, |guard, wires| told(&guard.quiet(wires)))
    }

    /// The technician's line was held in BREAK.
    fn line_break<'py>(&self, py: Python<'py>) -> Turn<'py> {
        self.turn(py, |guard, wires| {
            guard.line_break(wires);
            None
        })
    }

    /// Raises the mode; whether it is set now.
    fn open(&self, mode: &str) -> PyResult<bool> {
        let mode: Mode = read(&json!(mode).to_string())?;
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).open(mode))
    }

    /// Ends access.
    fn close<'py>(&self, py: Python<'py>) -> Turn<'py> {
        self.turn(py, |guard, wires| told(&guard.close(wires)))
    }

    /// Asks a device for its prompt that nothing was asked of.
    fn wake<'py>(&self, py: Python<'py>) -> Done<'py> {
        self.attempt(py, |guard, wires| guard.wake(wires))
    }

    /// Sends what waits for a decision.
    fn pass_on<'py>(&self, py: Python<'py>) -> Done<'py> {
        self.attempt(py, |guard, wires| guard.pass(Confirmation::Refused, wires))
    }

    /// Drops what waits for a decision, and says why.
    fn refuse<'py>(&self, py: Python<'py>, why: &str) -> Turn<'py> {
        self.turn(py, |guard, wires| {
            guard.refuse(why, wires);
            None
        })
    }

    /// Takes the turn, to poll.
    fn begin_poll(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).begin_poll()
    }

    /// Sends one of the commands that are polled.
    fn send_poll<'py>(&self, py: Python<'py>, command: u16) -> Done<'py> {
        self.attempt(py, |guard, wires| guard.send_poll(command, wires))
    }

    /// Logs in, to poll.
    fn log_in<'py>(&self, py: Python<'py>, name: &[u8]) -> Done<'py> {
        self.attempt(py, |guard, wires| guard.log_in(name, wires))
    }

    /// Answers the prompt for the password, to poll.
    fn give_password<'py>(&self, py: Python<'py>, password: &[u8]) -> Done<'py> {
        self.attempt(py, |guard, wires| guard.give_password(password, wires))
    }

    /// Gives the turn back.
    fn end_poll<'py>(&self, py: Python<'py>) -> Turn<'py> {
        self.turn(py, |guard, wires| {
            guard.end_poll(wires);
            None
        })
    }
}

/// How long the device must have printed nothing before it is quiet, in milliseconds.
#[pyfunction]
pub(crate) const fn quiet_milliseconds() -> u32 {
    guard::QUIET_MILLISECONDS
}

/// The commands of the device's shell: name, the lowest of the device's roles that may run it, and whether it is polled.
#[pyfunction]
pub(crate) fn shell_commands() -> Vec<(String, &'static str, bool)> {
    (0..lunash::COMMANDS)
        .filter_map(|index| {
            let (name, role) = (Name::of(index)?, lunash::DeviceRole::lowest(index)?);
            Some((name.to_string(), role.name(), lunash::POLLED.contains(index)))
        })
        .collect()
}

/// What has to be done about an engineer's access to the device's console: number, kind and request.
#[pyfunction]
pub(crate) fn console_effects(
    py: Python<'_>,
    engine: &Bound<'_, Engine>,
    engineer: &str,
) -> PyResult<Vec<(u32, &'static str, u32)>> {
    let engineer: Id = read(engineer)?;
    engine.get().ask(py, |engine| {
        let is_theirs = |about| {
            engine.state().request(about).is_some_and(|request| {
                request.requester.is_some_and(|requester| requester.id == engineer)
                    && request.terms.as_ref().is_some_and(|terms| terms.subject == Subject::Device)
            })
        };
        let entries = engine.pending().iter();
        let theirs = entries.filter(|entry| matches!(entry.kind, Kind::OpenAccess | Kind::CloseAccess) && is_theirs(entry.about));
        Ok(theirs.map(|entry| (entry.id, entry.kind.name(), entry.about)).collect())
    })
}

fn told(event: &Event<'_>) -> Option<Value> {
    Some(match event {
        Event::None | Event::Polled(_) => return None,
        Event::Line(line) => json!({ "event": "line", "line": looked_up(line) }),
        Event::Login(name) => json!({ "event": "login", "name": String::from_utf8_lossy(name) }),
        Event::RecoverLogin => json!({ "event": "recover_login" }),
        Event::Spoilt => json!({ "event": "spoilt" }),
        Event::Answered(answer) => json!({ "event": "answered", "answer": answer.name() }),
        Event::Prompt(session) => json!({ "event": "prompt", "session": session.name() }),
        Event::Closed => json!({ "event": "closed" }),
    })
}

/// What a line is, and what the engine is asked about it.
fn looked_up(line: &Line<'_>) -> Value {
    let found = match line.lookup {
        Lookup::Command { .. } => "command",
        Lookup::Ambiguous => "ambiguous",
        Lookup::Unknown => "unknown",
        Lookup::Empty => "empty",
    };
    let Action::ConsoleLine { command, arguments, line } = line.action() else { return Value::Null };
    let name = Name::of(command).map(|name| name.to_string());
    json!({ "found": found, "command": command, "name": name, "arguments": arguments.name(), "digest": line })
}
