// The two regions that speak beside the log: the status while one waits, the alert when something fails.

// An answer usually comes sooner: a status that flashes would only distract.
const PATIENCE_MS = 250;
const LONG_WAIT_MS = 8_000;

class Notices {
  /** @param {{status: HTMLElement, alert: HTMLElement, otherWay: HTMLElement, field: HTMLTextAreaElement}} view */
  constructor(view) {
    this.view = view;
    this.timers = [];
  }

  wait() {
    this.clear();
    this.timers = [
      setTimeout(() => this.show("L'assistant est en train d'écrire…", "writing"), PATIENCE_MS),
      setTimeout(() => this.show("La réponse tarde. Votre message n'est pas perdu, patientez…", "writing"), LONG_WAIT_MS),
    ];
  }

  /** Ends waiting; `done` says in a few words what was done. */
  clear(done = "") {
    this.timers.forEach(clearTimeout);
    this.show(done);
    this.warn("");
  }

  /** @param {Failure} failure */
  fail(failure) {
    this.clear();
    this.warn(failure.message);
    this.view.otherWay.hidden = failure.isFinal;
  }

  warn(text) {
    this.view.alert.textContent = typographic(text);
    this.view.otherWay.hidden = true;
  }

  /** What could not be taken goes back to whoever wrote it. */
  giveBack(text) {
    this.view.field.value ||= text;
  }

  show(text, className = "") {
    Object.assign(this.view.status, { textContent: text, className: `status ${className}` });
  }
}
