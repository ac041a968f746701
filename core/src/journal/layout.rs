//! Where on the medium everything is.

use super::{BLOCK, mark};

/// A stretch of the medium, in bytes from its beginning; `to` is exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Its first byte.
    pub from: u32,
    /// The byte after its last one.
    pub to: u32,
}

impl Stretch {
    /// How many bytes it has.
    #[must_use]
    pub const fn size(self) -> u32 {
        self.to.saturating_sub(self.from)
    }
}

/// Where on the medium everything is. Every stretch begins and ends on an erase boundary.
///
/// | Part | How often | What for |
/// |---|---|---|
/// | marks | twice | which entry is the last one; the same in both, so that one can be erased |
/// | lifecycle | two segments | everything while no account is open: names no customer |
/// | tenant | two segments | everything while an account is open; erased when it closes (H-68) |
///
/// Of the two segments of an area one is live, into the other the next image is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// The two tracks of head marks.
    pub marks: [Stretch; 2],
    /// The lifecycle area's two segments.
    pub lifecycle: [Stretch; 2],
    /// The tenant area's two segments.
    pub tenant: [Stretch; 2],
}

/// The least that a track of marks has: 16 of them.
const TRACK: u32 = 1024;

impl Layout {
    /// None: it fits no medium.
    pub(super) const NONE: Self = {
        let nowhere = Stretch { from: 0, to: 0 };
        Self { marks: [nowhere; 2], lifecycle: [nowhere; 2], tenant: [nowhere; 2] }
    };

    /// Shares a medium of `capacity` bytes that is erased in pieces of `erase_size`: the marks at its beginning, then
    /// the lifecycle area with three tenths of the rest and at least a piece a segment, then the tenant area.
    ///
    /// `None` where that leaves an area without a piece of its own.
    ///
    /// ```
    /// use strongroom_core::journal::Layout;
    /// let eeprom = Layout::over(32 * 1024, 64).ok_or("too small")?;
    /// assert_eq!((eeprom.marks[0].size(), eeprom.lifecycle[0].size(), eeprom.tenant[0].size()), (1024, 4608, 10752));
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub const fn over(capacity: u32, erase_size: u32) -> Option<Self> {
        if erase_size == 0 {
            return None;
        }
        let track = TRACK.div_ceil(erase_size).saturating_mul(erase_size);
        let rest = capacity.saturating_sub(track.saturating_mul(2));
        let share = pieces((rest / 20).saturating_mul(3), erase_size);
        let lifecycle = if share == 0 { erase_size } else { share };
        let tenant = pieces((rest / 2).saturating_sub(lifecycle), erase_size);
        if tenant == 0 {
            return None;
        }
        let marks = pair(0, track);
        let lifecycle = pair(marks[1].to, lifecycle);
        let tenant = pair(lifecycle[1].to, tenant);
        Some(Self { marks, lifecycle, tenant })
    }

    /// Every stretch: the marks, then the four segments.
    pub(super) fn stretches(&self) -> impl Iterator<Item = Stretch> {
        self.marks.into_iter().chain(self.segments())
    }

    /// The four segments, in the order of their numbers: lifecycle 0 and 1, tenant 2 and 3.
    pub(super) fn segments(&self) -> impl Iterator<Item = Stretch> {
        self.lifecycle.into_iter().chain(self.tenant)
    }

    /// Whether each stretch is whole blocks and erase pieces, lies on the medium, and none meets another.
    pub(super) fn fits(&self, capacity: usize, erase_size: usize) -> bool {
        let (Ok(capacity), Ok(erase_size)) = (u32::try_from(capacity), u32::try_from(erase_size)) else { return false };
        let whole = |at: u32| at.is_multiple_of(erase_size) && at.is_multiple_of(BLOCK as u32);
        let sound =
            |stretch: Stretch| stretch.from < stretch.to && stretch.to <= capacity && whole(stretch.from) && whole(stretch.to);
        let apart = |one: Stretch, other: Stretch| one.to <= other.from || other.to <= one.from;
        let others = |place: usize| self.stretches().enumerate().filter(move |(other, _)| *other != place);
        let whole_marks = self.marks.iter().all(|track| track.size().is_multiple_of(mark::SIZE as u32));
        whole_marks
            && self.stretches().enumerate().all(|(place, one)| sound(one) && others(place).all(|(_, other)| apart(one, other)))
    }
}

/// The largest multiple of `erase_size` in `size`.
const fn pieces(size: u32, erase_size: u32) -> u32 {
    match size.checked_div(erase_size) {
        Some(count) => count.saturating_mul(erase_size),
        None => 0,
    }
}

const fn pair(from: u32, size: u32) -> [Stretch; 2] {
    let middle = from.saturating_add(size);
    [Stretch { from, to: middle }, Stretch { from: middle, to: middle.saturating_add(size) }]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shared_medium_fits_whatever_its_pieces() {
        for (capacity, erase_size) in [(32_768, 64), (65_536, 4_096), (131_072, 4_096), (1 << 20, 131_072)] {
            let layout = Layout::over(capacity, erase_size).unwrap();
            assert!(layout.fits(capacity as usize, erase_size as usize), "{layout:?}");
        }
        assert_eq!(Layout::over(32_768, 16_384), None);
        assert_eq!(Layout::over(0, 64), None);
        assert_eq!(Layout::over(1024, 0), None);
    }

    #[test]
    fn stretches_that_meet_or_lie_outside_do_not_fit() {
        let layout = Layout::over(32_768, 64).unwrap();
        assert!(!layout.fits(32_704, 64));
        assert!(!layout.fits(32_768, 4_096));
        let meeting = Layout { tenant: layout.lifecycle, ..layout };
        assert!(!meeting.fits(32_768, 64));
        let empty = Stretch { to: 0, ..layout.marks[0] };
        assert!(!Layout { marks: [empty, layout.marks[1]], ..layout }.fits(32_768, 64));
    }
}
