import type { Policy } from "../policy.ts";
import {
  CONTENT_CIPHERS,
  ENCRYPTED_ELEMENT,
  OAEP_DIGESTS,
  OAEP_MASKS,
  RSA_OAEP,
  RSA_OAEP_MGF1P,
  type ContentCipher,
  type OaepHash,
  type OaepWay,
} from "../vocabulary/saml-encryption.ts";
import { XML_ENCRYPTION, XML_ENCRYPTION_11, XML_SIGNATURE } from "../vocabulary/saml-namespaces.ts";
import { decodeBase64 } from "./web-crypto.ts";
import {
  allOf,
  attributeOf,
  displayName,
  elementsOf,
  isNamed,
  locate,
  oneOf,
  textOf,
  type XmlElement,
} from "./xml-element.ts";
import { Refusal } from "./xml-refusal.ts";

/** A content key, wrapped for one recipient. */
export interface WrappedKey {
  /** What RSA-OAEP it may be, to be tried in this order. */
  readonly ways: readonly OaepWay[];
  /** Label of RSA-OAEP, mostly empty. */
  readonly label: Uint8Array;
  readonly bytes: Uint8Array;
}

/** An EncryptedData in the one form that is read, with all that decrypting it needs. */
export interface EncryptedParts {
  readonly cipher: ContentCipher;
  /** Initialisation vector, ciphertext and, with GCM, the tag. */
  readonly bytes: Uint8Array;
  /** One for each recipient. */
  readonly keys: readonly WrappedKey[];
}

/** Each key costs an RSA operation for each configured key, and nobody encrypts for so many. */
const MAX_WRAPPED_KEYS = 8;

function broken(element: XmlElement, message: string): Refusal {
  return new Refusal("structure", locate(element), message);
}

function forbidden(element: XmlElement, message: string): Refusal {
  return new Refusal("encryption-forbidden", locate(element), message);
}

function required(parent: XmlElement, local: string): XmlElement {
  const child = oneOf(parent, XML_ENCRYPTION, local);
  if (child === undefined) throw broken(parent, `${displayName(parent)} has no xenc:${local}`);
  return child;
}

function binary(element: XmlElement): Uint8Array {
  const bytes = decodeBase64(textOf(element));
  if (bytes === undefined) throw broken(element, `${displayName(element)} is not base64`);
  return bytes;
}

function cipherBytes(encrypted: XmlElement): Uint8Array {
  const data = required(encrypted, "CipherData");
  const [content, second] = elementsOf(data);
  if (content !== undefined && isNamed(content, XML_ENCRYPTION, "CipherReference")) {
    throw forbidden(content, "the ciphertext is to be fetched from elsewhere; it must stand in the message");
  }
  if (content === undefined || second !== undefined || !isNamed(content, XML_ENCRYPTION, "CipherValue")) {
    throw broken(data, "xenc:CipherData must hold exactly one xenc:CipherValue");
  }
  return binary(content);
}

function cipherOf(data: XmlElement, { unauthenticatedEncryption }: Policy): ContentCipher {
  const method = required(data, "EncryptionMethod");
  const uri = attributeOf(method, "Algorithm") ?? "";
  const cipher = CONTENT_CIPHERS.get(uri);
  if (cipher === undefined)
    throw forbidden(method, `the content is encrypted with "${uri}"; it must be AES-GCM`);
  if (cipher.mode === "AES-CBC" && unauthenticatedEncryption === "error") {
    const why = "which notices no change; the policy wants AES-GCM";
    throw forbidden(method, `the content is encrypted with "${uri}", ${why}`);
  }
  return cipher;
}

function hashIn(
  method: XmlElement,
  child: XmlElement | undefined,
  known: ReadonlyMap<string, OaepHash>,
): OaepHash | undefined {
  if (child === undefined) return undefined;
  const uri = attributeOf(child, "Algorithm") ?? "";
  const hash = known.get(uri);
  if (hash === undefined) throw forbidden(method, `RSA-OAEP uses "${uri}"; it must be SHA-1 or SHA-2`);
  return hash;
}

