"""Who is who around the board on this machine: one person for each role, all of them you."""

from __future__ import annotations

from pathlib import Path

SERIAL = "700022"

_ORGANISATIONS = {"north": 0xB0, "luna": 0xD0, "contoso": 0xC0}
_PEOPLE = {
    "hana": ("north", 0xB1, "Hands"),
    "pia": ("north", 0xB2, "Pool"),
    "paul": ("north", 0xB3, "Pool"),
    "nils": ("north", 0xB4, "Net"),
    "erik": ("north", 0xB5, "Engineer"),
    "jit": ("north", 0xB6, "JitService"),
    "una": ("contoso", 0xC1, "User"),
    "ada": ("contoso", 0xC2, "Admin"),
    "bea": ("contoso", 0xC3, "Approver"),
    "aud": ("contoso", 0xC4, "Auditor"),
}


def _uuid(first: int, last: int) -> str:
    return f"{first:02x}000000-0000-4000-8000-{last:012x}"


def write(file: Path) -> None:
    """Writes the directory, where there is none."""
    if file.exists():
        return
    lines = ["strongroom = 1", "", "[device]", f'serial = "{SERIAL}"', 'provider = "north"', 'vendor = "luna"', 'deployment = "board"', "", "[organisations]"]
    lines += [f'{name} = "{_uuid(byte, 1)}"' for name, byte in _ORGANISATIONS.items()]
    for name, (organisation, number, role) in _PEOPLE.items():
        id = _uuid(_ORGANISATIONS[organisation], number)
        lines += ["", f"[people.{name}]", f'organisation = "{organisation}"', f'id = "{id}"', f'roles = ["{role}"]', "accounts = []"]
    file.write_text("\n".join([*lines, ""]))
    file.chmod(0o600)
