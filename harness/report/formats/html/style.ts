/** The look of the HTML report; inline, so that the page is one file and loads nothing but the pictures beside it. */
export const STYLE = `
:root { color-scheme: light dark; --line: #8886; --soft: #8882; --dim: #57606a; --good: #1a7f37; --bad: #c02030; --warn: #8a5a00; }
@media (prefers-color-scheme: dark) { :root { --dim: #a5aeb8; --good: #4cc26a; --bad: #ff8a8e; --warn: #e0b040; } }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; padding: 0 1rem; max-width: 82rem; overflow-wrap: break-word; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; } h3 { font-size: 1rem; margin: 1.2rem 0 0.3rem; }
.scroll { overflow-x: auto; margin-bottom: 1.5rem; } .scroll:focus-visible { outline: 2px solid Highlight; }
table { border-collapse: collapse; font-size: 0.9rem; width: 100%; }
caption { text-align: left; font-weight: 600; padding: 0.3rem 0.7rem; background: var(--soft); }
th, td { text-align: left; padding: 0.3rem 0.7rem; border-bottom: 1px solid var(--line); white-space: nowrap; }
tbody th { font-weight: normal; }
.good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); } .dim, dt, figcaption { color: var(--dim); }
tr.fail td:first-child, li.bad, .headline { color: var(--bad); font-weight: 600; }
tr.error td:first-child, tr.inconclusive td:first-child { color: var(--warn); font-weight: 600; }
a { color: inherit; }
details { border-bottom: 1px solid var(--line); padding: 0.4rem 0; } details details { border: 0; }
summary { cursor: pointer; } #filter { display: flex; gap: 1rem; flex-wrap: wrap; margin: 1rem 0; } #filter[hidden] { display: none; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 0.8rem; margin: 0.3rem 0; } dd { margin: 0; min-width: 0; }
ul, ol { margin: 0.3rem 0; padding-left: 1.4rem; } figure { margin: 0.6rem 0; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0.3rem 0; padding: 0.6rem 0.8rem; background: var(--soft); border-left: 3px solid var(--line); }
.shot { max-width: min(100%, 40rem); border: 1px solid var(--line); }
input, select { font: inherit; max-width: 100%; } code { font-size: 0.85em; overflow-wrap: anywhere; }
@media print {
  :root { color-scheme: light; font-size: 11px; } body { font-size: 10px; margin: 0; max-width: none; } #filter { display: none; }
  .scroll { overflow: visible; } th, td { white-space: normal; padding: 0.1rem 0.3rem; } tbody th { overflow-wrap: anywhere; }
  tr, figure, h3 { break-inside: avoid; } h2, h3 { break-after: avoid; }
}
`;
