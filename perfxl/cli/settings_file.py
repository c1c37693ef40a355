"""The format of perfxl.toml; imported only where such a file exists (pydantic)."""

from typing import Literal

from perfxl.tomlfile.models import Bound, FileModel, Said


class ProfileFile(FileModel):
    """`[profile."<scheme id>"]`: what is different for forms of one scheme."""

    select: list[Said] | None = None
    ignore: list[Said] | None = None
    reason_threshold: Bound | None = None


class SettingsFile(FileModel):
    """perfxl.toml."""

    select: list[Said] = []
    ignore: list[Said] = []
    fail_on: Literal["error", "verify", "notice", "never"] | None = None
    schemes: Said | None = None
    waivers: Said | None = None
    reason_threshold: Bound | None = None
    profile: dict[str, ProfileFile] = {}
