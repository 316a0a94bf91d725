// What takes the place of the conversation for a moment: « Mes données », and the questions before what cannot be undone.

const VERDICTS = {
  eligible: "vous remplissez les conditions pour candidater",
  to_review: "à étudier par une personne",
  not_yet: "conditions pas encore remplies",
  vae: "VAE à étudier",
};
const STATUSES = {
  salarie: "en emploi",
  demandeur_emploi: "en recherche d'emploi",
  independant: "à son compte",
  etudiant: "en études",
  retraite: "à la retraite",
  elu: "élu",
  sans_activite: "sans activité",
  autre: "autre",
};

class Pages {
  /**
   * @param {Record<string, any>} view
   * @param {Conversation} conversation
   * @param {() => void} focusEntry
   */
  constructor(view, conversation, focusEntry) {
    Object.assign(this, { view, conversation, focusEntry });
  }

  /** Everything that is kept about the person, as they would read it. */
  async showKept() {
    const { client, transcript } = this.conversation;
    let kept = null;
    const failure = await this.conversation.attempt(async () => (kept = client.token && (await client.kept())));
    if (failure && !failure.isTokenLost) return;
    const facts = keptFacts(kept);
    this.show("Mes données", [
      make("p", {}, "Voici ce qui est conservé, avec les messages de cette conversation."),
      factList(facts),
    ], [
      button("Copier", () => this.copy([...facts.map((fact) => fact.join(" : ")), "", transcriptText(transcript)].join("\n"))),
      button("Tout effacer", () => this.confirmErasure(), "danger"),
    ]);
  }

  confirmErasure() {
    this.show("Tout effacer ?", [make("p", {}, "Votre conversation et vos coordonnées seront effacées définitivement. Personne ne vous recontactera.")], [
      button("Effacer", async () => (await this.conversation.erase()) && this.hide(), "danger"),
    ]);
  }

  confirmRenewal() {
    this.show("Commencer une nouvelle conversation ?", [
      make("p", {}, typographic("Celle-ci restera conservée jusqu'à son effacement automatique. Pour l'effacer tout de suite, passez par « Mes données ».")),
    ], [
      button("Commencer", () => {
        this.hide();
        this.conversation.renew();
      }, "primary"),
    ]);
  }

  show(title, content, actions) {
    const { page, root } = this.view;
    const heading = make("h3", { id: "page-title", tabIndex: -1 }, typographic(title));
    page.replaceChildren(heading, ...content, make("div", { className: "actions" }, ...actions, button("Retour", () => this.hide())));
    page.hidden = false;
    root.classList.add("on-page");
    heading.focus();
  }

  hide() {
    this.view.page.hidden = true;
    this.view.root.classList.remove("on-page");
    this.focusEntry();
  }

  // Without https a browser has no clipboard: a file then.
  async copy(text) {
    const { notices } = this.conversation;
    try {
      await navigator.clipboard.writeText(text);
      notices.clear("Copié.");
    } catch {
      saveText(text);
      notices.clear("Enregistré dans un fichier.");
    }
  }
}

/** @returns {[string, string][]} names and values, without what is not known */
function keptFacts(kept) {
  if (!kept) return [["Conversation", "rien de conservé"]];
  const dates = [["Conversation commencée le", longDate(kept.created_at)], ["Effacée au plus tard le", longDate(kept.expires_at)]];
  const lead = kept.lead;
  if (!lead) return [...dates, ["Coordonnées", "aucune : vous n'en avez pas laissé"]];
  const facts = [
    ["Nom", lead.name],
    ["E-mail", lead.email],
    ["Téléphone", lead.phone],
    ["Accord donné le", longDate(lead.consent_at)],
    ["Avis indicatif", VERDICTS[lead.verdict]],
    ["Raisons", lead.reasons.join(" ")],
    ["Diplôme", lead.diploma],
    ["Niveau", lead.level?.toString()],
    ["Expérience", lead.experience_months !== null && `${lead.experience_months} mois`],
    ["Situation", STATUSES[lead.status]],
    ["Voie", lead.route?.replace("_", " ")],
    ["Question", lead.question],
    ["Pour", lead.for_someone_else && "une autre personne"],
  ];
  return [...dates, ...facts.filter(([, value]) => value)];
}
