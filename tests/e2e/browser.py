"""A real browser, driven through its DevTools pipe: no package, no port, one process for many pages."""

import base64
import fcntl
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = """
    --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
    --disable-component-update --disable-sync --remote-debugging-pipe about:blank
"""
SETTLED = """
    location.protocol !== "about:" && document.readyState === "complete"
    && !document.querySelector("[aria-busy=true]")
"""
WATCH = """
    globalThis.faults = [];
    for (const kind of ["error", "unhandledrejection", "securitypolicyviolation"]) {
        addEventListener(kind, (it) => faults.push(it.message ?? String(it.reason ?? it.violatedDirective)));
    }
"""
KEYS = {"Enter": 13, "Escape": 27, "Tab": 9}
PATIENCE = 20.0
"""Seconds after which what a page was waited for will not come any more."""


class Pipe:
    """Commands to a browser, and what it answers; what it tells unasked is overheard."""

    def __init__(self, to: BinaryIO, back: BinaryIO) -> None:
        self._to, self._back = to, back
        self._asked = 0
        self._rest = b""

    def call(self, method: str, params: Mapping[str, object], session: str = "") -> dict[str, object]:
        """The result of one command, which must not fail."""
        self._asked += 1
        message = {"id": self._asked, "method": method, "params": params}
        self._to.write(json.dumps(message | ({"sessionId": session} if session else {})).encode() + b"\0")
        self._to.flush()
        while (answer := json.loads(self._receive())).get("id") != self._asked:
            pass
        assert "error" not in answer, (method, answer["error"])
        result: dict[str, object] = answer["result"]
        return result

    def _receive(self) -> bytes:
        while b"\0" not in self._rest:
            chunk = os.read(self._back.fileno(), 1 << 16)
            assert chunk, "the browser has ended"
            self._rest += chunk
        message, _, self._rest = self._rest.partition(b"\0")
        return message


class Page:
    """The browser's one page."""

    def __init__(self, pipe: Pipe) -> None:
        self._pipe, self._session = pipe, ""
        targets = self.call("Target.getTargets")["targetInfos"]
        assert isinstance(targets, list)
        target = next(each["targetId"] for each in targets if each["type"] == "page")
        self._session = str(self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"])
        self.call("Page.enable")
        self.call("Page.addScriptToEvaluateOnNewDocument", source=WATCH)
        self.call("Emulation.setFocusEmulationEnabled", enabled=True)

    def call(self, method: str, **params: object) -> dict[str, object]:
        """The result of a command of the DevTools protocol."""
        return self._pipe.call(method, params, self._session)

    def resize(self, width: int, height: int = 900) -> None:
        """As wide as a desk's screen or, below 700 pixels, a phone."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 700}
        self.call("Emulation.setDeviceMetricsOverride", **size)

    def visit(self, address: str) -> None:
        """Load an address and wait until it stands; what was visited before is forgotten."""
        self.call("Page.resetNavigationHistory")  # going back fails now and then where it is full
        self.call("Page.navigate", url="about:blank")
        self.call("Page.navigate", url=address)
        self.until(SETTLED)

    def until(self, expression: str) -> None:
        """Wait until an expression of JavaScript is true."""
        end = time.monotonic() + PATIENCE
        while not self.read(expression):
            assert time.monotonic() < end, f"{expression} stayed false at {self.address}"
            time.sleep(0.02)

    def read(self, expression: str) -> object:
        """The value of an expression of JavaScript, which must not fail."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        result = answer["result"]
        assert isinstance(result, dict)
        return result.get("value")

    @property
    def address(self) -> str:
        """What the address bar shows, from the path on."""
        return str(self.read("decodeURIComponent(location.search.replaceAll('+', ' '))"))

    def texts(self, selector: str) -> list[str]:
        """What a reader sees of all elements that a selector finds, each in one line."""
        seen = self.read(f"[...document.querySelectorAll({json.dumps(selector)})].map((it) => it.innerText)")
        assert isinstance(seen, list)
        return [" ".join(str(each).split()) for each in seen]

    def text(self, selector: str = "body") -> str:
        """What a reader sees of the one element that a selector finds."""
        (seen,) = self.texts(selector)
        return seen

    def nameless(self, roles: Set[str]) -> list[str]:
        """The roles of all that is used by these, and for which a screen reader has no name."""
        tree = self.call("Accessibility.getFullAXTree")["nodes"]
        assert isinstance(tree, list)
        nodes = [node for node in tree if not node["ignored"] and node["role"]["value"] in roles]
        assert nodes
        return [node["role"]["value"] for node in nodes if not node["name"]["value"].strip()]

    def names(self, selector: str) -> list[str]:
        """What a screen reader calls all elements that a selector finds, by their labels."""
        seen = self.read(f"[...document.querySelectorAll({json.dumps(selector)})].map((it) => it.ariaLabel)")
        assert isinstance(seen, list)
        return [str(each) for each in seen]

    def click(self, selector: str) -> None:
        """Click the first element that a selector finds, and wait for what comes of it."""
        self.read(f"document.querySelector({json.dumps(selector)}).click()")
        self.until(SETTLED)

    def back(self) -> None:
        """Use the back button."""
        before = self.read("location.href")
        self.read("history.back()")
        self.until(f"location.href !== {json.dumps(before)} && {SETTLED}")

    def press(self, key: str) -> None:
        """Press a key, and wait for what comes of it."""
        text = {"text": "\r"} if key == "Enter" else {}
        stroke = {"key": key, "code": key, "windowsVirtualKeyCode": KEYS[key]}
        self.call("Input.dispatchKeyEvent", type="keyDown", **stroke, **text)
        self.call("Input.dispatchKeyEvent", type="keyUp", **stroke)
        self.until(SETTLED)

    def type(self, selector: str, text: str) -> None:
        """Put a text in place of what an input holds, as by typing it."""
        self.read(f"document.querySelector({json.dumps(selector)}).select()")
        self.call("Input.insertText", text=text)

    def choose_file(self, selector: str, path: Path) -> None:
        """Let an input have a file, and wait for what comes of it."""
        root = self.call("DOM.getDocument")["root"]
        assert isinstance(root, dict)
        node = self.call("DOM.querySelector", nodeId=root["nodeId"], selector=selector)["nodeId"]
        before = self.read("location.href")
        self.call("DOM.setFileInputFiles", files=[str(path)], nodeId=node)
        self.until(f"location.href !== {json.dumps(before)} && {SETTLED}")

    def photograph(self, path: Path) -> None:
        """Write what is in the window to a PNG."""
        path.write_bytes(base64.b64decode(str(self.call("Page.captureScreenshot")["data"])))


@contextmanager
def open_page(profile: Path) -> Iterator[Page]:
    """Start a browser that keeps its profile in a folder; it ends with the block."""
    (its_in, our_out), (our_in, its_out) = os.pipe(), os.pipe()
    given = [fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (its_in, its_out)]  # out of the way of 3 and 4
    wiring = f'exec "$0" "$@" 3<&{given[0]} 4>&{given[1]}'  # where Chromium looks for its pipe
    command = ["bash", "-c", wiring, str(CHROMIUM), *QUIET.split(), f"--user-data-dir={profile}"]
    process = subprocess.Popen(command, pass_fds=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for end in (its_in, its_out, *given):
        os.close(end)
    with os.fdopen(our_out, "wb") as to, os.fdopen(our_in, "rb") as back:
        pipe = Pipe(to, back)
        try:
            yield Page(pipe)
            pipe.call("Browser.close", {})
            process.wait(PATIENCE)
        finally:
            process.kill()
            process.wait()
