//! A party's side of a board's link, without its port.

use crate::engine::{read, told};
use crate::errors;
use crate::records::read as read_all;
use crate::replay::pending_entry;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use serde_json::{Map, Value, json};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use strongroom_core::link::{Ask, KEY, Key, PART, Provisioning, Say, Seat};
use strongroom_core::{Command, Id, LogName, Party, Time};
use strongroom_host::link::client::{is_of_another_party, is_of_another_session, is_used_counter};
use strongroom_host::link::{Client, Collection, Heard, NotMet, check_provisioning, public_key};
use strongroom_host::log::PublicKey;
use strongroom_host::merkle::hex;

/// A party's side of the line: frames to send, and what is heard in answer.
#[pyclass(frozen, module = "strongroom._native")]
#[derive(Debug)]
pub(crate) struct BoardClient(Mutex<Client>);

impl BoardClient {
    fn with<T>(&self, act: impl FnOnce(&mut Client) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn frame<'py>(&self, py: Python<'py>, make: impl FnOnce(&mut Client) -> Vec<u8>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.with(make))
    }
}

#[pymethods]
impl BoardClient {
    /// Of a party, with the 32 bytes of its key.
    #[new]
    fn new(party: &str, key: &[u8]) -> PyResult<Self> {
        let party: Party = read(&json!(party).to_string())?;
        Ok(Self(Mutex::new(Client::new(party, key_of(key)?))))
    }

    /// The serial number of the device that the board guards; empty before it was met.
    #[getter]
    fn serial(&self) -> String {
        self.with(|client| client.serial().as_str().to_owned())
    }

    /// Bytes, broken frames, forged answers, and answers to others, since the beginning.
    #[getter]
    fn counts(&self) -> (u64, u64, u64, u64) {
        let counts = self.with(|client| client.counts());
        (counts.bytes, counts.broken, counts.forged, counts.others)
    }

    /// Asks who is there; the nonce is 16 fresh bytes.
    fn hello<'py>(&self, py: Python<'py>, nonce: &[u8]) -> PyResult<Bound<'py, PyBytes>> {
        let nonce = nonce.try_into().map_err(|_| errors::command("nonce: it has 16 bytes".to_owned()))?;
        Ok(self.frame(py, |client| client.hello(Id(nonce))))
    }

    /// Asks for a command; `second` is the key of the second person's party, where that is another one.
    #[pyo3(signature = (at, command, second=None))]
    fn command<'py>(
        &self,
        py: Python<'py>,
        at: Option<u64>,
        command: &str,
        second: Option<&[u8]>,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let ask = Ask::Command { at: at.map(Time::from_unix), command: read(command)? };
        let second = second.map(key_of).transpose()?;
        Ok(self.frame(py, |client| match &second {
            Some(key) => client.ask_with(ask, key),
            None => client.ask(ask),
        }))
    }

    /// Asks for a command that brings a key with it, covered for the device of that public key; the secret is 32 fresh bytes.
    fn bind<'py>(
        &self,
        py: Python<'py>,
        command: &str,
        key: &[u8],
        device: &str,
        secret: &[u8],
    ) -> PyResult<Bound<'py, PyBytes>> {
        let (command, key): (Command, Key) = (read(command)?, key_of(key)?);
        let device = *PublicKey::read(device).map_err(errors::key)?.as_bytes();
        let secret = secret.try_into().map_err(|_| errors::command(format!("secret: it has {KEY} bytes")))?;
        let frame = self.with(|client| client.bind(command, &key, &device, secret));
        let frame = frame.ok_or_else(|| errors::command("device_key: no device has this key".to_owned()))?;
        Ok(PyBytes::new(py, &frame))
    }

    /// Says who sits at the technician's line: nobody, an engineer, or two of the pool's.
    #[pyo3(signature = (first=None, second=None))]
    fn seat<'py>(&self, py: Python<'py>, first: Option<&str>, second: Option<&str>) -> PyResult<Bound<'py, PyBytes>> {
        let id = |text: &str| -> PyResult<Id> { read(&json!(text).to_string()) };
        let seat = match (first.map(id).transpose()?, second.map(id).transpose()?) {
            (None, None) => Seat::Empty,
            (Some(engineer), None) => Seat::Engineer(engineer),
            (Some(by), Some(second)) => Seat::Pool(by, second),
            (None, Some(_)) => return Err(errors::command("second: there is no first".to_owned())),
        };
        Ok(self.frame(py, |client| client.ask(Ask::Seat(seat))))
    }

    /// Asks what the board has not heard.
    fn unheard<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        self.frame(py, |client| client.ask(Ask::Unheard))
    }

    /// Asks for a record of a log.
    fn record<'py>(&self, py: Python<'py>, log: &str, number: u32) -> PyResult<Bound<'py, PyBytes>> {
        let log: LogName = read(log)?;
        Ok(self.frame(py, |client| client.ask(Ask::Record(log, number))))
    }

    /// Asks for a part of a log's signed head.
    fn head<'py>(&self, py: Python<'py>, log: &str, part: u8) -> PyResult<Bound<'py, PyBytes>> {
        let log: LogName = read(log)?;
        Ok(self.frame(py, |client| client.ask(Ask::Head(log, part))))
    }

    /// Asks for an entry of the outbox.
    fn effect<'py>(&self, py: Python<'py>, place: u8) -> Bound<'py, PyBytes> {
        self.frame(py, |client| client.ask(Ask::Effect(place)))
    }

    /// Says that a notice was carried to whom it is for.
    fn told<'py>(&self, py: Python<'py>, effect: u32) -> Bound<'py, PyBytes> {
        self.frame(py, |client| client.ask(Ask::Told(effect)))
    }

    /// Asks how the board stands.
    fn status<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        self.frame(py, |client| client.ask(Ask::Status))
    }

    /// Makes a blank board what it is; what is not secret stands in the JSON object.
    fn provision<'py>(
        &self,
        py: Python<'py>,
        told: &str,
        key: &[u8],
        seed: &[u8],
        password: &str,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let mut told: Map<String, Value> = serde_json::from_str(told).map_err(errors::json)?;
        let mut padded = [0; KEY];
        if password.len() > KEY {
            return Err(errors::command(format!("password has {} bytes; the board keeps up to {KEY}", password.len())));
        }
        padded.iter_mut().zip(password.bytes()).for_each(|(place, byte)| *place = byte);
        let (key, seed) = (key_of(key)?, key_of(seed)?);
        for (name, secret) in [("key", key.dangerous_bytes()), ("seed", seed.dangerous_bytes()), ("password", &padded)] {
            told.insert(name.to_owned(), json!(secret));
        }
        let with: Provisioning = read(&Value::Object(told).to_string())?;
        check_provisioning(&with).map_err(|why| errors::command(why.to_owned()))?;
        Ok(self.frame(py, |client| client.provision(with)))
    }

    /// Takes what has come: a JSON array of what is heard in answer to what was asked last.
    fn take(&self, bytes: &[u8]) -> String {
        self.with(|client| client.take(bytes)).iter().map(heard).collect::<Value>().to_string()
    }
}

