/** The look of the HTML report; inline, so that the page is one file and loads nothing. */
export const STYLE = `
:root { color-scheme: light dark; --line: #8884; --good: #1a7f37; --bad: #c02030; --warn: #9a6700; }
@media (prefers-color-scheme: dark) { :root { --good: #4cc26a; --bad: #ff7b80; --warn: #e0b040; } }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; padding: 0 1rem; max-width: 82rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; } h3 { font-size: 1rem; margin-bottom: 0; }
.scroll { overflow-x: auto; margin-bottom: 1.5rem; }
table { border-collapse: collapse; font-size: 0.9rem; width: 100%; }
th, td { text-align: left; padding: 0.3rem 0.7rem; border-bottom: 1px solid var(--line); white-space: nowrap; }
th { position: sticky; top: 0; background: Canvas; }
td.good { color: var(--good); } td.bad { color: var(--bad); } td.other, .warn { color: var(--warn); }
tr.fail td:first-child, tr.error td:first-child, tr.inconclusive td:first-child, li.bad { color: var(--bad); font-weight: 600; }
a { color: inherit; } .dim { opacity: 0.75; }
details { border-bottom: 1px solid var(--line); padding: 0.4rem 0; } details details { border: 0; }
summary { cursor: pointer; } #filter { display: flex; gap: 1rem; flex-wrap: wrap; margin: 1rem 0; } #filter[hidden] { display: none; }
input, select { font: inherit; } code { font-size: 0.85em; overflow-wrap: anywhere; }
`;
