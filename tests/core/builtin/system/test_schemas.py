"""What the Plugins page reads is what the API declares."""

import re
from pathlib import Path

import pytest

from foundation.builtin.system.schemas import OpenApiDocument, PluginView

WIRE = Path(__file__).parents[4] / "web" / "src" / "api" / "wire.ts"


@pytest.mark.parametrize("view", [PluginView])
def test_the_shell_reads_no_field_that_is_not_sent(view):
    text = WIRE.read_text("utf-8")
    declared = re.search(rf"type {view.__name__} = \{{(.*?)\n?\}};\n", text, re.DOTALL).group(1)
    read = set(re.findall(r"(\w+)\??:", re.sub(r"\{.*?\}", "", declared)))

    assert read
    assert read <= view.model_fields.keys()


def test_a_document_is_its_own_json():
    assert OpenApiDocument({"openapi": "3.1.0"}).model_dump() == {"openapi": "3.1.0"}
