// One script tag is enough: the element places itself outside body, where a host's transform cannot move it.
if (!customElements.get("assistant-admission")) {
  customElements.define("assistant-admission", AssistantElement);
  document.documentElement.append(document.createElement("assistant-admission"));
}
