"""A real Firefox, spoken to by WebDriver BiDi: what a person sees there, and what comes on the way."""

import base64
import json
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from wsproto import ConnectionType, WSConnection
from wsproto.events import AcceptConnection, CloseConnection, Request, TextMessage

from .visitor import Visitor

PATIENCE_S = 60
QUIET = (
    "app.normandy.enabled",
    "app.update.enabled",
    "browser.aboutwelcome.enabled",
    "browser.safebrowsing.malware.enabled",
    "browser.safebrowsing.phishing.enabled",
    "datareporting.policy.dataSubmissionEnabled",
    "network.captive-portal-service.enabled",
    "network.connectivity-service.enabled",
)
"""What would talk to other machines, or hold up the start."""


@dataclass(slots=True)
class Firefox:
    """One window, headless, with a profile of its own."""

    program: str
    window: str = ""
    asked: list[str] = field(default_factory=list)
    """The addresses that were answered by what is carried."""
    _profile: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="firefox-e2e-")))
    _process: subprocess.Popen[bytes] = field(init=False)
    _line: socket.socket = field(init=False)
    _talk: WSConnection = field(default_factory=lambda: WSConnection(ConnectionType.CLIENT))
    _said: int = 0
    _carried: tuple[bytes, list[dict[str, object]]] = (b"", [])

    def __enter__(self) -> Self:
        lines = [f'user_pref("{name}", false);\n' for name in QUIET]
        (self._profile / "user.js").write_text("".join(lines), "utf-8")
        self._process = subprocess.Popen(
            [self.program, "--headless", "--remote-debugging-port=0", "--profile", self._profile],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            self._connect()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._line.close()
        self._end()

    def be(self, visitor: Visitor, host: str) -> None:
        """Carry the cookies of *visitor*, who is signed in at *host*."""
        for name, value in visitor.cookies.items():
            cookie = {"name": name, "domain": host, "path": "/", "secure": True, "httpOnly": True}
            told = {"type": "string", "value": value}
            self.call("storage.setCookie", cookie=cookie | {"value": told})

    def carry(self, path: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Let every request of *path* be answered by *body* from now on."""
        told: list[dict[str, object]] = [
            {"name": name, "value": {"type": "string", "value": value}}
            for name, value in headers.items()
            if name.lower() not in {"content-length", "content-encoding", "transfer-encoding"}
        ]
        if not self._carried[1]:
            pattern = {"type": "pattern", "pathname": path}
            self.call("session.subscribe", events=["network.beforeRequestSent"])
            self.call("network.addIntercept", phases=["beforeRequestSent"], urlPatterns=[pattern])
        self._carried = (body, told)

    def open(self, url: str) -> None:
        """Go to *url*, without waiting for what it loads."""
        self.call("browsingContext.navigate", context=self.window, url=url, wait="interactive")

    def see(self, text: str) -> str:
        """Wait until the window shows *text*; return all that it then shows."""
        ends = time.monotonic() + PATIENCE_S
        while text not in (shown := str(self.run("document.body?.innerText ?? ''"))):
            assert time.monotonic() < ends, f"no {text!r} in:\n{shown}"
            time.sleep(0.05)
        return shown

    def press(self, name: str) -> None:
        """Press the button of that name."""
        buttons = "[...document.querySelectorAll('button')]"
        self.run(f"{buttons}.find((b) => b.textContent.trim() === {json.dumps(name)}).click()")

    def run(self, script: str) -> Any:  # whatever the script returns
        """Return the value of *script* in the window."""
        target = {"context": self.window}
        told = self.call("script.evaluate", expression=script, target=target, awaitPromise=False)
        assert told["type"] == "success", told
        return told["result"].get("value")

    def call(self, method: str, **params: object) -> Any:  # whatever the browser answers
        """Give a command and wait for its answer."""
        asked = self._say(method, params)
        while True:
            told = self._hear()
            if told.get("method") == "network.beforeRequestSent" and told["params"]["isBlocked"]:
                self._answer(told["params"]["request"])
            elif told.get("id") == asked:
                assert told["type"] == "success", (method, told)
                return told["result"]

    def _answer(self, request: Mapping[str, Any]) -> None:
        self.asked.append(request["url"])
        body, headers = self._carried
        content = {"type": "base64", "value": base64.b64encode(body).decode()}
        told = {"request": request["request"], "statusCode": 200, "reasonPhrase": "OK"}
        self._say("network.provideResponse", told | {"headers": headers, "body": content})

    def _say(self, method: str, params: Mapping[str, object]) -> int:
        self._said += 1
        text = json.dumps({"id": self._said, "method": method, "params": params})
        self._line.sendall(self._talk.send(TextMessage(text)))
        return self._said

    def _hear(self) -> dict[str, Any]:
        text = ""
        while True:
            for event in self._talk.events():
                assert not isinstance(event, CloseConnection), event
                if isinstance(event, TextMessage):
                    text += event.data
                    if event.message_finished:
                        return dict(json.loads(text))
                elif isinstance(event, AcceptConnection):
                    return {}
            self._talk.receive_data(self._line.recv(65_536))

    def _connect(self) -> None:
        told = self._profile / "WebDriverBiDiServer.json"
        ends = time.monotonic() + PATIENCE_S
        while not (told.is_file() and told.read_text("utf-8").rstrip().endswith("}")):
            assert self._process.poll() is None, "Firefox ended"
            assert time.monotonic() < ends, "Firefox did not start"
            time.sleep(0.05)
        port = json.loads(told.read_text("utf-8"))["ws_port"]
        self._line = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)
        request = Request(host=f"127.0.0.1:{port}", target="/session")
        self._line.sendall(self._talk.send(request))
        self._hear()
        self.call("session.new", capabilities={})
        self.window = self.call("browsingContext.getTree")["contexts"][0]["context"]

    def _end(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._profile, ignore_errors=True)
