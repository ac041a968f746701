//! The record's own encoding beside those of libraries, with names and without.

use crate::measure::{Contestant, Kind, Outcome, Scale};
use serde::{Deserialize, Serialize};
use std::hint::black_box;
use std::rc::Rc;
use strongroom_core::{Digest, Id, LogName, Principal, Record, Rule, Time};

const ENCODE: &str = "strongroom, encode a record in 118 bytes";
const DECODE: &str = "strongroom, decode it and check every field";

/// A record, field by field, as a library writes it: the core's own is bytes to every format.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Fields {
    log: LogName,
    sequence: u32,
    epoch: u32,
    boot: u32,
    at: Time,
    time_epoch: u16,
    flags: u8,
    by: Principal,
    second: Id,
    kind: u8,
    rule: Rule,
    from: u8,
    to: u8,
    request: u32,
    detail: u16,
    command: Digest,
}

impl From<&Record> for Fields {
    fn from(record: &Record) -> Self {
        let Record {
            log,
            sequence,
            epoch,
            boot,
            at,
            time_epoch,
            flags,
            by,
            second,
            kind,
            rule,
            from,
            to,
            request,
            detail,
            command,
        } = *record;
        Self { log, sequence, epoch, boot, at, time_epoch, flags, by, second, kind, rule, from, to, request, detail, command }
    }
}

pub(super) fn contest(records: &Rc<[Record]>, scale: Scale) -> Outcome<Vec<Contestant<'static>>> {
    let fields: Rc<[Fields]> = records.iter().map(Fields::from).collect();
    let ours: Rc<[[u8; Record::SIZE]]> = records.iter().map(Record::to_bytes).collect();
    let compact = fields.iter().map(postcard::to_allocvec).collect::<Result<Rc<[_]>, _>>()?;
    let text = fields.iter().map(serde_json::to_vec).collect::<Result<Rc<[_]>, _>>()?;
    for (place, record) in records.iter().enumerate() {
        let (binary, json): (Fields, Fields) = (postcard::from_bytes(&compact[place])?, serde_json::from_slice(&text[place])?);
        if Record::from_bytes(&ours[place]) != Some(*record) || binary != fields[place] || json != fields[place] {
            return Err(format!("record: record {place} does not come back as it was from every encoding").into());
        }
    }
    let sizes = |encoded: &[Vec<u8>]| format!("{} bytes", encoded.iter().map(Vec::len).sum::<usize>() / encoded.len().max(1));
    let (compact_size, text_size) = (sizes(&compact), sizes(&text));
    let inputs = scale.inputs();
    let (to_bytes, to_postcard, to_json) = (Rc::clone(records), Rc::clone(&fields), fields);
    let mut buffer = [0; 512];
    let mut line = Vec::with_capacity(1024);
    Ok(vec![
        each(ENCODE, Kind::Ours, inputs, to_bytes, |record: &Record| black_box(record.to_bytes())[2].into()).beside(ENCODE),
        each("postcard 1.1.3, encode", Kind::Peer, inputs, to_postcard, move |fields: &Fields| {
            postcard::to_slice(fields, &mut buffer).map_or(0, |bytes| black_box(bytes).len() as u64)
        })
        .beside(ENCODE)
        .note(compact_size),
        each("serde_json 1.0.154, encode", Kind::Peer, inputs, to_json, move |fields: &Fields| {
            line.clear();
            serde_json::to_writer(&mut line, fields).map_or(0, |()| black_box(&line).len() as u64)
        })
        .beside(ENCODE)
        .note(text_size)
        .slow(scale),
        each(DECODE, Kind::Ours, inputs, ours, |bytes: &[u8; Record::SIZE]| {
            black_box(Record::from_bytes(black_box(bytes))).map_or(0, |record| record.sequence.into())
        })
        .beside(DECODE),
        each("postcard 1.1.3, decode", Kind::Peer, inputs, compact, |bytes: &Vec<u8>| {
            black_box(postcard::from_bytes::<Fields>(black_box(bytes))).map_or(0, |fields| fields.sequence.into())
        })
        .beside(DECODE),
        each("serde_json 1.0.154, decode", Kind::Peer, inputs, text, |bytes: &Vec<u8>| {
            black_box(serde_json::from_slice::<Fields>(black_box(bytes))).map_or(0, |fields| fields.sequence.into())
        })
        .beside(DECODE)
        .slow(scale),
    ])
}

fn each<T: 'static>(
    name: &'static str,
    kind: Kind,
    inputs: usize,
    items: Rc<[T]>,
    mut work: impl FnMut(&T) -> u64 + 'static,
) -> Contestant<'static> {
    Contestant::new(name, kind, inputs, move |range| items.iter().cycle().take(range.len()).map(&mut work).sum())
}
