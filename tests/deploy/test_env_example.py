"""The file `env.example` names every setting once, sets only what has no default, and holds no secret."""

import re

from foundation.secret import Secret
from foundation.settings import PREFIX, Settings


def names(text: str) -> list[str]:
    return re.findall(r"^(?:# )?((?:FOUNDATION|CADDY)_\w+)[:=]", text, re.MULTILINE)


def test_every_setting_stands_there_once(deploy):
    found = names((deploy / "env.example").read_text("utf-8"))
    core = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}

    assert len(found) == len(set(found))
    assert core <= set(found)


def test_what_it_sets_is_what_has_no_default(deploy):
    text = (deploy / "env.example").read_text("utf-8")
    said = re.findall(r"^(FOUNDATION_\w+)=", text, re.MULTILINE)
    required = {
        f"{PREFIX}{name.upper()}"
        for name, field in Settings.model_fields.items()
        if field.is_required() and field.annotation is not Secret
    }

    assert set(said) == required


def test_what_is_commented_out_is_the_default(deploy):
    text = (deploy / "env.example").read_text("utf-8")
    shown = dict(re.findall(r"^# (FOUNDATION_\w+)=(.*)$", text, re.MULTILINE))
    wrong = [
        name
        for name, field in Settings.model_fields.items()
        if (value := shown.get(f"{PREFIX}{name.upper()}")) is not None
        and isinstance(field.default, str | int)
        and value.lower() != str(field.default).lower()
    ]

    assert wrong == []
