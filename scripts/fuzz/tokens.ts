import type { JsonObject } from "../../src/artifact.ts";
import { CompactEncrypt } from "jose";
import { judgeAccessToken, judgeEamToken, judgeIdToken, type Policy, type Verdict } from "../../src/index.ts";
import {
  accessClaims,
  apiPolicy,
  eamClaims,
  eamPolicy,
  ecKey,
  idClaims,
  NOW,
  oidcPolicy,
  rsaKey,
  segment,
  signed,
  type TestKey,
} from "../../test/src/support/tokens.ts";
import { mutate } from "./mutate.ts";
import type { Random } from "./random.ts";
import { makeSamples, type Mutant, type Sample, type Subject } from "./subject.ts";

const HEADERS: readonly JsonObject[] = [
  { alg: "none" },
  { alg: "HS256", typ: "JWT" },
  { alg: "RS256", kid: "rsa", jwk: { kty: "RSA", n: "AQAB", e: "AQAB" } },
  { alg: "RS256", crit: ["b64"], b64: false },
  { alg: "RSA-OAEP", enc: "A128GCM", zip: "DEF" },
  { alg: "PBES2-HS256+A128KW", enc: "A128GCM", p2c: 1_000_000_000, p2s: "AA" },
];

/** Words of the compact form, and of the JSON inside it. */
const WORDS: readonly [string, ...string[]] = [
  ".",
  "..",
  "=",
  "-_",
  "A",
  ...HEADERS.map((header) => segment(header)),
  segment(idClaims({ sub: "mallory" })),
];
const MEMBERS: readonly [string, ...string[]] = [
  '"alg":"none",',
  '"amr":["mfa"],',
  '"sub":"mallory",',
  '"__proto__":{"amr":["mfa"]},',
  '"exp":1e400,',
  '"iss":null,',
  '"\\u0061mr":["mfa"],',
  "[".repeat(70),
  '{"a":'.repeat(70),
  "\uFEFF",
  "\u0000",
  "[]",
  "{}",
  "-0",
];

type Judge = (token: string, policy: Policy, now: number) => Promise<Verdict>;

const rsa = rsaKey("rsa");
const ec = ecKey("ec");

/** ID tokens under fuzz: RS256 and ES256. */
export async function idTokens(): Promise<Subject> {
  return await tokens(judgeIdToken, oidcPolicy([rsa, ec]), [
    ...signEach(idClaims()),
    ...signEach(idClaims({ sub: "bob", acr: "1" })),
  ]);
}

/** Encrypted ID tokens under fuzz: ECDH-ES, because RSA would spend nearly all time on decrypting. */
export async function encryptedIdTokens(): Promise<Subject> {
  const reader = ecKey("reader");
  const header = { alg: "ECDH-ES", enc: "A128GCM", cty: "JWT" };
  const jwe = await new CompactEncrypt(Buffer.from(sign(idClaims(), ec, "ES256")))
    .setProtectedHeader(header)
    .encrypt(reader.jwk);
  const decryptionKeys = [{ ...reader.privateKey.export({ format: "jwk" }) }];
  return await tokens(judgeIdToken, oidcPolicy([ec], { decryptionKeys }), [jwe]);
}

/** Access tokens under fuzz: RS256 and ES256. */
export async function accessTokens(): Promise<Subject> {
  return await tokens(judgeAccessToken, apiPolicy([rsa, ec]), [
    ...signEach(accessClaims()),
    ...signEach(accessClaims({ oid: "bob" })),
  ]);
}

/** Answers of an external authentication method under fuzz: RS256, the only algorithm that Entra takes. */
export async function eamTokens(): Promise<Subject> {
  const good = [eamClaims(), eamClaims({ amr: ["sms"] })].map((claims) => sign(claims, rsa, "RS256"));
  return await tokens(judgeEamToken, eamPolicy([rsa]), good);
}

function signEach(claims: JsonObject): readonly string[] {
  return [sign(claims, rsa, "RS256"), sign(claims, ec, "ES256")];
}

async function tokens(judge: Judge, policy: Policy, good: readonly string[]): Promise<Subject> {
  const judgeBytes: Subject["judge"] = async (bytes) =>
    await judge(Buffer.from(bytes).toString("latin1"), policy, NOW);
  const samples = await makeSamples(good, judgeBytes);
  return {
    mutant: (random) => mutantOf(random.pick(samples), random),
    judge: judgeBytes,
    complaint: (mutant, verdict) => complaintOf(mutant, verdict, samples),
  };
}

function sign(claims: JsonObject, key: TestKey, alg: string): string {
  return signed({ alg, kid: key.jwk["kid"], typ: "JWT" }, claims, key, alg);
}

function mutantOf(from: Sample, random: Random): Mutant {
  if (random.below(2) === 0) return { bytes: mutate(from.bytes, random, WORDS), from };
  // Half of the changes are made to what a segment encodes, because nearly all others end at base64url.
  const segments = from.bytes.toString("latin1").split(".");
  const at = random.below(segments.length);
  const inner = mutate(Buffer.from(segments[at] ?? "", "base64url"), random, MEMBERS);
  segments[at] = inner.toString("base64url");
  return { bytes: Buffer.from(segments.join("."), "latin1"), from };
}

/** A changed token may be anything but verified: every byte of it is signed, or is the signature. */
function complaintOf({ bytes }: Mutant, verdict: Verdict, samples: readonly Sample[]): string | undefined {
  if (verdict.signature !== "verified" && verdict.verdict !== "compliant") return undefined;
  if (samples.some((sample) => sample.bytes.equals(bytes))) return undefined;
  return `a changed token is ${verdict.verdict}, its signature ${verdict.signature}`;
}
