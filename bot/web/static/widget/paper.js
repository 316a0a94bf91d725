// The conversation as a clean page of its own, to print or to save as PDF; a file when the window is refused.

/** Opens at once, since a browser opens a window only at the press of a button; what is kept comes a moment later. */
async function printConversation({ transcript, client }) {
  const paper = window.open("", "_blank");
  if (!paper) return saveText(transcriptText(transcript));
  const { document } = paper;
  const sheet = new paper.CSSStyleSheet();
  sheet.replaceSync(PAPER_STYLES);
  document.adoptedStyleSheets = [sheet];
  document.documentElement.lang = "fr";
  document.title = `Conversation du ${longDate(new Date().toISOString())}`;
  const verdict = make("section");
  document.body.append(
    make("main", {},
      make("h1", {}, TITLE),
      make("p", {}, typographic(`${document.title}. L'avis d'un robot est indicatif : la commission pédagogique d'admission décide.`)),
      make("p", {}, button("Imprimer ou enregistrer en PDF", () => paper.print())),
      verdict,
      make("h2", {}, "Conversation"),
      ...transcript.said.flatMap(paperEntry)),
  );
  const kept = client.token && (await client.kept().catch(() => null));
  if (kept?.lead) verdict.append(make("h2", {}, "Avis et coordonnées"), factList(keptFacts(kept)));
}

function paperEntry({ author: who, text, source }) {
  const body = who === "Vous" ? make("p", { className: "typed" }, text) : richText(text);
  return [make("b", {}, who), body, source ? make("p", { className: "source" }, sourceText(source)) : ""];
}

/** @param {[string, string][]} facts */
function factList(facts) {
  return make("dl", {}, ...facts.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, typographic(value))]));
}

/** @returns {string} what was said, with links written out */
function transcriptText({ said }) {
  const plain = (text) => text.replace(/\*\*(.+?)\*\*/g, "$1").replace(/\[([^\]]+)\]\(([^()\s]+)\)/g, "$1 ($2)");
  return said.map(({ author: who, text }) => `${who} : ${plain(text)}`).join("\n\n");
}

function saveText(text) {
  const href = URL.createObjectURL(new Blob([text]));
  make("a", { href, download: "conversation.txt" }).click();
  URL.revokeObjectURL(href);
}
