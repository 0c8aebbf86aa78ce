"""Words on a page: from catalogues, never markup; the numbers are those of ux.md."""

import re

from playwright.sync_api import Browser, Page, expect

from ..foundation_process import FoundationProcess
from ..person import Person
from .conftest import PLACES


def test_ux_13_55_markup_from_text_is_refused(ada: Person) -> None:
    """Trusted Types are enforced: no string becomes a node, whoever tries."""
    refused = ada.page.evaluate(
        "() => { try { document.createElement('p').innerHTML = '<b>x</b>'; return ''; }"
        " catch (error) { return error.name; } }"
    )
    assert refused == "TypeError"
    ada.complaints.clear()


def test_a_wrong_word_in_the_address_is_named_and_taken_back(ada: Person) -> None:
    ada.go("/s/runs?days=banana")
    expect(ada.page.get_by_role("alert")).to_contain_text("days:")
    expect(ada.page.get_by_role("alert").locator("code").first).to_have_text("days")
    ada.page.get_by_role("button", name="days: banana").click()
    expect(ada.page.get_by_role("alert")).to_have_count(0)
    expect(ada.page).not_to_have_url(re.compile("banana"))


def test_ux_87_french_reaches_every_part_of_the_page(
    foundation: FoundationProcess, browser: Browser
) -> None:
    with Person(browser, foundation.url) as ada:
        ada.sign_in("Ada Admin", at="/settings")
        page = ada.page
        page.get_by_role("combobox", name="Language").select_option("fr")
        expect(page.get_by_role("heading", level=1, name="Paramètres")).to_be_visible()
        expect(page.locator("html")).to_have_attribute("lang", "fr")
        ada.go("/s/projects")
        expect(page.get_by_role("link", name="Projets", exact=True)).to_be_visible()
        expect(page.get_by_role("columnheader", name="Nom", exact=True)).to_be_visible()
        ada.go("/s/credentials")
        expect(page.get_by_role("heading", level=1, name="Identifiants")).to_be_visible()
        ada.go("/s/audit")
        expect(page.get_by_role("button", name="Connecté").first).to_be_visible()
        assert english(page, "/api/audit/types") == []
        ada.go("/s/users/roles")
        expect(page.get_by_text("Voir les utilisateurs", exact=True)).to_be_visible()
        assert english(page, "/api/me/permissions") == []


ENGLISH = """async (path) => {
  const { items } = await (await fetch(path)).json();
  const main = document.querySelector('main');
  const seen = new Set([...main.querySelectorAll('*')].flatMap((node) => [...node.childNodes])
    .filter((node) => node.nodeType === 3).map((node) => node.data.split(' · ')[0].trim()));
  const texts = items.flatMap(({ title, description }) => [title, description ?? '']);
  return texts.filter((text) => text !== '' && seen.has(text));
}"""


def english(page: Page, path: str) -> list[str]:
    """Return what the server declares at *path* and this page says as it stands there."""
    return list(page.evaluate(ENGLISH, path))


UNTRANSLATED = """() => {
  const shown = (node) => node.checkVisibility({ visibilityProperty: true });
  const told = 'h1, h2, h3, th, dt, label, legend, button, nav a, [role=tab], .f-meta, .f-hint, .au-toggle .f-clip, .f-matrix-group, option';
  const found = new Set();
  for (const node of document.querySelectorAll(told)) {
    if (!shown(node) || node.closest('[data-server]')) continue;
    const own = [...node.childNodes].filter((one) => one.nodeType === 3).map((one) => one.data);
    for (const text of [...own, node.getAttribute('aria-label') ?? '']) {
      if (/[a-z]{3}/.test(text) && !text.includes('·]')) found.add(text.trim());
    }
  }
  return [...found];
}"""

DATA = re.compile(
    # Names, ids and times that are data, and what the server says of itself, such as why.
    r"Ada|Vera|Oscar|Foundation|UX|Findable|Name von|Kept|Written|Mine|Theirs|Clash|admin|viewer|operator"
    r"|example\.org|ago|now|:|\d|GMT|@|\.|English|Français|^[a-z_-]+$|Ctrl"
)


def test_ux_87_a_pseudo_language_leaves_no_word_behind(
    foundation: FoundationProcess, browser: Browser, things: dict[str, str]
) -> None:
    with Person(browser, foundation.url) as ada:
        ada.sign_in("Ada Admin")
        ada.page.evaluate("localStorage.setItem('foundation.language', 'pseudo')")
        left: dict[str, list[str]] = {}
        paths = (*PLACES, "/settings/sessions", "/settings/tokens", "/s/users/invitations")
        for path in (*paths, "/s/projects/new", "/s/credentials/new", "/s/nowhere"):
            ada.go(path)
            words = [text for text in ada.page.evaluate(UNTRANSLATED) if not DATA.search(text)]
            left |= {path: words} if words else {}
            spill = ada.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert spill <= 0, path
        assert left == {}
