"""The report as one HTML page that needs nothing else: no network, no other file."""

from importlib.resources import files
from typing import Any

from perfxl.model.report import Report
from perfxl.render.html_view import report_view
from perfxl.render.json import report_object
from perfxl.render.offline_page import asset, render_page
from perfxl.render.order import worst_first

_ASSETS = files("perfxl.render") / "assets"
_STAMPED = ("path", "member", "sheet", "sha256", "verdict")


def render_html(report: Report) -> str:
    """The page; the same report gives the same page."""
    return render_page(
        asset(_ASSETS, "report.html"),
        page_style(),
        asset(_ASSETS, "report.js"),
        _stamp(report),
        view=report_view(report),
    )


def page_style() -> str:
    """The style that all pages share."""
    return asset(_ASSETS, "report.css")


def _stamp(report: Report) -> dict[str, Any]:
    """What was checked and by what, for programs that meet the page."""
    ordered = Report(report.version, report.rules, tuple(worst_first(report.entries)))
    whole = report_object(ordered)
    return {
        "perfxl": whole["perfxl"],
        "rules": whole["rules"],
        "summary": whole["summary"],
        "files": [{key: one[key] for key in _STAMPED} for one in whole["files"]],
    }
