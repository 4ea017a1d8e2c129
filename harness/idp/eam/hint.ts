import { compactVerify, errors } from "jose";
import { z } from "zod";
import { EamFailure } from "./failure.ts";
import type { HintKeys } from "./hint-keys.ts";

/** The person that Entra has signed in with the first factor. */
export interface HintedUser {
  /** Pairwise; the answer is about it. */
  readonly subject: string;
  readonly name: string;
  readonly objectId: string;
  readonly tenantId: string;
}

/** What a hint must be for. */
export interface HintDemands {
  readonly audiences: readonly string[];
  /** Seconds since the epoch. */
  readonly now: number;
}

const GUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Entra's clock may be a little ahead. */
const SKEW_SECONDS = 300;

const hintSchema = z.object({
  iss: z.string(),
  aud: z.string(),
  iat: z.number(),
  nbf: z.number(),
  exp: z.number(),
  tid: z.string().regex(GUID),
  oid: z.string().regex(GUID),
  sub: z.string().min(1),
  preferred_username: z.string().min(1).optional(),
  ver: z.literal("2.0"),
});

/** What is wrong with the token itself; anything else is our trouble in getting the keys. */
const BAD_TOKEN = [
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
];

function refuse(reason: string, cause?: unknown): never {
  throw new EamFailure("invalid_request", `id_token_hint: ${reason}`, { cause });
}

async function verifiedPayload(hint: string, keys: HintKeys): Promise<Uint8Array> {
  try {
    return (await compactVerify(hint, keys.find, { algorithms: ["RS256"] })).payload;
  } catch (cause) {
    if (BAD_TOKEN.some((kind) => cause instanceof kind)) refuse("its signature is not Entra's", cause);
    throw new EamFailure("temporarily_unavailable", "the keys of Entra cannot be had", { cause });
  }
}

function parseClaims(payload: Uint8Array): unknown {
  try {
    const claims: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload));
    return claims;
  } catch (cause) {
    return refuse("it holds no JSON", cause);
  }
}

/**
 * Reads the hint that names the person: signature, issuer of its own tenant, audience, and that it is not from the
 * future. Entra issues it expired on purpose, so `exp` is not compared (Entra's EAM provider reference).
 *
 * @throws EamFailure when it is not Entra's, or not for this provider
 */
export async function readHint(
  hint: string,
  keys: HintKeys,
  { audiences, now }: HintDemands,
): Promise<HintedUser> {
  const parsed = hintSchema.safeParse(parseClaims(await verifiedPayload(hint, keys)));
  if (!parsed.success) {
    refuse(`no usable ${parsed.error.issues.map(({ path }) => path.join(".") || "claims").join(", ")}`);
  }
  const { iss, aud, iat, nbf, tid, oid, sub, preferred_username: name = sub } = parsed.data;
  if (iss !== keys.issuer.replace("{tenantid}", tid)) refuse("its issuer is not Entra's for its tenant");
  if (!audiences.includes(aud)) refuse("its audience is not this provider");
  if (Math.max(iat, nbf) > now + SKEW_SECONDS) refuse("it is from the future");
  return { subject: sub, name, objectId: oid, tenantId: tid };
}
