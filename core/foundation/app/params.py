"""Parameters of runs: a reference to a credential is looked at when the run is asked for."""

from typing import Any

from foundation.errors import FieldProblem, Invalid
from foundation.http.context import Context
from foundation.plugins.services import UndeclaredPort
from foundation.ports import credential_vault
from foundation.runs.job import Known
from foundation.runs.named import references


async def check_references(ctx: Context, known: Known, params: dict[str, Any]) -> None:  # JSON
    """Raise `Invalid` naming each reference in *params* that the job's plugin could not use.

    Whoever asks for the run must themselves be allowed to use credentials, at this moment: the
    scopes of an API token count here, and later only the rights of its owner.
    """
    if not any(True for _ in references(params)):
        return
    try:
        vault = ctx.acting_as(known.plugin).find(credential_vault)
    except UndeclaredPort:
        vault = None
    if vault is None:
        detail = "this job can use no credential"
        raise Invalid(errors=[FieldProblem("/params", detail, "reference")])
    await vault.check({"params": params})
