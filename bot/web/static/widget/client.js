// Speaks to the API. Nothing is stored before the first opening, and only the token, until the tab closes.

// Only known while the script first runs.
const BASE = new URL(document.currentScript.src).origin;
const TOKEN_KEY = "assistant-admission-token";
const TIMEOUT_MS = 30_000;

class Failure extends Error {
  constructor(message, { kind = "network", retryAfterS = 0 } = {}) {
    super(message);
    this.kind = kind;
    this.retryAfterS = retryAfterS;
  }
}

class AssistantClient {
  constructor(base) {
    this.base = base;
    this.memory = null;
  }

  // Storage may be refused (private browsing, embedded frame): the token then lives as long as the page.
  get token() {
    try {
      return sessionStorage.getItem(TOKEN_KEY) ?? this.memory;
    } catch {
      return this.memory;
    }
  }

  set token(value) {
    this.memory = value;
    try {
      if (value === null) sessionStorage.removeItem(TOKEN_KEY);
      else sessionStorage.setItem(TOKEN_KEY, value);
    } catch {
      // Kept in memory above.
    }
  }

  async open() {
    const opened = await this.request("POST", "/api/conversations", {});
    this.token = opened.token;
    return opened.messages;
  }

  async history() {
    return (await this.request("GET", "/api/messages")).messages;
  }

  async send(message) {
    return (await this.request("POST", "/api/messages", message)).messages;
  }

  async erase() {
    await this.request("DELETE", "/api/conversations");
    this.token = null;
  }

  async request(method, path, body) {
    const headers = {};
    if (body !== undefined) headers["Content-Type"] = "application/json";
    if (this.token) headers.Authorization = `Bearer ${this.token}`;
    let response;
    try {
      response = await this.fetch(this.base + path, {
        method,
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
        credentials: "omit",
        signal: AbortSignal.timeout?.(TIMEOUT_MS),
      });
    } catch {
      throw new Failure("La connexion ne passe pas. Vérifiez votre réseau, puis réessayez.");
    }
    return response.ok ? (response.status === 204 ? null : response.json()) : this.refuse(response);
  }

  // The one place that touches the network.
  fetch(address, options) {
    return fetch(address, options);
  }

  async refuse(response) {
    const problem = await response.json().catch(() => ({}));
    throw new Failure(problem.detail ?? "Le service est momentanément indisponible.", {
      kind: (problem.type ?? "").replace("/problems/", ""),
      retryAfterS: Number(response.headers.get("Retry-After") ?? 0),
    });
  }
}

// randomUUID exists on https and localhost only.
function newMessageId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
