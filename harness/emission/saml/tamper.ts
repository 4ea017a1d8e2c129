import { HarnessError } from "../../errors.ts";
import type { Tamper } from "../tamper-schema.ts";
import { wrap } from "../xml/wrap-forms.ts";
import { forgeDigest } from "../xml/forged-digest.ts";

const SIGNATURE = /<ds:Signature[\s>].*?<\/ds:Signature>/gs;
const SIGNATURE_VALUE = /(<ds:SignatureValue[^>]*>)([^<]+)(<\/ds:SignatureValue>)/g;
const FIRST_START_TAG = /<[A-Za-z][^>]*>/;

/** What else the IdP has signed and everybody can get. */
export interface PublicDocuments {
  /** Signed metadata of the IdP. */
  readonly metadata: () => Promise<string>;
}

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

async function insertMetadata(xml: string, documents: PublicDocuments | undefined): Promise<string> {
  const metadata = await documents?.metadata();
  return metadata === undefined ? xml : xml.replace(FIRST_START_TAG, (tag) => `${tag}${metadata}`);
}

function stripFirst(xml: string): string {
  const [first = ""] = xml.match(SIGNATURE) ?? [];
  return xml.replace(first, "");
}

async function change(xml: string, tamper: Tamper, documents?: PublicDocuments): Promise<string> {
  switch (tamper.op) {
    case "flip-signature":
      return flipSignature(xml);
    case "strip-signature":
      return xml.replace(SIGNATURE, "");
    case "strip-first-signature":
      return stripFirst(xml);
    case "prepend-doctype":
      return `${tamper.declaration}${xml}`;
    case "replace-text":
      return xml.replaceAll(tamper.find, () => tamper.replace);
    case "repeat-text":
      return xml.replace(tamper.find, (found) => found.repeat(tamper.times + 1));
    case "wrap":
      return wrap(xml, tamper.form);
    case "forge-digest":
      return await forgeDigest(xml, tamper.place);
    case "insert-signed-metadata":
      return await insertMetadata(xml, documents);
    default:
      return xml;
  }
}

async function applyTamper(xml: string, tamper: Tamper, documents?: PublicDocuments): Promise<string> {
  const changed = await change(xml, tamper, documents);
  if (changed !== xml) return changed;
  const what = "find" in tamper ? JSON.stringify(tamper.find) : "a signature";
  throw new HarnessError(
    "ERR_SCENARIO_INVALID",
    `The tamper ${tamper.op} changes nothing: the signed XML does not hold ${what}`,
    "Name text that stands in the signed XML, escaped as it is there, and tamper a signature before stripping it.",
  );
}

/**
 * Changes a signed response as an attacker without the key would.
 *
 * @param documents what the attacker can get besides the response; absent: nothing
 * @throws HarnessError when a tamper changes nothing
 */
export async function tamperSamlXml(
  xml: string,
  tampers: readonly Tamper[],
  documents?: PublicDocuments,
): Promise<string> {
  let changed = xml;
  for (const tamper of tampers) changed = await applyTamper(changed, tamper, documents);
  return changed;
}
