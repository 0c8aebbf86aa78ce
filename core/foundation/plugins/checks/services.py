"""Checks of the hook ``services``: a port is offered once, never core's, and as its Protocol."""

from foundation.plugins.checks.offers import offer_problems
from foundation.plugins.claims import Claims
from foundation.plugins.contributions import Services


def service_problems(services: Services, *, claims: Claims) -> list[str]:
    """Return what is wrong with what a plugin offers."""
    problems = []
    seen = set()
    for offer in services.offers:
        port = offer.port
        holder = claims.port_holder(port)
        if holder:
            problems.append(f"port {port.name} {port.major} is offered by {holder} already")
        if port in seen:
            problems.append(f"port {port.name} {port.major} is offered twice")
        factory: object = offer.factory  # a plugin may have silenced its type checker
        if not callable(factory):
            problems.append(f"port {port.name} {port.major} has a factory that cannot be called")
        else:
            problems += offer_problems(offer)
        seen.add(port)
    return problems
