"""HTML pages that need nothing else: no network, no other file.

Everything from a workbook is escaped; a page's policy allows no script and no style but its own,
each by its hash.
"""

import base64
import hashlib
import json
from importlib.resources.abc import Traversable

from perfxl.render.legal_text import legal_text


def render_page(template: str, style: str, script: str, stamp: object, **values: object) -> str:
    """The page of a template, given its style, its script and a stamp for programs as JSON."""
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_legal,
    )
    page: str = environment.from_string(template).render(
        policy=_policy(style, script),
        style=Markup(style),
        script=Markup(script),
        stamp=Markup(_script_json(stamp)),
        **values,
    )
    return page


def asset(folder: Traversable, name: str) -> str:
    """The text of an asset; line ends decide the hash, a checkout may have changed them."""
    return (folder / name).read_text(encoding="utf-8").replace("\r\n", "\n")


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


def _script_json(value: object) -> str:
    r"""JSON that cannot end the script it stands in: <, > and & are written as \u003c …."""
    text = json.dumps(value, ensure_ascii=False)
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return legal_text(text)
