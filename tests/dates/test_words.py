"""The words of a language stand in tables: no code of dates, numerals and sentences holds any; docstrings do."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
WORD = re.compile("[\u0904-\u0939\u0958-\u0961][\u0900-\u0963]+|[\u093a-\u094f]{2}")
SPLITTER = ["items", "paragraphs", "sentences", "spoken", "stops"]
FILES = sorted(path for room in ("dates", "numerals") for path in (ROOT / room).glob("*.py")) + [
    ROOT / "aligner" / f"{name}.py" for name in SPLITTER
]


def words_in(path: Path) -> list[str]:
    """The literals of a file with Hindi words in them, documentation left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    literals = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in told]
    return [node.value for node in literals if isinstance(node.value, str) and WORD.search(node.value)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_code_holds_no_words(path: Path) -> None:
    assert words_in(path) == []
