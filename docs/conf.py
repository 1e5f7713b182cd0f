"""The documentation's configuration: `python -m sphinx -W docs out/docs` builds it, offline, warnings as errors.

Three directives write what must not go stale: `command-help` the options of every command, `dataset-columns` the
columns as they are declared, and `readme-section` a part of a Markdown file of the repository, so that figures stand
once.
"""

import argparse
import os
import re
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from tithi.cli.main import parser
from tithi.corpus.columns import COLUMNS, Kind

ROOT = Path(__file__).parents[1]

project = "tithi"
author = copyright = "the tithi project"  # noqa: A001 - the name Sphinx reads
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
html_theme = "furo"
html_title = "tithi"
html_copy_source = False
exclude_patterns = ["_build"]
myst_heading_anchors = 3
default_role = "code"
highlight_language = "text"
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_default_options = {"members": True, "undoc-members": False}


class _Generated(SphinxDirective):
    """A directive whose content is made as Markdown."""

    def markdown(self, lines: list[str]) -> list[nodes.Node]:
        """Return the nodes of Markdown text, which may hold headings."""
        return self.parse_text_to_nodes("\n".join(lines), allow_section_headings=True)


class CommandHelp(_Generated):
    """The `--help` of every command."""

    def run(self) -> list[nodes.Node]:
        """Return a section a command."""
        os.environ["COLUMNS"] = "100"
        (commands,) = (a.choices for a in parser()._actions if isinstance(a, argparse._SubParsersAction))
        lines = []
        for name, command in commands.items():
            lines += [f"## tithi {name}", "", "```text", command.format_help().rstrip(), "```", ""]
        return self.markdown(lines)


class DatasetColumns(_Generated):
    """A table of the columns of each config."""

    def run(self) -> list[nodes.Node]:
        """Return a section a config."""
        lines = []
        for config, columns in COLUMNS.items():
            lines += [f"## {config}", "", "| column | type | what it holds |", "| --- | --- | --- |"]
            lines += [f"| `{column.name}` | `{_type(column.kind)}` | {column.about} |" for column in columns] + [""]
        return self.markdown(lines)


class ReadmeSection(_Generated):
    """What stands under a heading in a Markdown file of the repository."""

    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Any]] = {"file": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        """Return what the section holds, without its heading."""
        name = self.options.get("file", "README.md")
        self.env.note_dependency(str(ROOT / name))
        text = (ROOT / name).read_text(encoding="utf-8")
        found = re.search(rf"^## {re.escape(self.arguments[0])}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
        if found is None:
            raise self.error(f"{name} has no section {self.arguments[0]}")
        # Its links lead to files of the repository, which are no pages here.
        return self.markdown(re.sub(r"\[([^\]]+)\]\((?!https?:)[^)]+\)", r"`\1`", found[1]).splitlines())


def _type(kind: Kind) -> str:
    if isinstance(kind, list):
        return f"[{_type(kind[0])}]"
    if isinstance(kind, dict):
        return "{" + ", ".join(f"{name}: {_type(member)}" for name, member in kind.items()) + "}"
    return kind


def _literal_blocks(app: Sphinx, what: str, name: str, obj: object, options: Any, lines: list[str]) -> None:  # noqa: PLR0913, PLR0917
    """Let docstrings keep to Markdown: indented text and tables after a blank line are shown as they stand."""
    del app, what, name, obj, options
    shown: list[str] = []
    inside = False
    for number, line in enumerate(lines):
        blank_before = number == 0 or not lines[number - 1].strip()
        begins = blank_before and line.startswith(("    ", "|")) and not _in_section(lines[:number])
        if begins and not inside:
            shown += ["::", ""]
            inside = True
        elif inside and line.strip() and not line.startswith(("    ", "|")):
            inside = False
        shown.append(f"    {line}" if inside and line.strip() else _without_substitutions(line))
    lines[:] = shown


def _without_substitutions(line: str) -> str:
    """Escape bars outside of backticks: reStructuredText takes `|A|` for a substitution."""
    parts = line.split("`")
    return "`".join(part.replace("|", r"\|") if number % 2 == 0 else part for number, part in enumerate(parts))


def _in_section(before: list[str]) -> bool:
    """Return whether the last unindented line opens a section such as `Args:`, whose text is indented too."""
    last = next((line for line in reversed(before) if line.strip() and not line.startswith(" ")), "")
    return bool(re.fullmatch(r"(Args|Returns|Raises|Yields|Attributes|Example|Examples|Source|Note):", last.strip()))


def setup(app: Sphinx) -> None:
    """Add the directives."""
    app.add_directive("command-help", CommandHelp)
    app.add_directive("dataset-columns", DatasetColumns)
    app.add_directive("readme-section", ReadmeSection)
    app.connect("autodoc-process-docstring", _literal_blocks, priority=100)
