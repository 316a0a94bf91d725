// What was said, in the log. Only new messages of the assistant are announced: everything else that enters the
// log is marked silent, because a live region would read it too.

const SILENT = { "aria-live": "off" };

class Transcript {
  /**
   * @param {HTMLElement} log
   * @param {{choose: (choice: object) => void, rate: (id: string, helpful: boolean) => Promise<boolean>, focusEntry: () => void}} actions
   */
  constructor(log, actions) {
    this.log = log;
    this.actions = actions;
    this.clear();
  }

  clear() {
    this.log.replaceChildren();
    this.ids = new Set();
    this.said = [];
  }

  has(message) {
    return this.ids.has(message?.id);
  }

  /** Shows a kept conversation without a word to assistive technologies. */
  restore(messages) {
    this.clear();
    const past = make("div", { className: "past", ...SILENT });
    this.log.append(past);
    for (const message of messages) {
      if (message.from === "user") this.addUser(message.text, past);
      else this.addAnswer(message, past);
    }
    this.log.scrollTop = this.log.scrollHeight;
  }

  /** @returns {HTMLElement} the bubble, literal: what a person typed is never rendered */
  addUser(text, parent = this.log) {
    const bubble = make("div", { className: "bubble user", ...SILENT }, hidden(typographic("Vous : ")), text);
    this.said.push({ author: "Vous", text });
    return this.place(bubble, parent);
  }

  /** Puts a bubble at the end; what the last answer offered is no longer current. */
  place(bubble, parent = this.log) {
    for (const stale of this.log.querySelectorAll(".choices, .feedback:not(.given)")) stale.remove();
    parent.append(bubble);
    this.log.scrollTop = this.log.scrollHeight;
    return bubble;
  }

  /** Shows answers, from the question on when they are long. */
  addAnswers(messages, question = this.log.lastElementChild) {
    for (const message of messages) this.addAnswer(message);
    this.log.scrollTop = question ? question.offsetTop - 12 : 0;
  }

  addAnswer(message, parent = this.log) {
    const { id, text, buttons = [], source } = message;
    const bubble = make("div", { className: "bubble bot" }, hidden(typographic("Assistant : ")), richText(text));
    if (source) bubble.append(sourceLine(source));
    this.ids.add(id);
    this.said.push({ author: "Assistant", text, source });
    parent.append(bubble);
    if (source) parent.append(this.feedback(id));
    if (buttons.length) parent.append(this.choices(buttons));
  }

  /** Something that the assistant's program says about the conversation itself. */
  addNote(text) {
    this.log.append(make("p", { className: "note" }, typographic(text)));
  }

  /** Under what failed, one at a time: why it is still there, and how to try again. @returns {() => Promise<void>} the retry */
  addRetry(text, retry) {
    this.log.querySelector(".failed")?.remove();
    const again = () => {
      note.remove();
      return retry();
    };
    const press = () => {
      this.actions.focusEntry();
      again();
    };
    const note = make("div", { className: "failed", ...SILENT }, text, button("Réessayer", press));
    this.log.append(note);
    this.log.scrollTop = this.log.scrollHeight;
    return again;
  }

  choices(buttons) {
    const group = make("div", { className: "choices", role: "group", "aria-label": "Réponses proposées", ...SILENT });
    for (const choice of buttons) group.append(button(choice.title, () => this.actions.choose(choice)));
    return group;
  }

  feedback(id) {
    const question = typographic("Cette réponse vous a-t-elle aidé ?");
    const group = make("div", { className: "feedback", role: "group", "aria-label": question, ...SILENT }, question);
    const answers = [["Oui", true], ["Non", false]].map(([label, helpful]) => {
      const answer = button(label, async () => {
        if (!(await this.actions.rate(id, helpful))) return;
        group.classList.add("given");
        for (const other of answers) other.setAttribute("aria-pressed", String(other === answer));
      });
      answer.setAttribute("aria-pressed", "false");
      return answer;
    });
    group.append(...answers);
    return group;
  }
}

function sourceLine(source) {
  const line = make("p", { className: "source" }, sourceText(source));
  const found = source.url && link("voir", source.url);
  if (found) line.append(" · ", found);
  return line;
}

function sourceText({ section, as_of: asOf }) {
  return typographic(`Source : « ${section} », au ${longDate(asOf)}`);
}

/** @param {string} date ISO-8601; a date alone is a day wherever the reader is */
function longDate(date) {
  return new Date(date.includes("T") ? date : `${date}T12:00`).toLocaleDateString("fr-FR", { dateStyle: "long" });
}
