import { type JsonObject, readSamlMetadata, type TrustedIssuer } from "../../../src/index.ts";
import { HarnessError } from "../../errors.ts";

const HINT =
  "--keys takes a JWK Set or JWK (JSON), one or more X.509 certificates (PEM), or SAML IdP metadata (XML).";
const PRIVATE_KEY = /-----BEGIN PRIVATE KEY-----[\s\S]+?-----END PRIVATE KEY-----/g;
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/**
 * Reads the text of a key file into a trusted issuer; metadata names the issuer, the other forms do not.
 *
 * @throws HarnessError `ERR_KEYS_UNREADABLE` when it is none of the forms
 */
export async function parseKeys(file: string, text: string): Promise<TrustedIssuer> {
  const trimmed = text.trim();
  const found = trimmed.startsWith("{") ? fromJson(trimmed) : await fromPemOrXml(trimmed);
  if (found !== undefined) return found;
  throw new HarnessError("ERR_KEYS_UNREADABLE", `${file} holds no key that can verify a signature`, HINT);
}

function fromJson(text: string): TrustedIssuer | undefined {
  const value = parseJson(text);
  if (!isObject(value)) return undefined;
  const keys = Array.isArray(value["keys"]) ? value["keys"].filter(isObject) : [value];
  return keys.some((key) => typeof key["kty"] === "string") ? { jwks: { keys } } : undefined;
}

async function fromPemOrXml(text: string): Promise<TrustedIssuer | undefined> {
  const certificates = text.match(CERTIFICATE);
  if (certificates !== null) return { certificates };
  if (!text.startsWith("<")) return undefined;
  return await readSamlMetadata(text);
}

/**
 * Reads the text of a file of private keys: PEM (PKCS #8) blocks, a JWK or a JWK Set.
 *
 * @throws HarnessError `ERR_KEYS_UNREADABLE` when it is none of the forms
 */
export function parseDecryptionKeys(file: string, text: string): readonly (string | JsonObject)[] {
  const set = parseJson(text);
  const keys = isObject(set) && Array.isArray(set["keys"]) ? set["keys"] : [set];
  const found =
    text.match(PRIVATE_KEY) ?? keys.filter(isObject).filter((key) => typeof key["d"] === "string");
  if (found.length > 0) return found;
  const hint = "A policy's decryptionKeys names files with a private key as PEM (PKCS #8) or JWK.";
  throw new HarnessError("ERR_KEYS_UNREADABLE", `${file} holds no private key`, hint);
}

/** JSON text as a value, or undefined when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Narrows to a JSON object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
