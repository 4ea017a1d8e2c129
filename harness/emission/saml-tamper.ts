import { HarnessError } from "../errors.ts";
import type { Tamper } from "./tamper-schema.ts";

const SIGNATURE = /<ds:Signature[\s>].*?<\/ds:Signature>/gs;
const SIGNATURE_VALUE = /(<ds:SignatureValue[^>]*>)([^<]+)(<\/ds:SignatureValue>)/g;

/** One bit in the middle: a changed first or last byte may be taken for a fault of length or padding. */
function flipBit(base64: string): string {
  const bytes = Buffer.from(base64, "base64");
  const middle = bytes.length >> 1;
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
  return bytes.toString("base64");
}

function flipSignature(xml: string): string {
  return xml.replace(
    SIGNATURE_VALUE,
    (_all, open: string, value: string, close: string) => `${open}${flipBit(value)}${close}`,
  );
}

function change(xml: string, tamper: Tamper): string {
  if (tamper.op === "flip-signature") return flipSignature(xml);
  if (tamper.op === "strip-signature") return xml.replace(SIGNATURE, "");
  if (tamper.op === "prepend-doctype") return `${tamper.declaration}${xml}`;
  return tamper.op === "replace-text" ? xml.replaceAll(tamper.find, () => tamper.replace) : xml;
}

function applyTamper(xml: string, tamper: Tamper): string {
  const changed = change(xml, tamper);
  if (changed !== xml) return changed;
  const what = tamper.op === "replace-text" ? JSON.stringify(tamper.find) : "a signature";
  throw new HarnessError(
    "ERR_SCENARIO_INVALID",
    `The tamper ${tamper.op} changes nothing: the signed XML does not hold ${what}`,
    "Name text that stands in the signed XML, escaped as it is there, and tamper a signature before stripping it.",
  );
}

/**
 * Changes a signed response as an attacker without the key would: every signature value by one bit, every signature
 * taken out, or every occurrence of a text replaced.
 *
 * @throws HarnessError when a tamper changes nothing
 */
export function tamperSamlXml(xml: string, tampers: readonly Tamper[]): string {
  return tampers.reduce(applyTamper, xml);
}
