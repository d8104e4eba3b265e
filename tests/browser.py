"""A headless Chromium, spoken to through its DevTools: what a page looks like to a browser, its requests included."""

import itertools
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import websocket

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = ("headless", "no-sandbox", "disable-gpu", "no-first-run", "disable-background-networking", "disable-sync",
         "disable-component-update", "remote-debugging-port=0", "remote-allow-origins=*")  # fmt: skip


def program():
    """Return the browser's path, or None if this machine has none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Page:
    """One tab; ``requests`` are the addresses it asked for, ``messages`` what it printed or refused."""

    def __init__(self, address: str):
        self.socket = websocket.create_connection(address, timeout=60)
        self.numbers, self.requests, self.messages = itertools.count(1), [], []
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters):
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv())
            self._note(message)
            if message.get("id") == number:
                assert "error" not in message, message
                return message["result"]

    def _note(self, message):
        parameters = message.get("params", {})
        if message.get("method") == "Network.requestWillBeSent":
            self.requests.append(parameters["request"]["url"])
        elif message.get("method") in (
            "Runtime.consoleAPICalled",
            "Runtime.exceptionThrown",
            "Log.entryAdded",
            "Page.javascriptDialogOpening",
        ):
            self.messages.append(json.dumps(parameters))

    def open(self, path: Path, fragment: str = "", width: int = 1000):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        self.call("Page.navigate", url=path.resolve().as_uri() + fragment)
        self.ask("new Promise(r => document.readyState == 'complete' ? r() : addEventListener('load', r))")
        self.ask("document.fonts.ready.then(() => 1)")

    def ask(self, script: str):
        """Return what a JavaScript expression gives."""
        done = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in done, done
        return done["result"].get("value")


@contextmanager
def browser():
    """Start the browser and give its one page."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        options = [f"--{name}" for name in (*QUIET, f"user-data-dir={folder}")]
        process = subprocess.Popen(
            [program(), *options, "about:blank"], stderr=subprocess.PIPE, text=True, start_new_session=True
        )
        try:
            for line in process.stderr:
                if found := re.search(r"ws://[^/]+", line):
                    break
            port = found.group().rpartition(":")[2]
            yield Page(_tab(port))
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _tab(port: str) -> str:
    import urllib.request

    with urllib.request.urlopen(f"http://127.0.0.1:{port}/json") as answer:
        return next(tab["webSocketDebuggerUrl"] for tab in json.load(answer) if tab["type"] == "page")
