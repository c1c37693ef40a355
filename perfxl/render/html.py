"""The report as one HTML page that needs nothing else: no network, no other file.

Everything from a workbook is escaped; the page's policy allows no script and no style but its own,
each by its hash.
"""

import base64
import hashlib
import json
from importlib.resources import files
from typing import Any

from perfxl.model.report import Report
from perfxl.render.html_view import report_view
from perfxl.render.json import report_object
from perfxl.render.legal_text import legal_text
from perfxl.render.order import worst_first

_ASSETS = files("perfxl.render") / "assets"
_STAMPED = ("path", "member", "sheet", "sha256", "verdict")


def render_html(report: Report) -> str:
    """The page; the same report gives the same page."""
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_legal,
    )
    style, script = _asset("report.css"), _asset("report.js")
    page: str = environment.from_string(_asset("report.html")).render(
        view=report_view(report),
        policy=_policy(style, script),
        style=Markup(style),
        script=Markup(script),
        stamp=Markup(_script_json(_stamp(report))),
    )
    return page


def _asset(name: str) -> str:
    # Line ends decide the hash; a checkout may have changed them.
    return (_ASSETS / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _legal(value: object) -> object:
    """Texts as HTML can hold them; what is markup already stays so."""
    return legal_text(value) if type(value) is str else value


def _policy(style: str, script: str) -> str:
    """Nothing may be loaded or sent anywhere; only our own style and script apply."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


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


def _script_json(value: object) -> str:
    r"""JSON that cannot end the script it stands in: <, > and & are written as \u003c …."""
    text = json.dumps(value, ensure_ascii=False)
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return legal_text(text)
