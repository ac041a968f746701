//! A Merkle tree's right edge: enough to append and to give the root, in fixed memory.
//!
//! # Invariants
//!
//! - `edge[i]` is the root of a whole subtree of 2^i leaves exactly if bit `i` of `size` is set.

use crate::canonical::{sha256, sha256_of_two_blocks};
#[cfg(feature = "journal")]
use crate::encoding::Refused;
use crate::id::Digest;

/// Levels of a frontier: a log holds fewer than 2^20 records in all.
pub const LEVELS: usize = 20;

/// The frontier of one log's tree (RFC 6962).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Frontier {
    size: u32,
    edge: [Digest; LEVELS],
}

/// SHA-256 of a one byte and both children (RFC 6962).
fn node(left: &Digest, right: &Digest) -> Digest {
    sha256_of_two_blocks(&[&[1], &left.0, &right.0])
}

impl Frontier {
    /// Leaves that a tree takes at most.
    pub const CAPACITY: u32 = (1 << LEVELS) - 1;

    /// The empty tree.
    pub const EMPTY: Self = Self { size: 0, edge: [Digest::NONE; LEVELS] };

    /// How many leaves it has.
    #[must_use]
    pub const fn size(&self) -> u32 {
        self.size
    }

    /// Appends a leaf; nothing happens where the tree is full.
    pub fn append(&mut self, leaf: Digest) {
        if self.size >= Self::CAPACITY {
            return;
        }
        let mut carried = leaf;
        let mut bits = self.size;
        for place in &mut self.edge {
            if bits & 1 == 0 {
                *place = carried;
                break;
            }
            carried = node(place, &carried);
            *place = Digest::NONE;
            bits >>= 1;
        }
        self.size = self.size.saturating_add(1);
    }

    /// The roots of its whole subtrees, smallest first.
    #[cfg(feature = "journal")]
    pub(crate) fn subtrees(&self) -> impl Iterator<Item = &Digest> {
        self.edge.iter().zip(0..).filter(|(_, level)| self.size >> level & 1 == 1).map(|(subtree, _)| subtree)
    }

    /// Becomes the frontier of `size` leaves, whose subtrees `next` tells, smallest first.
    #[cfg(feature = "journal")]
    pub(crate) fn restore(&mut self, size: u32, next: &mut dyn FnMut() -> Result<Digest, Refused>) -> Result<(), Refused> {
        *self = Self::EMPTY;
        if size > Self::CAPACITY {
            return Err(Refused);
        }
        for (place, level) in self.edge.iter_mut().zip(0..) {
            if size >> level & 1 == 1 {
                *place = next()?;
            }
        }
        self.size = size;
        Ok(())
    }

    /// The root; of the empty tree, SHA-256 of nothing.
    #[must_use]
    pub fn root(&self) -> Digest {
        let mut bits = self.size;
        let mut root = None;
        for subtree in &self.edge {
            if bits & 1 == 1 {
                root = Some(root.map_or(*subtree, |right| node(subtree, &right)));
            }
            bits >>= 1;
        }
        root.unwrap_or_else(|| sha256(&[]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest as _, Sha256};

    /// The definition of RFC 6962, section 2.1, as it stands there.
    fn slow_root(leaves: &[Digest]) -> Digest {
        match leaves {
            [] => Digest(Sha256::digest([]).into()),
            [leaf] => *leaf,
            many => {
                let (left, right) = many.split_at(many.len().next_power_of_two() >> 1);
                node(&slow_root(left), &slow_root(right))
            }
        }
    }

    #[test]
    fn the_frontiers_root_is_that_of_the_definition() {
        let mut frontier = Frontier::EMPTY;
        let mut leaves = std::vec::Vec::new();
        for number in 0..200_u8 {
            assert_eq!(frontier.root(), slow_root(&leaves), "{number} leaves");
            let leaf = Digest(Sha256::digest([0, number]).into());
            frontier.append(leaf);
            leaves.push(leaf);
        }
    }

    #[test]
    fn the_roots_of_the_rfcs_own_test_vectors() {
        let inputs: [&[u8]; 8] = [
            b"",
            &[0],
            &[0x10],
            &[0x20, 0x21],
            &[0x30, 0x31],
            &[0x40, 0x41, 0x42, 0x43],
            &[0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
            &[0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f],
        ];
        let mut frontier = Frontier::EMPTY;
        for input in inputs {
            frontier.append(Digest(Sha256::digest([&[0], input].concat()).into()));
        }
        assert_eq!(std::format!("{}", frontier.root()), "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
    }

    #[test]
    fn a_full_tree_takes_no_more() {
        assert_eq!(Frontier::CAPACITY.count_ones() as usize, LEVELS, "each level has its place, and none is left over");
        let mut frontier = Frontier { size: Frontier::CAPACITY, edge: [Digest([1; 32]); LEVELS] };
        let before = frontier.clone();
        frontier.append(Digest([2; 32]));
        assert_eq!(frontier, before);
    }

    #[cfg(feature = "journal")]
    #[test]
    fn a_full_tree_is_read_back_and_a_fuller_one_is_none() {
        let read = |size| {
            let mut frontier = Frontier::EMPTY;
            frontier.restore(size, &mut || Ok(Digest([1; 32]))).map(|()| frontier)
        };
        let full = Frontier { size: Frontier::CAPACITY, edge: [Digest([1; 32]); LEVELS] };
        assert_eq!(read(Frontier::CAPACITY).ok(), Some(full));
        assert!([Frontier::CAPACITY + 1, u32::MAX].into_iter().all(|size| read(size).is_err()));
    }
}