/**
 * What RSA-OAEP it is. Where the mask generation is left to its default, that is SHA-1; many emitters use the hash of
 * the digest all the same, so both are tried.
 */
function oaepWays(method: XmlElement): readonly OaepWay[] {
  const digest = hashIn(method, oneOf(method, XML_SIGNATURE, "DigestMethod"), OAEP_DIGESTS) ?? "SHA-1";
  const mask = hashIn(method, oneOf(method, XML_ENCRYPTION_11, "MGF"), OAEP_MASKS);
  if (mask !== undefined) return [{ digest, mask }];
  return digest === "SHA-1"
    ? [{ digest, mask: digest }]
    : [digest, "SHA-1" as const].map((each) => ({ digest, mask: each }));
}

function readKey(key: XmlElement): WrappedKey {
  const method = required(key, "EncryptionMethod");
  const uri = attributeOf(method, "Algorithm") ?? "";
  if (uri !== RSA_OAEP && uri !== RSA_OAEP_MGF1P) {
    throw forbidden(method, `the content key is encrypted with "${uri}"; it must be RSA-OAEP`);
  }
  const label = oneOf(method, XML_ENCRYPTION, "OAEPparams");
  return {
    ways: oaepWays(method),
    label: label === undefined ? new Uint8Array() : binary(label),
    bytes: cipherBytes(key),
  };
}

/** Keys stand inside the data or beside them; a RetrievalMethod from one to the other is not needed to find them. */
function keysOf(data: XmlElement, holder: XmlElement): readonly WrappedKey[] {
  const keyInfo = oneOf(data, XML_SIGNATURE, "KeyInfo");
  const inside = keyInfo === undefined ? [] : allOf(keyInfo, XML_ENCRYPTION, "EncryptedKey");
  const keys = [...inside, ...allOf(holder, XML_ENCRYPTION, "EncryptedKey")];
  if (keys.length === 0)
    throw broken(data, "there is no xenc:EncryptedKey; the content key must be sent along");
  if (keys.length > MAX_WRAPPED_KEYS)
    throw broken(holder, `there are ${keys.length} keys; ${MAX_WRAPPED_KEYS} are the limit`);
  return readableKeys(keys);
}

/** What is wrong with a key for somebody else is no fault of the message as long as there is one that can be read. */
function readableKeys(elements: readonly XmlElement[]): readonly WrappedKey[] {
  const keys: WrappedKey[] = [];
  let first: Refusal | undefined;
  for (const element of elements) {
    try {
      keys.push(readKey(element));
    } catch (caught) {
      if (!(caught instanceof Refusal)) throw caught;
      first ??= caught;
    }
  }
  if (keys.length === 0 && first !== undefined) throw first;
  return keys;
}

/**
 * Reads an encrypted assertion and holds it to what may be decrypted: content in AES-GCM, or in AES-CBC unless the
 * policy forbids it, its key in RSA-OAEP, both in the message itself.
 *
 * @param holder element with one EncryptedData, and the keys either in its KeyInfo or beside it
 * @throws Refusal of kind `structure` or `encryption-forbidden`
 * @see SAML core §6, XML Encryption §3; Jager and Somorovsky, How to Break XML Encryption, 2011
 */
export function readEncryption(holder: XmlElement, policy: Policy): EncryptedParts {
  const data = required(holder, "EncryptedData");
  const type = attributeOf(data, "Type");
  if (type !== undefined && type !== ENCRYPTED_ELEMENT) {
    throw broken(data, `the Type is "${type}"; it must be "${ENCRYPTED_ELEMENT}"`);
  }
  return { cipher: cipherOf(data, policy), keys: keysOf(data, holder), bytes: cipherBytes(data) };
}
