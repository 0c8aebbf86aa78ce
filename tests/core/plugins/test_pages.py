"""The kinds of page are plain data."""

from typing import get_args

from foundation.plugins.pages import (
    BuiltinPage,
    FramePage,
    ModulePage,
    Page,
    Placeholder,
    ResourcePage,
)


def test_a_module_page_is_main_js_and_its_default_export_unless_told_otherwise():
    assert (ModulePage().module, ModulePage().export) == ("main.js", "default")


def test_a_frame_may_nothing_unless_told_otherwise():
    assert FramePage().allow == ()


def test_a_placeholder_says_what_comes_and_how_to_install_it():
    page = Placeholder(body="Pipelines will be here", install="pip install foundation-etl")

    assert (page.body, page.install, page.docs) == (
        "Pipelines will be here",
        "pip install foundation-etl",
        "",
    )


def test_a_page_is_one_of_five_kinds():
    assert set(get_args(Page)) == {
        ResourcePage,
        ModulePage,
        FramePage,
        Placeholder,
        BuiltinPage,
    }
