"""Each file of a page is served as what it is: a module, a sandboxed document, or what that loads."""

from foundation.app.extensions import extensions
from foundation.auth.permissions import SignedIn
from foundation.plugins.added import Contributions
from foundation.plugins.contributions import NavEntry
from foundation.plugins.pages import FramePage
from foundation.plugins.preflight import Bundle, BundleFile
from foundation.plugins.registry import Loaded, Registry, State

FILES = {name: BundleFile(name, b"x", "sha256-x") for name in ("a.js", "f.html", "f.js")}
BUNDLE = Bundle(
    plugin="orders",
    digest="abc",
    ui_api=1,
    files=FILES,
    modules=("a.js",),
    styles=(),
    preload=(),
    shared={},
    frames=("f.html",),
    assets=("f.js",),
)
PAGE = NavEntry("orders", "Orders", "box", SignedIn("a test"), FramePage("f.html", ("forms",)))
ORDERS = Loaded(
    id="orders",
    dist="foundation-orders",
    version="1",
    builtin=False,
    state=State.STARTED,
    contributions=Contributions(navigation=(PAGE,), bundle=BUNDLE),
)


def test_each_file_gets_the_policy_of_its_kind():
    served = extensions(Registry(plugins=(ORDERS,)))

    policies = {path.rpartition("/")[2]: asset.policy for path, asset in served.items()}
    assert set(served) == {f"/api/ext/orders/abc/{name}" for name in FILES}
    assert policies["f.html"].startswith("sandbox allow-scripts allow-forms;")
    assert policies["a.js"].startswith("default-src 'none'")
    assert served["/api/ext/orders/abc/f.js"].more


def test_a_plugin_without_a_page_serves_nothing():
    bare = Loaded("orders", "foundation-orders", "1", builtin=False, state=State.STARTED)

    assert extensions(Registry(plugins=(bare,))) == {}
