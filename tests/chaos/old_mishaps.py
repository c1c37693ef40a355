"""Mishaps of returns in the old binary format."""

from perfxl.batch.model import ReturnState, Unit
from tests.chaos.making import LATE, LATER, Making, Truth


def old_format(m: Making, unit: Unit) -> None:
    (data, total), name = m.old(unit.name), f"{unit.code}.xls"
    m.put(unit, name, data)
    m.settle(unit, Truth(ReturnState.RECEIVED, name), total)


def old_format_of_wps(m: Making, unit: Unit) -> None:
    """Saved by WPS under its own ending, which is the same inside; the unit left blank."""
    (data, total), name = m.old(""), f"{unit.name}报送.et"
    m.put(unit, name, data)
    m.settle(unit, Truth(ReturnState.RECEIVED, name, says="按文件名认出"), total)


def old_format_by_another_name(m: Making, unit: Unit) -> None:
    """Only the ending was changed: Excel refuses it, what is inside is sound."""
    (data, total), name = m.old(unit.name), f"改了扩展名{unit.code[-3:]}.xlsx"
    m.put(unit, name, data, LATE)
    says = "2025-03-31截止，2025-04-03收到"
    m.settle(unit, Truth(ReturnState.LATE, name, is_late=True, says=says), total)


def resubmitted_in_the_old_format(m: Making, unit: Unit) -> None:
    (data, total), name = m.old(unit.name), f"{unit.code}_复报1.xls"
    m.put(unit, f"{unit.code}_初报.xlsx", m.stamped(unit, total - 2))
    m.put(unit, name, data, LATER)
    says = "有2份，取次数最大的复报1"
    m.settle(unit, Truth(ReturnState.RECEIVED, name, others=1, says=says), total)


def copies_in_the_old_format(m: Making, unit: Unit) -> None:
    (data, total), name = m.old(unit.name), f"{unit.code}_上报.et"
    for other in (name, f"{unit.code}_上报.xls"):
        m.put(unit, other, data)
    m.settle(unit, Truth(ReturnState.RECEIVED, name, others=1, says="1份内容相同"), total)


def old_format_cut_off(m: Making, unit: Unit) -> None:
    data, _ = m.old(unit.name)
    m.put(unit, f"{unit.code}_没发完.xls", data[: len(data) // 2])
    m.settle(unit, Truth(ReturnState.UNREADABLE, others=1, is_late=True, says="读不出"))
