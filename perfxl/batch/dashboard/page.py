"""The dashboard as a page."""

from importlib.resources import files

from perfxl import __version__
from perfxl.batch.advice.model import Advised
from perfxl.batch.dashboard.view import dashboard_view
from perfxl.batch.model import Collection
from perfxl.render.html import page_style
from perfxl.render.offline_page import asset, render_page

_ASSETS = files("perfxl.batch.dashboard") / "assets"


def dashboard_html(collection: Collection, advised: Advised | None = None) -> str:
    """One self-contained page of the round; the same round gives the same page.

    `advised` is the advice on it; that of the rules on by default when None.
    """
    view = dashboard_view(collection, advised)
    stamp = {
        "perfxl": __version__,
        "as_of": collection.as_of.isoformat(),
        "scheme": collection.scheme_id,
        "units": len(view.units),
        "states": {label: count for _, label, count in view.states},
    }
    return render_page(
        asset(_ASSETS, "dashboard.html"),
        page_style() + asset(_ASSETS, "dashboard.css"),
        asset(_ASSETS, "dashboard.js"),
        stamp,
        view=view,
        version=__version__,
    )
