//! A drained log as a directory of C2SP `tlog-tiles`: a static tree that any web server can serve, with the records beside it.
//!
//! [`Directory`] keeps the tree of one log. It holds
//!
//! | Path | What |
//! |---|---|
//! | `checkpoint` | the newest signed note |
//! | `checkpoints/<size>` | every signed note, so that consistency can be proved from any size that was ever signed |
//! | `tile/entries/<N>[.p/<W>]` | records, 256 a bundle, each after its length as a big-endian `u16` |
//! | `tile/<L>/<N>[.p/<W>]` | hashes, 256 a tile: the leaves at level 0, the roots of full tiles above |
//!
//! A device has several trees: one for its lifecycle, one for each lease. A *log folder* holds a directory for each, named
//! [as its origin says](Origin::folder).
//!
//! # Floors
//!
//! | Floor | Modules | What is there |
//! |---|---|---|
//! | folders | [`folder`] | all trees of a device |
//! | reading | [`mod@verify`], [`proof`] | what is wrong and where; what others can check |
//! | writing | [`directory`] | append, publish, go on after a power cut |
//! | words | [`tile`], [`note`], [`origin`], [`key`], [`disk`] | coordinates, signed notes, names of trees, keys, files |

mod bundle;
pub mod directory;
pub mod disk;
mod error;
pub mod folder;
pub mod key;
pub mod note;
pub mod origin;
pub mod proof;
mod reader;
pub mod tile;
mod tree;
pub mod verify;

pub use directory::{Directory, Records};
pub use error::Error;
pub use key::PublicKey;
pub use note::Note;
pub use origin::Origin;
pub use proof::{Proved, check};
pub use verify::{Finding, Report, verify};
