// Turns an answer's text into nodes. Answers hold line breaks and Markdown's links, bold and lists only;
// nothing is ever parsed as HTML.

const SAFE_SCHEMES = new Set(["http:", "https:", "mailto:", "tel:"]);
const INLINE = /\*\*(.+?)\*\*|\[([^\]]+)\]\(([^()\s]+)\)/g;
const LIST_ITEM = /^\s*[-*•]\s+/;
const NARROW_SPACE = "\u202F";

function richText(text, base) {
  const fragment = document.createDocumentFragment();
  for (const block of text.split(/\n{2,}/)) appendBlock(fragment, block.split("\n"), base);
  return fragment;
}

// French punctuation keeps to its word: a line never begins with « ? » or « : ».
function typographic(text) {
  return text.replace(/ ([?!;:»])/g, `${NARROW_SPACE}$1`).replace(/« /g, `«${NARROW_SPACE}`);
}

function appendBlock(parent, lines, base) {
  let list = null;
  let paragraph = null;
  for (const line of lines) {
    if (LIST_ITEM.test(line)) {
      paragraph = null;
      list ??= parent.appendChild(document.createElement("ul"));
      appendInline(list.appendChild(document.createElement("li")), line.replace(LIST_ITEM, ""), base);
    } else if (line.trim()) {
      list = null;
      if (paragraph) paragraph.append(document.createElement("br"));
      paragraph ??= parent.appendChild(document.createElement("p"));
      appendInline(paragraph, line, base);
    }
  }
}

function appendInline(parent, text, base) {
  let end = 0;
  for (const found of text.matchAll(INLINE)) {
    parent.append(typographic(text.slice(end, found.index)));
    end = found.index + found[0].length;
    const [whole, bold, label, address] = found;
    if (bold !== undefined) appendInline(parent.appendChild(document.createElement("strong")), bold, base);
    else parent.append(link(label, address, base) ?? typographic(whole));
  }
  parent.append(typographic(text.slice(end)));
}

// Null for an address of another scheme: the text is then shown as it came.
function link(label, address, base) {
  const url = parsed(address, base);
  if (!url || !SAFE_SCHEMES.has(url.protocol)) return null;
  const anchor = document.createElement("a");
  anchor.href = url.href;
  anchor.append(typographic(label));
  if (url.protocol.startsWith("http") && url.origin !== base) {
    anchor.target = "_blank";
    anchor.rel = "noopener noreferrer";
    const note = anchor.appendChild(document.createElement("span"));
    note.className = "hidden";
    note.textContent = " (nouvelle fenêtre)";
  }
  return anchor;
}

function parsed(address, base) {
  try {
    return new URL(address, base);
  } catch {
    return null;
  }
}
