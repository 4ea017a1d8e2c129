import { decodeText, type JsonObject, searchArtifacts, type TrustedIssuer } from "../../../src/index.ts";
import { HarnessError } from "../../errors.ts";
import { readFileBytes } from "../read-text.ts";
import { isObject, parseJson } from "./json-value.ts";
import { keysInJson } from "./keys-in-json.ts";
import { type KeyRefusal, noKeyIn } from "./key-refusal.ts";

const INSTEAD = "Save the key or certificate to a file, and name that.";
/** Metadata of a whole federation has tens of megabytes. */
const MAX_BYTES = 256 * 1024 * 1024;

/** What a key file holds, or why it holds nothing of use. */
type KeysFound = readonly TrustedIssuer[] | KeyRefusal;

/**
 * Reads key files that the user named.
 *
 * @param hint the next step when one is not there
 * @returns the issuers whose keys they are, with a name where the file gives one
 * @throws HarnessError `ERR_FILE_UNREADABLE`, `ERR_KEYS_UNREADABLE`, or `ERR_USAGE` for a key in place of a name
 */
export async function readKeys(files: readonly string[], hint: string): Promise<readonly TrustedIssuer[]> {
  const issuers: TrustedIssuer[] = [];
  for (const file of files) {
    issuers.push(
      ...(await parseKeys(file, readFileBytes(file, { hint, instead: INSTEAD, maxBytes: MAX_BYTES }))),
    );
  }
  return issuers;
}

/**
 * Finds out what a key file is and reads it.
 *
 * @throws HarnessError `ERR_KEYS_UNREADABLE` when no key is in it that can verify a signature
 */
async function parseKeys(file: string, bytes: Uint8Array): Promise<readonly TrustedIssuer[]> {
  const found = await keysIn(bytes);
  if (!("is" in found)) return found;
  throw noKeyIn(file, found);
}

async function keysIn(bytes: Uint8Array): Promise<KeysFound> {
  const text = decodeText(bytes)?.trim();
  if (text === "") return { is: "it is empty" };
  const value = text === undefined || !/^[{["]/.test(text) ? undefined : parseJson(text);
  // The common case, which needs no more code than is here.
  if (isObject(value) || Array.isArray(value)) return await keysInJson(value);
  if (text?.startsWith("<") === true) return (await import("./keys-in-xml.ts")).keysInXml(text);
  const { keysInPem, keysInDer, keysInBase64 } = await import("./keys-in-certificates.ts");
  const plain = typeof value === "string" ? value : text;
  return (
    keysInDer(bytes) ??
    (plain === undefined ? undefined : (keysInPem(plain) ?? keysInBase64(plain) ?? nameOf(plain))) ?? {
      is: "it is neither text nor a key in DER",
    }
  );
}

/** What people name after --keys that is none. */
function nameOf(text: string): KeyRefusal {
  if (searchArtifacts(text).artifacts.length > 0) {
    return {
      is: "it is a token or response",
      hint: "Name the keys of its issuer: they are what it is checked with.",
    };
  }
  if (/^ssh-|^ecdsa-sha2-/.test(text)) {
    return { is: "it is a key of SSH", hint: "Convert it: ssh-keygen -e -m pkcs8 -f <file> > public.pem" };
  }
  if (/^https?:\/\/\S+$/.test(text)) {
    return {
      is: "it is an address",
      hint: "Nothing is fetched: save the document behind it, and name that.",
    };
  }
  return {
    is: /^[{[]/.test(text) ? "it begins like JSON and is not" : "it is text without a certificate or key",
  };
}

const PRIVATE_PEM = /-----BEGIN PRIVATE KEY-----[\s\S]+?-----END PRIVATE KEY-----/g;

/**
 * Reads the text of a file of private keys: PEM (PKCS #8) blocks, a JWK or a JWK Set.
 *
 * @throws HarnessError `ERR_KEYS_UNREADABLE` when it is none of the forms
 */
export function parseDecryptionKeys(file: string, text: string): readonly (string | JsonObject)[] {
  const set = parseJson(text);
  const keys = isObject(set) && Array.isArray(set["keys"]) ? set["keys"] : [set];
  const found =
    text.match(PRIVATE_PEM) ?? keys.filter(isObject).filter((key) => typeof key["d"] === "string");
  if (found.length > 0) return found;
  const hint = "A policy's decryptionKeys names files with a private key as PEM (PKCS #8) or JWK.";
  throw new HarnessError("ERR_KEYS_UNREADABLE", `${file} holds no private key`, hint);
}
