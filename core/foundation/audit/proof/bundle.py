"""Writes the offline verifier as one file of the standard library alone, to be kept elsewhere."""

import re
from pathlib import Path

PARTS = ("tree", "canonical", "edwards", "note", "leaf", "told", "judge", "receipts", "tool")
_OWN = re.compile(r"^from foundation\.audit\.proof\.\w+ import [^(\n]+\n", re.MULTILINE)
_HEAD = '#!/usr/bin/env python3\n"""Proves an export of the audit trail; needs Python alone."""\n'


def bundle() -> str:
    """Return the verifier as the text of one file, put together from the modules beside this."""
    folder = Path(__file__).parent
    parts = [_OWN.sub("", (folder / f"{name}.py").read_text("utf-8")) for name in PARTS]
    return "\n\n".join([_HEAD, *parts, 'if __name__ == "__main__":\n    sys.exit(main())\n'])
