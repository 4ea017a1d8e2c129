import type { Policy } from "../policy.ts";
import { SAML_ASSERTION } from "../vocabulary/saml-namespaces.ts";
import { byteLimit } from "./byte-limit.ts";
import type { Obstacle } from "./reading.ts";
import { decrypt } from "./saml-decrypt.ts";
import { readEncryption } from "./saml-encryption.ts";
import { displayName, isNamed, locate, type XmlElement } from "./xml-element.ts";
import { parseElement } from "./xml-parse.ts";
import { Refusal } from "./xml-refusal.ts";

/** An element that was encrypted, and what is weak about how it was. */
export interface Unsealed {
  /** Parsed like a message; nothing vouches for it yet. */
  readonly element: XmlElement;
  readonly weaknesses: readonly Obstacle[];
}

/**
 * Decrypts what an element holds. Encryption authenticates nothing: anybody can encrypt for a known public key.
 *
 * @param holder element with one EncryptedData
 * @throws Refusal of kind `decryption-failed`, `encryption-forbidden`, `encrypted`, or as for a whole message
 * @see SAML core §6.1
 */
export async function unseal(holder: XmlElement, policy: Policy): Promise<Unsealed> {
  const at = locate(holder);
  const parts = readEncryption(holder, policy);
  const keys = policy.decryptionKeys ?? [];
  const text = await decrypt(parts, keys);
  if (text === undefined) {
    const message = `it cannot be decrypted with any of the ${keys.length} configured keys, or it was changed`;
    throw new Refusal("decryption-failed", at, message);
  }
  const message =
    "the content is encrypted with AES-CBC, which notices no change: only a signature around it or in it protects it";
  const weak: Obstacle = { kind: "encryption-weak", at, message };
  return {
    element: parseElement(text, holder, byteLimit(policy)),
    weaknesses: parts.cipher.mode === "AES-CBC" ? [weak] : [],
  };
}

/** A response with its EncryptedAssertion replaced by the Assertion inside (XML Encryption §4.4). */
export async function unsealResponse(
  response: XmlElement,
  encrypted: XmlElement,
  policy: Policy,
): Promise<{ readonly response: XmlElement; readonly weaknesses: readonly Obstacle[] }> {
  const { element, weaknesses } = await unseal(encrypted, policy);
  if (!isNamed(element, SAML_ASSERTION, "Assertion")) {
    const message = `what was encrypted is ${displayName(element)}; it must be a saml:Assertion`;
    throw new Refusal("structure", locate(encrypted), message);
  }
  const children = response.children.map((child) => (child === encrypted ? element : child));
  return { response: { ...response, children }, weaknesses };
}
