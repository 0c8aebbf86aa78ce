"""What loading plugins needs to know."""

import os
from pathlib import Path

from foundation.settings import (
    default_data_folder,
    read_choice,
)


def test_loading_plugins_needs_no_setting_at_all():
    choice = read_choice({"FOUNDATION_PLUGINS_MODE": "strict"})

    assert choice.plugins_mode == "strict"


def test_files_lie_in_the_users_data_folder_and_never_in_the_home_of_root():
    folder = default_data_folder()

    assert folder.name == "foundation"
    assert (folder == Path("/var/lib/foundation")) is (os.geteuid() == 0)
