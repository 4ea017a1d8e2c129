import type { Channel } from "../../emission/channels.ts";
import type { Emission } from "../../emission/emission.ts";
import type { OfferedChoice } from "../choices.ts";
import { escapeHtml } from "./html.ts";

const ARTIFACTS: Readonly<Record<Channel, string>> = {
  oidc: "ID token",
  "partner-api": "Access token",
  saml: "SAML response",
  wsfed: "WS-Federation response",
  eam: "External method",
};

/** More than this is shown with a field to filter by. */
const FEW = 20;

/** Where an emission departs from its baseline, as far as its first change tells. */
function subjectOf({ patch, tamper, key }: Emission): string {
  if (tamper.length > 0) return "changed after signing";
  if (key !== "published") return "signed by another key";
  const [, ...place] = patch[0]?.path.split("/") ?? [];
  return place.length === 0 ? "as it is" : place.slice(0, 3).join(" ");
}

function groupOf({ emission }: OfferedChoice): string {
  return `${ARTIFACTS[emission.channel]}: ${subjectOf(emission)}`;
}

function renderOption({ id, title }: OfferedChoice, preselected: string): string {
  const selected = id === preselected ? " selected" : "";
  return `<option value="${escapeHtml(id)}"${selected}>${escapeHtml(title)}</option>`;
}

/** Choices that have the text in their title, id or group; the preselected one stays, so that it can be sent. */
function filtered(
  choices: readonly OfferedChoice[],
  preselected: string,
  find: string,
): readonly OfferedChoice[] {
  const wanted = find.trim().toLowerCase();
  if (wanted === "") return choices;
  return choices.filter(
    (choice) =>
      choice.id === preselected ||
      `${choice.title} ${choice.id} ${groupOf(choice)}`.toLowerCase().includes(wanted),
  );
}

function renderFilter(shown: number, all: number, find: string): string {
  return `<div class="field"><label for="find">Filter</label>
<input type="search" id="find" name="find" value="${escapeHtml(find)}" maxlength="100" autocomplete="off" aria-describedby="find-hint">
<small id="find-hint">${shown} of ${all} shown; the Enter key filters.</small></div>
<input type="hidden" name="found" value="${escapeHtml(find)}">`;
}

/**
 * Renders the emissions on offer as one list, grouped by what is wrong with them; a long one can be filtered.
 *
 * @param find what the person filters by; empty: everything is shown
 */
export function renderEmissionList(
  choices: readonly OfferedChoice[],
  preselected: string,
  find: string,
): string {
  const shown = filtered(choices, preselected, find);
  const groups = [...Map.groupBy(shown, groupOf)].map(
    ([group, members]) =>
      `<optgroup label="${escapeHtml(group)}">${members.map((one) => renderOption(one, preselected)).join("")}</optgroup>`,
  );
  const filter = choices.length > FEW ? renderFilter(shown.length, choices.length, find) : "";
  return `<fieldset><legend>What the answer says</legend>${filter}
<div class="field"><label for="emission">Emission</label>
<select id="emission" name="emission">${groups.join("\n")}</select></div></fieldset>`;
}
