"""The files of plugins' pages by their address, each with the policy of its kind."""

from collections.abc import Mapping

from foundation.http.assets import Asset, extension
from foundation.http.frames import frame, frame_asset
from foundation.plugins.pages import FramePage
from foundation.plugins.preflight import Bundle
from foundation.plugins.registry import Loaded, Registry


def extensions(registry: Registry) -> dict[str, Asset]:
    """Return the files of every started plugin's pages, by their path."""
    return {
        path: asset
        for plugin in registry.started
        if plugin.contributions.bundle is not None
        for path, asset in _files(plugin, plugin.contributions.bundle).items()
    }


def _files(plugin: Loaded, bundle: Bundle) -> Mapping[str, Asset]:
    allowed = _allowed(plugin)
    files = {}
    for name, file in bundle.files.items():
        if name in bundle.frames:
            asset = frame(name, file.content, allow=allowed.get(name, ()))
        elif name in bundle.assets:
            asset = frame_asset(name, file.content)
        else:
            asset = extension(name, file.content)
        files[bundle.url(name)] = asset
    return files


def _allowed(plugin: Loaded) -> Mapping[str, tuple[str, ...]]:
    """Return what each document of a plugin may do, from the sections that show it."""
    pages = [entry.page for entry in plugin.contributions.navigation]
    allowed: dict[str, tuple[str, ...]] = {}
    for page in pages:
        if isinstance(page, FramePage):
            allowed[page.path] = (*allowed.get(page.path, ()), *page.allow)
    return allowed
