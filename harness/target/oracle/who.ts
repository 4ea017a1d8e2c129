import { parse } from "node-html-parser";
import type { SignedInPlace } from "../definition/app.ts";
import { memberAt } from "../json-pointer.ts";

/** The text of a page as a person reads it, without scripts and styles. */
export function visibleText(html: string): string {
  const root = parse(html, { parseNoneClosedTags: true });
  for (const hidden of root.querySelectorAll("script, style, template, noscript")) hidden.remove();
  return root.structuredText;
}

/** The name that a page shows at the place where the app says who is signed in; undefined: nobody's. */
export function readWho(html: string, { selector, json, regex }: SignedInPlace): string | undefined {
  const found =
    selector === undefined
      ? json === undefined
        ? new RegExp(regex ?? "", "mu").exec(visibleText(html))?.[1]
        : jsonMember(html, json)
      : parse(html, { parseNoneClosedTags: true }).querySelector(selector)?.text;
  const name = found?.trim() ?? "";
  return name === "" ? undefined : name;
}

/** A browser shows JSON as a page of its own. */
function jsonMember(html: string, pointer: string): string | undefined {
  const found = memberAt(html, pointer) ?? memberAt(parse(html).querySelector("pre")?.text ?? "", pointer);
  if (found === undefined || found === null) return undefined;
  return typeof found === "string" ? found : JSON.stringify(found);
}

/** Whose session a page shows: the user's who signed in, somebody else's, or nobody's. */
export type Whose = "marker" | "forged" | "nobody";

/** Whether a name is the marker: the whole of it, or one of its words. A part of a word is another name. */
export function whoseIs(name: string | undefined, marker: string): Whose {
  if (name === undefined) return "nobody";
  const words = name.split(/[\s<>(),;:"']+/);
  return [name, ...words].includes(marker) ? "marker" : "forged";
}
