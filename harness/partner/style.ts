import type { Markup } from "./html.ts";

/** The look of the partner apps' pages; nothing is loaded from elsewhere. */
export const STYLE: Markup = {
  markup: `
:root { color-scheme: light; --tone: #4a5568; --ground: #f3f5f8; --ink: #1c2430; --faint: #5b6675; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
header { padding: 14px 24px; background: #1f2a3c; color: #fff; font-weight: 600; }
header span { margin-left: 10px; color: #b6c2d4; font-weight: 400; font-size: 14px; }
main { max-width: 640px; margin: 48px auto; padding: 28px 32px; background: #fff; border: 1px solid #dde3ea;
  border-top: 6px solid var(--tone); border-radius: 8px; }
main.granted { --tone: #1b7f4b; }
main.refused { --tone: #b3261e; }
main.sign-in-again { --tone: #a15c00; }
h1 { margin: 0 0 18px; font-size: 24px; line-height: 1.25; overflow-wrap: anywhere; }
p { margin: 0 0 14px; overflow-wrap: anywhere; }
.label { margin: 0; color: var(--faint); font-size: 13px; }
#signed-in-as { font-weight: 600; }
#access { font-weight: 600; color: var(--tone); }
dl { margin: 18px 0; border-top: 1px solid #e6eaf0; }
dl div { display: flex; gap: 16px; align-items: baseline; padding: 8px 0; border-bottom: 1px solid #e6eaf0; }
dt { flex: 0 0 200px; color: var(--faint); }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere; font-family: ui-monospace, monospace; font-size: 14px; }
nav { display: flex; flex-wrap: wrap; gap: 10px; margin-top: 22px; }
nav a { padding: 8px 16px; border: 1px solid #2b5aa0; border-radius: 6px; color: #2b5aa0; text-decoration: none; }
nav a:first-child { background: #2b5aa0; color: #fff; }
nav a:focus-visible { outline: 3px solid #9dbcf0; outline-offset: 2px; }
@media (max-width: 700px) { main { margin: 16px; padding: 20px; } dl div { display: block; } }
`,
};
