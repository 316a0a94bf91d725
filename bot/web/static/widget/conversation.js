// One conversation from its opening to its erasure: what is sent, what failed, what is sent again.

const MAX_CODE_POINTS = 1_000;

class Conversation {
  /**
   * @param {AssistantClient} client
   * @param {Transcript} transcript
   * @param {Notices} notices
   * @param {(name: string, detail?: object) => void} tell dispatches an event without personal data
   */
  constructor(client, transcript, notices, tell) {
    Object.assign(this, { client, transcript, notices, tell });
    this.isStarted = false;
    this.turn = null;
  }

  get isBusy() {
    return this.turn !== null;
  }

  /** Restores the conversation of this tab or begins one, once; then sends what had no answer. */
  async start() {
    if (this.isStarted) return;
    const failure = await this.attempt(() => (this.client.token ? this.resume() : this.begin()));
    this.isStarted = failure === null;
    if (failure) this.transcript.addRetry("La conversation n'a pas pu s'ouvrir.", () => this.start());
    else if (this.client.unsent) await this.deliver(this.client.unsent);
  }

  /** @returns {Promise<boolean>} whether the text was taken; if not, it stays with the person */
  async sendText(text) {
    if (this.isBusy) return false;
    if ([...text].length > MAX_CODE_POINTS) {
      this.notices.warn("Votre message dépasse 1\u00A0000 caractères : raccourcissez-le.");
      return false;
    }
    // One message at a time: the one that failed goes first.
    await (this.isStarted ? this.retry?.() : this.start());
    if (!this.isStarted || this.client.unsent) return false;
    this.send({ text }, text);
    return true;
  }

  choose({ payload, title }) {
    if (!this.isBusy) this.send({ payload }, title);
  }

  send(content, shown) {
    this.tell("message", { kind: content.payload ? "choice" : "text" });
    const message = { id: newMessageId(), ...content, shown };
    return this.deliver(message, this.transcript.addUser(shown));
  }

  /** Sends under the message's own id: however often, the server handles it once. */
  async deliver(message, bubble = null) {
    this.client.unsent = message;
    this.retry = null;
    const started = performance.now();
    const failure = await this.attempt(() => this.exchange(message, bubble));
    if (failure === null) {
      this.tell("answer", { milliseconds: Math.round(performance.now() - started) });
      this.client.unsent = null;
    } else if (failure.isFinal) {
      this.client.unsent = null;
      bubble?.remove();
      if (message.text) this.notices.giveBack(message.text);
    } else {
      bubble ??= this.transcript.addUser(message.shown);
      if (!bubble.isConnected) this.transcript.place(bubble);
      this.retry = this.transcript.addRetry("Message non envoyé", () => this.deliver(message, bubble));
    }
  }

  async exchange(message, bubble) {
    try {
      this.showAnswers(await this.client.send(message), message, bubble);
    } catch (error) {
      if (error.kind === "payload-not-offered") this.transcript.restore(await this.client.history());
      if (!error.isTokenLost) throw error;
      await this.beginAgain();
      // A button belongs to the conversation that offered it.
      if (message.payload) return;
      this.client.unsent = message;
      bubble = this.transcript.place(bubble ?? this.transcript.addUser(message.shown));
      this.showAnswers(await this.client.send(message), message, bubble);
    }
  }

  showAnswers(answers, message, bubble) {
    // Sent before a reload and handled then: the history that was restored has it already.
    if (!bubble && this.transcript.has(answers[0])) return;
    this.transcript.addAnswers(answers, bubble ?? this.transcript.addUser(message.shown));
  }

  async begin() {
    this.transcript.addAnswers(await this.client.open());
  }

  async resume() {
    try {
      this.transcript.restore(await this.client.history());
    } catch (error) {
      if (!error.isTokenLost) throw error;
      await this.beginAgain();
    }
  }

  async beginAgain() {
    const unsent = this.client.unsent;
    this.reset();
    this.client.unsent = unsent?.text ? unsent : null;
    this.transcript.addNote("La conversation précédente n'est plus conservée : en voici une nouvelle.");
    await this.begin();
    this.isStarted = true;
  }

  /** Leaves this conversation for another. */
  renew() {
    this.reset();
    return this.start();
  }

  reset() {
    this.client.forget();
    this.transcript.clear();
    this.isStarted = false;
  }

  /** @returns {Promise<boolean>} whether everything was erased */
  async erase() {
    const failure = await this.attempt(() => this.client.token && this.client.erase());
    if (failure && !failure.isTokenLost) return false;
    this.reset();
    this.notices.clear();
    this.transcript.addNote("Votre conversation et vos coordonnées sont effacées. Écrivez pour commencer une nouvelle conversation.");
    this.tell("erase");
    return true;
  }

  /** @returns {Promise<boolean>} whether the opinion was kept */
  async rate(id, helpful) {
    try {
      await this.client.rate(id, helpful);
    } catch (error) {
      this.explain(error);
      return false;
    }
    this.notices.clear("Merci pour votre avis.");
    this.tell("feedback", { helpful });
    return true;
  }

  /** One exchange with the server at a time; null, or the failure that the alert explains. */
  async attempt(exchange) {
    while (this.turn) await this.turn;
    this.turn = this.watched(exchange);
    return this.turn;
  }

  async watched(exchange) {
    this.notices.wait();
    try {
      await exchange();
      this.notices.clear();
      return null;
    } catch (error) {
      return this.explain(error);
    } finally {
      this.turn = null;
    }
  }

  explain(error) {
    const failure = error instanceof Failure ? error : new Failure("Une erreur inattendue s'est produite. Réessayez.", "internal");
    if (failure !== error) console.error(error);
    this.notices.fail(failure);
    this.tell("error", { kind: failure.kind });
    return failure;
  }
}
