"""From waivers.toml to the waivers at work."""

from pathlib import Path

from perfxl.tomlfile.read import read_toml
from perfxl.waivers.filed import FiledWaiver

WAIVERS_FILE = "waivers.toml"


def load_waivers(path: Path) -> tuple[FiledWaiver, ...]:
    """The waivers of a file, in its order.

    Raises:
        UsageError: the file is missing or wrong; names file, key, what is there and what should be.
    """
    data = read_toml(path, "豁免清单")
    from perfxl.tomlfile.models import validated
    from perfxl.waivers.file import WaiversFile

    return tuple(one.filed() for one in validated(WaiversFile, path, data).waiver)
