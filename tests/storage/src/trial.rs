//! One trial: a step, a cut, whatever cuts follow, and what must hold then.

use crate::eeprom::Part;
use crate::flash::{Bytes, Flash, Seeded};
use crate::story::{Moment, Story};
use embedded_storage::nor_flash::NorFlash;
use strongroom_core::journal::{Durable, Eeprom, Layout, Mounted};

/// The medium of a trial: 32 KiB, as the reference board's.
pub const CAPACITY: usize = 32 * 1024;

/// A medium whose power can be cut.
pub trait Medium: NorFlash<Error: PartialEq> + Clone {
    /// A blank one.
    fn blank() -> Self;
    /// From now on so many operations succeed.
    fn cut_after(&mut self, operations: u64, seed: u64);
    /// The power is back for good.
    fn power_on(&mut self);
    /// Operations since the last of the two.
    fn used(&self) -> u64;
    /// What is on it.
    fn bytes(&mut self) -> &mut Vec<u8>;
}

impl<const WORD: usize, const PAGE: usize> Medium for Flash<WORD, PAGE> {
    fn blank() -> Self {
        Self::blank(CAPACITY)
    }
    fn cut_after(&mut self, operations: u64, seed: u64) {
        self.cut_after(operations, seed);
    }
    fn power_on(&mut self) {
        self.power_on();
    }
    fn used(&self) -> u64 {
        self.power.used
    }
    fn bytes(&mut self) -> &mut Vec<u8> {
        &mut self.bytes
    }
}

impl Medium for Eeprom<Bytes> {
    fn blank() -> Self {
        Self(Bytes::blank(CAPACITY))
    }
    fn cut_after(&mut self, operations: u64, seed: u64) {
        self.0.cut_after(operations, seed);
    }
    fn power_on(&mut self) {
        self.0.power_on();
    }
    fn used(&self) -> u64 {
        self.0.power.used
    }
    fn bytes(&mut self) -> &mut Vec<u8> {
        &mut self.0.bytes
    }
}

/// Here an operation is a byte that a write cycle gets done.
impl Medium for Eeprom<Part> {
    fn blank() -> Self {
        Self(Part::blank())
    }
    fn cut_after(&mut self, operations: u64, seed: u64) {
        self.0.cut_after(operations, seed);
    }
    fn power_on(&mut self) {
        self.0.power_on();
    }
    fn used(&self) -> u64 {
        self.0.used()
    }
    fn bytes(&mut self) -> &mut Vec<u8> {
        self.0.contents_mut()
    }
}

/// The layout of a trial.
#[must_use]
pub fn layout<F: NorFlash>() -> Layout {
    Layout::over(CAPACITY as u32, F::ERASE_SIZE as u32).expect("it fits")
}

/// A medium, mounted for `story`.
pub fn mount<F: Medium>(story: &Story, medium: F) -> (Durable<F>, Result<Mounted, String>) {
    let mut durable = Durable::new(medium);
    let mounted = durable.mount(&layout::<F>(), story.device, story.policy).map_err(|fault| fault.to_string());
    (durable, mounted)
}

/// What a trial came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The cut came, and everything held; so many cuts in all.
    Cut(u64),
    /// The step was over before the cut.
    Over,
}

/// Cuts the power after `operations` of `moment`, begun on `durable`; then again and again while the state is read
/// back and the step is tried anew; then checks that it is there.
///
/// # Panics
///
/// Where something does not hold.
pub fn run<F: Medium>(story: &Story, moment: &Moment, durable: &Durable<F>, operations: u64, seed: u64) -> Outcome {
    let told = || format!("{}: {:?}, cut after {operations}, seed {seed}", story.name, moment.command.action.verb());
    let mut chance = Seeded(seed ^ operations.rotate_left(32));
    let mut begun = durable.clone();
    let medium = begun.medium_mut();
    medium.cut_after(operations, chance.draw());
    if begun.apply(moment.now, &moment.command).is_ok() {
        return Outcome::Over;
    }
    let mut medium = begun.into_medium();
    medium.power_on();
    let mut cuts = 1;
    let mut answered = false;
    // Up to three more cuts, anywhere from the first read on.
    let mut again = chance.below(4);
    let medium = loop {
        if again > 0 {
            again -= 1;
            let span = [4, 40, 400, 1600][chance.below(4) as usize];
            let (after, seed) = (chance.below(span), chance.draw());
            medium.cut_after(after, seed);
        }
        let (mut durable, mounted) = mount(story, medium.clone());
        let Ok(mounted) = mounted else {
            cuts += 1;
            medium = durable.into_medium();
            medium.power_on();
            continue;
        };
        assert!(matches!(mounted, Mounted::Restored { .. } | Mounted::Fresh), "{}: {mounted:?}", told());
        let is_after = durable.engine() == &moment.after;
        assert!(is_after || durable.engine() == &moment.before, "{}: neither before nor after", told());
        assert!(is_after || !answered, "{}: what was answered is lost", told());
        if is_after {
            assert_clean(story, moment, durable.medium_mut().bytes(), &told);
            answered = true;
        } else if durable.apply(moment.now, &moment.command).is_ok() {
            answered = true;
        }
        let cut = !is_after && !answered;
        medium = durable.into_medium();
        medium.power_on();
        if cut {
            cuts += 1;
        } else if again == 0 {
            break medium;
        }
    };
    let (mut durable, mounted) = mount(story, medium);
    assert!(matches!(mounted, Ok(Mounted::Restored { .. })), "{}: {mounted:?}", told());
    assert!(durable.engine() == &moment.after, "{}: lost in the end", told());
    assert_clean(story, moment, durable.medium_mut().bytes(), &told);
    Outcome::Cut(cuts)
}

/// Nothing of the customer's is where it must not be: never in marks and lifecycle area, and nowhere once no account
/// is open.
///
/// # Panics
///
/// Where it is.
pub fn assert_clean(story: &Story, moment: &Moment, bytes: &[u8], told: &dyn Fn() -> String) {
    let layout = Layout::over(CAPACITY as u32, 64).expect("it fits");
    let until = if moment.after.state().base.account.is_open() { layout.lifecycle[1].to as usize } else { bytes.len() };
    for secret in &story.secrets {
        let found = bytes[..until].windows(16).position(|window| window == secret);
        assert_eq!(found, None, "{}: {secret:02x?} is on the medium", told());
    }
}
