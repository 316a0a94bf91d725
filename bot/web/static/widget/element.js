// The assistant as a custom element: opening, closing, focus. The panel is modal on a phone only, where it covers the page.

// A desktop page enlarged to 400 % is as narrow, or as low, as a phone.
const PHONE = matchMedia("(max-width: 30em), (max-height: 24em)");
const TOUCH = matchMedia("(pointer: coarse)");

/** The one that stands on the page. */
let current = null;

class AssistantElement extends HTMLElement {
  static observedAttributes = ["label", "open"];

  constructor() {
    super();
    const view = (this.view = buildView());
    const root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES);
    root.adoptedStyleSheets = [sheet];
    root.append(view.root);
    const transcript = new Transcript(view.log, {
      choose: (choice) => this.choose(choice),
      rate: (id, helpful) => this.conversation.rate(id, helpful),
      focusEntry: () => this.focusEntry(),
    });
    const client = new AssistantClient((address, options) => this.fetch(address, options));
    this.conversation = new Conversation(client, transcript, new Notices(view), (name, detail) => this.tell(name, detail));
    this.pages = new Pages(view, this.conversation, () => this.focusEntry());
    this.showLabel();
    this.listen();
  }

  /** The one place that touches the network: replace it to go another way. */
  fetch(address, options) {
    return fetch(address, options);
  }

  // Several on a page make one, outside body, where a host's transform cannot move what is fixed.
  connectedCallback() {
    if (current?.isConnected && current !== this) return this.remove();
    current = this;
    if (this.parentNode !== document.documentElement) return document.documentElement.append(this);
    // At load nobody has asked for the focus, and a phone's page must not be covered.
    if (this.hasAttribute("open")) this.open({ takesFocus: false });
  }

  attributeChangedCallback(name, _old, value) {
    if (name === "label") this.showLabel(value);
    else if (this.isConnected && (value !== null) !== this.isOpen) value === null ? this.close() : this.open();
  }

  showLabel(label) {
    this.view.label.textContent = typographic(label || DEFAULT_LABEL);
  }

  get isOpen() {
    return this.view.dialog.open;
  }

  /** Opens the panel and the conversation of this tab. */
  async open({ takesFocus = true } = {}) {
    if (!takesFocus && PHONE.matches) return this.removeAttribute("open");
    if (!this.isOpen) {
      this.opener = takesFocus ? document.activeElement : null;
      this.place();
      this.toggleAttribute("open", true);
      this.tell("open");
      // Opening a dialog moves the focus into it.
      if (!takesFocus) this.shadowRoot.activeElement?.blur();
    }
    if (takesFocus) this.focusEntry();
    await this.conversation.start();
  }

  close() {
    if (!this.view.launcher.hidden) return;
    this.view.launcher.hidden = false;
    this.view.dialog.close();
    this.showOptions(false);
    this.toggleAttribute("open", false);
    this.returnFocus();
    this.tell("close");
  }

  /** Opens the panel and asks, as if the person had typed it. */
  async ask(question) {
    const text = String(question).trim();
    await this.open();
    while (this.conversation.isBusy) await this.conversation.turn;
    if (text) await this.conversation.sendText(text);
  }

  /** Modal on a phone, beside the page elsewhere; called again when the screen changes. */
  place() {
    const { dialog, launcher } = this.view;
    launcher.hidden = true;
    if (PHONE.matches) dialog.showModal();
    else dialog.show();
    this.fit();
  }

  // The on-screen keyboard hides a part of the page without making it smaller.
  fit() {
    const visible = window.visualViewport;
    const isFitted = visible && PHONE.matches && visible.scale < 1.01;
    const { style } = this.view.dialog;
    style.setProperty("--height", isFitted ? `${visible.height}px` : "");
    style.setProperty("--top", isFitted ? `${visible.offsetTop}px` : "");
  }

  // On a touch screen the field would bring up the keyboard over the answer: the conversation has the focus instead.
  focusEntry() {
    if (TOUCH.matches) this.view.log.focus();
    else this.view.field.focus();
  }

  returnFocus() {
    const target = this.opener;
    if (target?.isConnected && target !== document.body && target !== this) target.focus();
    else this.view.launcher.focus();
  }

  listen() {
    const { view, conversation, pages } = this;
    view.launcher.addEventListener("click", () => this.open());
    view.close.addEventListener("click", () => this.close());
    view.more.addEventListener("click", () => this.showOptions(view.options.hidden));
    this.offer("Nouvelle conversation", () => pages.confirmRenewal());
    this.offer("Imprimer ou enregistrer", () => printConversation(conversation));
    this.offer("Mes données", () => pages.showKept());
    // A telephone's back gesture, which a browser may also turn into a close without asking.
    view.dialog.addEventListener("cancel", (event) => this.leave(event));
    view.dialog.addEventListener("close", () => this.isOpen || this.close());
    // A page's own shortcuts must not fire while somebody types here.
    for (const type of ["keydown", "keypress", "keyup"]) view.dialog.addEventListener(type, (event) => event.stopPropagation());
    view.dialog.addEventListener("keydown", (event) => this.onKey(event));
    view.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    PHONE.addEventListener("change", () => this.replace());
    for (const type of ["resize", "scroll"]) window.visualViewport?.addEventListener(type, () => this.isOpen && this.fit());
  }

  offer(label, action) {
    const { options, more } = this.view;
    const choose = () => {
      this.showOptions(false);
      more.focus();
      action();
    };
    options.append(button(label, choose));
  }

  onKey(event) {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") return this.leave(event);
    if (event.key !== "Enter" || event.shiftKey || event.target !== this.view.field) return;
    event.preventDefault();
    this.submit();
  }

  /** Escape leaves what is nearest: the options, a page, then the panel. */
  leave(event) {
    event.preventDefault();
    const { options, page, more } = this.view;
    if (!options.hidden) {
      this.showOptions(false);
      more.focus();
    } else if (!page.hidden) this.pages.hide();
    else this.close();
  }

  showOptions(isShown) {
    this.view.options.hidden = !isShown;
    this.view.more.setAttribute("aria-expanded", String(isShown));
  }

  async submit() {
    const { field } = this.view;
    const text = field.value.trim();
    if (text && (await this.conversation.sendText(text)) && field.value.trim() === text) field.value = "";
  }

  choose(choice) {
    if (this.conversation.isBusy) return;
    this.focusEntry();
    this.conversation.choose(choice);
  }

  /** The screen turned or was enlarged: the same panel, in its other form, with the focus where it was. */
  replace() {
    if (!this.isOpen) return;
    const focused = this.shadowRoot.activeElement;
    this.view.dialog.close();
    this.place();
    focused?.focus();
  }

  /** Tells the site, for its audience measure; never what was said, nor by whom. */
  tell(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(`assistant-${name}`, { bubbles: true, composed: true, detail }));
  }
}
