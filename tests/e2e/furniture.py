"""Things to look at: a team's projects, credentials, people and tokens, with plausible names."""

from .visitor import Visitor

PROJECTS = (
    ("customer-migration", "Customer migration", "Moves 40,000 accounts to the new billing."),
    ("nightly-exports", "Nightly exports", "Sales and stock, every night at two."),
    ("warehouse-refresh", "Warehouse refresh", ""),
    ("partner-feeds", "Partner feeds", "What partners send us, checked and loaded."),
)
CREDENTIALS = (
    ("warehouse-loader", "Warehouse loader", "basic", {"username": "loader", "password": "s-1"}),
    ("billing-api", "Billing API", "bearer", {"token": "t-1"}),
    ("partner-feeds-token", "Partner feeds token", "bearer", {"token": "t-2"}),
)
LONG = "A project with a very long name that somebody gave it, and more of it " * 3


def furnish(url: str) -> dict[str, str]:
    """Fill a Foundation and return the ids of a project and a credential by their kind."""
    ada = Visitor(url)
    ada.sign_in("admin")
    projects = [
        ada.post("/api/projects", {"slug": slug, "name": name, "description": text}).json["id"]
        for slug, name, text in PROJECTS
    ]
    ada.post("/api/projects", {"slug": "long", "name": LONG[:200]})
    creds = []
    for slug, name, kind, values in CREDENTIALS:
        made = ada.post("/api/creds", {"slug": slug, "name": name, "kind": kind, "values": values})
        creds.append(made.json["id"])
    ada.post(f"/api/projects/{projects[0]}/credentials", {"credential_id": creds[0]})
    for name in ("operator", "viewer"):
        Visitor(url).sign_in(name)
    return {"project": projects[0], "credential": creds[0]}
