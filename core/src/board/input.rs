//! A switch or a button, debounced.

use crate::reading::TamperClass;
use embedded_hal::digital::InputPin;

/// How long a contact has to be as it is before it counts, in milliseconds.
pub const SETTLE_MILLISECONDS: u64 = 20;

/// A contact that tells of one class of tamper while it is open or pressed.
///
/// A pin that cannot be read counts as one that tells: a cut wire is no way in.
#[derive(Debug)]
pub struct Contact<P> {
    pin: P,
    class: TamperClass,
    /// Whether the pin is high where something is wrong.
    alarm_is_high: bool,
    alarmed: bool,
    /// What the pin is, since when; while it differs from what counts.
    since: Option<u64>,
}

/// What became of a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Change {
    /// It tells of tamper.
    Alarmed(TamperClass),
    /// It does not any more.
    Calm(TamperClass),
}

impl<P: InputPin> Contact<P> {
    /// A contact that counts as calm until its pin has told something else for long enough.
    pub const fn new(pin: P, class: TamperClass, alarm_is_high: bool) -> Self {
        Self { pin, class, alarm_is_high, alarmed: false, since: None }
    }

    /// Looks at the pin; what became of the contact, once it has settled.
    pub fn look(&mut self, millis: u64) -> Option<Change> {
        let told = self.pin.is_high().map_or(true, |high| high == self.alarm_is_high);
        if told == self.alarmed {
            self.since = None;
            return None;
        }
        let since = *self.since.get_or_insert(millis);
        if millis.saturating_sub(since) < SETTLE_MILLISECONDS {
            return None;
        }
        self.alarmed = told;
        self.since = None;
        Some(if told { Change::Alarmed(self.class) } else { Change::Calm(self.class) })
    }

    /// What it told last was not heard: it is told again.
    pub const fn forget(&mut self) {
        self.alarmed = !self.alarmed;
    }

    /// Whether it tells of tamper.
    #[must_use]
    pub const fn is_alarmed(&self) -> bool {
        self.alarmed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::cell::Cell;
    use core::convert::Infallible;
    use embedded_hal::digital::{ErrorKind, ErrorType};

    struct Pin<'a>(&'a Cell<bool>);

    impl ErrorType for Pin<'_> {
        type Error = Infallible;
    }

    impl InputPin for Pin<'_> {
        fn is_high(&mut self) -> Result<bool, Infallible> {
            Ok(self.0.get())
        }

        fn is_low(&mut self) -> Result<bool, Infallible> {
            Ok(!self.0.get())
        }
    }

    #[test]
    fn it_tells_what_has_settled_and_once() {
        let level = Cell::new(true);
        let mut contact = Contact::new(Pin(&level), TamperClass::Chassis, false);
        assert_eq!((contact.look(0), contact.look(100)), (None, None), "calm from the start");
        level.set(false);
        assert_eq!((contact.look(100), contact.look(119)), (None, None));
        level.set(true);
        assert_eq!(contact.look(120), None, "it bounced");
        level.set(false);
        assert_eq!((contact.look(121), contact.look(140)), (None, None), "the count began anew");
        assert_eq!(contact.look(141), Some(Change::Alarmed(TamperClass::Chassis)));
        assert_eq!((contact.look(200), contact.is_alarmed()), (None, true));
        level.set(true);
        assert_eq!(contact.look(300), None);
        assert_eq!(contact.look(320), Some(Change::Calm(TamperClass::Chassis)));
    }

    #[test]
    fn what_was_not_heard_is_told_again() {
        let level = Cell::new(true);
        let mut contact = Contact::new(Pin(&level), TamperClass::Fan, true);
        for end in [20, 40] {
            assert_eq!((contact.look(end - 20), contact.is_alarmed()), (None, false));
            assert_eq!(contact.look(end), Some(Change::Alarmed(TamperClass::Fan)));
            contact.forget();
        }
    }

    #[test]
    fn a_pin_that_cannot_be_read_alarms() {
        struct Broken;
        impl ErrorType for Broken {
            type Error = ErrorKind;
        }
        impl InputPin for Broken {
            fn is_high(&mut self) -> Result<bool, ErrorKind> {
                Err(ErrorKind::Other)
            }
            fn is_low(&mut self) -> Result<bool, ErrorKind> {
                Err(ErrorKind::Other)
            }
        }
        let mut contact = Contact::new(Broken, TamperClass::Battery, true);
        assert_eq!((contact.look(0), contact.look(20)), (None, Some(Change::Alarmed(TamperClass::Battery))));
    }
}
