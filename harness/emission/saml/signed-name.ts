import { DOMParser } from "@xmldom/xmldom";
import { textOfRaw } from "../json-text.ts";
import type { SamlResponseModel } from "../model.ts";

/**
 * The name that a response says of whoever signed in, as its signature covers it: the whole text of the NameID, without
 * comments, instructions and tags in it.
 *
 * @returns undefined when it says none
 */
export function signedNameOf({ assertion }: SamlResponseModel): string | undefined {
  const name = assertion?.subject?.nameId;
  const raw = textOfRaw(name);
  const text = raw === undefined ? name : textOfXml(raw);
  return typeof text === "string" && text.trim() !== "" ? text.trim() : undefined;
}

/** The text of a piece of XML; undefined: it is no XML. */
function textOfXml(xml: string): string | undefined {
  const document = new DOMParser({ errorHandler: () => undefined }).parseFromString(
    `<name>${xml}</name>`,
    "text/xml",
  );
  return document.documentElement?.textContent ?? undefined;
}
