// The parts of the assistant, once, without behaviour.

const TITLE = "Assistant d'admission";
const DEFAULT_LABEL = "Poser une question";

/** @returns {Record<string, any>} the nodes that the element works with */
function buildView() {
  const view = {
    label: make("span"),
    log: make("div", { className: "log", tabIndex: 0, role: "log", "aria-label": "Conversation" }),
    page: make("section", { className: "page", hidden: true, "aria-labelledby": "page-title" }),
    status: make("p", { className: "status", role: "status" }),
    alert: make("p", { className: "alert", role: "alert" }),
    otherWay: make("p", { className: "other-way", hidden: true }, "Autre moyen", `${NARROW_SPACE}: `, link("le formulaire", FORM_ADDRESS)),
    field: make("textarea", { id: "field", rows: 1, placeholder: "Votre question", "aria-describedby": "hint" }),
  };
  view.launcher = make("button", { type: "button", className: "launcher primary", "aria-haspopup": "dialog" }, icon("chat"), view.label);
  const chat = [view.log, view.page, view.status, view.alert, view.otherWay];
  view.dialog = make("dialog", { "aria-labelledby": "title" }, buildHeader(view), buildOptions(view), ...chat, buildForm(view));
  view.root = make("section", { lang: "fr", "aria-label": TITLE }, view.launcher, view.dialog);
  return view;
}

function buildHeader(view) {
  view.more = iconButton("more", "Options", { "aria-expanded": "false" });
  view.close = iconButton("close", "Fermer");
  const title = make("div", {}, make("h2", { id: "title" }, TITLE), make("small", {}, "Un robot vous répond"));
  return make("header", {}, make("span", { className: "badge" }, icon("chat")), title, view.more, view.close);
}

function buildOptions(view) {
  view.options = make("div", { className: "options", hidden: true });
  return view.options;
}

function buildForm(view) {
  const label = make("label", { className: "hidden", htmlFor: "field" }, "Votre question");
  const entry = make("div", { className: "entry" }, view.field, iconButton("send", "Envoyer", { type: "submit", className: "icon primary" }));
  const hint = make("p", { id: "hint", className: "hint" }, "N'écrivez pas de données sensibles.");
  view.form = make("form", {}, label, entry, hint);
  return view.form;
}

function iconButton(name, label, properties = {}) {
  return make("button", { type: "button", className: "icon", ...properties }, icon(name), hidden(label));
}
