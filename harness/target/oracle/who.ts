import type { HTMLElement } from "node-html-parser";
import type { SignedInPlace } from "../definition/app.ts";
import { memberAt } from "../json-pointer.ts";
import { parsePage } from "../../transport/parse-page.ts";
import { jsonOf } from "./outline.ts";

/** The text of a page as a person reads it, without scripts and styles. */
export function visibleText(html: string): string {
  const root = parsePage(html);
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
      : textOf(parsePage(html).querySelector(selector));
  const name = found?.trim() ?? "";
  return name === "" ? undefined : name;
}

/** A field has no text, but a value; and the items of a list are words of their own. */
function textOf(element: HTMLElement | null): string | undefined {
  if (element === null) return undefined;
  const { tagName, text, structuredText } = element;
  if (tagName === "INPUT") return element.getAttribute("value");
  if (tagName === "META") return element.getAttribute("content");
  return tagName === "SCRIPT" ? text : structuredText;
}

function jsonMember(html: string, pointer: string): string | undefined {
  const json = jsonOf(html);
  const found = json === undefined ? undefined : memberAt(JSON.stringify(json.value), pointer);
  if (found === undefined || found === null) return undefined;
  return typeof found === "string" ? found : JSON.stringify(found);
}

/**
 * Whose session a page shows: the user's who signed in, somebody else's, nobody's; or somebody's, and nothing tells
 * whose.
 */
export type Whose = "marker" | "forged" | "nobody" | "somebody";

/**
 * How an app names its users: by the address they sign in with, exactly or in whatever case; by the name that the IdP
 * signed in its place, such as a transient one; by a name of its own for each; or by the same words for everybody who is
 * signed in.
 */
export type Naming = "address" | "address-in-any-case" | "signed-name" | "own-name" | "same-for-all";

/** Whose name it is where users are named by their address. */
export function whoseIs(
  name: string | undefined,
  marker: string,
  naming: Extract<Naming, "address" | "address-in-any-case"> = "address",
): Whose {
  if (name === undefined) return "nobody";
  const cased = (text: string): string => (naming === "address" ? text : text.toLowerCase());
  const named = new Set(addressesIn(name).map(cased));
  // Several names are a list, and whoever stands on it is not for that reason signed in.
  if (named.size !== 1) return "somebody";
  return named.has(cased(marker)) ? "marker" : "forged";
}

/** The e-mail addresses in a text. */
export function addressesIn(text: string): readonly string[] {
  return text.split(/[\s<>(){}[\]|,;:"'=/\\]+/u).filter((word) => /.@./u.test(word));
}

/** Somebody of whom it is known how the app names him. */
export interface Named {
  readonly user: string;
  readonly name: string | undefined;
  /** Names that the IdP signed for that user, other than was typed. */
  readonly signedNames?: readonly string[];
}

/**
 * Learns how an app names its users from some whose sign-in was good.
 *
 * @returns undefined when it does not name all of them in one way
 */
export function namingOf(known: readonly Named[]): Naming | undefined {
  for (const naming of ["address", "address-in-any-case"] as const) {
    if (known.every(({ user, name }) => whoseIs(name, user, naming) === "marker")) return naming;
  }
  if (known.every(({ name, signedNames = [] }) => name !== undefined && signedNames.includes(name))) {
    return "signed-name";
  }
  const names = known.map(({ name }) => name);
  if (names.some((name) => name === undefined || addressesIn(name).length > 0)) return undefined;
  const different = new Set(names).size;
  if (different === 1) return "same-for-all";
  return different === names.length ? "own-name" : undefined;
}
