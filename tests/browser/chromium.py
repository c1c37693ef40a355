"""Headless Chromium on a page: its DOM after the scripts ran, its printed text, its picture."""

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
# No test waits for the network, and a test may run as root in a container.
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
    "--disable-background-networking", "--disable-extensions", "--no-first-run",
    "--hide-scrollbars", "--host-resolver-rules=MAP * ~NOTFOUND", "--virtual-time-budget=3000",
)  # fmt: skip
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n')
ANSWER = re.compile(r'<pre id="answer">(.*?)</pre>', re.DOTALL)


class Chromium:
    """A browser with a profile of its own in `folder`."""

    def __init__(self, folder: Path) -> None:
        found = next(filter(None, map(shutil.which, NAMES)), None)
        if found is None:
            pytest.fail("Chromium is missing: apt-get install chromium")
        self._program = found
        self._folder = folder

    def _run(self, *words: str) -> str:
        done = subprocess.run(
            [self._program, *QUIET, f"--user-data-dir={self._folder / 'profile'}", *words],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def _saved(self, page: str) -> str:
        path = self._folder / "page.html"
        path.write_text(page, encoding="utf-8")
        return path.as_uri()

    def dom(self, page: str) -> str:
        """The page's DOM as it is, policy in force, once its scripts have run."""
        return self._run("--dump-dom", self._saved(page))

    def answer(self, page: str, script: str, frame: int = 0) -> Any:
        """What the script returns in the page; the policy is lifted to let the script in.

        With `frame`, the script is in a page around it that shows it in a frame of that width: a
        window cannot be as narrow as a telephone.
        """
        driver = f"""<script>addEventListener("load", () => {{
          const told = (() => {{ {script} }})();
          const pre = document.createElement("pre");
          pre.id = "answer";
          pre.textContent = JSON.stringify(told);
          document.body.append(pre);
        }});</script></body>"""
        bare, lifted = POLICY.subn("", page)
        assert lifted == 1
        if frame:
            inner = html.escape(bare)
            bare = f'<body><iframe width="{frame}" height="900" srcdoc="{inner}"></iframe></body>'
        dom = self._run("--dump-dom", self._saved(bare.replace("</body>", driver)))
        found = ANSWER.search(dom)
        assert found, dom[-2000:]
        return json.loads(html.unescape(found[1]))

    def printed(self, page: str) -> list[str]:
        """The text of each printed page."""
        target = self._folder / "page.pdf"
        self._run("--no-pdf-header-footer", f"--print-to-pdf={target}", self._saved(page))
        text = subprocess.run(
            ["pdftotext", "-layout", target, "-"], capture_output=True, check=True, timeout=60
        )
        return text.stdout.decode().split("\f")[:-1]

    def picture(self, page: str, width: int, height: int) -> bytes:
        """A PNG of the window."""
        target = self._folder / "page.png"
        size = f"--window-size={width},{height}"
        self._run(size, f"--screenshot={target}", self._saved(page))
        return target.read_bytes()
