from pathlib import Path

import pytest

from perfxl.addin.live.errors import LiveError
from perfxl.addin.live.handover import (
    APPLYING_FILE,
    ATTACHED_FILE,
    WAITING_FILE,
    say_applying,
    say_attached,
)


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_file__goes_from_hand_to_hand(tmp_path: Path) -> None:
    (tmp_path / WAITING_FILE).touch()
    say_attached(tmp_path)
    assert names(tmp_path) == [ATTACHED_FILE]
    say_applying(tmp_path)
    assert names(tmp_path) == [APPLYING_FILE]


@pytest.mark.parametrize("step", [say_attached, say_applying])
def test_file_taken_away__ends_the_job(step: object, tmp_path: Path) -> None:
    with pytest.raises(LiveError, match="不再等待"):
        step(tmp_path)  # type: ignore[operator]
    with pytest.raises(LiveError, match="不再等待"):
        step(tmp_path / "已删")  # type: ignore[operator]
    assert names(tmp_path) == []


@pytest.mark.parametrize(("held", "is_moved"), [(3, True), (99, False)])
def test_file_held_by_a_scanner__is_tried_again(
    held: int, is_moved: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left, slept = [held], list[float]()
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        left[0] -= 1
        if left[0] >= 0:
            raise PermissionError
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    monkeypatch.setattr("perfxl.addin.live.handover.time.sleep", slept.append)
    (tmp_path / WAITING_FILE).touch()
    if is_moved:
        say_attached(tmp_path)
        assert len(slept) == held
    else:
        with pytest.raises(LiveError):
            say_attached(tmp_path)
    assert names(tmp_path) == [ATTACHED_FILE if is_moved else WAITING_FILE]
