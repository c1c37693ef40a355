"""perfxl opens no socket, whatever it is asked to do."""

import json
import shutil
from pathlib import Path

from tests.architecture.repo import run_python, sample_return

WATCH = """
import json, sys
events = []
sys.addaudithook(
    lambda event, args: events.append(event)
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib."))
    else None
)
"""
RUN = (
    WATCH
    + """
from perfxl.cli.main import run
status = [run(words.split("|")) for words in sys.argv[1:]]
print("\\n" + json.dumps({"status": status, "events": events}))
"""
)
TOUCH = (
    WATCH
    + """
import socket
socket.socket().close()
print(json.dumps(events))
"""
)


def test_watch__sees_a_socket(tmp_path: Path) -> None:
    done = run_python(TOUCH, cwd=tmp_path)
    assert "socket.__new__" in json.loads(done.stdout)


def test_commands__open_no_socket(tmp_path: Path) -> None:
    shutil.copy(sample_return(), tmp_path / "自评表.xlsx")
    returns = tmp_path / "回收"
    returns.mkdir()
    for number in range(3):  # looked at by two processes
        shutil.copy(sample_return(), returns / f"{number}.xlsx")
    commands = (
        "check|自评表.xlsx|--fail-on|never",
        "annotate|自评表.xlsx|--fail-on|never",
        "check|自评表.annotated.xlsx|--fail-on|never",
        "clean|自评表.annotated.xlsx",
        "collect|回收|--jobs|2|--fail-on|never",
        "rules",
        "explain|AR102",
        "scheme|list",
        "demo",
        "addin|doctor",
    )
    done = run_python(RUN, *commands, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen == {"status": [0] * len(commands), "events": []}, done.stderr
