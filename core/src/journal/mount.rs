//! Reading what is stored.

use super::codeword::Codeword;
use super::entry::{self, Body, Entry, FORMAT, Found};
use super::mark::{self, Mark, Track};
use super::store::{Head, LIFECYCLE_AREA};
use super::{Durable, Fault, Layout, Mode, medium};
use crate::command::Command;
use crate::device::Device;
use crate::encoding::{Source, read};
use crate::engine::{Engine, Unfit, Verdict};
use crate::id::Label;
use crate::outbox::Kind;
use crate::policy::Policy;
use crate::rule::{RULES_VERSION, Rule};
use crate::time::Time;
use core::fmt;
use embedded_storage::nor_flash::NorFlash;

/// What was found on the medium.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mounted {
    /// Nothing: the engine begins anew.
    Fresh,
    /// The state, with so many steps after its image.
    Restored {
        /// Steps that were replayed.
        steps: u32,
        /// Whether something was skipped that a power cut tore; it was never answered.
        torn: bool,
    },
    /// Something that cannot be read: every access is closed, and the only way on is `quarantine` (D-28).
    Invalid(Damage),
    /// Something whole that is not this image's to read: the engine refuses everything, and the medium stays as it is.
    Held(Other),
}

/// What cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// No mark is whole, and the medium is not blank.
    NoMark,
    /// Two whole marks contradict each other.
    Marks,
    /// An entry that a mark names, or one before it, is missing or broken.
    Entry {
        /// Where on the medium.
        at: u32,
    },
    /// A stored step comes out differently now, or a stored word contradicts the state.
    Contradiction {
        /// The step's number.
        sequence: u64,
    },
}

/// Whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Other {
    /// Steps that were decided by other rules: mount it with that image, and [`compact`](Durable::compact).
    Rules {
        /// The version of those rules.
        version: u32,
    },
    /// Another format of images and entries.
    Format {
        /// Its number.
        format: u16,
    },
    /// Another device's.
    Device {
        /// Its serial number.
        serial: Label,
    },
    /// Under a policy that is not offered.
    Policy,
    /// Of an engine of other capacities: with more than this one has places for, or with steps that may come out
    /// differently in it.
    Capacity,
}

impl fmt::Display for Damage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoMark => formatter.write_str("no mark is whole"),
            Self::Marks => formatter.write_str("two marks contradict each other"),
            Self::Entry { at } => write!(formatter, "an entry at byte {at} is missing or broken"),
            Self::Contradiction { sequence } => {
                write!(formatter, "step {sequence} comes out differently, or a stored word contradicts the state")
            }
        }
    }
}

impl fmt::Display for Other {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rules { version } => write!(
                formatter,
                "it has steps under version {version} of the rules, and this is version {RULES_VERSION}: compact it with the \
                 release that wrote it"
            ),
            Self::Format { format } => write!(formatter, "it is of format {format}, and this reads format {FORMAT}"),
            Self::Device { serial } => {
                write!(formatter, "it was made for device {}, with its provider, vendor and deployment", serial.as_str())
            }
            Self::Policy => formatter.write_str("it is under a policy that is not offered"),
            Self::Capacity => formatter.write_str("it is of an engine of other capacities"),
        }
    }
}

/// No mark at all; and whether nothing else is in the tracks.
struct Blank(bool);

/// Why reading ended early.
enum Stop<E> {
    Fault(Fault<E>),
    Damage(Damage),
    Other(Other),
}

impl<E> From<Fault<E>> for Stop<E> {
    fn from(fault: Fault<E>) -> Self {
        Self::Fault(fault)
    }
}

