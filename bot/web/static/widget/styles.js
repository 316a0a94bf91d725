// em units only: a host page may set the size of rem to anything.
const STYLES = `
:host {
  all: initial;
  font: 400 medium/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
  --ink: #1b2733; --soft: #51616f; --paper: #fff; --wash: #eef2f5; --line: #c3ced6;
  --accent: #1d4f72; --on-accent: #fff; --error: #a3261b;
}
@media (prefers-color-scheme: dark) {
  :host {
    --ink: #e8edf1; --soft: #b3c0ca; --paper: #161f27; --wash: #23303a; --line: #475866;
    --accent: #8fc6ec; --on-accent: #10202c; --error: #ffb4a9;
  }
}
* { box-sizing: border-box; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
[hidden] { display: none !important; }
button, textarea { font: inherit; color: inherit; }
button { cursor: pointer; min-height: 2.75em; border-radius: .6em; border: 1px solid var(--line); background: var(--paper); padding: .4em .9em; }
button:hover { background: var(--wash); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.primary { background: var(--accent); color: var(--on-accent); border-color: var(--accent); font-weight: 600; }
.primary:hover { background: var(--accent); filter: brightness(1.12); }
.launcher { position: fixed; right: 1.25em; bottom: max(1.25em, env(safe-area-inset-bottom)); z-index: 2147483000; border-radius: 2em; padding: .7em 1.4em; box-shadow: 0 4px 18px #0003; }
dialog { position: fixed; inset: auto 1.25em 1.25em auto; margin: 0; padding: 0; border: 1px solid var(--line); border-radius: 1em; width: 25em; max-width: calc(100vw - 2.5em); height: min(40em, calc(100dvh - 2.5em)); background: var(--paper); color: var(--ink); box-shadow: 0 12px 40px #0004; z-index: 2147483001; overflow: hidden; }
dialog[open] { display: flex; flex-direction: column; }
header { display: flex; align-items: center; gap: .5em; padding: .6em .6em .6em 1em; border-bottom: 1px solid var(--line); }
h2 { flex: 1; margin: 0; font-size: 1em; font-weight: 650; line-height: 1.25; }
h2 small { display: block; font-size: .8125em; font-weight: 400; color: var(--soft); }
.log { flex: 1; overflow-y: auto; overscroll-behavior: contain; padding: 1em; display: flex; flex-direction: column; gap: .6em; }
.bubble { max-width: 88%; padding: .6em .9em; border-radius: 1em; overflow-wrap: anywhere; }
.bot { align-self: flex-start; background: var(--wash); border-bottom-left-radius: .25em; }
.user { align-self: flex-end; background: var(--accent); color: var(--on-accent); border-bottom-right-radius: .25em; white-space: pre-wrap; }
.bubble p, .bubble ul { margin: 0 0 .5em; }
.bubble > :last-child { margin-bottom: 0; }
.bubble ul { padding-left: 1.2em; }
.bubble a { color: var(--accent); }
.source { margin-top: .5em; font-size: .8125em; color: var(--soft); }
.choices { display: flex; flex-wrap: wrap; gap: .5em; }
.choices button { border-color: var(--accent); color: var(--accent); text-align: left; }
.failed { align-self: flex-end; text-align: right; font-size: .875em; color: var(--error); }
.failed button { margin-left: .5em; color: var(--ink); }
.status { min-height: 1.7em; padding: 0 1.2em; font-size: .875em; color: var(--soft); }
.alert { margin: 0 1em .5em; color: var(--error); font-size: .875em; }
.alert:empty { display: none; }
form { display: flex; gap: .5em; align-items: flex-end; padding: .6em .8em; border-top: 1px solid var(--line); }
textarea { flex: 1; resize: none; min-height: 2.75em; max-height: 8em; padding: .55em .8em; border: 1px solid var(--soft); border-radius: .6em; background: var(--paper); field-sizing: content; }
footer { display: flex; align-items: center; gap: .5em; flex-wrap: wrap; padding: 0 .8em max(.6em, env(safe-area-inset-bottom)); font-size: .8125em; color: var(--soft); }
footer button { min-height: 2.2em; padding: .1em .6em; border-color: transparent; text-decoration: underline; }
@media (max-width: 30em) {
  dialog { inset: 0; width: 100%; max-width: none; height: 100dvh; max-height: none; border: 0; border-radius: 0; }
  textarea { font-size: max(1em, 16px); }
}
@media (prefers-reduced-motion: no-preference) { .bubble { animation: in .15s ease-out; } @keyframes in { from { opacity: 0; transform: translateY(.3em); } } }
`;
