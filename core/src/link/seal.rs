//! What is said, with the proof of who said it.

use super::{Key, Tag};
use crate::encoding::apart;
use crate::id::Id;
use crate::party::Party;
use serde::{Deserialize, Serialize};

/// Something said between a party and the board.
///
/// Its tag is HMAC-SHA256 over the domain, a zero byte and the encoding of session, party, counter and body. The domain is
/// the body's kind: `strongroom link ask 1` or `strongroom link say 1`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "T: Deserialize<'de>"))]
pub struct Sealed<T> {
    /// The party whose key it is sealed under.
    pub party: Party,
    /// The party's counter, from 1; an answer has that of what it answers.
    pub counter: u64,
    /// What is said.
    #[serde(deserialize_with = "apart")]
    pub body: T,
    /// Under the party's key.
    pub tag: Tag,
    /// Under the key of the second person's party, where that is another one.
    pub second: Option<Tag>,
}

/// What can be sealed.
pub trait Seal: Serialize {
    /// What keeps its tags from being taken for those of another kind.
    const DOMAIN: &'static [u8];
}

impl<T: Seal> Sealed<T> {
    /// Seals `body` for a session, under its party's key.
    #[must_use]
    pub fn new(session: Id, party: Party, counter: u64, body: T, key: &Key) -> Self {
        let tag = key.tag(T::DOMAIN, &(session, party, counter, &body));
        Self { party, counter, body, tag, second: None }
    }

    /// The same, sealed by another party too.
    #[must_use]
    pub fn with(mut self, session: Id, key: &Key) -> Self {
        self.second = Some(key.tag(T::DOMAIN, &(session, self.party, self.counter, &self.body)));
        self
    }

    /// Whether it was sealed under this key, for this session.
    #[must_use]
    pub fn is_by(&self, session: Id, key: &Key) -> bool {
        self.is_tagged(&self.tag, session, key)
    }

    pub(super) fn is_tagged(&self, tag: &Tag, session: Id, key: &Key) -> bool {
        key.is_tag(tag, T::DOMAIN, &(session, self.party, self.counter, &self.body))
    }
}
