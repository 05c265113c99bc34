"""Templates: the macros that a page and its parts call are there, also where no test happens to look."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import nodes

from web import paper

FOLDER = Path(paper.__file__).parent / "templates"
PAGES = sorted(one.name for one in FOLDER.glob("*.html"))


def _parsed(name: str) -> nodes.Template:
    return paper.environment().parse((FOLDER / name).read_text())


MACROS = {
    macro.name
    for one in FOLDER.rglob("*.html")
    for macro in _parsed(str(one.relative_to(FOLDER))).find_all(nodes.Macro)
}


def _called(tree: nodes.Template) -> set[str]:
    """Names the macros of any template that are called here."""
    calls = {one.node.name for one in tree.find_all(nodes.Call) if isinstance(one.node, nodes.Name)}
    return calls & MACROS


def _offered(tree: nodes.Template) -> set[str]:
    """Names what a template imports and defines."""
    taken = {
        name[1] if isinstance(name, tuple) else name
        for one in tree.find_all(nodes.FromImport)
        for name in one.names
    }
    macros = {one.name for one in tree.find_all(nodes.Macro)}
    return taken | macros


@pytest.mark.parametrize("page", PAGES)
def test_macros_that_a_page_and_its_parts_call_are_imported(page: str) -> None:
    tree = _parsed(page)
    known = _offered(tree)
    assert _called(tree) <= known
    for included in tree.find_all(nodes.Include):
        assert isinstance(included.template, nodes.Const)
        part = _parsed(included.template.value)
        assert _called(part) <= known | _offered(part), included.template.value
