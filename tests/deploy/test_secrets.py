"""The script `secrets.sh` makes every file that compose names, once, for nobody's eyes, as Foundation reads it."""

import stat
import subprocess

import yaml

from foundation.crypto.keyfile import read_keys
from foundation.settings import read_settings


def test_it_makes_what_is_missing_and_never_touches_what_is_there(deploy, tmp_path):
    folder = tmp_path / "secrets"
    command = ["sh", deploy / "secrets.sh", folder]
    subprocess.run(command, check=True, capture_output=True)
    made = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    first = {file.name: file.read_bytes() for file in folder.iterdir()}
    (folder / "database-url").unlink()
    subprocess.run(command, check=True, capture_output=True)
    again = {file.name: file.read_bytes() for file in folder.iterdir()}

    named = set(yaml.safe_load((deploy / "compose.yaml").read_text("utf-8"))["secrets"])
    assert named - set(first) == {"oidc-client-secret"}
    assert made.startswith("missing: ")
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o400 for file in folder.iterdir())
    differs = {name for name in first if first[name] != again[name]}
    assert differs == {"database-url", "postgres-password"}
    password = again["postgres-password"].decode().strip()
    assert f":{password}@db:" in again["database-url"].decode()


def test_foundation_reads_what_it_made(deploy, tmp_path):
    subprocess.run(["sh", deploy / "secrets.sh", tmp_path], check=True, capture_output=True)
    given = yaml.safe_load((deploy / "compose.yaml").read_text("utf-8"))["services"]["api"]
    environ = {
        name: value.replace("/run/secrets", str(tmp_path))
        for name, value in given["environment"].items()
    }
    (tmp_path / "oidc-client-secret").write_text("given by the provider\n")
    lines = (deploy / "env.example").read_text("utf-8").splitlines()
    for line in lines:
        name, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            environ[name] = value

    settings = read_settings(environ)

    assert settings.trusted_proxies == ("172.30.77.2/32",)
    assert settings.redis_url is not None
    for file in ("keyring", "audit-mac-key", "audit-signing-key"):
        assert read_keys(tmp_path / file).active == "first"
