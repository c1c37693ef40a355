"""What was checked already, kept by content, so that an interrupted run goes on where it stopped.

Plain JSON, read back field by field: what lies in a shared folder is never run.
"""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from perfxl import __version__
from perfxl.batch.returned_json import from_json, to_json
from perfxl.batch.sources import CACHE_FOLDER, Source
from perfxl.engine.summary import rule_set_version
from perfxl.pipeline import Options
from perfxl.pipeline.returned import Returned
from perfxl.scheme.find import scheme_folders

_SCHEME_FILES = ("scheme.toml", "layout.toml")


@dataclass(frozen=True, slots=True)
class Cache:
    """Results by content in a folder; `judged_by` tells what else they depend on.

    `is_by_place` is set where the path matters too: waivers name files.
    """

    folder: Path
    judged_by: str
    is_by_place: bool = False

    def get(self, sha256: str, source: Source) -> Returned | None:
        """The result for a content, as of this source; None when there is none to be trusted."""
        try:
            return from_json(self._file(sha256, source).read_bytes(), source)
        except (OSError, ValueError):
            return None

    def put(self, sha256: str, source: Source, returned: Returned) -> None:
        """Keep a result; a disk that is full or closed to us only costs the time next run."""
        if returned.checked.failures:
            return
        target = self._file(sha256, source)
        name = ""
        try:
            data = to_json(returned)
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=target.parent)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).replace(target)
        except (OSError, ValueError):  # ValueError: letters that no encoding holds
            if name:
                Path(name).unlink(missing_ok=True)

    def _file(self, sha256: str, source: Source) -> Path:
        where = f"{source.path}!{source.member}" if self.is_by_place else ""
        key = hashlib.sha256(
            "\n".join((sha256, self.judged_by, where)).encode(errors="surrogateescape")
        ).hexdigest()
        return self.folder / key[:2] / f"{key}.json"


def cache_beside(output: Path, options: Options) -> Cache:
    """The cache in the folder of an output, for checks of these options.

    Raises:
        SchemeError: the folder of schemes that was named does not exist or holds none.
    """
    return Cache(output.parent / CACHE_FOLDER, judged_by(options), bool(options.waivers))


def judged_by(options: Options) -> str:
    """A digest of all that a check depends on besides the file: program, rules, schemes, options.

    Raises:
        SchemeError: the folder of schemes that was named does not exist or holds none.
    """
    told = [
        __version__,
        rule_set_version(),
        repr([rule.code for rule in options.rules]),
        repr((options.scheme_id, options.reason_threshold)),
        repr(
            [
                (name, [rule.code for rule in one.rules], one.reason_threshold)
                for name, one in sorted(options.profiles.items())
            ]
        ),
        repr((options.waivers, options.as_of)) if options.waivers else "",
        *(_schemes(options.schemes_folder)),
    ]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _schemes(folder: Path | None) -> list[str]:
    """Each scheme with a digest of its files: a changed scheme judges anew."""
    told = []
    for scheme in scheme_folders(folder):
        for name in _SCHEME_FILES:
            try:
                digest = hashlib.sha256((scheme / name).read_bytes()).hexdigest()
            except OSError:
                digest = ""
            told.append(f"{scheme.name}/{name} {digest}")
    return told
