"""A headless Chromium for tests of pages, controlled through the WebDriver protocol of Debian's chromium-driver."""

import base64
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = os.environ.get("CHROMEDRIVER") or shutil.which("chromedriver")
WHY_NOT = None if CHROMIUM and DRIVER else "chromium or chromium-driver is not installed; scripts/setup --tests installs both"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
         "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"]
TIMEOUT = 60


class Browser:
    """A browser with a temporary profile; close() ends it."""

    def __init__(self, width=1280, height=900):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="wirecopy-browser-"))
        self.downloads = self.folder / "downloads"
        self.downloads.mkdir()
        self.driver = subprocess.Popen([DRIVER, "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            self.address = f"http://127.0.0.1:{self._port()}"
            arguments = FLAGS + [f"--user-data-dir={self.folder / 'profile'}", f"--window-size={width},{height}"]
            options = {"binary": CHROMIUM, "args": arguments, "prefs": {"download.default_directory": str(self.downloads)}}
            made = self._call("POST", "/session", {"capabilities": {"alwaysMatch": {
                "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}}})
            self.session = "/session/" + made["sessionId"]
            self.devtools("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(self.downloads))
            self.resize(width, height)
        except BaseException:
            self._end()
            raise

    def _port(self):
        for line in self.driver.stdout:  # "ChromeDriver was started successfully on port 41235."
            if "successfully" in line:
                return int(line.rstrip(".\n").rsplit(" ", 1)[1])
        raise RuntimeError("chromedriver did not start")

    def _call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=TIMEOUT) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(error.read().decode()[:2000]) from error

    def devtools(self, command, **parameters):
        return self._call("POST", self.session + "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def resize(self, width, height):
        self.devtools("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)

    def open(self, path, fragment=""):
        """Opens a file from disk in a fresh page."""
        self._call("POST", self.session + "/url", {"url": "about:blank"})
        self._call("POST", self.session + "/url", {"url": pathlib.Path(path).as_uri() + fragment})

    def run(self, script, *arguments):
        """Runs a function body in the page and returns its value."""
        return self._call("POST", self.session + "/execute/sync", {"script": script, "args": list(arguments)})

    def text(self, selector):
        return self.run("return document.querySelector(arguments[0])?.innerText ?? null", selector)

    def texts(self, selector):
        return self.run("return [...document.querySelectorAll(arguments[0])].map((one) => one.innerText)", selector)

    def count(self, selector):
        return self.run("return document.querySelectorAll(arguments[0]).length", selector)

    def click(self, selector):
        (element,) = self._call("POST", self.session + "/element", {"using": "css selector", "value": selector}).values()
        self._call("POST", f"{self.session}/element/{element}/click", {})

    def type(self, selector, text):
        (element,) = self._call("POST", self.session + "/element", {"using": "css selector", "value": selector}).values()
        self._call("POST", f"{self.session}/element/{element}/value", {"text": text})

    def press(self, key):
        """Presses a key, regardless of the focus."""
        for action in ("keyDown", "keyUp"):
            self.devtools("Input.dispatchKeyEvent", type=action, key=key, text=key if action == "keyDown" and len(key) == 1 else "")

    def wait(self, condition, seconds=10):
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise AssertionError("the page did not reach the expected state in time")
            time.sleep(0.05)

    def console_messages(self):
        """The console messages since the last call, including blocked requests and script errors."""
        return [entry["message"] for entry in self._call("POST", self.session + "/se/log", {"type": "browser"})]

    def screenshot(self):
        return base64.b64decode(self._call("GET", self.session + "/screenshot"))

    def close(self):
        try:
            self._call("DELETE", self.session)
        finally:
            self._end()

    def _end(self):
        self.driver.terminate()
        try:
            self.driver.wait(10)
        except subprocess.TimeoutExpired:
            self.driver.kill()
            self.driver.wait()
        self.driver.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)
