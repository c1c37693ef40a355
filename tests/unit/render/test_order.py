"""Worst first, and names that tell a member of a zip from a file."""

import dataclasses

from perfxl.render.legal_text import legal_text
from perfxl.render.order import entry_name, file_name, files_of, worst_first
from tests.unit.render.reports import EXCEEDS, FAILED, MACRO, PASSED, RATE, UNREADABLE


def test_worst_first__unreadable_then_errors_then_points_lost() -> None:
    fewer = dataclasses.replace(FAILED, path="a", findings=(EXCEEDS,))
    verify = dataclasses.replace(PASSED, path="b", findings=(RATE,))
    notice = dataclasses.replace(PASSED, path="c", findings=(MACRO,))
    lost = dataclasses.replace(PASSED, path="z", shortfalls=FAILED.shortfalls)
    mixed = [PASSED, lost, notice, verify, fewer, FAILED, UNREADABLE]
    assert worst_first(mixed) == [UNREADABLE, FAILED, fewer, verify, notice, lost, PASSED]


def test_files__keep_their_tables_together() -> None:
    member = dataclasses.replace(PASSED, member="里/表.xlsx")
    second = dataclasses.replace(PASSED, sheet="二")
    assert files_of([PASSED, member, second]) == [[PASSED, second], [member]]


def test_names__of_a_member_tell_the_zip() -> None:
    member = dataclasses.replace(PASSED, path="全部.zip", member="里/表.xlsx")
    assert file_name(member) == "表.xlsx"
    assert entry_name(member) == "全部.zip（压缩包内 里/表.xlsx） > 自评表"
    assert entry_name(UNREADABLE) == "送审/损坏.xlsx"


def test_legal_text__drops_what_xml_and_readers_cannot_stand() -> None:
    assert legal_text("a\x00\x1b\x85b\r\nc\rd\te") == "a\x85b\nc\nd\te"
    assert legal_text("甲\u202e乙\u2066\ud83d\uffff𠀀") == "甲乙𠀀"
