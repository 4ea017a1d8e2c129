import { isObject, parseJson } from "./json-value.ts";

/** What an input is that holds nothing to judge: the predicate of a sentence, and the next step if there is a special one. */
export interface InputName {
  readonly is: string;
  readonly hint?: string;
}

const KEYS_HINT = "Name it after --keys, and the token or response as the file.";
const MAGIC: readonly (readonly [bytes: readonly number[], name: InputName])[] = [
  [
    [0x50, 0x4b, 3, 4],
    { is: "is a ZIP archive", hint: "Unpack it; of Fiddler, export the sessions as HTTPArchive (HAR)." },
  ],
  [
    [0x25, 0x50, 0x44, 0x46],
    { is: "is a PDF", hint: "Copy the text out of it, or take the message itself." },
  ],
  [[0x89, 0x50, 0x4e, 0x47], { is: "is a picture", hint: "Take the message itself: copy it as text." }],
  [[0xff, 0xd8, 0xff], { is: "is a picture", hint: "Take the message itself: copy it as text." }],
];

/** Names what people hand in that holds nothing to judge; undefined when it is nothing known. */
export function nameOfInput(bytes: Uint8Array, text: string | undefined): InputName | undefined {
  const magic = MAGIC.find(([start]) => start.every((byte, index) => bytes[index] === byte));
  if (magic !== undefined) return magic[1];
  const trimmed = text?.trim() ?? "";
  if (text !== undefined && trimmed === "") return { is: "is empty" };
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(trimmed)) return { is: "is a private key", hint: PRIVATE };
  if (/-----BEGIN /.test(trimmed)) return { is: "is a key or certificate", hint: KEYS_HINT };
  const value = /^[[{]/.test(trimmed) ? parseJson(trimmed) : undefined;
  if (isObject(value)) return nameOfObject(value);
  if (/^[[{]/.test(trimmed) && value === undefined) return { is: "begins like JSON and is not JSON" };
  return nameOfWord(trimmed);
}

const PRIVATE = "Keep it to yourself: judge needs the public key or certificate, after --keys.";

function nameOfObject(value: Readonly<Record<string, unknown>>): InputName | undefined {
  if (Array.isArray(value["keys"]) || typeof value["kty"] === "string")
    return { is: "is a set of keys", hint: KEYS_HINT };
  if (typeof value["jwks_uri"] === "string")
    return { is: "is an OpenID configuration", hint: "Take a token that its issuer signed." };
  if (typeof value["error"] === "string") return { is: "is an error response, which holds no token" };
  if (typeof value["signingCertificate"] === "string")
    return { is: "is a federation configuration", hint: KEYS_HINT };
  if (typeof value["active"] === "boolean") {
    return { is: "is the answer to an introspection, which is not signed", hint: "Judge the token itself." };
  }
  return undefined;
}

/** One word: a token that only its issuer can read, or one that was cut off. */
function nameOfWord(text: string): InputName | undefined {
  if (/^["']?[\w+/=.~-]{20,}["']?$/.test(text)) {
    return {
      is: "is one word that is neither a JWT nor base64 of XML, e.g. a token that only its issuer can read",
      hint: "Ask for an ID token, or for an access token in JWT form, and judge that.",
    };
  }
  return undefined;
}
