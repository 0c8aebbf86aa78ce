"""Imports are read past comments and strings."""

import pytest

from foundation.plugins.lexer import imports_of


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('import x from "a";', {"a"}),
        ("import 'a'; import {b} from'c'", {"a", "c"}),
        ('export * from "a"; export { b } from "c";', {"a", "c"}),
        ('const x = await import("a");', {"a"}),
        ('import("a", { with: {} })', {"a"}),
        ('import a from "a" with { type: "json" };', {"a"}),
        ('// import "a"\n/* from "b" */', set()),
        ('const s = \'import "a"\'; const t = `from "b"`;', set()),
        ('import("./pages/" + name)', set()),
        ('host.import("a"); x.from("b")', set()),
        ('const url = "https://a.example"; import "b";', {"b"}),
        ("", set()),
    ],
)
def test_each_form_of_import_is_known_and_nothing_else(source, found):
    assert imports_of(source) == found
