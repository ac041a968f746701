//! Facts to a reading: the worst said stands.

use super::{
    fact::Fact,
    name::{Kind, Name},
    number::Milli,
    parts::{Table, parts_of},
};
use crate::reading::{Level, Reading, Said, TamperClass};

/// A value and its warning limit, which come on two lines.
#[derive(Debug, Clone, Copy, Default)]
struct Pair {
    value: Option<Milli>,
    limit: Option<Milli>,
}

#[derive(Debug, Clone)]
pub(super) struct Gathered {
    said: Reading,
    table: Table,
    battery: Pair,
    temperature: Pair,
}

impl Gathered {
    pub(super) fn new() -> Self {
        Self { said: Reading::default(), table: Table::new(), battery: Pair::default(), temperature: Pair::default() }
    }

    pub(super) fn reading(&self) -> Reading {
        let mut reading = self.said;
        self.table.add_to(&mut reading);
        reading
    }

    pub(super) const fn untracked(&self) -> u32 {
        self.table.untracked()
    }

    /// A new command began: a value and a limit from two outputs are no pair.
    pub(super) fn begin(&mut self) {
        (self.battery, self.temperature) = (Pair::default(), Pair::default());
    }

    pub(super) fn take(&mut self, fact: Fact) {
        let said = &mut self.said;
        match fact {
            Fact::Nothing => {}
            Fact::Part(kind, name, level) => self.table.note(said, kind, name, level),
            Fact::SomePart(kind, level) => {
                let parts = parts_of(said, kind);
                parts.worst = parts.worst.max(level);
            }
            Fact::Battery(volts) => {
                self.battery.value = least(self.battery.value, volts);
                self.judge_battery();
            }
            Fact::BatteryLimit(volts) => {
                self.battery.limit = self.battery.limit.max(Some(volts));
                self.judge_battery();
            }
            Fact::Temperature(degrees) => {
                self.temperature.value = self.temperature.value.max(Some(degrees));
                self.judge_temperature();
            }
            Fact::TemperatureLimit(degrees) => {
                self.temperature.limit = least(self.temperature.limit, degrees);
                self.judge_temperature();
            }
            Fact::Service(service) => said.service = said.service.max(Some(service)),
            Fact::Codes(codes) => add_codes(&mut said.codes, codes),
            Fact::CriticalEvents(events) => said.critical_events = said.critical_events.max(Some(events)),
            Fact::LoginsLeft(left) => {
                said.logins_left = least(said.logins_left, left);
                // "3 before HSM zeroization!": it is still to come.
                agree_on(&mut said.zeroized, false);
            }
            Fact::Zeroized(zeroized) => agree_on(&mut said.zeroized, zeroized),
            Fact::Tampered(tampered) => any(&mut said.tampered, tampered),
            Fact::Tamper(class) => {
                any(&mut said.tampered, true);
                said.tamper = Some(said.tamper.map_or(class, |known| graver(known, class)));
            }
            Fact::ChassisOpen(open) => any(&mut said.chassis_open, open),
            Fact::TransportMode(on) => any(&mut said.transport_mode, on),
        }
    }

    fn judge_battery(&mut self) {
        if let Pair { value: Some(value), limit: Some(limit) } = self.battery {
            let level = match value {
                value if value <= Milli::ZERO => Level::Critical,
                value if value < limit => Level::Warning,
                _ => Level::Good,
            };
            self.table.note(&mut self.said, Kind::Battery, Name::HSM_BATTERY, level);
        }
    }

    fn judge_temperature(&mut self) {
        if let Pair { value: Some(value), limit: Some(limit) } = self.temperature {
            let level = if value > limit { Level::Warning } else { Level::Good };
            self.table.note(&mut self.said, Kind::Temperature, Name::HSM_TEMPERATURE, level);
        }
    }
}

fn least<T: Ord>(known: Option<T>, new: T) -> Option<T> {
    match known {
        Some(known) => Some(known.min(new)),
        None => Some(new),
    }
}

/// True once any line says so.
fn any(said: &mut Said, new: bool) {
    *said = Some(said.unwrap_or(false) || new);
}

/// True only while every line says so.
fn agree_on(said: &mut Said, new: bool) {
    *said = Some(said.unwrap_or(true) && new);
}

/// Of several tampers the one that always destroys, else the first that has a name.
const fn graver(known: TamperClass, new: TamperClass) -> TamperClass {
    let better = (new.always_destroys() && !known.always_destroys()) || matches!(known, TamperClass::Unspecified);
    if better { new } else { known }
}

