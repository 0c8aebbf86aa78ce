"""The settings of the credentials section."""

from typing import Annotated

from pydantic import Field

from foundation.sdk import PluginSettings


class CredentialsSettings(PluginSettings):
    """``FOUNDATION_CREDENTIALS_*``."""

    inside_hosts: Annotated[
        str, Field(description="Hosts of this network that credentials may reach, by commas")
    ] = ""

    @property
    def inside(self) -> tuple[str, ...]:
        """The hosts one by one; every other host must have a public address."""
        return tuple(host.strip() for host in self.inside_hosts.split(",") if host.strip())
