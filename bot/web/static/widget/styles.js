// em units only: a host page may set the size of rem to anything. What the host could reach on :host is !important,
// which wins from inside; themes come in through the --assistant-* variables.

const DARK = `
  color-scheme: dark !important;
  --ink: #e9eef2 !important; --soft: #b4c1cb !important; --paper: #151d24 !important; --wash: #212d37 !important;
  --line: #3d4d5a !important; --edge: #8296a5 !important; --error: #ffb4a8 !important;
  --accent: var(--assistant-accent-dark, #93c9ee) !important; --on-accent: var(--assistant-on-accent-dark, #0e1e2a) !important;
`;

const STYLES = `
:host {
  all: initial !important; direction: ltr !important; color-scheme: light !important;
  font: medium/1.5 var(--assistant-font, system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif) !important;
  --ink: #18232d !important; --soft: #4b5a67 !important; --paper: #fff !important; --wash: #eff3f6 !important;
  --line: #d5dee4 !important; --edge: #6d7f8c !important; --error: #a3261b !important;
  --accent: var(--assistant-accent, #1d4f72) !important; --on-accent: var(--assistant-on-accent, #fff) !important;
  --x: var(--assistant-side, 1.25em) !important; --right: var(--x) !important; --left: auto !important; --y: var(--assistant-bottom, 1.25em) !important;
}
@media (prefers-color-scheme: dark) { :host(:not([theme=light])) { ${DARK} } }
:host([theme=dark]) { ${DARK} }
:host([position=left]) { --left: var(--x) !important; --right: auto !important; }
@media print { :host { display: none !important; } }

* { box-sizing: border-box; }
[hidden], .on-page .log, .on-page form { display: none !important; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
p, h2, h3, ul, dd { margin: 0; }
button, textarea { padding: .5em 1em; border: 1px solid var(--edge); border-radius: 1.4em; background: var(--paper); color: inherit; font: inherit; }
button { min-height: 2.75em; line-height: 1.3; text-align: start; cursor: pointer; }
button:hover { text-decoration: underline; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
[tabindex="-1"]:focus { outline: 0; }
.primary, .badge, .user { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
svg { width: 1.5em; height: 1.5em; flex: none; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
a { color: var(--accent); }

.launcher, dialog { position: fixed; inset: auto var(--right) var(--y) var(--left); z-index: var(--assistant-z-index, 2147483000); max-width: calc(100vw - 2*var(--x)); box-shadow: 0 .1em .3em #0003, 0 .6em 2em #0003; overflow-wrap: anywhere; }
.launcher { display: flex; align-items: center; gap: .6em; min-height: 3.25em; margin-bottom: env(safe-area-inset-bottom); padding: .6em 1.4em .6em 1.1em; border-radius: 2em; font-weight: 600; }
dialog { width: 26em; height: 42em; max-height: calc(100dvh - 2*var(--y)); margin: 0; padding: 0; border: 1px solid var(--line); border-radius: var(--assistant-radius, 1em); background: var(--paper); color: var(--ink); overflow: hidden; }
dialog[open] { display: flex; flex-direction: column; }
header { display: flex; align-items: center; gap: .6em; padding: .75em; border-bottom: 1px solid var(--line); }
header div { flex: 1; }
h2, h3 { font-size: 1em; line-height: 1.3; }
small { display: block; font-weight: 400; }
small, .source, .feedback, .hint, dt { font-size: .8125em; line-height: 1.4; color: var(--soft); }
.badge, .icon { display: grid; place-items: center; width: 2.75em; height: 2.75em; flex: none; padding: 0; border-radius: 50%; }
header .icon, .options button { border-color: transparent; background: none; }
header .icon + .icon { margin-left: -.6em; }
[aria-expanded] svg { stroke-width: 3; }
.options { display: flex; flex-direction: column; padding: .25em; border-bottom: 1px solid var(--line); background: var(--wash); }

.log, .page { position: relative; flex: 1; min-height: 0; padding: 1em; overflow-y: auto; overscroll-behavior: contain; }
.log { display: flex; flex-direction: column; align-items: flex-start; gap: .6em; outline-offset: -3px; }
.bubble { max-width: 92%; padding: .65em .95em; border: 1px solid transparent; border-radius: 1em; }
.bot { background: var(--wash); border-bottom-left-radius: .25em; }
.user { align-self: flex-end; border-bottom-right-radius: .25em; white-space: pre-wrap; }
.bubble :is(p, ul) + * { margin-top: .5em; }
.bubble li + li { margin-top: .2em; }
ul { padding-left: 1.2em; }
.source { padding-top: .5em; border-top: 1px solid var(--line); }
.feedback, .choices, .failed, .actions, .entry { display: flex; flex-wrap: wrap; align-items: center; gap: .5em; }
.feedback button { min-height: 2.25em; padding: .1em .8em; border-color: var(--line); }
[aria-pressed=true] { font-weight: 700; text-decoration: underline; }
.choices button { border-color: var(--accent); color: var(--accent); }
.note { align-self: center; text-align: center; color: var(--soft); }
.failed { align-self: flex-end; }
.failed, .alert, .danger { color: var(--error); }
.failed button { color: var(--ink); }
.status, .alert, .other-way { margin: 0 1em; padding-bottom: .5em; }
.status { color: var(--soft); }
:is(.status, .alert):empty { padding: 0; }
form { padding: .6em .75em .4em; border-top: 1px solid var(--line); }
.entry { flex-wrap: nowrap; align-items: flex-end; }
textarea { flex: 1; outline-offset: -1px !important; min-width: 0; min-height: 2.75em; max-height: 8em; resize: none; field-sizing: content; }
::placeholder { color: var(--soft); opacity: 1; }
.hint { padding: .4em .5em calc(.2em + env(safe-area-inset-bottom)); }
h3 { margin-bottom: .6em; font-size: 1.125em; }
dt { padding-top: .6em; }
dd { padding-bottom: .6em; border-bottom: 1px solid var(--line); }
.actions { margin-top: 1.25em; }

@media (max-width: 30em), (max-height: 24em) {
  dialog { inset: var(--top, 0) 0 auto; width: 100%; max-width: none; height: var(--height, 100dvh); max-height: none; border: 0; border-radius: 0; }
}
@media (max-height: 24em) {
  dialog { overflow: auto; }
  .log { min-height: 6em; }
  header { padding: .2em .5em; }
  .badge, small, .hint { display: none; }
  form { padding: .3em .5em; }
}
@media (forced-colors: active) { .bubble, .badge, .launcher { border: 1px solid; } }
`;

const PAPER_STYLES = `
body { max-width: 42em; margin: 2em auto; padding: 0 1em; font: medium/1.5 Georgia, serif; color: #111; background: #fff; overflow-wrap: anywhere; }
h2 { border-bottom: 1px solid; font-size: 1.2em; }
b, dt { display: block; margin-top: 1em; font-weight: 700; }
p, ul, dd { margin: 0 0 .3em; }
button { font: inherit; padding: .5em 1em; }
.typed { white-space: pre-wrap; }
.source { font-size: .875em; color: #444; }
.hidden { display: none; }
@media print { button { display: none; } }
`;
