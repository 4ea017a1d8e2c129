import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { text as readAll } from "node:stream/consumers";
import type { TrustedIssuer } from "../../src/index.ts";
import { HarnessError } from "../errors.ts";
import { isObject, parseJson, parseKeys } from "./keys.ts";

/** An artifact to judge, and what its file says about the sign-in it came from. */
export interface ArtifactInput {
  readonly form: "token" | "saml-response";
  readonly artifact: string;
  readonly issuer?: TrustedIssuer;
  readonly audience?: string;
  readonly nonce?: string;
  readonly assertionConsumerService?: string;
  /** When it was captured, seconds since the epoch. */
  readonly capturedAt?: number;
}

const FORMS =
  "judge takes a token, a SAML response as XML or base64, or a JSON capture with id_token and jwks; see the README.";

/**
 * Reads an artifact from a file, or from standard input for `-`, and finds out by itself what it was given.
 *
 * @throws HarnessError `ERR_FILE_UNREADABLE` when there is no such file, or nothing in it that can be judged
 */
export async function readArtifact(file: string): Promise<ArtifactInput> {
  const text = (file === "-" ? await readAll(process.stdin) : await readText(file)).trim();
  if (text.startsWith("{")) return await fromCapture(file, text);
  if (text.startsWith("<")) return { form: "saml-response", artifact: text };
  const xml = fromBase64(text);
  if (xml?.startsWith("<") === true) return { form: "saml-response", artifact: xml };
  if (text === "" || /\s/.test(text) || !text.includes(".")) throw nothingToJudge(file);
  return { form: "token", artifact: text };
}

async function fromCapture(file: string, text: string): Promise<ArtifactInput> {
  const capture = parseJson(text);
  if (!isObject(capture)) throw nothingToJudge(file);
  const capturedAt = momentOf(capture["capturedAt"]);
  const common = capturedAt === undefined ? {} : { capturedAt };
  if (typeof capture["id_token"] === "string")
    return { ...common, ...fromOidcCapture(capture, capture["id_token"]) };
  if (typeof capture["signingCert"] === "string")
    return { ...common, ...(await fromSamlCapture(file, capture)) };
  throw nothingToJudge(file);
}

type Capture = Readonly<Record<string, unknown>>;

function fromOidcCapture(capture: Capture, artifact: string): ArtifactInput {
  const request = isObject(capture["authorization_request"]) ? capture["authorization_request"] : {};
  const jwks =
    isObject(capture["jwks"]) && Array.isArray(capture["jwks"]["keys"]) ? capture["jwks"]["keys"] : [];
  const keys = jwks.filter(isObject);
  return {
    form: "token",
    artifact,
    ...(keys.length === 0
      ? {}
      : { issuer: { ...stringMember(capture, "issuer", "issuer"), jwks: { keys } } }),
    ...stringMember(request, "client_id", "audience"),
    ...stringMember(request, "nonce", "nonce"),
  };
}

/** A SAML capture describes the response that lies beside it: `<name>.response.xml`, and names the certificate. */
async function fromSamlCapture(file: string, capture: Capture): Promise<ArtifactInput> {
  const certificate = join(dirname(file), String(capture["signingCert"]));
  const facts = isObject(capture["facts"]) ? capture["facts"] : {};
  const keys = await parseKeys(certificate, await readText(certificate));
  return {
    form: "saml-response",
    artifact: await readText(file.replace(/\.json$/, ".response.xml")),
    issuer: { ...keys, ...stringMember(facts, "issuer", "issuer") },
    ...stringMember(capture, "sp", "audience"),
    ...stringMember(capture, "acs", "assertionConsumerService"),
  };
}

function stringMember<Name extends string>(
  from: Capture,
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

function fromBase64(text: string): string | undefined {
  const compact = text.replaceAll(/\s/g, "");
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return undefined;
  return Buffer.from(compact, "base64").toString("utf8").trim();
}

async function readText(file: string): Promise<string> {
  return await readFile(file, "utf8").catch((cause: unknown) => {
    throw new HarnessError(
      "ERR_FILE_UNREADABLE",
      `cannot read ${file}`,
      "Check the path; - reads standard input.",
      { cause },
    );
  });
}

function nothingToJudge(file: string): HarnessError {
  return new HarnessError("ERR_FILE_UNREADABLE", `${file} holds nothing that can be judged`, FORMS);
}
