"""A process of its own, and what comes back of what it was given."""

import pytest

from perfxl.batch.worker import Worker, heard


def refuse(item: str) -> str:
    raise FileNotFoundError(item)


def test_worker_that_is_not_needed_any_more_when_it_is_ready__goes_in_silence(
    capfd: pytest.CaptureFixture[str],
) -> None:
    Worker(refuse).dismiss()
    assert capfd.readouterr().err == ""


def test_what_the_work_raises__comes_back_as_it_is() -> None:
    worker = Worker(refuse)
    try:
        assert heard([worker], 60) == [worker]
        assert worker.hear() is None
        worker.give([0], ["a.xlsx"])
        assert heard([worker], 60) == [worker]
        with pytest.raises(FileNotFoundError, match=r"a\.xlsx"):
            worker.hear()
    finally:
        worker.end()
