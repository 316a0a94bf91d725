// The assistant as a custom element: a launcher, and a dialog that is modal on a phone only.

const PHONE = "(max-width: 30em)";
const MARKUP = {
  launcher: "Poser une question",
  title: "Assistant d'admission",
  subtitle: "Un programme répond, d'après la fiche officielle",
  field: "Votre question",
  writing: "L'assistant écrit…",
};

class AssistantElement extends HTMLElement {
  constructor() {
    super();
    this.client = new AssistantClient(BASE);
    this.isBusy = false;
    const root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES);
    root.adoptedStyleSheets = [sheet];
    this.build(root);
  }

  build(root) {
    this.launcher = make("button", { className: "launcher primary", type: "button" }, MARKUP.launcher);
    this.launcher.setAttribute("aria-haspopup", "dialog");
    const title = make("h2", { id: "title" }, MARKUP.title, make("small", {}, MARKUP.subtitle));
    const close = make("button", { type: "button" }, "Fermer");
    this.log = make("div", { className: "log", tabIndex: 0 });
    for (const [name, value] of [["role", "log"], ["aria-live", "polite"], ["aria-label", "Conversation"]])
      this.log.setAttribute(name, value);
    this.status = make("div", { className: "status" });
    this.status.setAttribute("role", "status");
    this.alert = make("div", { className: "alert" });
    this.alert.setAttribute("role", "alert");
    this.field = make("textarea", { id: "field", rows: 1, maxLength: 1000, placeholder: MARKUP.field });
    const label = make("label", { className: "hidden", htmlFor: "field" }, MARKUP.field);
    this.form = make("form", {}, label, this.field, make("button", { className: "primary" }, "Envoyer"));
    this.eraser = make("button", { type: "button" });
    const footer = make("footer", {}, make("span", {}, "N'écrivez rien de confidentiel."), this.eraser);
    this.dialog = make("dialog", {}, make("header", {}, title, close), this.log, this.status, this.alert, this.form, footer);
    this.dialog.setAttribute("aria-labelledby", "title");
    root.append(this.launcher, this.dialog);
    this.listen(close);
    this.askBeforeErasing(false);
  }

  listen(close) {
    this.launcher.addEventListener("click", () => this.show());
    close.addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("close", () => {
      this.launcher.hidden = false;
      this.launcher.focus();
    });
    this.dialog.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.dialog.close();
      // A page's own shortcuts must not fire while somebody types here.
      event.stopPropagation();
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.sendText();
    });
    this.field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.sendText();
    });
    this.eraser.addEventListener("click", () => this.erase());
  }

  async show() {
    this.launcher.hidden = true;
    if (matchMedia(PHONE).matches) this.dialog.showModal();
    else this.dialog.show();
    this.field.focus();
    if (!this.isStarted) await this.start();
  }

  async start() {
    this.isStarted = await this.attempt(async () => {
      if (this.client.token && (await this.restoreKept())) return;
      this.say(await this.client.open());
    });
  }

  // False when the conversation is no longer kept: a new one then begins.
  async restoreKept() {
    try {
      this.restore(await this.client.history());
      return true;
    } catch (error) {
      if (!error.kind?.startsWith("token-")) throw error;
      this.client.token = null;
      return false;
    }
  }

  // What was said before is not announced again.
  restore(messages) {
    this.log.setAttribute("aria-live", "off");
    for (const message of messages) message.from === "user" ? this.addUser(message.text) : this.addBot(message);
    requestAnimationFrame(() => this.log.setAttribute("aria-live", "polite"));
  }

  async sendText() {
    const text = this.field.value.trim();
    if (!text || this.isBusy) return;
    this.field.value = "";
    await this.send({ id: newMessageId(), text }, this.addUser(text));
  }

  async press(button) {
    if (this.isBusy) return;
    this.field.focus();
    await this.send({ id: newMessageId(), payload: button.payload }, this.addUser(button.title));
  }

  // A retry carries the same id: the server answers once, whatever arrived the first time.
  async send(message, bubble) {
    for (const choices of this.log.querySelectorAll(".choices")) choices.remove();
    const isSent = await this.attempt(async () => {
      if (!this.client.token) this.say(await this.client.open());
      this.say(await this.client.send(message));
    });
    if (!isSent && bubble.isConnected) this.addRetry(message, bubble);
  }

  addRetry(message, bubble) {
    const retry = make("button", { type: "button" }, "Réessayer");
    const note = make("div", { className: "failed" }, "Message non envoyé", retry);
    retry.addEventListener("click", () => {
      if (this.isBusy) return;
      note.remove();
      this.field.focus();
      this.send(message, bubble);
    });
    bubble.after(note);
    note.scrollIntoView({ block: "nearest" });
  }

  async erase() {
    if (!this.isErasing) return this.askBeforeErasing(true);
    this.askBeforeErasing(false);
    await this.attempt(async () => {
      if (this.client.token) await this.client.erase();
      this.log.replaceChildren();
      this.addBot({ text: "Votre conversation est effacée. Vous pouvez en commencer une autre en écrivant ici." });
    });
  }

  askBeforeErasing(isErasing) {
    this.isErasing = isErasing;
    this.eraser.textContent = isErasing ? "Confirmer l'effacement" : "Effacer la conversation";
  }

  // Runs one exchange with the server; false when it failed, which the alert then explains.
  async attempt(exchange) {
    this.isBusy = true;
    this.alert.textContent = "";
    this.status.textContent = MARKUP.writing;
    try {
      await exchange();
      return true;
    } catch (error) {
      if (error.kind?.startsWith("token-")) this.client.token = null;
      this.alert.textContent = typographic(error.message);
      return false;
    } finally {
      this.isBusy = false;
      this.status.textContent = "";
    }
  }

  say(messages) {
    for (const message of messages) this.addBot(message);
  }

  addUser(text) {
    return this.add(make("div", { className: "bubble user" }, make("span", { className: "hidden" }, "Vous : "), text));
  }

  addBot({ text, buttons = [], source = null }) {
    const author = make("span", { className: "hidden" }, "Assistant : ");
    const bubble = make("div", { className: "bubble bot" }, author, richText(text, BASE));
    if (source) bubble.append(sourceLine(source));
    this.add(bubble);
    if (buttons.length) this.add(this.choices(buttons));
  }

  choices(buttons) {
    const group = make("div", { className: "choices" });
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", "Réponses proposées");
    for (const button of buttons) {
      const choice = group.appendChild(make("button", { type: "button" }, typographic(button.title)));
      choice.addEventListener("click", () => this.press(button));
    }
    return group;
  }

  add(node) {
    this.log.append(node);
    this.log.scrollTop = this.log.scrollHeight;
    return node;
  }
}

function sourceLine({ section, url, as_of: asOf }) {
  const date = new Date(`${asOf}T12:00:00`).toLocaleDateString("fr-FR", { dateStyle: "long" });
  const line = make("p", { className: "source" }, typographic(`Source : « ${section} »`), `, au ${date}`);
  const found = url ? link("voir", url, BASE) : null;
  if (found) line.append(" · ", found);
  return line;
}

function make(tag, properties, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}
