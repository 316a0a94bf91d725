// Registers the element and puts it on the page, once, however many script tags there are.

const ELEMENT = "assistant-admission";
const HASH = "#assistant";
const COPIED = ["label", "theme", "position", "open"];

/** Made from the script tag's data-* unless the page holds an element of its own. */
function placeAssistant({ dataset = {} }) {
  const element = document.createElement(ELEMENT);
  for (const name of COPIED) if (name in dataset) element.setAttribute(name, dataset[name]);
  document.documentElement.append(element);
}

/** A link to #assistant, on this page or on the form's, opens the panel; without this script it still leads somewhere. */
function openFromLinks(event) {
  const anchor = event.composedPath().find((node) => node instanceof Element && node.matches("a[href], [data-assistant-open]"));
  if (!anchor || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (!anchor.hasAttribute("data-assistant-open") && !leadsHere(anchor)) return;
  event.preventDefault();
  anchor.focus();
  current.open();
}

function leadsHere({ hash, href }) {
  const page = href.split("#")[0];
  return hash === HASH && (page === location.href.split("#")[0] || page === FORM_ADDRESS);
}

function openFromAddress() {
  if (location.hash === HASH) current.open();
}

if (!customElements.get(ELEMENT)) {
  const { currentScript } = document;
  customElements.define(ELEMENT, AssistantElement);
  if (!current) placeAssistant(currentScript ?? {});
  document.addEventListener("click", openFromLinks);
  addEventListener("hashchange", openFromAddress);
  openFromAddress();
}