/// A signed head, with the place in a log folder where the records under it go.
#[pyclass(frozen, module = "strongroom._native")]
#[derive(Debug)]
pub(crate) struct LogCollection(Mutex<Option<Collection>>);

#[pymethods]
impl LogCollection {
    /// Takes a head that `key` signed for a log of the device.
    #[new]
    fn new(py: Python<'_>, folder: PathBuf, serial: &str, note: &str, key: &str) -> PyResult<Self> {
        let key = PublicKey::read(key).map_err(errors::key)?;
        let begun = py.detach(|| Collection::begin(&folder, serial, note, &key)).map_err(errors::collected)?;
        Ok(Self(Mutex::new(Some(begun))))
    }

    /// The numbers of the first record that is wanted, and of the one after the last.
    #[getter]
    fn wanted(&self) -> (u32, u32) {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.as_ref().map_or((0, 0), |collection| (collection.wanted().start, collection.wanted().end))
    }

    /// Takes the records, one after another, and files the head: the tree's folder, name and size.
    fn finish(&self, py: Python<'_>, records: &[u8]) -> PyResult<(PathBuf, String, u32)> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        let collection = held.ok_or_else(errors::closed)?;
        let signed = py.detach(|| {
            let records = read_all(records).map_err(errors::log)?;
            collection.finish(&records).map_err(errors::collected)
        })?;
        Ok((signed.path, signed.origin, signed.size))
    }
}

/// The public key of a device whose signing key has this seed, in hexadecimal.
#[pyfunction]
pub(crate) fn device_public_key(seed: &[u8]) -> PyResult<String> {
    Ok(hex(&public_key(key_of(seed)?.dangerous_bytes())))
}

fn key_of(bytes: &[u8]) -> PyResult<Key> {
    let bytes: [u8; KEY] = bytes
        .try_into()
        .map_err(|_| errors::board_key(format!("a party's key has {KEY} bytes, and this has {}", bytes.len())))?;
    Key::new(bytes).ok_or_else(|| errors::board_key("a key of zeros or ones is what a blank medium holds, and none".to_owned()))
}

fn heard(heard: &Heard) -> Value {
    match heard {
        Heard::Met { is_another } => json!({ "heard": "met", "is_another": is_another }),
        Heard::Said(say) => json!({ "heard": "said", "say": said(say) }),
        Heard::Provisioned(key) => json!({ "heard": "provisioned", "key": hex(key) }),
        Heard::Unproved(NotMet::NoKey) => json!({ "heard": "no_key" }),
        Heard::Unproved(_) | Heard::Forged => json!({ "heard": "forged" }),
        Heard::Refused { code, .. } => json!({ "heard": "refused", "code": code, "why": refusal(*code) }),
    }
}

fn refusal(code: u16) -> &'static str {
    match code {
        code if is_of_another_session(code) => "session",
        code if is_used_counter(code) => "counter",
        code if is_of_another_party(code) => "not_theirs",
        _ => "unknown",
    }
}

fn said(say: &Say) -> Value {
    match say {
        Say::Reply(reply) => json!({ "said": "reply", "reply": told(reply) }),
        Say::Record(record) => json!({ "said": "record", "record": hex(&record.to_bytes()) }),
        Say::Head(part) => {
            let bytes = part.bytes.as_flattened().get(..usize::from(part.length)).unwrap_or_default();
            json!({ "said": "head", "part": hex(bytes), "is_last": bytes.len() < PART })
        }
        Say::Effect(entry) => json!({ "said": "effect", "effect": pending_entry(entry) }),
        Say::Status { main, health, at, sizes: [tenant, lifecycle], effects, access, challenge } => json!({
            "said": "status",
            "state": main.name(),
            "health": health.name(),
            "at": at,
            "tenant": tenant,
            "lifecycle": lifecycle,
            "effects": effects,
            "access": access,
            "challenge": challenge,
        }),
        Say::Unheard(unheard) => json!({ "said": "unheard", "unheard": {
            "broken": unheard.broken,
            "no_key": unheard.no_key,
            "forged": unheard.forged,
            "replayed": unheard.replayed,
            "not_theirs": unheard.not_theirs,
        } }),
        Say::Done => json!({ "said": "done" }),
        Say::Nothing => json!({ "said": "nothing" }),
        Say::NotYours => json!({ "said": "not_yours" }),
        Say::NotStored => json!({ "said": "not_stored" }),
    }
}
