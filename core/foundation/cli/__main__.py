"""``python -m foundation.cli``: the command, where the script of that name is not on the PATH."""

from foundation.cli.main import main

if __name__ == "__main__":
    main(prog_name="foundation")
