"""One check in a fresh process, read by openpyxl: what `perfxl check FILE` is compared with."""

import sys
from pathlib import Path

from benchmarks.peers import read_twice
from perfxl.engine.judge import judge
from perfxl.reader.tables import read_return
from perfxl.rules.base import Subject
from perfxl.rules.registry import all_rules
from perfxl.scheme.find import list_schemes
from perfxl.scheme.match import match_scheme
from perfxl.scheme.vocabulary import load_vocabulary

returned = read_return(read_twice(Path(sys.argv[1])), load_vocabulary())
for form in returned.forms:
    scheme = match_scheme(form, list_schemes(None))
    verdict = judge(Subject(returned, (), form, scheme), all_rules())
    print(len(verdict.findings))
