//! Coordinates of tiles and bundles, as `c2sp.org/tlog-tiles` names them.

use std::fmt;

/// Hashes of a full tile, and entries of a full bundle.
pub const WIDTH: u32 = 256;

/// Levels of tiles.
pub const LEVELS: u8 = 3;

/// Records that a log on disk has at most: one fewer than would need a fourth level.
///
/// That is sixteen times what [a device's tree](strongroom_core::audit::Frontier::CAPACITY) takes today, so that the tools are
/// not what sets its limit.
pub const CAPACITY: u32 = WIDTH.pow(LEVELS as u32) - 1;

/// What a tile holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Records: a bundle.
    Entries,
    /// Hashes of this level, each the root over 256^level leaves.
    Hashes(u8),
}

/// One tile: its width is 1 to 256, less than 256 for a partial tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Tile {
    pub kind: Kind,
    pub index: u32,
    pub width: u32,
}

impl Kind {
    /// How many hashes or entries of this kind a tree of `size` leaves has.
    #[must_use]
    pub const fn count(self, size: u32) -> u32 {
        match self {
            Self::Entries | Self::Hashes(0) => size,
            Self::Hashes(1) => size >> 8,
            Self::Hashes(2) => size >> 16,
            Self::Hashes(_) => 0,
        }
    }

    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Entries, Self::Hashes(0), Self::Hashes(1), Self::Hashes(2)];
}

impl Tile {
    /// The tile at `index`, as a tree of `size` leaves has it; `None` where it has none.
    #[must_use]
    pub fn of(kind: Kind, index: u32, size: u32) -> Option<Self> {
        let width = kind.count(size).checked_sub(index.checked_mul(WIDTH)?)?.min(WIDTH);
        (width > 0).then_some(Self { kind, index, width })
    }

    /// The last tile of this kind in a tree of `size` leaves, where it is a partial one.
    #[must_use]
    pub fn last_partial(kind: Kind, size: u32) -> Option<Self> {
        let (index, width) = (kind.count(size) / WIDTH, kind.count(size) % WIDTH);
        (width > 0).then_some(Self { kind, index, width })
    }

    /// The full tile at this place.
    #[must_use]
    pub const fn full(self) -> Self {
        Self { width: WIDTH, ..self }
    }

    /// Whether it is a partial tile.
    #[must_use]
    pub const fn is_partial(self) -> bool {
        self.width < WIDTH
    }

    /// The folder of the partial tiles at this place.
    #[must_use]
    pub fn partials(self) -> String {
        format!("{}.p", self.full())
    }

    /// The tile that this path names; `None` for a path that no tile has.
    #[must_use]
    pub fn from_path(path: &str) -> Option<Self> {
        let mut parts: Vec<&str> = path.strip_prefix("tile/")?.split('/').collect();
        let kind = match parts.remove(0) {
            "entries" => Kind::Entries,
            "0" => Kind::Hashes(0),
            "1" => Kind::Hashes(1),
            "2" => Kind::Hashes(2),
            _ => return None,
        };
        let width = match parts.as_slice() {
            [.., number, width] if number.ends_with(".p") => width.parse().ok().filter(|width| *width > 0)?,
            _ => WIDTH,
        };
        if width != WIDTH {
            parts.pop();
        }
        let mut index: u32 = 0;
        for part in parts {
            let digits = part.trim_start_matches('x').trim_end_matches(".p");
            index = index.checked_mul(1000)?.checked_add(digits.parse().ok()?)?;
        }
        let tile = Self { kind, index, width };
        // One tile, one path: what reads alike and is written otherwise names none.
        (tile.to_string() == path).then_some(tile)
    }
}

/// The path within a log's directory.
impl fmt::Display for Tile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            Kind::Entries => formatter.write_str("tile/entries/")?,
            Kind::Hashes(level) => write!(formatter, "tile/{level}/")?,
        }
        let groups = [self.index / 1_000_000_000, self.index / 1_000_000 % 1000, self.index / 1000 % 1000];
        for group in groups.into_iter().skip_while(|group| *group == 0) {
            write!(formatter, "x{group:03}/")?;
        }
        write!(formatter, "{:03}", self.index % 1000)?;
        if self.is_partial() { write!(formatter, ".p/{}", self.width) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_paths_of_the_specification() {
        let path = |kind, index, width| Tile { kind, index, width }.to_string();
        assert_eq!(path(Kind::Hashes(0), 1_234_067, 256), "tile/0/x001/x234/067");
        assert_eq!(path(Kind::Entries, 1_234_067, 8), "tile/entries/x001/x234/067.p/8");
        assert_eq!(path(Kind::Hashes(2), 0, 1), "tile/2/000.p/1");
    }

    #[test]
    fn the_specifications_tree_of_70_000() {
        let last = |level| Tile::last_partial(Kind::Hashes(level), 70_000).map(|tile| (tile.index, tile.width));
        assert_eq!([last(0), last(1), last(2)], [Some((273, 112)), Some((1, 17)), Some((0, 1))]);
        assert_eq!(Tile::of(Kind::Hashes(0), 272, 70_000).map(|tile| tile.width), Some(256));
        assert_eq!(Tile::of(Kind::Hashes(0), 274, 70_000), None);
    }

    #[test]
    fn a_path_is_read_back_and_no_other_is_a_tile() {
        for kind in Kind::ALL {
            for index in [0, 7, 999, 1000, 4095, 1_234_067, u32::MAX] {
                for width in [1, 9, 255, 256] {
                    let tile = Tile { kind, index, width };
                    assert_eq!(Tile::from_path(&tile.to_string()), Some(tile));
                }
            }
        }
        for path in
            ["tile/0/000.p/256", "tile/0/000.p/0", "tile/0/0", "tile/3/000", "tile/0/x000/001", "tile/0/000.p", "tile/0/000/001"]
        {
            assert_eq!(Tile::from_path(path), None, "{path}");
        }
        assert_eq!(Tile::from_path("tile/0/000.p/01"), None);
        assert_eq!(Tile::from_path("tile/0/+01"), None);
        assert_eq!(Tile::from_path("tile/0/"), None);
        assert_eq!(Tile::from_path("checkpoint"), None);
    }
}
