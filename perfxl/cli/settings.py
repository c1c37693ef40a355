"""perfxl.toml: what a bureau settles once, so that nobody has to type it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from perfxl.engine.selection import only_of_rounds, select_round_rules, select_rules
from perfxl.errors import UsageError
from perfxl.pipeline import Profile
from perfxl.rules.base import Rule
from perfxl.rules.sighting import RoundRule
from perfxl.tomlfile.read import read_toml

if TYPE_CHECKING:
    from perfxl.cli.settings_file import ProfileFile

SETTINGS_FILE = "perfxl.toml"


@dataclass(frozen=True, slots=True)
class ProfileSettings:
    """What the file says of one scheme; None where it says nothing."""

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    reason_threshold: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """What perfxl.toml says; the same as none where there is no such file."""

    path: Path | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str = "error"
    schemes: Path | None = None
    waivers: Path | None = None
    reason_threshold: Decimal = Decimal(0)
    profiles: Mapping[str, ProfileSettings] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Typed:
    """The rules named on the command line, which win over any file."""

    select: Sequence[str] = ()
    ignore: Sequence[str] = ()


def beside(first: Path, name: str) -> Path | None:
    """The file of a name in the folder typed first, or beside what was typed; None if none."""
    folders = [first, first.parent] if first.is_dir() else [first.parent]
    return next((folder / name for folder in folders if (folder / name).is_file()), None)


def load_settings(path: Path | None) -> Settings:
    """The settings of a file; without one, what holds anyway.

    Raises:
        UsageError: the file is missing or wrong; names file, key, what is there and what should be.
    """
    if path is None:
        return Settings()
    data = read_toml(path, "设置")
    from perfxl.cli.settings_file import SettingsFile
    from perfxl.tomlfile.models import validated

    file = validated(SettingsFile, path, data)
    return Settings(
        path=path,
        select=tuple(file.select),
        ignore=tuple(file.ignore),
        fail_on=file.fail_on or "error",
        schemes=path.parent / file.schemes if file.schemes else None,
        waivers=path.parent / file.waivers if file.waivers else None,
        reason_threshold=file.reason_threshold or Decimal(0),
        profiles={name: _profile(one) for name, one in file.profile.items()},
    )


def _profile(file: "ProfileFile") -> ProfileSettings:
    return ProfileSettings(
        None if file.select is None else tuple(file.select),
        None if file.ignore is None else tuple(file.ignore),
        file.reason_threshold,
    )


def common_rules(settings: Settings, typed: Typed) -> tuple[Rule, ...]:
    """The rules for forms of no scheme, or of one without a profile.

    Raises:
        UsageError: a name that is no code, prefix of a code, or slug; names the file it is in.
    """
    return _rules(settings, typed, settings.select, settings.ignore, "")


def rules_of_round(settings: Settings, typed: Typed) -> tuple[RoundRule, ...]:
    """The rules over a round's collection; no scheme has a profile for these.

    Raises:
        UsageError: a name that is no code, prefix of a code, or slug.
    """
    if typed.select:
        return select_round_rules(typed.select, typed.ignore)
    return select_round_rules(settings.select, typed.ignore or settings.ignore)


def refuse_rules_of_round_alone(settings: Settings, typed: Typed) -> None:
    """Refuse to check single returns by rules that compare units: all would pass, unread.

    Raises:
        UsageError: every rule selected is one over rounds.
    """
    select = typed.select or settings.select
    if only_of_rounds(select):
        names = "、".join(name.strip() for name in select)
        where = "" if typed.select else f"{settings.path}：select："
        raise UsageError(f"{where}{names}比较的是各单位之间，一份表没有可比的；请用 perfxl collect")


def profiles(
    settings: Settings, typed: Typed, known: Callable[[str], object]
) -> dict[str, Profile]:
    """The profiles of the schemes that the file names.

    Args:
        settings: what the file says.
        typed: the rules named on the command line.
        known: raises UsageError for a scheme that does not exist.

    Raises:
        UsageError: an unknown rule or scheme; names the file and the key.
    """
    made = {}
    for name, one in settings.profiles.items():
        key = f'profile."{name}"'
        _within(settings, key, known, name)
        select = settings.select if one.select is None else one.select
        ignore = settings.ignore if one.ignore is None else one.ignore
        threshold = one.reason_threshold
        made[name] = Profile(
            _rules(settings, typed, select, ignore, f"{key} › "),
            settings.reason_threshold if threshold is None else threshold,
        )
    return made


def _rules(
    settings: Settings,
    typed: Typed,
    select: Sequence[str],
    ignore: Sequence[str],
    key: str,
) -> tuple[Rule, ...]:
    """The rules typed; what was not typed comes from the file.

    --select sets the file's ignore aside too: who types a code wants that rule to run.
    """
    _within(settings, f"{key}select", select_rules, select)
    _within(settings, f"{key}ignore", select_rules, (), ignore)
    if typed.select:
        return select_rules(typed.select, typed.ignore)
    return select_rules(select, typed.ignore or ignore)


def _within(settings: Settings, key: str, function: Callable[..., object], *args: object) -> None:
    """Call a function that may complain of something in the file, and say where it stands."""
    try:
        function(*args)
    except UsageError as error:
        raise UsageError(f"{settings.path}：{key}：{error}") from None
