"""How a process behaves that is a worker, or from which workers are forked."""

import faulthandler
import gc
import signal


def take_posture() -> None:
    """Leave the terminal's signals to the supervisor, show stacks on request, collect later."""
    gc.disable()  # what a start makes stays; the worker turns it on again once it serves
    # A terminal sends these to everybody; only the supervisor answers them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    faulthandler.register(signal.SIGUSR2, all_threads=True)
