import { constants, createHmac, type KeyObject, sign } from "node:crypto";
import { DOMParser } from "@xmldom/xmldom";
import { HarnessError } from "../../errors.ts";
import type { SamlSignatureModel } from "../model.ts";
import { SIGNATURE_NAMESPACE } from "../saml/names.ts";

/** What SignedInfo is signed with. */
interface Keys {
  readonly privateKey: KeyObject;
  /** PEM of the published public key, with which an HMAC is keyed. */
  readonly knownKey: string;
}

/** What is to become of SignedInfo before it is signed. */
interface SignedInfoForm {
  readonly algorithm: string;
  readonly edits: NonNullable<SamlSignatureModel["edits"]>;
}

const DEFAULT = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
const SIGNED_INFO = /<ds:SignedInfo>.*?<\/ds:SignedInfo>/s;
const SIGNATURE_VALUE = /(<ds:SignatureValue>)[^<]*/;

function edit(text: string, { find, replace }: SignedInfoForm["edits"][number]): string {
  const changed = text.replaceAll(find, () => replace);
  if (changed !== text) return changed;
  throw new HarnessError(
    "ERR_SCENARIO_INVALID",
    `SignedInfo does not hold ${JSON.stringify(find)}, so that this edit of it changes nothing`,
    "Name text that stands in SignedInfo, with the prefix ds.",
  );
}

async function canonical(xml: string): Promise<string> {
  const { ExclusiveCanonicalization } = await import("xml-crypto");
  const document = new DOMParser().parseFromString(xml, "text/xml");
  const signedInfo = document.getElementsByTagNameNS(SIGNATURE_NAMESPACE, "SignedInfo").item(0);
  if (signedInfo === null) throw new TypeError("there is no SignedInfo to sign");
  return new ExclusiveCanonicalization().process(signedInfo, {});
}

/** The hash is named at the end of most identifiers; an identifier that nobody registered is signed like the default. */
function hashOf(algorithm: string): string {
  return /(?:md5|sha1|sha224|sha256|sha384|sha512)/.exec(algorithm)?.[0] ?? "sha256";
}

/** As many bits as HMACOutputLength leaves of it, whole bytes. */
function truncate(mac: Buffer, signedInfo: string): Buffer {
  const bits = /HMACOutputLength>(\d+)</.exec(signedInfo)?.[1];
  return bits === undefined ? mac : mac.subarray(0, Number(bits) / 8);
}

function signatureOver(signedInfo: string, algorithm: string, { privateKey, knownKey }: Keys): Buffer {
  const hash = hashOf(algorithm);
  if (algorithm.includes("#hmac-")) {
    return truncate(createHmac(hash, knownKey).update(signedInfo).digest(), signedInfo);
  }
  const padding = algorithm.includes("MGF1") ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
  const saltLength = constants.RSA_PSS_SALTLEN_DIGEST;
  return sign(hash, Buffer.from(signedInfo), { key: privateKey, padding, saltLength });
}

/**
 * Changes the first SignedInfo of a document and signs it anew, so that nothing but the change is wrong; does nothing
 * when there is nothing to change.
 *
 * @throws HarnessError when an edit changes nothing
 */
export async function signInfoAgain(
  xml: string,
  keys: Keys,
  { algorithm, edits }: SignedInfoForm,
): Promise<string> {
  if (algorithm === DEFAULT && edits.length === 0) return xml;
  const method = [{ find: DEFAULT, replace: algorithm }];
  const changes = [...(algorithm === DEFAULT ? [] : method), ...edits];
  const changed = xml.replace(SIGNED_INFO, (text) => changes.reduce(edit, text));
  const value = signatureOver(await canonical(changed), algorithm, keys).toString("base64");
  return changed.replace(SIGNATURE_VALUE, (_all, open: string) => `${open}${value}`);
}
