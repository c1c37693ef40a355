"""The example of each scheme, as `perfxl demo` shows it: python -m tests.forms.examples."""

from pathlib import Path as FilePath

from tests.forms import guangzhou, shenzhen
from tests.forms.mutate import Draft

TEMPLATES = FilePath(__file__).resolve().parents[2] / "templates"


def examples() -> dict[FilePath, Draft]:
    """Path of each example, relative to `templates/`, with its draft."""
    return {
        FilePath("guangzhou-2022/examples/2022年度某应急管理局.xlsx"): guangzhou.form(),
        FilePath("shenzhen-2023/examples/2023年度某区应急管理局.xlsx"): shenzhen.form(),
    }


def write_examples(templates: FilePath = TEMPLATES) -> list[FilePath]:
    """Build every example into its scheme's folder."""
    written = []
    for path, draft in examples().items():
        (templates / path).parent.mkdir(parents=True, exist_ok=True)
        written.append(draft.build(templates / path))
    return written


if __name__ == "__main__":
    write_examples()
