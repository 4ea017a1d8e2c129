import { createPublicKey } from "node:crypto";
import { promisify } from "node:util";
import { ASSERTION_NAMESPACE } from "../saml/names.ts";

/** To whom, and with what, an assertion is encrypted. */
export interface AssertionEncryption extends EncryptionAlgorithms {
  /** PEM of an RSA certificate of the service provider. */
  readonly certificate: string;
}

/** Identifiers of XML encryption. */
export interface EncryptionAlgorithms {
  /** Encrypts the assertion. */
  readonly data: string;
  /** Encrypts the key of the assertion. */
  readonly key: string;
}

const XMLENC = "http://www.w3.org/2001/04/xmlenc#";
const XMLENC_11 = "http://www.w3.org/2009/xmlenc11#";

const DATA_ALGORITHMS: readonly string[] = [
  `${XMLENC_11}aes256-gcm`,
  `${XMLENC_11}aes128-gcm`,
  `${XMLENC}aes256-cbc`,
  `${XMLENC}aes128-cbc`,
];

const KEY_ALGORITHMS: readonly string[] = [`${XMLENC}rsa-oaep-mgf1p`, `${XMLENC}rsa-1_5`];

function pick(named: readonly string[], known: readonly string[]): string | undefined {
  return named.length === 0 ? known[0] : named.find((method) => known.includes(method));
}

/**
 * Picks the algorithms for a service provider.
 *
 * @param methods `md:EncryptionMethod` of its metadata, the ones it likes best first; a kind of which it names none gets
 * AES-256-GCM or RSA-OAEP
 * @returns undefined when it names only algorithms that are not there
 * @see SAML metadata §2.4.1.1
 */
export function chooseEncryption(methods: readonly string[]): EncryptionAlgorithms | undefined {
  const keys = methods.filter((method) => /#rsa-/.test(method));
  const others = methods.filter((method) => !/#rsa-/.test(method));
  const data = pick(others, DATA_ALGORITHMS);
  const key = pick(keys, KEY_ALGORITHMS);
  return data === undefined || key === undefined ? undefined : { data, key };
}

const ASSERTION = /<saml:Assertion[\s>].*<\/saml:Assertion>/s;

/** Once decrypted it stands alone for some readers, so it declares its own prefix; exclusive c14n does not mind. */
function standingAlone(assertion: string): string {
  const [start = ""] = /^<[^>]*>/.exec(assertion) ?? [];
  if (start.includes("xmlns:saml=")) return assertion;
  return assertion.replace("<saml:Assertion", `<saml:Assertion xmlns:saml="${ASSERTION_NAMESPACE}"`);
}

/** RSA-OAEP with SHA-1, the only digest that every service provider has. */
async function encrypt(content: string, { certificate, data, key }: AssertionEncryption): Promise<string> {
  // Imported late: few service providers want it.
  const { default: xmlEncryption } = await import("xml-encryption");
  const publicKey = createPublicKey(certificate).export({ type: "spki", format: "pem" }).toString();
  const encrypted = await promisify(xmlEncryption.encrypt)(content, {
    rsa_pub: publicKey,
    pem: certificate,
    encryptionAlgorithm: data,
    keyEncryptionAlgorithm: key,
    keyEncryptionDigest: "sha1",
    warnInsecureAlgorithm: false,
  });
  return encrypted.trim().replaceAll(/>\s+</g, "><");
}

/**
 * Encrypts the assertion in a response, with its signature if it has one; a response without an assertion stays.
 *
 * @param xml as `samlResponseXml` wrote it, before the Response is signed
 * @see SAML core §6.2
 */
export async function encryptAssertion(xml: string, encryption: AssertionEncryption): Promise<string> {
  const [assertion] = ASSERTION.exec(xml) ?? [];
  if (assertion === undefined) return xml;
  const encrypted = await encrypt(standingAlone(assertion), encryption);
  return xml.replace(ASSERTION, () => `<saml:EncryptedAssertion>${encrypted}</saml:EncryptedAssertion>`);
}
