"""Small promises of the repository: hooks, entry points, changelog."""

import os
import re

from perfxl import __version__
from perfxl.rules.registry import catalogue
from tests.architecture.repo import ROOT


def test_hooks__are_all_local() -> None:
    config = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    repos = re.findall(r"^\s*- repo: (\S+)", config, re.MULTILINE)
    assert set(repos) == {"local"}
    assert {"ruff-check", "ruff-format", "mypy", "lint-imports", "lock-files"} <= set(
        re.findall(r"^\s*- id: (\S+)", config, re.MULTILINE)
    )


def test_ci__runs_what_the_readme_says() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert lines == ["#!/usr/bin/env bash", 'exec bash "$(dirname "$0")/../tests/run"']
    assert os.access(ROOT / "tests" / "run", os.X_OK)


def test_changelog__names_every_rule_and_no_other() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    named = re.findall(r"\b([A-Z]{2}\d{3}) ([a-z]+(?:-[a-z]+)*)", changelog)
    assert sorted(named) == sorted((rule.code, rule.slug) for rule in catalogue())


def test_changelog__has_a_section_for_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    sections = re.findall(r"^## \[(.+?)\]", changelog, re.MULTILINE)
    assert sections[0] in {"Unreleased", __version__}
