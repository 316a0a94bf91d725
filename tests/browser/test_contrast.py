"""Contrast computed from what the browser paints: 4.5:1 for text, 3:1 for the edges of controls, in both themes."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.panel import Panel
from tests.browser.test_failures import MESSAGES, type_and_send

CONTRASTS = """nodes => {
  const numbers = colour => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const opaque = colour => colour.startsWith('rgb') && (numbers(colour)[3] ?? 1) === 1;
  const luminance = colour => numbers(colour).slice(0, 3)
    .map(value => value / 255).map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
    .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
  const ratio = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  const ground = node => {
    for (let up = node; up; up = up.parentElement) {
      const colour = getComputedStyle(up).backgroundColor;
      if (opaque(colour)) return colour;
    }
    return getComputedStyle(document.body).backgroundColor;
  };
  return nodes.filter(node => node.getClientRects().length).map(node => {
    const style = getComputedStyle(node);
    const hasText = [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim());
    const isField = node.matches('textarea');
    return {
      name: `${node.tagName}.${node.className} ${node.textContent.slice(0, 30)}`,
      text: hasText ? ratio(style.color, ground(node)) : null,
      placeholder: isField ? ratio(getComputedStyle(node, '::placeholder').color, ground(node)) : null,
      edge: isField ? ratio(style.borderTopColor, ground(node.parentElement)) : null,
    };
  });
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("theme", [None, "light", "dark"])
def test_every_text_of_the_widget_has_enough_contrast(new_page, site, scheme, theme):
    panel = Panel(new_page(color_scheme=scheme, reduced_motion="reduce"), site.url).visit()
    if theme:
        panel.element.evaluate("(element, theme) => element.setAttribute('theme', theme)", theme)
    measured = panel.element.locator("*").evaluate_all(CONTRASTS)
    panel.open().say("conditions")
    panel.button("Options").click()
    measured += panel.element.locator("*").evaluate_all(CONTRASTS)
    panel.button("Mes données").click()
    expect(panel.button("Tout effacer")).to_be_visible()
    measured += panel.element.locator("*").evaluate_all(CONTRASTS)
    panel.button("Retour").click()
    panel.page.route(MESSAGES, lambda route: route.abort())
    type_and_send(panel, "bonjour")
    expect(panel.button("Réessayer")).to_be_visible()
    measured += panel.element.locator("*").evaluate_all(CONTRASTS)
    assert len([found for found in measured if found["text"]]) > 40
    assert [found for found in measured if min(found["text"] or 21, found["placeholder"] or 21) < 4.5 or (found["edge"] or 21) < 3] == []
    is_dark = (theme or scheme) == "dark"
    assert (panel.dialog.evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(21, 29, 36)") is is_dark


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_of_the_demonstration_page_has_enough_contrast(new_page, site, scheme):
    page = new_page(color_scheme=scheme)
    Panel(page, site.url).visit()
    measured = page.locator("body *").evaluate_all(CONTRASTS)
    assert len([found for found in measured if found["text"]]) > 60
    assert [found for found in measured if (found["text"] or 21) < 4.5] == []
