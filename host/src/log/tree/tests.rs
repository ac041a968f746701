//! The vectors of the certificate transparency reference implementation, and every small tree.

use super::*;
use crate::merkle::{hex, leaf};
use std::convert::Infallible;

/// Leaves in memory.
struct Leaves(Vec<Hash>);

impl Subtrees for Leaves {
    type Error = Infallible;

    fn subtree(&mut self, height: u8, index: u32) -> Result<Hash, Infallible> {
        let first = (index << height) as usize;
        Ok(merkle::root(&self.0[first..first + (1 << height)]))
    }
}

const INPUTS: [&[u8]; 8] = [
    b"",
    &[0],
    &[0x10],
    &[0x20, 0x21],
    &[0x30, 0x31],
    &[0x40, 0x41, 0x42, 0x43],
    &[0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
    &[0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f],
];

const ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

const SECOND: &str = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
const THIRD_AND_FOURTH: &str = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
const LAST_FOUR: &str = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
const FIFTH: &str = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
const SEVENTH_AND_EIGHTH: &str = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
const FIFTH_AND_SIXTH: &str = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";

fn leaves() -> Leaves {
    Leaves(INPUTS.iter().map(|input| leaf(input)).collect())
}

fn told(proof: Vec<Hash>) -> Vec<String> {
    proof.iter().map(|hash| hex(hash)).collect()
}

#[test]
fn the_roots_of_the_reference() {
    let mut edge = Edge::default();
    for (size, expected) in (0..).zip(ROOTS) {
        assert_eq!(hex(&root(size, &mut leaves()).unwrap()), expected);
        assert_eq!(hex(&edge.root()), expected);
        if let Some(input) = INPUTS.get(size as usize) {
            edge.push(0, leaf(input));
        }
    }
}

#[test]
fn the_inclusion_proofs_of_the_reference() {
    let proof = |index, size| told(inclusion(index, size, &mut leaves()).unwrap());
    assert_eq!(proof(0, 1), [""; 0]);
    assert_eq!(proof(0, 8), [SECOND, THIRD_AND_FOURTH, LAST_FOUR]);
    assert_eq!(proof(5, 8), [FIFTH, SEVENTH_AND_EIGHTH, ROOTS[4]]);
    assert_eq!(proof(2, 3), [ROOTS[2]]);
    assert_eq!(proof(1, 5), [ROOTS[1], THIRD_AND_FOURTH, FIFTH]);
}

#[test]
fn the_consistency_proofs_of_the_reference() {
    let proof = |old, new| told(consistency(old, new, &mut leaves()).unwrap());
    assert_eq!(proof(1, 1), [""; 0]);
    assert_eq!(proof(1, 8), [SECOND, THIRD_AND_FOURTH, LAST_FOUR]);
    assert_eq!(proof(6, 8), [FIFTH_AND_SIXTH, SEVENTH_AND_EIGHTH, ROOTS[4]]);
    assert_eq!(proof(2, 5), [THIRD_AND_FOURTH, FIFTH]);
}

fn many(count: u32) -> Leaves {
    Leaves((0..count).map(|number| leaf(&number.to_be_bytes())).collect())
}

/// Every way to change a proof by one hash.
fn changed(proof: &[Hash]) -> Vec<Vec<Hash>> {
    let mut all = vec![[proof, &[[7; 32]]].concat(), [&[[7; 32]], proof].concat()];
    for place in 0..proof.len() {
        let mut other = proof.to_vec();
        other[place][31] ^= 1;
        all.push(other.clone());
        other.remove(place);
        all.push(other);
    }
    all
}

#[test]
fn every_inclusion_in_small_trees_is_proved_and_nothing_else() {
    let mut leaves = many(40);
    for size in 1..=40 {
        let all = root(size, &mut leaves).unwrap();
        for index in 0..size {
            let own = leaves.0[index as usize];
            let proof = inclusion(index, size, &mut leaves).unwrap();
            assert!(includes(&proof, index, size, own, &all));
            assert!(!includes(&proof, index, size, [9; 32], &all));
            assert!(!includes(&proof, index, size, own, &[9; 32]));
            assert!(!(0..=41).any(|other| other != index && includes(&proof, other, size, own, &all)));
            assert!(!changed(&proof).iter().any(|proof| includes(proof, index, size, own, &all)));
        }
    }
    assert!(!includes(&[], 0, 0, [0; 32], &merkle::root(&[])));
}

#[test]
fn every_growth_of_small_trees_is_proved_and_nothing_else() {
    let mut leaves = many(40);
    for new in 0..=40 {
        let after = root(new, &mut leaves).unwrap();
        for old in 0..=new {
            let before = root(old, &mut leaves).unwrap();
            let proof = consistency(old, new, &mut leaves).unwrap();
            assert!(extends(&proof, old, &before, new, &after), "{old} {new}");
            assert!(!changed(&proof).iter().any(|proof| extends(proof, old, &before, new, &after)));
            assert!(!extends(&proof, old, &[9; 32], new, &after));
            // Every tree begins with the empty one.
            assert!(old == 0 && new > 0 || !extends(&proof, old, &before, new, &[9; 32]));
            assert!(old == new || !extends(&proof, new, &after, old, &before));
        }
    }
}
