#!/bin/sh
# Prints the first Python 3.11 or newer that can make a virtual environment, or one line of what to do.
found=""
for python in "$PYTHON" .venv/bin/python python3 python3.14 python3.13 python3.12 python3.11 /usr/bin/python3; do
    [ -n "$python" ] || continue
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue
    found="$python"
    "$python" -c 'import ensurepip, venv' >/dev/null 2>&1 || continue
    echo "$python"
    exit 0
done
if [ -n "$found" ]; then
    echo "foundation: $found cannot make a virtual environment; install its venv package (Debian: apt install python3-venv)" >&2
else
    echo "foundation: Python 3.11 or newer is needed; install it (Debian: apt install python3 python3-venv), or name one: make PYTHON=/path/to/python3" >&2
fi
exit 1
