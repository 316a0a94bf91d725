// Builds nodes one by one: nothing is ever parsed as HTML, so that a strict policy and Trusted Types have nothing to refuse.

const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  chat: "M5 4h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-8l-5 4v-4H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zM8 9h8M8 12.5h5",
  close: "M6 6l12 12M18 6L6 18",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  send: "M4.5 12h13M12 5.5l6.5 6.5-6.5 6.5",
};

/**
 * An element with its properties, attributes (`role`, `aria-*`…) and children.
 * @param {string} tag
 * @param {Record<string, unknown>} properties names with a dash, and role and lang, become attributes
 * @param {...(Node | string)} children
 * @returns {any}
 */
function make(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "role" || name.includes("-")) node.setAttribute(name, value);
    else node[name] = value;
  }
  node.append(...children);
  return node;
}

/** A button that says what it does, and does it. */
function button(label, onPress, className = "") {
  const node = make("button", { type: "button", className }, typographic(label));
  node.addEventListener("click", onPress);
  return node;
}

/** For those who listen; nothing to see. */
function hidden(text) {
  return make("span", { className: "hidden" }, text);
}

/** @param {keyof typeof ICONS} name */
function icon(name) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  drawing.appendChild(document.createElementNS(SVG, "path")).setAttribute("d", ICONS[name]);
  return drawing;
}
