"""A browser that tells what it saw, for the tests of pages."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.samples import absent

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="session")
def browser(program: Callable[[str], str]) -> Iterator[Browser]:
    """Chromium without a head."""
    from playwright.sync_api import sync_playwright

    path = program("chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@dataclass
class Tab:
    """A page, and what it said and asked for."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda m: self.complaints.append(m.text))
        self.page.on("pageerror", lambda e: self.complaints.append(str(e)))
        self.page.on("dialog", lambda d: self.complaints.append(d.message))
        self.page.on("request", lambda r: self.requests.append(r.url))

    def ask(self, script: str) -> Any:
        """The value of an expression in the page."""
        return self.page.evaluate(script)

    def until(self, script: str, timeout_s: float = 20.0) -> Any:
        """Wait until an expression is true; the page's policy forbids Playwright's own way."""
        end = time.monotonic() + timeout_s
        while not (value := self.ask(script)):
            if time.monotonic() > end:
                pytest.fail(f"never true: {script}; {self.complaints}")
            self.page.wait_for_timeout(10)
        return value

    def document(self) -> dict[str, Any]:
        """The document that the page shows."""
        found: dict[str, Any] = self.ask("JSON.parse(document.getElementById('document').text)")
        return found


@pytest.fixture
def tab(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Tab]:
    """A tab that must not complain, and must ask nobody outside for anything."""
    assert request.node.get_closest_marker("browser"), "mark this test `browser`"
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = Tab(context.new_page())
    yield opened
    context.close()
    assert opened.complaints == []
    outside = [
        url
        for url in opened.requests
        if not url.startswith(("file:", "data:", "http://127.0.0.1:"))
    ]
    assert outside == []


@pytest.fixture(scope="session")
def axe() -> str:
    """The accessibility checker's own script."""
    try:
        import axe_playwright_python
    except ImportError:
        absent("the package axe-playwright-python")
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
