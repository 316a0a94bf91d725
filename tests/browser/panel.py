"""The widget as a person meets it: names of controls, texts, focus."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

FOCUSED = "document.querySelector('assistant-admission').shadowRoot.activeElement"


class Panel:
    """One page with the widget. Playwright reads through the open shadow root."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.element = page.locator("assistant-admission")
        self.launcher = page.locator("assistant-admission .launcher")
        self.dialog = page.get_by_role("dialog", name="Assistant d'admission")
        self.log = page.get_by_role("log", name="Conversation")
        self.field = page.get_by_role("textbox", name="Votre question")
        self.alert = page.locator("assistant-admission [role=alert]")
        self.status = page.locator("assistant-admission [role=status]")

    def visit(self, path: str = "/") -> Panel:
        self.page.goto(self.url + path)
        expect(self.element).to_be_attached()
        return self

    def open(self) -> Panel:
        """Opens the panel and waits for the conversation."""
        self.launcher.click()
        expect(self.bubbles("bot").first).to_be_visible()
        return self

    def say(self, text: str, answers: int = 1) -> Panel:
        """Types, sends, and waits for the answer."""
        before = self.bubbles("bot").count()
        self.field.fill(text)
        self.field.press("Enter")
        expect(self.bubbles("bot")).to_have_count(before + answers)
        return self

    def bubbles(self, who: str) -> Locator:
        return self.log.locator(f".bubble.{who}")

    def button(self, name: str) -> Locator:
        return self.dialog.get_by_role("button", name=name, exact=True)

    def choose_option(self, name: str) -> None:
        self.button("Options").click()
        self.button(name).click()

    def focused(self) -> str:
        """The id, or the accessible text, of what has the focus inside the widget."""
        return str(self.page.evaluate(f"(() => {{ const f = {FOCUSED}; return f && (f.id || f.textContent.trim() || f.className); }})()"))

    def stored(self) -> dict[str, Any]:
        return dict(self.page.evaluate("({...sessionStorage, ...localStorage})"))
