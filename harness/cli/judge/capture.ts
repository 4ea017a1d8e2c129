import { dirname, join } from "node:path";
import type { TrustedIssuer } from "../../../src/index.ts";
import { readTextFile } from "../read-text.ts";
import { isObject, parseJson } from "./json-value.ts";
import { parseDecryptionKeys, readKeys } from "./keys.ts";

/** What a capture says about the sign-in it was taken from: whom to trust, and what was asked. */
export interface CaptureFacts {
  readonly issuers?: readonly TrustedIssuer[];
  readonly audience?: string;
  readonly nonce?: string;
  readonly assertionConsumerService?: string;
  /** Private keys that the assertion is encrypted for. */
  readonly decryptionKeys?: DecryptionKeys;
  /** When it was captured, seconds since the epoch. */
  readonly capturedAt?: number;
}

/** The facts, and for SAML the response that lies beside the capture. */
export interface Capture {
  readonly facts: CaptureFacts;
  readonly response?: string;
}

const HINT = "A capture of SAML needs its response and its certificate beside it.";

type DecryptionKeys = ReturnType<typeof parseDecryptionKeys>;
type Members = Readonly<Record<string, unknown>>;

/**
 * Reads the facts of a JSON capture: one with `id_token` and `jwks`, or one of SAML, which describes the response in
 * `<name>.response.xml` beside it and names the files of the signing certificate (`signingCert`) and, for an encrypted
 * assertion, of the service provider's private key (`spPrivateKey`).
 *
 * @param text of the file; anything but a capture has no facts
 * @throws HarnessError `ERR_FILE_UNREADABLE` or `ERR_KEYS_UNREADABLE` when a file beside the capture is amiss
 */
export async function readCapture(file: string, text: string): Promise<Capture> {
  const capture = text.trimStart().startsWith("{") ? parseJson(text) : undefined;
  if (!isObject(capture)) return { facts: {} };
  const capturedAt = momentOf(capture["capturedAt"]);
  const when = capturedAt === undefined ? {} : { capturedAt };
  const certificate = capture["signingCert"];
  if (typeof certificate !== "string") return { facts: { ...when, ...oidcFacts(capture) } };
  const beside = (name: string): string => join(dirname(file), name);
  return {
    facts: { ...when, ...(await samlFacts(capture, certificate, beside)) },
    response: readTextFile(file.replace(/\.json$/, ".response.xml"), HINT),
  };
}

function oidcFacts(capture: Members): CaptureFacts {
  const request = isObject(capture["authorization_request"]) ? capture["authorization_request"] : {};
  const set = isObject(capture["jwks"]) ? capture["jwks"]["keys"] : undefined;
  const keys = Array.isArray(set) ? set.filter(isObject) : [];
  return {
    ...(keys.length === 0
      ? {}
      : { issuers: [{ ...stringMember(capture, "issuer", "issuer"), jwks: { keys } }] }),
    ...stringMember(request, "client_id", "audience"),
    ...stringMember(request, "nonce", "nonce"),
  };
}

async function samlFacts(
  capture: Members,
  certificate: string,
  beside: (name: string) => string,
): Promise<CaptureFacts> {
  const facts = isObject(capture["facts"]) ? capture["facts"] : {};
  const keys = await readKeys([beside(certificate)], HINT);
  const privateKey = capture["spPrivateKey"];
  const decryptionKeys =
    typeof privateKey === "string"
      ? parseDecryptionKeys(beside(privateKey), readTextFile(beside(privateKey), HINT))
      : undefined;
  return {
    ...(decryptionKeys === undefined ? {} : { decryptionKeys }),
    issuers: keys.map((each) => ({ ...each, ...stringMember(facts, "issuer", "issuer") })),
    ...stringMember(capture, "sp", "audience"),
    ...stringMember(capture, "acs", "assertionConsumerService"),
  };
}

function stringMember<Name extends string>(
  from: Members,
  member: string,
  name: Name,
): { [K in Name]?: string } {
  const value = from[member];
  const found: { [K in Name]?: string } = {};
  if (typeof value === "string") found[name] = value;
  return found;
}

function momentOf(value: unknown): number | undefined {
  const milliseconds = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000);
}
