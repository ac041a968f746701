//! The arithmetic of RFC 6962: roots and proofs from the hashes of whole subtrees.

use crate::merkle::{self, Hash, node};

/// A tree's right edge: whole subtrees from left to right, each with its height, ever smaller.
#[derive(Debug, Clone, Default)]
pub(crate) struct Edge(Vec<(u8, Hash)>);

impl Edge {
    /// Appends the root of a whole subtree; a leaf has height 0.
    ///
    /// The caller sees to it that no smaller subtree stands before it.
    pub(crate) fn push(&mut self, mut height: u8, mut hash: Hash) {
        while let Some((last, left)) = self.0.last()
            && *last == height
        {
            hash = node(left, &hash);
            height += 1;
            self.0.pop();
        }
        self.0.push((height, hash));
    }

    /// The root over everything that was appended.
    pub(crate) fn root(&self) -> Hash {
        let mut subtrees = self.0.iter().rev().map(|(_, hash)| *hash);
        let Some(last) = subtrees.next() else { return merkle::root(&[]) };
        subtrees.fold(last, |right, left| node(&left, &right))
    }
}

/// Where the hashes of whole subtrees come from: the root over leaves `[index << height, (index + 1) << height)`.
pub(crate) trait Subtrees {
    type Error;

    fn subtree(&mut self, height: u8, index: u32) -> Result<Hash, Self::Error>;
}

/// The largest power of two below `leaves`, as its exponent; `leaves` is at least 2.
fn split(leaves: u32) -> u8 {
    // At most 31.
    (u32::BITS - 1 - (leaves - 1).leading_zeros()) as u8
}

/// The root over the leaves `[from, to)`, which are a subtree of some tree.
fn range<S: Subtrees>(from: u32, to: u32, subtrees: &mut S) -> Result<Hash, S::Error> {
    let leaves = to - from;
    if leaves.is_power_of_two() {
        let height = leaves.trailing_zeros() as u8;
        return subtrees.subtree(height, from >> height);
    }
    let middle = from + (1 << split(leaves));
    Ok(node(&range(from, middle, subtrees)?, &range(middle, to, subtrees)?))
}

/// The root of the tree of `size` leaves.
pub(crate) fn root<S: Subtrees>(size: u32, subtrees: &mut S) -> Result<Hash, S::Error> {
    if size == 0 { Ok(merkle::root(&[])) } else { range(0, size, subtrees) }
}

/// PATH of RFC 6962, section 2.1.1: that leaf `index` is in the tree of `size` leaves. Leaf's sibling first.
pub(crate) fn inclusion<S: Subtrees>(index: u32, size: u32, subtrees: &mut S) -> Result<Vec<Hash>, S::Error> {
    let (mut from, mut to) = (0, size);
    let mut proof = Vec::new();
    while to - from > 1 {
        let middle = from + (1 << split(to - from));
        if index < middle {
            proof.push(range(middle, to, subtrees)?);
            to = middle;
        } else {
            proof.push(range(from, middle, subtrees)?);
            from = middle;
        }
    }
    proof.reverse();
    Ok(proof)
}

/// PROOF of RFC 6962, section 2.1.2: that the tree of `old` leaves begins the tree of `new` leaves.
pub(crate) fn consistency<S: Subtrees>(old: u32, new: u32, subtrees: &mut S) -> Result<Vec<Hash>, S::Error> {
    let (mut from, mut to) = (0, new);
    let mut proof = Vec::new();
    if old == 0 {
        return Ok(proof);
    }
    while old != to {
        let middle = from + (1 << split(to - from));
        if old <= middle {
            proof.push(range(middle, to, subtrees)?);
            to = middle;
        } else {
            proof.push(range(from, middle, subtrees)?);
            from = middle;
        }
    }
    if from > 0 {
        proof.push(range(from, to, subtrees)?);
    }
    proof.reverse();
    Ok(proof)
}

/// Whether `proof` shows that `leaf` stands at `index` of the tree of `size` leaves with this root (RFC 9162, section 2.1.3.2).
pub(crate) fn includes(proof: &[Hash], index: u32, size: u32, leaf: Hash, root: &Hash) -> bool {
    if index >= size {
        return false;
    }
    let (mut place, mut last) = (index, size - 1);
    let mut hash = leaf;
    for sibling in proof {
        if last == 0 {
            return false;
        }
        if place & 1 == 1 || place == last {
            hash = node(sibling, &hash);
            while place & 1 == 0 && place != 0 {
                place >>= 1;
                last >>= 1;
            }
        } else {
            hash = node(&hash, sibling);
        }
        place >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *root
}

/// Whether `proof` shows that the tree of `old` leaves begins the one of `new` leaves (RFC 9162, section 2.1.4.2).
pub(crate) fn extends(proof: &[Hash], old: u32, old_root: &Hash, new: u32, new_root: &Hash) -> bool {
    if old > new {
        return false;
    }
    if old == new || old == 0 {
        let empty = old != 0 || *old_root == merkle::root(&[]);
        return proof.is_empty() && empty && (old != new || old_root == new_root);
    }
    // A whole subtree is its own beginning, and the verifier has it.
    let own = old.is_power_of_two().then_some(old_root);
    let mut path = own.into_iter().chain(proof);
    let Some(first) = path.next() else { return false };
    let (mut place, mut last) = (old - 1, new - 1);
    while place & 1 == 1 {
        place >>= 1;
        last >>= 1;
    }
    let (mut before, mut after) = (*first, *first);
    for sibling in path {
        if last == 0 {
            return false;
        }
        if place & 1 == 1 || place == last {
            before = node(sibling, &before);
            after = node(sibling, &after);
            while place & 1 == 0 && place != 0 {
                place >>= 1;
                last >>= 1;
            }
        } else {
            after = node(&after, sibling);
        }
        place >>= 1;
        last >>= 1;
    }
    last == 0 && before == *old_root && after == *new_root
}

#[cfg(test)]
mod tests;