impl<F: NorFlash, const REQUESTS: usize, const OUTBOX: usize, const TENANT: usize, const LIFECYCLE: usize>
    Durable<F, REQUESTS, OUTBOX, TENANT, LIFECYCLE>
{
    /// Reads what is stored, as `layout` has it, and becomes it; where the medium is blank, begins for `device` under
    /// `policy`. The layout is the medium's for good: what was stored by another one cannot be read.
    ///
    /// Writes nothing, but for what a power cut left undone: a step that was stored and not marked is marked before
    /// anybody acts on it or signs it, and a tenant area whose erasure is not confirmed is erased.
    ///
    /// # Errors
    ///
    /// The medium's fault; the engine is closed.
    #[inline(never)]
    pub fn mount(&mut self, layout: &Layout, device: Device, policy: &'static Policy) -> Result<Mounted, Fault<F::Error>> {
        self.layout = *layout;
        self.mode = Mode::Closed;
        self.head = Head::NONE;
        self.engine.vacate();
        if !self.layout.fits(self.flash.capacity(), F::ERASE_SIZE) {
            return Err(Fault::Layout);
        }
        self.has_room()?;
        let mounted = match self.read_all(&device, policy) {
            Ok(mounted) => self.finish().map(|()| mounted),
            Err(Stop::Damage(damage)) => return self.lose(damage, device, policy),
            Err(Stop::Other(other)) => {
                self.engine.vacate();
                return Ok(Mounted::Held(other));
            }
            Err(Stop::Fault(fault)) => Err(fault),
        };
        match mounted {
            Ok(_) => self.mode = Mode::Open,
            Err(_) => self.engine.vacate(),
        }
        mounted
    }

    /// Closes every access (D-28). What could be read up to the damage says who the customer is, if anything does.
    #[inline(never)]
    fn lose(&mut self, damage: Damage, device: Device, policy: &'static Policy) -> Result<Mounted, Fault<F::Error>> {
        let tenant = self.engine.state().base.account.organisation;
        self.engine.vacate();
        let generation = medium::fingerprint(&mut self.flash, self.layout.marks)?;
        self.engine.begin_after_loss(device, policy, tenant, generation);
        self.mode = Mode::Invalid;
        Ok(Mounted::Invalid(damage))
    }

    /// Does what a power cut left undone. The tenant area is erased where no account is open, and that is asked for or
    /// something is there.
    #[inline(never)]
    fn finish(&mut self) -> Result<(), Fault<F::Error>> {
        if self.head.unmarked {
            // Whole as it reads now, it may have been torn so that it will not always.
            self.roll()?;
        }
        if self.engine.state().base.account.is_open() {
            return Ok(());
        }
        let asked = self.engine.pending().iter().any(|entry| entry.kind == Kind::EraseTenantArea);
        let undone = asked || !self.is_tenant_area_blank()?;
        self.settle()?;
        if undone { self.erase_tenant_area() } else { Ok(()) }
    }

    /// Whether the largest image and the longest step fit each segment, so that none is ever found not to.
    #[inline(never)]
    fn has_room(&self) -> Result<(), Fault<F::Error>> {
        let [open, closed] = Engine::<REQUESTS, OUTBOX, TENANT, LIFECYCLE>::IMAGE_BOUNDS;
        let areas = [(self.layout.lifecycle, closed), (self.layout.tenant, open)];
        for (stretch, image) in areas.into_iter().flat_map(|(pair, image)| pair.map(|stretch| (stretch, image))) {
            let needed = entry::size(image).saturating_add(entry::size(LONGEST_STEP));
            if stretch.size() < needed {
                return Err(Fault::NoRoom { needed, has: stretch.size() });
            }
        }
        Ok(())
    }

    fn read_all(&mut self, device: &Device, policy: &'static Policy) -> Result<Mounted, Stop<F::Error>> {
        match self.newest_mark()? {
            Ok(newest) => {
                self.head.segment = Some(newest.segment);
                self.walk(device, &newest)
            }
            Err(Blank(blank)) if self.has_begun(blank)? => Err(Stop::Damage(Damage::NoMark)),
            Err(_) => {
                self.engine.begin(*device, policy);
                Ok(Mounted::Fresh)
            }
        }
    }

    /// The newest mark; without one, whether nothing at all is in the tracks.
    #[inline(never)]
    fn newest_mark(&mut self) -> Result<Result<Mark, Blank>, Stop<F::Error>> {
        let [one, other] = self.layout.marks;
        let (one, other) = (mark::read(&mut self.flash, one)?, mark::read(&mut self.flash, other)?);
        let number = |track: &Track| track.newest.map_or(0, |mark| mark.number);
        self.head.older = usize::from(number(&one) > number(&other));
        self.head.mark = number(&one).max(number(&other));
        match (one.newest, other.newest) {
            (Some(one), Some(other)) if one.number == other.number && one != other => Err(Stop::Damage(Damage::Marks)),
            (Some(one), Some(other)) if one.number < other.number => Ok(Ok(other)),
            (Some(mark), _) | (None, Some(mark)) => Ok(Ok(mark)),
            (None, None) => Ok(Err(Blank(one.blank && other.blank))),
        }
    }

    /// Whether, without any mark, there is more than what a cut in the first image or its marks leaves.
    #[inline(never)]
    fn has_begun(&mut self, marks_blank: bool) -> Result<bool, Fault<F::Error>> {
        for (number, stretch) in (0..).zip(self.layout.segments()) {
            if number != LIFECYCLE_AREA && !medium::is_blank(&mut self.flash, stretch)? {
                return Ok(true);
            }
        }
        // Marks are touched only once the image of an engine without any step is whole.
        let first = self.segment(LIFECYCLE_AREA);
        let Found::Whole(image) = entry::read(&mut self.flash, first.from, first.to, &[0; 16])? else {
            return Ok(!marks_blank);
        };
        let next = entry::read(&mut self.flash, image.next, first.to, &image.chain)?;
        Ok(image.header.sequence > 0 || !matches!(next, Found::Blank))
    }

    /// From the image to the marked entry, and to the one after it where that is whole.
    #[inline(never)]
    fn walk(&mut self, device: &Device, mark: &Mark) -> Result<Mounted, Stop<F::Error>> {
        let stretch = self.segment(mark.segment);
        let lost = |at: u32| Stop::Damage(Damage::Entry { at });
        let Found::Whole(mut last) = entry::read(&mut self.flash, stretch.from, stretch.to, &[0; 16])? else {
            return Err(lost(stretch.from));
        };
        self.take_image(device, &last)?;
        let (mut steps, mut unmarked) = (0_u32, None);
        loop {
            if last.chain == mark.chain {
                self.agrees(mark)?;
                unmarked = Some(0_u32);
            }
            match (entry::read(&mut self.flash, last.next, stretch.to, &last.chain)?, unmarked) {
                (Found::Whole(next), None | Some(0)) => {
                    self.take_step(&next)?;
                    steps = steps.saturating_add(1);
                    unmarked = unmarked.map(|count| count.saturating_add(1));
                    last = next;
                }
                // Of two that no mark names, the first was answered: its mark is lost, and who knows what else.
                (Found::Whole(_), Some(_)) | (_, None) => return Err(lost(last.next)),
                (found, Some(unmarked)) => {
                    self.head.unmarked = unmarked > 0;
                    self.head.chain = last.chain;
                    self.head.next = last.next;
                    return Ok(Mounted::Restored { steps, torn: matches!(found, Found::Broken) });
                }
            }
        }
    }

    // Not inlined, as others here: their frames do not add up.
    #[inline(never)]
    fn take_image(&mut self, device: &Device, image: &Entry) -> Result<(), Stop<F::Error>> {
        let contradiction = Stop::Damage(Damage::Contradiction { sequence: image.header.sequence });
        if image.header.tag != Codeword::IMAGE {
            return Err(contradiction);
        }
        if image.header.format != FORMAT {
            return Err(Stop::Other(Other::Format { format: image.header.format }));
        }
        let mut body = Body::new(&mut self.flash, image.body, image.header.length);
        let restored = self.engine.restore(&mut body);
        let over = body.is_over();
        if let Some(error) = body.failed {
            return Err(Stop::Fault(Fault::Medium(error)));
        }
        match restored {
            Ok(same) if over => self.head.same_capacities = same,
            Ok(_) | Err(Unfit::Unsound) => return Err(contradiction),
            Err(Unfit::Capacity) => return Err(Stop::Other(Other::Capacity)),
            Err(Unfit::Policy) => return Err(Stop::Other(Other::Policy)),
        }
        let base = &self.engine.state().base;
        if base.device != *device {
            return Err(Stop::Other(Other::Device { serial: base.device.serial }));
        }
        let main = base.lease.main;
        let said = (image.header.sequence, image.header.main, image.header.word);
        if said != (base.steps, Codeword::of_main(main), Codeword::of_intent(main)) {
            return Err(contradiction);
        }
        Ok(())
    }

    /// Takes the step again: a refusal as it was, anything else by deciding it anew.
    #[inline(never)]
    fn take_step(&mut self, entry: &Entry) -> Result<(), Stop<F::Error>> {
        let header = &entry.header;
        if header.format != FORMAT {
            return Err(Stop::Other(Other::Format { format: header.format }));
        }
        if header.rules != RULES_VERSION {
            return Err(Stop::Other(Other::Rules { version: header.rules }));
        }
        if !self.head.same_capacities {
            return Err(Stop::Other(Other::Capacity));
        }
        let contradiction = Stop::Damage(Damage::Contradiction { sequence: header.sequence });
        let mut body = Body::new(&mut self.flash, entry.body, header.length);
        let told = read_step(&mut body);
        let over = body.is_over();
        if let Some(error) = body.failed {
            return Err(Stop::Fault(Fault::Medium(error)));
        }
        let (Some((now, command)), Some(rule), true) = (told, Rule::from_code(header.rule), over) else {
            return Err(contradiction);
        };
        let base = &self.engine.state().base;
        let follows = header.tag == Codeword::STEP && header.sequence == base.steps.saturating_add(1);
        let refused = header.word == Codeword::of_verdict(Verdict::Refused);
        let step = if refused { self.engine.refused(now, &command, rule) } else { self.engine.decide(now, &command) };
        let verdict = if step.is_accepted() { Verdict::Accepted } else { Verdict::Refused };
        let same = step.rule() == rule
            && header.word == Codeword::of_verdict(verdict)
            && header.main == Codeword::of_main(step.leads_to(base.lease.main));
        if !follows || !same || step.is_idle() {
            return Err(contradiction);
        }
        self.engine.commit(&step);
        Ok(())
    }

    /// Whether the mark's words are those of the state.
    fn agrees(&self, mark: &Mark) -> Result<(), Stop<F::Error>> {
        let base = &self.engine.state().base;
        let main = base.lease.main;
        let state = (base.steps, Codeword::of_main(main), Codeword::of_intent(main));
        if (mark.sequence, mark.main, mark.intent) == state {
            Ok(())
        } else {
            Err(Stop::Damage(Damage::Contradiction { sequence: mark.sequence }))
        }
    }
}

/// The most bytes that a step takes: a frame holds a command and more.
const LONGEST_STEP: u32 = 288;

fn read_step(source: &mut dyn Source) -> Option<(Option<Time>, Command)> {
    Some((read(source).ok()?, read(source).ok()?))
}
