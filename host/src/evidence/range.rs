//! The root of a tree from a run of its leaves and the inclusion proofs of the first and the last of them.
//!
//! What lies before the run is in the first one's proof, what lies after it in the last one's. So two proofs show of any
//! number of records that they are in the tree, one next to the other, with nothing between.

use crate::merkle::{Hash, node};

/// The root of the tree of `size` leaves, of which `leaves` are those from number `first` on; `None` where a proof is
/// too short or too long, or says of a node within the run something else than the run does.
pub(super) fn root(size: u64, first: u64, leaves: &[Hash], first_proof: &[Hash], last_proof: &[Hash]) -> Option<Hash> {
    let (mut low, mut high) = (first, first.checked_add(u64::try_from(leaves.len()).ok()?)?.checked_sub(1)?);
    if leaves.is_empty() || high >= size {
        return None;
    }
    let (mut nodes, mut width) = (leaves.to_vec(), size);
    let (mut first_proof, mut last_proof) = (first_proof.iter().copied(), last_proof.iter().copied());
    while width > 1 {
        let has_sibling = |number: u64| number & 1 == 1 || number + 1 < width;
        let beside_low = if has_sibling(low) { Some(first_proof.next()?) } else { None };
        let beside_high = if has_sibling(high) { Some(last_proof.next()?) } else { None };
        // What the proofs say of nodes that the run has itself must be the same.
        if low & 1 == 0 && low < high && beside_low != nodes.get(1).copied() {
            return None;
        }
        if high & 1 == 1 && low < high && beside_high != nodes.len().checked_sub(2).and_then(|place| nodes.get(place)).copied() {
            return None;
        }
        if low == high && beside_low != beside_high {
            return None;
        }
        if low & 1 == 1 {
            nodes.insert(0, beside_low?);
            low -= 1;
        }
        if high & 1 == 0
            && let Some(after) = beside_high
        {
            nodes.push(after);
        }
        nodes = nodes
            .chunks(2)
            .map(|pair| match pair {
                [left, right] => node(left, right),
                // The last one of an odd level goes up as it is.
                alone => alone[0],
            })
            .collect();
        (low, high, width) = (low >> 1, high >> 1, width.div_ceil(2));
    }
    match (nodes.as_slice(), first_proof.next(), last_proof.next()) {
        ([root], None, None) => Some(*root),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merkle;
    use sha2::{Digest as _, Sha256};

    fn leaf(number: u64) -> Hash {
        Sha256::digest(number.to_be_bytes()).into()
    }

    /// The audit path of RFC 6962, section 2.1.1, as it stands there.
    fn path(number: usize, leaves: &[Hash]) -> Vec<Hash> {
        if leaves.len() < 2 {
            return Vec::new();
        }
        let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
        let (mut path, beside) =
            if number < left.len() { (path(number, left), right) } else { (path(number - left.len(), right), left) };
        path.push(merkle::root(beside));
        path
    }

    #[test]
    fn any_run_of_any_tree_has_the_trees_root() {
        for size in 1..=24_u64 {
            let leaves: Vec<Hash> = (0..size).map(leaf).collect();
            let expected = merkle::root(&leaves);
            for first in 0..leaves.len() {
                for last in first..leaves.len() {
                    let (first_proof, last_proof) = (path(first, &leaves), path(last, &leaves));
                    let found = root(size, first as u64, &leaves[first..=last], &first_proof, &last_proof);
                    assert_eq!(found, Some(expected), "{first} to {last} of {size}");
                }
            }
        }
    }

    #[test]
    fn nothing_can_be_put_in_taken_out_or_changed() {
        for size in 2..=14_u64 {
            let leaves: Vec<Hash> = (0..size).map(leaf).collect();
            let expected = Some(merkle::root(&leaves));
            for first in 0..leaves.len() {
                for last in first..leaves.len() {
                    let run = &leaves[first..=last];
                    let (first_proof, last_proof) = (path(first, &leaves), path(last, &leaves));
                    let root = |run: &[Hash]| root(size, first as u64, run, &first_proof, &last_proof);
                    for place in 0..run.len() {
                        let mut changed = run.to_vec();
                        changed[place][0] ^= 1;
                        assert_ne!(root(&changed), expected);
                        let mut without = run.to_vec();
                        without.remove(place);
                        assert_ne!(root(&without), expected, "{first} to {last} of {size} without {place}");
                        let mut with = run.to_vec();
                        with.insert(place, leaf(99));
                        assert_ne!(root(&with), expected);
                    }
                }
            }
        }
    }

    #[test]
    fn a_proof_that_says_something_else_is_not_taken() {
        for size in 2..=14_u64 {
            let leaves: Vec<Hash> = (0..size).map(leaf).collect();
            let expected = Some(merkle::root(&leaves));
            for first in 0..leaves.len() {
                for last in first..leaves.len() {
                    let proofs = [path(first, &leaves), path(last, &leaves)];
                    for (which, proof) in proofs.iter().enumerate() {
                        for place in 0..proof.len() {
                            let mut changed = proofs.clone();
                            changed[which][place][0] ^= 1;
                            let root = root(size, first as u64, &leaves[first..=last], &changed[0], &changed[1]);
                            assert_ne!(root, expected, "hash {place} of proof {which}, {first} to {last} of {size}");
                        }
                    }
                }
            }
        }
    }
}
