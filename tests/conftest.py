"""Fixtures that every folder of tests shares."""

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from tests.office.session import Office

# The same examples on every run, whatever the speed of the machine.
settings.register_profile(
    "steady",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def office() -> "Iterator[Office]":
    """One LibreOffice a worker, started when first asked for and ended with the run."""
    from tests.office.session import Office

    if shutil.which("soffice") is None:
        pytest.fail("LibreOffice is missing: apt-get install libreoffice-calc python3-uno")
    with Office() as session:
        yield session
