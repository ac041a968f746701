"""The command `strongroom monitor`."""

from __future__ import annotations

import signal
import time
from collections.abc import Mapping
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

import click

from ..exceptions import BoardSessionError, BoardSilentError
from ..board import Monitor, Seen
from ..values import Principal
from ..words import LogName, Party
from .board.options import Options, actor, opened, parameters, take, take_directory, with_parameters
from .draining import READERS
from .ending import key_of, say
from .journals import directory_option
from .monitoring import Screen, as_json
from .output import write_json
from .through_sudo import OwnPath

AS_JSON_LINES = click.Option(["--json", "as_lines"], is_flag=True, help="Print a line of JSON for each look.")


@click.command()
@click.option("--log", "folder", type=OwnPath(), metavar="DIR", help="Collect the logs in this log folder, and verify them; needs --device-key.")
@click.option("--device-key", metavar="KEY", help="The device's public key, which provisioning has told: heads are verified with it.")
@click.option("--acknowledge", metavar="NAME", help="Acknowledge what is collected in this person's name, so that the board has room for more; needs --log.")
@click.option("--directory", **directory_option("With --acknowledge: who is who"))
@click.option("--told", is_flag=True, help="Take the notices that wait, print them, and say to the board that they were told: whoever reads this carries them on.")
@click.option("--every", type=click.FloatRange(min=0.1), default=2.0, metavar="SECONDS", help="Look so often; 2 where not named.")
@click.option("--once", is_flag=True, help="Look once, for scripts.")
@with_parameters(parameters(), [AS_JSON_LINES])
def monitor(
    folder: Path | None, device_key: str | None, acknowledge: str | None, told: bool, every: float, once: bool, as_lines: bool, **given: Any
) -> None:
    """Watch the board at PORT: the device's health and state, the board's time, grants, what waits to be done, and the logs.

    Nothing is believed but what the board sealed under the key, and no log that the device's key has not signed. What does not verify
    ends this with 3, and so does a log that went back. With --as customer, the tenant's log is watched too. Looking changes nothing, but for
    what --acknowledge and --told ask for. Ctrl-C ends it.

    \b
    Examples:
      strongroom monitor --port /dev/ttyUSB0 --key keys/provider.key
      strongroom monitor --port /dev/ttyUSB0 --key keys/provider.key --log logs --device-key keys/device.pub --acknowledge pia
      strongroom monitor --port /dev/ttyUSB0 --key customer.key --as customer --once --json
    """
    if folder is not None and device_key is None:
        raise click.UsageError("--log needs --device-key: what is collected is verified")
    if acknowledge is not None and folder is None:
        raise click.UsageError("--acknowledge needs --log: only what is collected is acknowledged")
    options = take(given)
    by = None if acknowledge is None else _acknowledging(options, acknowledge, given)
    with opened(options) as board:
        watched = Monitor(board, options.party, folder=folder, key=None if device_key is None else key_of(device_key), acknowledge=by)
        watched.check_folder()
        if once:
            _once(watched, options.party, told=told, as_lines=as_lines)
            return
        _watch(watched, options, told=told, every=every, as_lines=as_lines)


def _acknowledging(options: Options, name: str, given: dict[str, Any]) -> Mapping[LogName, Principal]:
    directory = take_directory(given)
    log = LogName.TENANT if options.party is Party.CUSTOMER else LogName.LIFECYCLE
    return {log: actor(directory, name, READERS[log].value, options.party, "--acknowledge").principal}


def _once(watched: Monitor, party: Party, *, told: bool, as_lines: bool) -> None:
    seen = watched.look(tell=told)
    # What was collected now is verified as a whole, as a stranger would.
    watched.check_folder()
    if as_lines:
        write_json(as_json(seen))
    else:
        Screen(party).print(seen)


def _watch(watched: Monitor, options: Options, *, told: bool, every: float, as_lines: bool) -> None:
    _end_well()
    trouble: str | None = None
    with Screen(options.party) as screen:
        try:
            while True:
                began = time.monotonic()
                try:
                    seen: Seen | None = watched.look(tell=told)
                    trouble = None
                except (BoardSilentError, BoardSessionError) as error:
                    # It may be switched on again; what is sealed later is believed as before.
                    if str(error) != trouble and as_lines:
                        say(str(error))
                    seen, trouble = None, str(error)
                if as_lines and seen is not None:
                    write_json(as_json(seen))
                elif not as_lines:
                    screen.show(seen, trouble)
                time.sleep(max(0.0, every - (time.monotonic() - began)))
        except KeyboardInterrupt:
            return


def _end_well() -> None:
    """SIGTERM ends it as Ctrl-C does."""
    def end(_signal: int, _frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)
