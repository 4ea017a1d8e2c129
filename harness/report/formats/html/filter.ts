/** The form above the tables; it is shown by the script alone, because without one it would do nothing. */
export const FILTER = `<form id="filter" hidden>
<label>Find <input type="search" name="text" placeholder="scenario, verdict, rule …"></label>
<label>Show <select name="status"><option value="">all</option><option value="amiss">what did not pass</option>
<option value="pass">what passed</option></select></label>
<output name="count"></output>
</form>`;

/**
 * Hides the rows and sections that do not match the form. It stands in the page itself, so that the report is one file,
 * and it writes only text and \`hidden\`, so that nothing in an artifact can become markup.
 */
export const FILTER_SCRIPT = `
const form = document.querySelector("#filter");
const rows = [...document.querySelectorAll("tbody tr")];
const sections = [...document.querySelectorAll("details[id]")];
const texts = new Map(sections.map((section) => [section.id, section.textContent.toLowerCase()]));
const apply = () => {
  const words = form.elements.text.value.toLowerCase().split(/\\s+/).filter(Boolean);
  const status = form.elements.status.value;
  const matches = (id, state) =>
    words.every((word) => texts.get(id).includes(word)) &&
    (status === "" || (status === "pass") === (state === "pass"));
  for (const row of rows) row.hidden = !matches(row.dataset.scenario, row.className);
  for (const section of sections) section.hidden = !matches(section.id, section.dataset.status);
  const shown = rows.filter((row) => !row.hidden).length;
  form.elements.count.value = shown + " of " + rows.length + " scenarios";
};
form.hidden = false;
form.addEventListener("input", apply);
form.addEventListener("submit", (event) => event.preventDefault());
apply();
const show = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target instanceof HTMLDetailsElement) { target.open = true; target.scrollIntoView(); }
};
addEventListener("hashchange", show);
show();
`;