/// Codes not yet there, in the order printed, as long as there is a place.
fn add_codes(known: &mut [u8; 8], new: [u8; 8]) {
    for code in new {
        if code != 0
            && known.iter().all(|known| *known != code)
            && let Some(place) = known.iter_mut().find(|place| **place == 0)
        {
            *place = code;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::Service;

    fn reading(facts: &[Fact]) -> Reading {
        let mut gathered = Gathered::new();
        for fact in facts {
            gathered.take(*fact);
        }
        gathered.reading()
    }

    #[test]
    fn the_worse_of_two_claims_stands_in_either_order() {
        for (worse, better, read) in [
            (Fact::Zeroized(false), Fact::Zeroized(true), (|r| r.zeroized == Some(false)) as fn(Reading) -> bool),
            (Fact::LoginsLeft(3), Fact::Zeroized(true), |r| r.zeroized == Some(false)),
            (Fact::LoginsLeft(1), Fact::LoginsLeft(3), |r| r.logins_left == Some(1)),
            (Fact::Tampered(true), Fact::Tampered(false), |r| r.tampered == Some(true)),
            (Fact::Tamper(TamperClass::Fan), Fact::Tampered(false), |r| r.tampered == Some(true)),
            (Fact::ChassisOpen(true), Fact::ChassisOpen(false), |r| r.chassis_open == Some(true)),
            (Fact::TransportMode(true), Fact::TransportMode(false), |r| r.transport_mode == Some(true)),
            (Fact::CriticalEvents(2), Fact::CriticalEvents(0), |r| r.critical_events == Some(2)),
            (Fact::Service(Service::OutOfService), Fact::Service(Service::InService), |r| {
                r.service == Some(Service::OutOfService)
            }),
        ] {
            assert!(read(reading(&[worse, better])), "{worse:?} before {better:?}");
            assert!(read(reading(&[better, worse])), "{worse:?} after {better:?}");
        }
    }

    #[test]
    fn of_several_tampers_the_destroying_one_is_named_else_the_first() {
        use TamperClass::{Battery, Card, Chassis, Decommission, Unspecified};
        let named = |classes: &[TamperClass]| {
            let mut gathered = Gathered::new();
            classes.iter().for_each(|class| gathered.take(Fact::Tamper(*class)));
            gathered.reading().tamper
        };
        assert_eq!(named(&[Chassis, Card]), Some(Chassis));
        assert_eq!(named(&[Chassis, Battery, Decommission]), Some(Battery));
        assert_eq!(named(&[Unspecified, Card]), Some(Card));
        assert_eq!(named(&[Decommission, Unspecified]), Some(Decommission));
    }

    #[test]
    fn a_value_without_its_limit_says_nothing() {
        let Some(low) = Milli::parse("2.0") else { return };
        let Some(limit) = Milli::parse("2.75") else { return };
        assert_eq!(reading(&[Fact::Battery(low)]), Reading::default());
        for facts in [[Fact::Battery(low), Fact::BatteryLimit(limit)], [Fact::BatteryLimit(limit), Fact::Battery(low)]] {
            assert_eq!(reading(&facts).batteries.worst, Level::Warning);
        }
        let two = [Fact::Battery(low), Fact::Battery(limit), Fact::BatteryLimit(limit)];
        assert_eq!(reading(&two).batteries.worst, Level::Warning, "the lower of two voltages");
        assert_eq!(reading(&[Fact::Battery(limit), Fact::BatteryLimit(limit)]).batteries.worst, Level::Good);
        assert_eq!(reading(&[Fact::Battery(Milli::ZERO), Fact::BatteryLimit(limit)]).batteries.worst, Level::Critical);
        assert_eq!(reading(&[Fact::Temperature(limit), Fact::TemperatureLimit(low)]).temperatures.worst, Level::Warning);
        assert_eq!(reading(&[Fact::Temperature(limit), Fact::TemperatureLimit(limit)]).temperatures.worst, Level::Good);
    }

    #[test]
    fn codes_are_kept_once_in_their_order() {
        let mut codes = [100, 61, 0, 0, 0, 0, 0, 0];
        add_codes(&mut codes, [61, 30, 0, 0, 0, 0, 0, 0]);
        assert_eq!(codes, [100, 61, 30, 0, 0, 0, 0, 0]);
    }
}
