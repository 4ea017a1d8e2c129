import {
  CONTENT_CIPHERS,
  ENCRYPTED_ELEMENT,
  OAEP_DIGESTS,
  OAEP_MASKS,
  RSA_OAEP,
  RSA_OAEP_MGF1P,
  type ContentCipher,
  type OaepName,
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
interface WrappedKey {
  readonly algorithm: OaepName;
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

function cipherOf(data: XmlElement, authentic: boolean): ContentCipher {
  const method = required(data, "EncryptionMethod");
  const uri = attributeOf(method, "Algorithm") ?? "";
  const cipher = CONTENT_CIPHERS.get(uri);
  if (cipher === undefined)
    throw forbidden(method, `the content is encrypted with "${uri}"; it must be AES-GCM`);
  if (cipher.mode === "AES-CBC" && !authentic) {
    const why = "which notices no change; it must be AES-GCM, or the Response around it must be signed";
    throw forbidden(method, `the content is encrypted with "${uri}", ${why}`);
  }
  return cipher;
}

function nameIn(
  method: XmlElement,
  child: XmlElement | undefined,
  known: ReadonlyMap<string, OaepName>,
): OaepName | undefined {
  if (child === undefined) return undefined;
  const uri = attributeOf(child, "Algorithm") ?? "";
  const name = known.get(uri);
  if (name === undefined) throw forbidden(method, `RSA-OAEP uses "${uri}"; it must be SHA-1 or SHA-2`);
  return name;
}

/**
 * What RSA-OAEP it is. WebCrypto knows only one for both digest and mask generation. Where the mask generation is
 * left to its default, many emitters use the digest's, so that one is tried.
 */
function oaepName(method: XmlElement): OaepName {
  const digest = nameIn(method, oneOf(method, XML_SIGNATURE, "DigestMethod"), OAEP_DIGESTS) ?? "RSA-OAEP";
  const mask = nameIn(method, oneOf(method, XML_ENCRYPTION_11, "MGF"), OAEP_MASKS) ?? digest;
  if (mask === digest) return digest;
  const message = `${digest} with the mask generation of ${mask} cannot be undone here; use one hash for both`;
  throw new Refusal("encrypted", locate(method), message);
}

function readKey(key: XmlElement): WrappedKey {
  const method = required(key, "EncryptionMethod");
  const uri = attributeOf(method, "Algorithm") ?? "";
  if (uri !== RSA_OAEP && uri !== RSA_OAEP_MGF1P) {
    throw forbidden(method, `the content key is encrypted with "${uri}"; it must be RSA-OAEP`);
  }
  const label = oneOf(method, XML_ENCRYPTION, "OAEPparams");
  return {
    algorithm: oaepName(method),
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
  return keys.map((key) => readKey(key));
}

/**
 * Reads an encrypted assertion and holds it to what may be decrypted: content in AES-GCM, its key in RSA-OAEP, both in
 * the message itself.
 *
 * @param holder element with one EncryptedData, and the keys either in its KeyInfo or beside it
 * @param authentic whether a verified signature covers the ciphertext: only then AES-CBC, which notices no change, is read
 * @throws Refusal of kind `structure`, `encryption-forbidden` or `encrypted`
 * @see SAML core §6, XML Encryption §3; Jager and Somorovsky, How to Break XML Encryption, 2011
 */
export function readEncryption(holder: XmlElement, authentic: boolean): EncryptedParts {
  const data = required(holder, "EncryptedData");
  const type = attributeOf(data, "Type");
  if (type !== undefined && type !== ENCRYPTED_ELEMENT) {
    throw broken(data, `the Type is "${type}"; it must be "${ENCRYPTED_ELEMENT}"`);
  }
  return { cipher: cipherOf(data, authentic), keys: keysOf(data, holder), bytes: cipherBytes(data) };
}
