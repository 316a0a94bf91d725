// Turns an answer's text into nodes. Answers hold line breaks and Markdown's links, bold and lists only.

const SAFE_SCHEMES = new Set(["http:", "https:", "mailto:", "tel:"]);
const INLINE = /\*\*(.+?)\*\*|\[([^\]]+)\]\(([^()\s]+)\)|(https?:\/\/[^\s<>()«»]*[^\s<>()«».,;:!?'"])/g;
const LIST_ITEM = /^\s*[-*•]\s+/;
const NARROW_SPACE = "\u202F";

/** @param {string} text @returns {DocumentFragment} */
function richText(text) {
  const fragment = document.createDocumentFragment();
  for (const block of text.split(/\n{2,}/)) appendBlock(fragment, block.split("\n"));
  return fragment;
}

/** French punctuation keeps to its word: a line never begins with « ? » or « : ». */
function typographic(text) {
  return text.replace(/[ \u00A0]([?!;:»])/g, `${NARROW_SPACE}$1`).replace(/«[ \u00A0]/g, `«${NARROW_SPACE}`);
}

function appendBlock(parent, lines) {
  let list = null;
  let paragraph = null;
  for (const line of lines) {
    if (LIST_ITEM.test(line)) {
      paragraph = null;
      list ??= parent.appendChild(make("ul"));
      appendInline(list.appendChild(make("li")), line.replace(LIST_ITEM, ""));
    } else if (line.trim()) {
      list = null;
      if (paragraph) paragraph.append(make("br"));
      paragraph ??= parent.appendChild(make("p"));
      appendInline(paragraph, line);
    }
  }
}

function appendInline(parent, text) {
  let end = 0;
  for (const found of text.matchAll(INLINE)) {
    parent.append(typographic(text.slice(end, found.index)));
    end = found.index + found[0].length;
    const [whole, bold, label, address, bare] = found;
    if (bold !== undefined) appendInline(parent.appendChild(make("strong")), bold);
    else parent.append(link(label ?? bare, address ?? bare) ?? typographic(whole));
  }
  parent.append(typographic(text.slice(end)));
}

/** Null for an address of another scheme: the text is then shown as it came. */
function link(label, address) {
  const url = parsed(address);
  if (!url || !SAFE_SCHEMES.has(url.protocol)) return null;
  const anchor = make("a", { href: url.href }, typographic(label));
  if (url.protocol.startsWith("http")) {
    // The conversation stays open behind it.
    Object.assign(anchor, { target: "_blank", rel: "noopener noreferrer" });
    anchor.append(hidden(" (nouvelle fenêtre)"));
  }
  return anchor;
}

function parsed(address) {
  try {
    return new URL(address, BASE);
  } catch {
    return null;
  }
}
