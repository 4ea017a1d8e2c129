import { constants, createPublicKey, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { selfSignedCertificate } from "../../../harness/emission/keys/certificate.ts";
import type { JsonObject } from "../../../src/artifact.ts";
import type { EamRequest, Policy } from "../../../src/policy.ts";
import { policies } from "../../../src/policies.ts";

/** The moment at which every test judges. */
export const NOW = 1_795_176_000;

export const ISSUER = "https://idp.example";
export const CLIENT = "relying-party-1";
export const API = "https://api.partnercenter.microsoft.com";

/** A key pair with the name it is published under. */
export interface TestKey {
  readonly privateKey: KeyObject;
  readonly jwk: Readonly<Record<string, unknown>>;
}

export function rsaKey(kid: string | undefined, bits = 2048): TestKey {
  return named(generateKeyPairSync("rsa", { modulusLength: bits }), kid);
}

export function ecKey(kid: string | undefined, namedCurve = "P-256"): TestKey {
  return named(generateKeyPairSync("ec", { namedCurve }), kid);
}

export function edKey(kid: string | undefined): TestKey {
  return named(generateKeyPairSync("ed25519"), kid);
}

function named(pair: { publicKey: KeyObject; privateKey: KeyObject }, kid: string | undefined): TestKey {
  const jwk = { ...pair.publicKey.export({ format: "jwk" }), ...(kid === undefined ? {} : { kid }) };
  return { privateKey: pair.privateKey, jwk };
}

/** base64url of a text, or of the JSON of a value. */
export function segment(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return Buffer.from(text).toString("base64url");
}

/** A compact JWS over any header and payload; a string is taken as the segment's text, so it may be broken JSON. */
export function signed(
  header: JsonObject | string,
  claims: JsonObject | string,
  key: TestKey,
  alg = "RS256",
): string {
  return signSegments(segment(header), segment(claims), key, alg);
}

/** A compact JWS over segments as they are. */
export function signSegments(header: string, payload: string, key: TestKey, alg = "RS256"): string {
  const signature = sign(digestOf(alg), Buffer.from(`${header}.${payload}`), {
    key: key.privateKey,
    dsaEncoding: "ieee-p1363",
    ...(alg.startsWith("PS")
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
      : {}),
  });
  return `${header}.${payload}.${signature.toString("base64url")}`;
}

function digestOf(alg: string): string | null {
  return alg.startsWith("Ed") ? null : `sha${alg.slice(2)}`;
}

/** Claims of an ID token that every check accepts, changed as a test wants; `undefined` takes a claim away. */
export function idClaims(changes: JsonObject = {}): JsonObject {
  return without({
    iss: ISSUER,
    sub: "alice",
    aud: CLIENT,
    exp: NOW + 300,
    iat: NOW - 30,
    auth_time: NOW - 40,
    nonce: "n-1",
    amr: ["pwd", "otp", "mfa"],
    ...changes,
  });
}

/** Claims of a v1.0 access token that every check accepts, changed as a test wants. */
export function accessClaims(changes: JsonObject = {}): JsonObject {
  return without({
    iss: ISSUER,
    aud: API,
    exp: NOW + 300,
    iat: NOW - 30,
    nbf: NOW - 30,
    amr: ["pwd", "mfa"],
    appid: "00000000-aaaa-bbbb-cccc-000000000001",
    oid: "00000000-aaaa-bbbb-cccc-000000000002",
    scp: "user_impersonation",
    upn: "agent@partner.example",
    ver: "1.0",
    ...changes,
  });
}

/** Claims of an EAM token that every check accepts, changed as a test wants. Entra's EAM provider reference. */
export function eamClaims(changes: JsonObject = {}): JsonObject {
  return without({
    iss: ISSUER,
    aud: CLIENT,
    sub: "pairwise-1",
    nonce: "n-1",
    iat: NOW - 30,
    exp: NOW + 300,
    acr: "possessionorinherence",
    amr: ["otp"],
    ...changes,
  });
}

function without(claims: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
}

/** The `oidc` policy with everything fixed that a relying party fixes. */
export function oidcPolicy(keys: readonly TestKey[], changes: Partial<Policy> = {}): Policy {
  return {
    ...policies.oidc,
    issuers: [{ issuer: ISSUER, jwks: { keys: keys.map(({ jwk }) => jwk) } }],
    audiences: [CLIENT],
    nonce: "n-1",
    ...changes,
  };
}

/** The `partner-api` policy with everything fixed that the API fixes. */
export function apiPolicy(keys: readonly TestKey[], changes: Partial<Policy> = {}): Policy {
  return {
    ...policies["partner-api"],
    issuers: [{ issuer: ISSUER, jwks: { keys: keys.map(({ jwk }) => jwk) } }],
    audiences: [API],
    ...changes,
  };
}

/** A certificate of a key, as x5c has it: base64 of its DER form. */
export function certificateOf({ privateKey }: TestKey): string {
  const pem = selfSignedCertificate({ privateKey, publicKey: createPublicKey(privateKey) }, "test", NOW);
  return pem.replace(/-----[A-Z ]+-----|\s/g, "");
}

/** The `entra-eam` policy with everything fixed that Entra fixes in a request. */
export function eamPolicy(
  keys: readonly TestKey[],
  eam: Partial<EamRequest> = {},
  changes: Partial<Policy> = {},
): Policy {
  return {
    ...policies["entra-eam"],
    issuers: [
      { issuer: ISSUER, jwks: { keys: keys.map((key) => ({ ...key.jwk, x5c: [certificateOf(key)] })) } },
    ],
    audiences: [CLIENT],
    nonce: "n-1",
    eam: { subject: "pairwise-1", acrValues: ["possessionorinherence"], ...eam },
    ...changes,
  };
}
