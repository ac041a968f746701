//! Appending: a record becomes a leaf, the leaf part of the tree.

use crate::measure::{Contestant, Kind, Outcome, Scale};
use sha2::block_api::compress256;
use sha2::{Digest as _, Sha256};
use std::hint::black_box;
use std::rc::Rc;
use strongroom_core::audit::Frontier;
use strongroom_core::{Digest, Record};

const APPEND: &str = "strongroom, append a record to the tree";

pub(super) fn contest(records: &Rc<[Record]>, scale: Scale) -> Outcome<Vec<Contestant<'static>>> {
    agree(records)?;
    let inputs = scale.inputs();
    let row = |name, kind, run: fn(&[Record], usize) -> u64| {
        let records = Rc::clone(records);
        Contestant::new(name, kind, inputs, move |range| run(&records, range.len())).slow(scale)
    };
    Ok(vec![
        row(APPEND, Kind::Ours, append).note("encode, hash the leaf, hash the nodes that become whole"),
        row("the same messages, sha2 one by one", Kind::Floor, messages),
        row("the compressions that it needs, nothing else", Kind::Floor, compressions)
            .note("two for the leaf, two for each node"),
    ])
}

fn append(records: &[Record], count: usize) -> u64 {
    let mut frontier = Frontier::EMPTY;
    for record in records.iter().cycle().take(count) {
        frontier.append(black_box(record).leaf());
    }
    u64::from(frontier.root().0[0])
}

/// Nodes that become whole with the record of that number.
fn nodes(number: usize) -> u32 {
    number.trailing_ones()
}

fn messages(records: &[Record], count: usize) -> u64 {
    let entry = records.first().map_or([0; Record::SIZE], Record::to_bytes);
    let mut carried = [0; 32];
    for number in 0..count {
        let leaf: [u8; 32] = Sha256::new().chain_update([0]).chain_update(black_box(entry)).finalize().into();
        carried = leaf;
        for _ in 0..nodes(number) {
            carried = Sha256::new().chain_update([1]).chain_update(black_box(leaf)).chain_update(carried).finalize().into();
        }
    }
    u64::from(carried[0])
}

fn compressions(_: &[Record], count: usize) -> u64 {
    let mut state = [1; 8];
    let mut blocks = [[0; 64]; 2];
    for number in 0..count {
        for _ in 0..=nodes(number) {
            // As in a tree, a node begins with what came before it.
            blocks[0][0] = state[0] as u8;
            compress256(&mut state, black_box(&blocks));
        }
    }
    u64::from(state[0])
}

/// That the tree is the one whose messages are hashed beside it.
fn agree(records: &[Record]) -> Outcome<()> {
    let mut frontier = Frontier::EMPTY;
    let mut leaves = Vec::new();
    for record in records {
        let leaf = record.leaf();
        let hashed: [u8; 32] = Sha256::new().chain_update([0]).chain_update(record.to_bytes()).finalize().into();
        if leaf != Digest(hashed) {
            return Err(format!(
                "record: the leaf of record {} is not SHA-256 of a zero byte and its 118 bytes",
                record.sequence
            )
            .into());
        }
        frontier.append(leaf);
        leaves.push(leaf.0);
        if records.len() - leaves.len() < 3 && strongroom_host::merkle::root(&leaves) != frontier.root().0 {
            return Err(format!("record: the tree of {} records has another root than RFC 6962 defines", leaves.len()).into());
        }
    }
    Ok(())
}
