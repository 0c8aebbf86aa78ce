"""Plugins whose pages do and do not work, as wheels."""

from .wheels import Wheel

PLUGIN = '''"""A plugin of the tests."""

from pathlib import Path

from foundation.sdk import (
    Context, FramePage, Frontend, Manifest, ModulePage, NavEntry, Router, SignedIn, View, hook
)

manifest = Manifest(id="{id}", title="{title}", api=">=1.0,<2")
ANYBODY = SignedIn("a test")
here = Router("{prefix}")


class Greeting(View):
    text: str


@here.get("/", needs=ANYBODY)
async def greet(ctx: Context) -> Greeting:
    return Greeting(text="the API answers")


@hook
def routers() -> list[Router]:
    return [here]


@hook
def navigation() -> list[NavEntry]:
    return [NavEntry(section="{id}", title="{title}", icon="box", needs=ANYBODY, page={page})]


@hook
def frontend() -> Frontend:
    return Frontend(directory=Path(__file__).parent / "ui", {frontend})
'''

FINE = """
export default {
  uiApi: 1,
  messages: { en: { hello: 'Hello from %s' } },
  async mount(root, host) {
    const h1 = document.createElement('h1');
    const p = document.createElement('p');
    h1.textContent = host.t('hello');
    p.textContent = (await host.api.get('')).text;
    root.append(h1, p);
    host.ui.title(['Fine']);
  },
};
"""

FRAME = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Frame</title>
<link rel="stylesheet" href="frame.css"><p id="told">waiting</p><p id="tried"></p>
<button id="say">Say it</button><script src="frame.js"></script></html>
"""

FRAME_SCRIPT = """
let port, next = 0;
const waiting = new Map();
const call = (name, ...args) => new Promise((done, fail) => {
  waiting.set(next += 1, { done, fail });
  port.postMessage({ id: next, call: name, args });
});
const reached = async (url) => fetch(url, { credentials: 'include' }).then(() => 'reached', () => 'blocked');
addEventListener('message', async ({ data, ports }) => {
  if (data.foundation !== 1 || !data.welcome) return;
  port = ports[0];
  port.onmessage = ({ data: { id, value, error } }) => {
    if (id) waiting.get(id)[error ? 'fail' : 'done'](error ?? value);
  };
  const { text } = await call('api.get', '');
  document.querySelector('#told').textContent = `${data.welcome.me.name}: ${text}`;
  const escape = await call('api.get', '/../../api/auth/me').then(() => 'reached', (e) => e.message);
  let cookie = 'no cookie';
  try { cookie = document.cookie || cookie; } catch { /* an opaque origin has none */ }
  document.querySelector('#tried').textContent =
    [await reached(new URL('/api/auth/me', location.href)), cookie, self.origin, escape].join(' | ');
});
document.querySelector('#say').onclick = () => call('ui.toast', { text: 'Said by the frame' });
parent.postMessage({ foundation: 1, hello: true }, '*');
"""


def module_page(id: str, script: str | None, *, ui_api: int = 1, version: str = "1.0") -> Wheel:
    """Return a plugin whose page is the module *script*; None leaves the file out."""
    files = {"plugin.py": _plugin(id, "ModulePage()", f'modules=("main.js",), ui_api={ui_api}')}
    files["ui/other.css"] = ""
    if script is not None:
        files["ui/main.js"] = script
    return Wheel(id, files, version)


def frame_page(id: str) -> Wheel:
    """Return a plugin whose page is a document in a sandbox."""
    page = _plugin(id, "FramePage()", 'frames=("frame.html",), assets=("frame.js", "frame.css")')
    files = {"plugin.py": page, "ui/frame.html": FRAME, "ui/frame.js": FRAME_SCRIPT}
    return Wheel(id, files | {"ui/frame.css": "p { color: rgb(1, 2, 3) }"})


def title_of(id: str) -> str:
    """Return what the sidebar calls a plugin."""
    return id.replace("_", " ").capitalize()


def _plugin(id: str, page: str, frontend: str) -> str:
    prefix = id.replace("_", "-")
    return PLUGIN.format(id=id, title=title_of(id), prefix=prefix, page=page, frontend=frontend)


BROKEN = (
    module_page(
        "page_throws", "export default { uiApi: 1, mount() { throw new Error('fell'); } };"
    ),
    module_page("page_syntax", "export default {{ uiApi: 1 };"),
    module_page("page_newer", "export default { uiApi: 2, mount() {} };"),
    module_page("page_declares", "export default { uiApi: 1, mount() {} };", ui_api=2),
    module_page("page_lodash", "import _ from 'lodash'; export default { uiApi: 1, mount() {} };"),
    module_page("page_hangs", "export default { uiApi: 1, mount: () => new Promise(() => {}) };"),
    module_page("page_absent", None),
    module_page("page_touched", "export default { uiApi: 1, mount() {} };"),
)
"""Each is broken in its own way; the last is broken by the test, on disk."""

REASONS = {
    "page_throws": "fell",
    "page_syntax": "Unexpected token",
    "page_newer": "the page needs UI API 2, this shell offers 1",
    "page_declares": "made for UI API 2; the shell runs 1-1",
    "page_lodash": "imports 'lodash', which the shell does not share",
    "page_hangs": "mount() did not return within 10 seconds",
    "page_absent": "main.js is missing from ui/",
    "page_touched": "main.js differs from the installed wheel",
}
"""What the card of each says."""
