import type { HTMLElement } from "node-html-parser";

/** What submitting a form, following a link or a redirect sends. */
export interface PageRequest {
  readonly method: "GET" | "POST";
  readonly url: URL;
  /** Form-encoded; only with POST. */
  readonly body?: string;
}

/**
 * What a browser would send for a form.
 *
 * @param form the form element
 * @param page URL of the page it stands on
 * @param entered values that the person enters; a field that the form does not have is sent all the same, as a
 *   pressed button's name and value would be
 */
export function submitForm(
  form: HTMLElement,
  page: URL,
  entered: Readonly<Record<string, string>> = {},
): PageRequest {
  const fields = new URLSearchParams(defaultFields(form).filter(([name]) => !(name in entered)));
  for (const [name, value] of Object.entries(entered)) fields.append(name, value);
  const url = new URL(form.getAttribute("action") ?? "", page);
  url.hash = "";
  if (form.getAttribute("method")?.toLowerCase() === "post") {
    return { method: "POST", url, body: fields.toString() };
  }
  url.search = fields.toString();
  return { method: "GET", url };
}

const UNSENT_INPUTS = new Set(["submit", "button", "reset", "image", "file"]);

function defaultFields(form: HTMLElement): [name: string, value: string][] {
  return form.querySelectorAll("input, textarea, select").flatMap((control) => {
    const name = control.getAttribute("name");
    if (name === undefined || name === "" || control.hasAttribute("disabled")) return [];
    return controlValues(control).map((value): [string, string] => [name, value]);
  });
}

function controlValues(control: HTMLElement): readonly string[] {
  if (control.tagName === "TEXTAREA") return [control.text.replace(/^\n/, "")];
  if (control.tagName === "SELECT") return selectedValue(control);
  const type = control.getAttribute("type")?.toLowerCase() ?? "text";
  if (UNSENT_INPUTS.has(type)) return [];
  const value = control.getAttribute("value");
  if (type !== "checkbox" && type !== "radio") return [value ?? ""];
  return control.hasAttribute("checked") ? [value ?? "on"] : [];
}

function selectedValue(select: HTMLElement): readonly string[] {
  const options = select.querySelectorAll("option");
  const chosen = options.find((option) => option.hasAttribute("selected")) ?? options[0];
  return chosen === undefined ? [] : [chosen.getAttribute("value") ?? chosen.text.trim()];
}
