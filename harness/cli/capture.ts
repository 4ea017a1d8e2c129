import { dirname, join } from "node:path";
import type { TrustedIssuer } from "../../src/index.ts";
import { isObject, parseJson, parseKeys } from "./keys.ts";
import { readTextFile } from "./read-text.ts";

/** What a capture says about the sign-in it was taken from: whom to trust, and what was asked. */
export interface CaptureFacts {
  readonly issuer?: TrustedIssuer;
  readonly audience?: string;
  readonly nonce?: string;
  readonly assertionConsumerService?: string;
  /** When it was captured, seconds since the epoch. */
  readonly capturedAt?: number;
}

/** The facts, and for SAML the response that lies beside the capture. */
export interface Capture {
  readonly facts: CaptureFacts;
  readonly response?: string;
}

type Members = Readonly<Record<string, unknown>>;

/**
 * Reads the facts of a JSON capture: one with `id_token` and `jwks`, or one of SAML, which describes the response in
 * `<name>.response.xml` beside it and names the file of the signing certificate.
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
  const hint = "A capture of SAML needs its response and its certificate beside it.";
  return {
    facts: { ...when, ...(await samlFacts(capture, join(dirname(file), certificate), hint)) },
    response: await readTextFile(file.replace(/\.json$/, ".response.xml"), hint),
  };
}

function oidcFacts(capture: Members): CaptureFacts {
  const request = isObject(capture["authorization_request"]) ? capture["authorization_request"] : {};
  const set = isObject(capture["jwks"]) ? capture["jwks"]["keys"] : undefined;
  const keys = Array.isArray(set) ? set.filter(isObject) : [];
  return {
    ...(keys.length === 0
      ? {}
      : { issuer: { ...stringMember(capture, "issuer", "issuer"), jwks: { keys } } }),
    ...stringMember(request, "client_id", "audience"),
    ...stringMember(request, "nonce", "nonce"),
  };
}

async function samlFacts(capture: Members, certificate: string, hint: string): Promise<CaptureFacts> {
  const facts = isObject(capture["facts"]) ? capture["facts"] : {};
  const keys = await parseKeys(certificate, await readTextFile(certificate, hint));
  return {
    issuer: { ...keys, ...stringMember(facts, "issuer", "issuer") },
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
