"""The Caddyfile is formatted and valid, alone and imported into the file of another Caddy."""

ENVIRON = {
    "CADDY_DOMAIN": "ops.example.org",
    "CADDY_EMAIL": "ops@example.org",
    "CADDY_API": "api:3000",
    "CADDY_WEB": "web:80",
}


def test_it_is_formatted_as_caddy_does_it(tool, deploy):
    for name in ("Caddyfile", "site.caddy"):
        formatted = tool("caddy", "fmt", f"caddy/{name}")

        assert formatted == (deploy / "caddy" / name).read_text("utf-8"), name


def test_caddy_takes_it(tool):
    words = ("--adapter", "caddyfile", "--config", "caddy/Caddyfile")

    assert "Valid configuration" in tool("caddy", "validate", *words, **ENVIRON)


def test_an_existing_caddy_imports_the_site_alone(tool, deploy, tmp_path):
    own = tmp_path / "Caddyfile"
    site = deploy / "caddy" / "site.caddy"
    own.write_text(f"import {site}\n\nops.example.org {{\n\timport foundation\n}}\n")
    words = ("--adapter", "caddyfile", "--config", own)

    assert "Valid configuration" in tool("caddy", "validate", *words)


def test_no_proxy_is_trusted_and_nobody_administers_it_by_http(deploy):
    text = (deploy / "caddy" / "Caddyfile").read_text("utf-8")
    text += (deploy / "caddy" / "site.caddy").read_text("utf-8")

    assert "trusted_proxies " not in text.replace("no trusted_proxies", "")
    assert "admin off" in text
