//! Writing: steps, images, marks, and the erasure of the tenant area.

use super::codeword::Codeword;
use super::entry::{self, Chain, Entry, FORMAT, Header};
use super::layout::Stretch;
use super::mark::{self, Mark};
use super::{BLOCK, Durable, Fault, Mode, medium};
use crate::command::Command;
use crate::device::Main;
use crate::encoding::write;
use crate::engine::{Reply, Step, Verdict};
use crate::rule::RULES_VERSION;
use crate::time::Time;
use embedded_storage::nor_flash::NorFlash;

/// Where the last entry is, and where the next one and the next marks go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Head {
    /// The live segment; none before the first image.
    pub(super) segment: Option<u32>,
    pub(super) chain: Chain,
    /// Where the next entry goes.
    pub(super) next: u32,
    /// The last mark's number.
    pub(super) mark: u64,
    /// Where in each track the next mark goes; none where the track must be erased first, as after mounting: a cut may
    /// have touched what is ahead in it.
    pub(super) places: [Option<u32>; 2],
    /// The track to erase first: the one whose newest mark is older.
    pub(super) older: usize,
    /// Whether what is ahead was erased since mounting, so that no cut can have touched it.
    pub(super) clean: bool,
    /// Whether mounting took an entry that no mark named.
    pub(super) unmarked: bool,
    /// Whether the image that was read is of an engine of these capacities.
    pub(super) same_capacities: bool,
}

impl Head {
    pub(super) const NONE: Self = Self {
        segment: None,
        chain: [0; 16],
        next: 0,
        mark: 0,
        places: [None; 2],
        older: 0,
        clean: false,
        unmarked: false,
        same_capacities: false,
    };
}

/// What a step came to where it was stored: the reply, where it is committed already.
type Stored<E> = Result<Option<Reply>, (Option<Reply>, Fault<E>)>;

