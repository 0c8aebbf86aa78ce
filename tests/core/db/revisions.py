"""How many revisions core has: the number of their files, whatever reads them."""

from foundation.db.history import ENVIRONMENT

CORE_REVISIONS = len([*(ENVIRONMENT / "versions").glob("foundation_*.py")])
