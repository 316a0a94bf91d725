// Speaks to the API. What it keeps, from the first opening on and until the tab closes: the conversation's
// token, and a message that has no answer yet.

// Only known while the script first runs. The folder of the script, so that a proxy may serve it under a path.
const BASE = new URL(".", document.currentScript?.src ?? location.href);
const FORM_ADDRESS = new URL("formulaire", BASE).href;
const TOKEN_KEY = "assistant-admission-token";
const UNSENT_KEY = "assistant-admission-unsent";
const TIMEOUT_MS = 30_000;
// Sending the same thing again would be refused again.
const FINAL_STATUSES = [400, 409, 413, 422];

/** A refusal or a silence of the server; its message is for the person. */
class Failure extends Error {
  /**
   * @param {string} message
   * @param {string} kind the end of the problem's type, or offline, timeout, network, origin-refused
   * @param {number} [status]
   */
  constructor(message, kind, status) {
    super(message);
    this.kind = kind;
    this.isFinal = FINAL_STATUSES.includes(status);
  }

  get isTokenLost() {
    return this.kind.startsWith("token-");
  }
}

class AssistantClient {
  /** @param {(address: string, options: RequestInit) => Promise<Response>} fetch the one way to the network */
  constructor(fetch) {
    this.fetch = fetch;
    this.memory = {};
  }

  get token() {
    return this.read(TOKEN_KEY);
  }

  /** A message on its way, with the text shown for it: `{id, text | payload, shown}`. */
  get unsent() {
    return JSON.parse(this.read(UNSENT_KEY));
  }

  set unsent(message) {
    this.write(UNSENT_KEY, message && JSON.stringify(message));
  }

  async open() {
    const opened = await this.request("POST", "api/conversations", {});
    this.write(TOKEN_KEY, opened.token);
    return opened.messages;
  }

  async history() {
    return (await this.request("GET", "api/messages")).messages;
  }

  async send({ id, text, payload }) {
    return (await this.request("POST", "api/messages", { id, text, payload })).messages;
  }

  rate(messageId, helpful) {
    return this.request("POST", "api/feedback", { message_id: messageId, helpful });
  }

  kept() {
    return this.request("GET", "api/conversations");
  }

  async erase() {
    await this.request("DELETE", "api/conversations");
    this.forget();
  }

  /** Leaves the conversation; what the server keeps of it stays there. */
  forget() {
    this.write(TOKEN_KEY, null);
    this.unsent = null;
  }

  /** Raises: Failure, whatever went wrong. */
  async request(method, path, body) {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), TIMEOUT_MS);
    const headers = { "Content-Type": "application/json", ...(this.token && { Authorization: `Bearer ${this.token}` }) };
    const options = { method, headers, body: body && JSON.stringify(body), credentials: "omit", signal: patience.signal };
    try {
      const response = await this.fetch(new URL(path, BASE).href, options);
      if (!response.ok) throw await refusal(response);
      return response.status === 204 ? null : await response.json();
    } catch (error) {
      throw error instanceof Failure ? error : await this.silence(patience.signal.aborted);
    } finally {
      clearTimeout(timer);
    }
  }

  async silence(isTooLate) {
    if (isTooLate) return new Failure("La réponse tarde trop. Réessayez : rien ne sera traité deux fois.", "timeout");
    if (!navigator.onLine) return new Failure("Vous êtes hors ligne. Réessayez quand la connexion sera revenue.", "offline");
    if (await this.isRefusedHere()) return new Failure("L'assistant n'est pas ouvert sur ce site.", "origin-refused");
    return new Failure("La connexion ne passe pas. Vérifiez votre réseau, puis réessayez.", "network");
  }

  /** A site that is not allowed reads no answer, yet the server is there. */
  async isRefusedHere() {
    if (BASE.origin === location.origin) return false;
    console.error(
      `[assistant-admission] ${BASE.origin} ne répond pas à ${location.origin} : ajoutez ce site à BOT_ALLOWED_ORIGINS, et « connect-src ${BASE.origin} » à sa CSP.`,
    );
    return this.fetch(new URL("widget.js", BASE).href, { mode: "no-cors" }).then(Boolean, () => false);
  }

  // Storage may be refused (private browsing, embedded frame): memory then keeps it as long as the page.
  read(key) {
    try {
      return sessionStorage.getItem(key) ?? this.memory[key] ?? null;
    } catch {
      return this.memory[key] ?? null;
    }
  }

  write(key, value) {
    this.memory[key] = value;
    try {
      if (value === null) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, value);
    } catch {
      // Kept in memory above.
    }
  }
}

async function refusal(response) {
  const problem = await response.json().catch(() => ({}));
  const message = problem.detail ?? "Le service est momentanément indisponible. Réessayez dans un instant.";
  const wait = Number(response.headers.get("Retry-After"));
  const when = response.status === 429 && wait > 1 ? ` Vous pourrez réessayer dans ${wait} secondes.` : "";
  return new Failure(message + when, (problem.type ?? "/problems/unavailable").replace("/problems/", ""), response.status);
}

// crypto.randomUUID exists on https and localhost only.
function newMessageId() {
  const random = () => crypto.getRandomValues(new Uint8Array(1))[0];
  return "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) => (digit ^ (random() & (15 >> (digit / 4)))).toString(16));
}