impl<F: NorFlash, const REQUESTS: usize, const OUTBOX: usize, const TENANT: usize, const LIFECYCLE: usize>
    Durable<F, REQUESTS, OUTBOX, TENANT, LIFECYCLE>
{
    /// Stores a step that is not committed yet.
    ///
    /// While no account is open, what a command names of a customer must not come to the medium: a refused one is
    /// kept blanked, as its record is, and of an accepted one the image of what comes of it is kept.
    pub(super) fn store(&mut self, step: &Step) -> Stored<F::Error> {
        if self.head.segment.is_none() {
            self.renew().map_err(|fault| (None, fault))?;
        }
        if self.engine.state().base.account.is_open() {
            return self.append(step, step.command()).map(|()| None).map_err(|fault| (None, fault));
        }
        let command = step.command().blanked(&self.engine.state().base.device);
        // By the digests: a comparison of its own for each action's arguments is 2 KB.
        if step.is_accepted() && command.digest() != step.command().digest() {
            let reply = self.engine.commit(step);
            return self.roll().map(|()| Some(reply)).map_err(|fault| (Some(reply), fault));
        }
        self.append(step, &command).map(|()| None).map_err(|fault| (None, fault))
    }

    /// Writes a new image. On a medium that has none, what a cut left of marks goes first: with them, and without an
    /// image of an engine that no step was made on, it would be one that lost something.
    pub(super) fn renew(&mut self) -> Result<(), Fault<F::Error>> {
        for track in self.layout.marks {
            if self.head.segment.is_none() && !medium::is_blank(&mut self.flash, track)? {
                medium::erase(&mut self.flash, track)?;
            }
        }
        self.roll()
    }

    #[inline(never)]
    fn append(&mut self, step: &Step, command: &Command) -> Result<(), Fault<F::Error>> {
        if !self.head.clean {
            self.roll()?;
        }
        let base = &self.engine.state().base;
        let main = step.leads_to(base.lease.main);
        let verdict = if step.is_accepted() { Verdict::Accepted } else { Verdict::Refused };
        let header = Header {
            tag: Codeword::STEP,
            length: 0,
            sequence: base.steps.saturating_add(1),
            word: Codeword::of_verdict(verdict),
            main: Codeword::of_main(main),
            rules: RULES_VERSION,
            rule: step.rule().code(),
            format: FORMAT,
        };
        let written = match self.write_step(header, step.now(), command) {
            // Not even the next segment has more room for it than this.
            Err(Fault::NoRoom { .. }) => {
                self.roll()?;
                self.write_step(header, step.now(), command)?
            }
            written => written?,
        };
        let segment = self.head.segment.unwrap_or_default();
        self.mark(segment, &written, main)?;
        self.head.chain = written.chain;
        self.head.next = written.next;
        Ok(())
    }

    #[inline(never)]
    fn write_step(&mut self, header: Header, now: Option<Time>, command: &Command) -> Result<Entry, Fault<F::Error>> {
        let stretch = self.segment(self.head.segment.unwrap_or_default());
        let (at, chain) = (self.head.next, self.head.chain);
        entry::write(&mut self.flash, stretch, at, header, &chain, &|sink| {
            write(&now, sink)?;
            write(command, sink)
        })
    }

    /// Writes the engine's image into the segment that is not live, of the area that the account asks for.
    #[inline(never)]
    pub(super) fn roll(&mut self) -> Result<(), Fault<F::Error>> {
        let base = &self.engine.state().base;
        let (main, sequence) = (base.lease.main, base.steps);
        let first = if base.account.is_open() { TENANT_AREA } else { LIFECYCLE_AREA };
        let segment = if self.head.segment == Some(first) { first.saturating_add(1) } else { first };
        let stretch = self.segment(segment);
        medium::erase(&mut self.flash, stretch)?;
        let header = Header {
            tag: Codeword::IMAGE,
            length: 0,
            sequence,
            word: Codeword::of_intent(main),
            main: Codeword::of_main(main),
            rules: RULES_VERSION,
            rule: 0,
            format: FORMAT,
        };
        let engine = &self.engine;
        let written = entry::write(&mut self.flash, stretch, stretch.from, header, &[0; 16], &|sink| engine.save(sink))?;
        self.mark(segment, &written, main)?;
        self.head = Head { segment: Some(segment), chain: written.chain, next: written.next, clean: true, ..self.head };
        Ok(())
    }

    /// Names `entry` the last one, in both tracks.
    #[inline(never)]
    pub(super) fn mark(&mut self, segment: u32, entry: &Entry, main: Main) -> Result<(), Fault<F::Error>> {
        let mark = Mark {
            main: Codeword::of_main(main),
            intent: Codeword::of_intent(main),
            segment,
            number: self.head.mark.saturating_add(1),
            sequence: entry.header.sequence,
            chain: entry.chain,
        };
        let order = if self.head.older == 0 { [0, 1] } else { [1, 0] };
        for track in order {
            let (Some(stretch), Some(place)) = (self.layout.marks.get(track), self.head.places.get_mut(track)) else { continue };
            let at = match *place {
                Some(at) => at,
                None => {
                    medium::erase(&mut self.flash, *stretch)?;
                    stretch.from
                }
            };
            mark::write(&mut self.flash, at, mark)?;
            let next = at.saturating_add(mark::SIZE as u32);
            *place = (next < stretch.to).then_some(next);
        }
        self.head.mark = mark.number;
        Ok(())
    }

    /// After a commit, and after mounting: what no account is open for leaves the tenant area, and that is erased.
    pub(super) fn settle(&mut self) -> Result<(), Fault<F::Error>> {
        if self.engine.state().base.account.is_open() {
            return Ok(());
        }
        if self.head.segment.is_some_and(|segment| segment >= TENANT_AREA) {
            self.roll()?;
            return self.erase_tenant_area();
        }
        Ok(())
    }

    /// Erases the tenant area and reads it back (H-68).
    pub(super) fn erase_tenant_area(&mut self) -> Result<(), Fault<F::Error>> {
        for stretch in self.layout.tenant {
            medium::erase(&mut self.flash, stretch)?;
        }
        Ok(())
    }

    pub(super) fn is_tenant_area_blank(&mut self) -> Result<bool, Fault<F::Error>> {
        for stretch in self.layout.tenant {
            if !medium::is_blank(&mut self.flash, stretch)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Writes over what could not be read, now that the device is quarantined. The new image comes first and the old
    /// marks go last, so that a cut between leaves a medium that still cannot be read, and never a blank one.
    pub(super) fn found_anew(&mut self) -> Result<(), Fault<F::Error>> {
        self.roll()?;
        let live = self.head.segment;
        for (number, stretch) in (0..).zip(self.layout.lifecycle.into_iter().chain(self.layout.tenant)) {
            if live != Some(number) {
                medium::erase(&mut self.flash, stretch)?;
            }
        }
        self.mode = Mode::Open;
        Ok(())
    }

    pub(super) fn segment(&self, number: u32) -> Stretch {
        let nowhere = Stretch { from: 0, to: 0 };
        self.layout.segments().nth(number as usize).unwrap_or(nowhere)
    }
}

/// The first segment of each area.
pub(super) const LIFECYCLE_AREA: u32 = 0;
pub(super) const TENANT_AREA: u32 = 2;

const _: () = assert!(mark::SIZE.is_multiple_of(BLOCK));
