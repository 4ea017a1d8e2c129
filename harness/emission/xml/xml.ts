import { HarnessError } from "../../errors.ts";
import { type RawText, textOfRaw } from "../json-text.ts";

/** A text that is escaped, or one that is XML already. */
export type Text = string | RawText;

/** Attributes by name, in the order they are written; undefined: left out. */
export type Attributes = Readonly<Record<string, Text | undefined>>;

const NOT_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** The years 1 to 9999: others have no four-digit `xs:dateTime`. */
const FIRST_SECOND = -62_135_596_800;
const LAST_SECOND = 253_402_300_799;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  // A parser would turn these into blanks in an attribute, and some of them into a line feed in text.
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
  "\u0085": "&#133;",
  "\u2028": "&#8232;",
};

/** Whether XML 1.0 can hold the text at all: no control characters, no lone surrogates. */
export function isXmlText(text: string): boolean {
  return !NOT_XML.test(text);
}

/** Text made safe for XML text and for quoted attribute values; raw text as it stands. */
export function escapeXml(text: Text): string {
  if (typeof text !== "string") return textOfRaw(text) ?? "";
  if (isXmlText(text))
    return text.replace(/[&<>"\t\n\r\u0085\u2028]/g, (character) => ENTITIES[character] ?? "");
  throw new HarnessError(
    "ERR_SCENARIO_INVALID",
    `XML cannot hold the text ${JSON.stringify(text)}`,
    "Take the control characters and lone surrogates out of the patched value.",
  );
}

function fraction(seconds: number, digits: number | undefined): string {
  const milliseconds = new Date(seconds * 1000).toISOString().slice(20, 23);
  const shown = milliseconds === "000" ? "" : milliseconds;
  const written = digits === undefined ? shown : milliseconds.padEnd(digits, "0").slice(0, digits);
  return written === "" ? "" : `.${written}`;
}

/**
 * A time as `xs:dateTime` in UTC.
 *
 * @param digits of the fraction of a second; absent: as many as are needed
 * @throws HarnessError when it is not between the years 1 and 9999
 */
export function dateTime<Written extends Text = never>(
  time: number | Written | undefined,
  digits?: number,
): string | Written | undefined {
  if (typeof time !== "number") return time;
  if (time >= FIRST_SECOND && time <= LAST_SECOND)
    return `${new Date(time * 1000).toISOString().slice(0, 19)}${fraction(time, digits)}Z`;
  throw new HarnessError(
    "ERR_SCENARIO_INVALID",
    `${time} seconds since the epoch is not a time that SAML can write`,
    "Use a time between the years 1 and 9999, or a string to write something that is no time.",
  );
}

/** An element with its attributes escaped, around children that are XML already. */
export function element(name: string, attributes: Attributes, children: readonly string[] = []): string {
  const written = Object.entries(attributes)
    .map(([key, value]) => (value === undefined ? "" : ` ${key}="${escapeXml(value)}"`))
    .join("");
  const content = children.join("");
  return content === "" ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

/** An element around a text, which is escaped; nothing when there is no text. */
export function textElement(name: string, text: Text | undefined, attributes: Attributes = {}): string {
  return text === undefined ? "" : element(name, attributes, [escapeXml(text)]);
}
