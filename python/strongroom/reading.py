"""What one poll of the device told: levels of its parts, its service, tamper and zeroization (H-54)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

from . import _native
from .words import Health, Level, Service, Tamper

_CODES = 8
"""Places for status codes in the core's reading; 0 fills the rest."""


@dataclass(frozen=True, slots=True)
class Parts:
    """One kind of part. `worst` can be bad while `bad` is 0: the device then does not say which part has the fault."""

    worst: Level = Level.UNREAD
    """The worst level of any part of this kind."""
    seen: int = 0
    """Distinct parts of this kind that were read, up to 255."""
    bad: int = 0
    """Of those, the ones whose worst level is a warning or critical."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that one poll told. What no line mentioned is `None`, or its level is `UNREAD`."""

    fans: Parts = Parts()
    """Fans of the chassis (H-70), and the HSM card's own where it reports them."""
    power_supplies: Parts = Parts()
    """Power supply units, by whatever is read of each: presence, voltage, temperature, fan (H-69)."""
    voltages: Parts = Parts()
    """Supply rails and core voltages, the power supplies' own rails not counted."""
    temperatures: Parts = Parts()
    """Temperatures, the power supplies' own not counted."""
    batteries: Parts = Parts()
    """Backup batteries: of the main board and the HSM's own."""
    service: Service | None = None
    """The appliance's word for its service."""
    codes: tuple[int, ...] = ()
    """Status codes that came with it, the first eight, each from 1 to 255."""
    critical_events: int | None = None
    """Critical events that the HSM has counted since it started."""
    logins_left: int | None = None
    """Failed log-ins that the security officer has left before zeroization."""
    zeroized: bool | None = None
    """Whether the HSM says that it is zeroized."""
    tampered: bool | None = None
    """Whether the device says that a tamper is latched (H-71)."""
    tamper: Tamper | None = None
    """Which tamper it names."""
    chassis_open: bool | None = None
    """Whether the chassis intrusion switch is open."""
    transport_mode: bool | None = None
    """Whether the HSM is in secure transport mode (H-42)."""

    @property
    def health(self) -> Health:
        """The health that this reading shows by itself; what the lease makes of several is in `Strongroom.state`."""
        return Health(_native.reading_health(json.dumps(self.as_json())))

    def as_json(self) -> dict[str, Any]:
        """Plain values by the core's names, in the order that `strongroom console read` prints them."""
        told = {field.name: getattr(self, field.name) for field in fields(self)}
        for name, value in told.items():
            if isinstance(value, Parts):
                told[name] = {"bad": value.bad, "seen": value.seen, "worst": value.worst}
        told["codes"] = [*self.codes, *[0] * (_CODES - len(self.codes))]
        return dict(sorted(told.items()))

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        """The reading with these plain values."""
        values = dict(told)
        for field in fields(cls):
            value = values.get(field.name)
            if field.type == "Parts" and value is not None:
                values[field.name] = Parts(Level(value["worst"]), value["seen"], value["bad"])
        values["codes"] = tuple(code for code in values.get("codes", ()) if code)
        for name, word in (("service", Service), ("tamper", Tamper)):
            if values.get(name) is not None:
                values[name] = word(values[name])
        return cls(**values)
