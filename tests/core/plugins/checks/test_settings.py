"""A plugin's settings come from its own variables; every fault names one and tells no value."""

import pytest
from pydantic import Field

from foundation.plugins.checks.settings import (
    SettingsWrong,
    plugin_settings,
    stray_variables,
    variables_of,
)
from foundation.plugins.claims import Claims
from foundation.plugins.memory import NO_MEMORY
from foundation.plugins.settings import PluginSettings
from foundation.secret import Secret


class Mine(PluginSettings):
    token: Secret
    retries: int = Field(3, ge=0)


def read(environ, **claimed):
    claims = Claims(installed=frozenset(), memory=NO_MEMORY, variables=claimed)
    return plugin_settings("orders", Mine, environ=environ, claims=claims)


def test_they_are_read_from_variables_and_files(tmp_path):
    (tmp_path / "token").write_text("hush\n")

    found = read(
        {
            "FOUNDATION_ORDERS_RETRIES": "5",
            "FOUNDATION_ORDERS_TOKEN_FILE": str(tmp_path / "token"),
        }
    )

    assert (found.token, found.retries) == (Secret("hush"), 5)


def test_all_that_is_wrong_is_told_and_no_value():
    with pytest.raises(SettingsWrong) as wrong:
        read({"FOUNDATION_ORDERS_RETRIES": "many-secrets"})

    told = str(wrong.value)
    assert "FOUNDATION_ORDERS_TOKEN: is missing" in told
    assert "FOUNDATION_ORDERS_RETRIES" in told
    assert "many-secrets" not in told


def test_a_variable_of_another_plugin_is_not_shared():
    with pytest.raises(SettingsWrong, match="FOUNDATION_ORDERS_RETRIES: belongs to core already"):
        read({"FOUNDATION_ORDERS_TOKEN": "x"}, FOUNDATION_ORDERS_RETRIES="core")


def test_the_variables_of_a_model_bear_the_plugins_name():
    assert variables_of("orders", Mine) == {"FOUNDATION_ORDERS_TOKEN", "FOUNDATION_ORDERS_RETRIES"}


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "FOUNDATION_ETL_URI",
            ["FOUNDATION_ETL_URI: no such setting; did you mean FOUNDATION_ETL_URL?"],
        ),
        ("FOUNDATION_ETL_URL", []),
        ("FOUNDATION_ETL_URL_FILE", []),
        ("FOUNDATION_ETL_STUB_URI", []),
        ("FOUNDATION_OTHER", []),
        ("ETL_URI", []),
    ],
)
def test_a_variable_nobody_reads_is_told_to_the_plugin_whose_name_it_bears(name, told):
    found = stray_variables(
        "etl", environ={name: "x"}, known={"FOUNDATION_ETL_URL"}, installed={"etl", "etl_stub"}
    )

    assert found == told
