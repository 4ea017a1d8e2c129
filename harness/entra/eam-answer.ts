import { compactVerify, importJWK } from "jose";
import { z } from "zod";
import { CLOCK_SKEW_SECONDS } from "../partner/access.ts";
import type { ProviderMetadata } from "./eam-metadata.ts";

/** What was asked of the provider in one attempt. */
export interface EamAttempt {
  readonly clientId: string;
  readonly nonce: string;
  /** `sub` of the hint. */
  readonly subject: string;
  readonly acrValues: readonly string[];
  readonly amrValues: readonly string[];
}

/** A second factor that counts. */
export interface EamFactorUsed {
  readonly acr: string;
  readonly amr: string;
}

type Kind = "inherence" | "possession";

/** Every method that is taken, with its kind (Entra's EAM provider reference). */
const KINDS: ReadonlyMap<string, Kind> = new Map([
  ...["face", "fpt", "iris", "retina", "vbm"].map((name) => [name, "inherence"] as const),
  ...["fido", "hwk", "otp", "pop", "sc", "sms", "swk", "tel"].map((name) => [name, "possession"] as const),
]);

const headerSchema = z.object({
  alg: z.literal("RS256"),
  kid: z.string(),
  typ: z.literal("JWT").optional(),
  crit: z.never().optional(),
});

const claimsSchema = z.object({
  iss: z.string(),
  sub: z.string(),
  aud: z.union([z.string(), z.array(z.string()).length(1)]),
  nonce: z.string(),
  exp: z.number(),
  iat: z.number(),
  nbf: z.number().optional(),
  acr: z.string(),
  amr: z.array(z.string()),
});

type Claims = z.infer<typeof claimsSchema>;

function refuse(code: string, reason: string): never {
  throw new Error(`${code}: ${reason}`);
}

/** Duplicate members would let two readers see two tokens (AADSTS50027). */
function hasDuplicate(json: string): boolean {
  const seen: Set<string>[] = [];
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"\s*:?|[{}]/g)) {
    if (token === "{") seen.push(new Set());
    else if (token === "}") seen.pop();
    else if (token.endsWith(":")) {
      const name: unknown = JSON.parse(token.slice(0, -1));
      const members = seen.at(-1);
      if (members?.has(String(name)) === true) return true;
      members?.add(String(name));
    }
  }
  return false;
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return refuse("AADSTS50027", "the token is not JSON");
  }
}

function decode(part: string | undefined): string {
  return Buffer.from(part ?? "", "base64url").toString();
}

function readHeader(idToken: string): z.infer<typeof headerSchema> {
  const parts = idToken.split(".");
  if (parts.length !== 3) refuse("AADSTS50027", "the token is not three segments");
  const found = headerSchema.safeParse(parseJson(decode(parts[0])));
  if (found.success) return found.data;
  return refuse(
    "AADSTS50027",
    `no usable ${found.error.issues.map(({ path }) => path.join(".")).join(", ")}`,
  );
}

/** The payload, once the key that the header names has verified it. */
async function verifiedPayload(idToken: string, { keys, issuer }: ProviderMetadata): Promise<string> {
  const { kid } = readHeader(idToken);
  const named = keys.filter((key) => key.kid === kid);
  const [jwk] = named;
  const sentence = `the signature of ${issuer} does not verify with the key ${kid}`;
  if (jwk === undefined || named.length > 1) return refuse("AADSTS50012", sentence);
  try {
    const key = await importJWK({ kty: "RSA", n: jwk.n, e: jwk.e }, "RS256");
    const { payload } = await compactVerify(idToken, key, { algorithms: ["RS256"] });
    return new TextDecoder("utf-8", { fatal: true }).decode(payload);
  } catch {
    return refuse("AADSTS50012", sentence);
  }
}

function checkBinding(claims: Claims, attempt: EamAttempt, issuer: string): void {
  const { iss, aud, sub, nonce } = claims;
  if (iss !== issuer) refuse("AADSTS50027", "the issuer is not that of the discovery document");
  if ([aud].flat()[0] !== attempt.clientId) refuse("AADSTS50027", "the audience is not the client id");
  if (sub !== attempt.subject) refuse("AADSTS50027", "the subject is not that of the hint");
  if (nonce !== attempt.nonce) refuse("AADSTS50027", "the nonce is not that of the request");
}

function checkTimes({ exp, iat, nbf = iat }: Claims, now: number): void {
  if (exp + CLOCK_SKEW_SECONDS <= now) refuse("AADSTS50027", "the token has expired");
  if (Math.max(iat, nbf) - CLOCK_SKEW_SECONDS > now) refuse("AADSTS50027", "the token is from the future");
}

/** One requested class, one requested method, and a method of a kind that the class allows. */
function checkFactor({ acr, amr }: Claims, attempt: EamAttempt): EamFactorUsed {
  if (!attempt.acrValues.includes(acr)) refuse("AADSTS50161", `acr is ${acr}, which was not requested`);
  const [method, second] = amr;
  if (method === undefined || second !== undefined) refuse("AADSTS50161", "amr is not exactly one value");
  const kind = KINDS.get(method);
  if (kind === undefined) refuse("AADSTS50130", `amr is ${method}, which is no known method`);
  if (!attempt.amrValues.includes(method)) refuse("AADSTS50161", `amr is ${method}, which was not requested`);
  if (!acr.includes(kind)) refuse("AADSTS50161", `amr is ${method}, which does not answer ${acr}`);
  return { acr, amr: method };
}

/**
 * Checks the token of a provider against everything that Entra demands of it (Entra's EAM provider reference).
 *
 * @param now seconds since the epoch
 * @throws Error with an error code of Entra and the reason when it does not count
 */
export async function checkAnswer(
  idToken: string,
  attempt: EamAttempt,
  provider: ProviderMetadata,
  now: number,
): Promise<EamFactorUsed> {
  const payload = await verifiedPayload(idToken, provider);
  const found = claimsSchema.safeParse(parseJson(payload));
  if (!found.success) {
    const names = [...new Set(found.error.issues.map(({ path }) => path[0] ?? "claims"))];
    refuse("AADSTS50161", `no usable ${names.join(", ")}`);
  }
  if (hasDuplicate(payload)) refuse("AADSTS50027", "a claim is there twice");
  checkBinding(found.data, attempt, provider.issuer);
  checkTimes(found.data, now);
  return checkFactor(found.data, attempt);
}
