"""Somebody without a mouse: everything is reached with the Tab key and done with Enter, Space and arrows."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

MOST = 150
"""So many times nobody presses Tab; what is not reached by then is not reached."""
PAUSES = 5
BELOW = """(list, wanted) =>
  [...list.options].findIndex((one) => one.text.includes(wanted)) - list.selectedIndex"""


@dataclass(frozen=True, slots=True)
class Keyboard:
    """The keys of one page; nothing here points or clicks."""

    page: Page

    def press(self, *keys: str) -> None:
        """Press *keys*, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def go(self, keys: str, where: str) -> None:
        """Change the section by the two letters of *keys*: again when the machine paused between them."""
        for _ in range(PAUSES):
            self.type(keys)
            if self.page.evaluate("location.pathname") == where:
                break
        self.page.wait_for_url(f"**{where}*")

    def type(self, text: str) -> None:
        """Write *text* into what has the focus."""
        self.page.keyboard.type(text)

    def reach(self, wanted: Locator) -> None:
        """Press Tab until *wanted* has the focus."""
        expect(wanted.first).to_be_visible()
        for _ in range(MOST):
            if wanted.first.evaluate("(one) => one === document.activeElement"):
                return
            self.press("Tab")
        raise AssertionError(f"no number of Tabs reaches {wanted}")

    def do(self, role: str, name: str, *, within: Locator | None = None) -> None:
        """Reach the one control of *role* with *name*, and press Enter there."""
        self.reach(self.find(role, name, within))
        self.press("Enter")

    def fill(self, label: str, text: str, *, within: Locator | None = None) -> None:
        """Reach the field with *label* and write *text* over what is there."""
        self.reach((within or self.page).get_by_label(label, exact=True))
        self.press("Control+a")
        self.type(text)

    def choose(self, label: str, option: str) -> None:
        """Reach the list with *label*, and go down to *option*.

        What is typed there a browser forgets within a second: of a slow hand it hears another word.
        """
        chosen = self.page.get_by_label(label, exact=True)
        expect(chosen.locator("option").filter(has_text=option)).to_have_count(1)
        self.reach(chosen)
        self.press(*["ArrowDown"] * chosen.evaluate(BELOW, option))
        expect(chosen.locator("option:checked")).to_contain_text(option)

    def find(self, role: str, name: str, within: Locator | None = None) -> Locator:
        """Return what has *role* and *name*, on the page or in a part of it."""
        place = within or self.page
        return place.get_by_role(role, name=name, exact=True)
