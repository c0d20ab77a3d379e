"""What the documentation shows is what the commands print.

`python tests/test_examples.py docs/explain-evaluate.md` puts the output of today into the file.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
GUIDE = ROOT / "docs" / "explain-evaluate.md"
#: A command and its output, up to the next command or the end of the indented block.
_SHOWN = re.compile(r"^    \$ (.+)\n((?:(?:    (?!\$).*)?\n)*?)(?=    \$|\n?[^ \n])", re.M)


def renewed(text: str) -> str:
    """The text with the output that its commands print now, for the tables in processed/."""
    with tempfile.TemporaryDirectory() as folder:
        # the hand-made table stands in the text itself
        for command, output in _SHOWN.findall(text):
            if command.startswith("cat "):
                lines = [line.strip() for line in output.splitlines()]
                (Path(folder) / command[4:]).write_text("\n".join(lines), encoding="utf-8")
        (Path(folder) / "processed").symlink_to(ROOT / "processed")
        return _SHOWN.sub(lambda shown: _run(shown, Path(folder)), text)


def _run(shown: re.Match[str], folder: Path) -> str:
    name, *arguments = shlex.split(shown[1])
    if name != "citypacts":
        return shown[0]
    process = subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "COLUMNS": "92", "PYTHONPATH": str(ROOT)},
    )
    lines = (process.stdout or process.stderr).splitlines()
    output = "".join(f"    {line}".rstrip() + "\n" for line in lines)
    gap = "\n" if shown[2].endswith("\n\n") else ""
    return f"    $ {shown[1]}\n{output}{gap}"


def test_the_examples_are_true() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert len(_SHOWN.findall(text)) == 5
    assert renewed(text) == text, f"python {Path(__file__).name} {GUIDE.name}"


if __name__ == "__main__":
    guide = Path(sys.argv[1])
    guide.write_text(renewed(guide.read_text(encoding="utf-8")), encoding="utf-8")
