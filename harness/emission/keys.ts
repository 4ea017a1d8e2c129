import { createHash, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { type KeyName, PUBLISHED_KEYS } from "./key-names.ts";

/** A key pair that signs artifacts. */
export interface EmissionKey {
  /** RFC 7638 thumbprint of the public key, so that a new key never comes under an old id. */
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** The one algorithm that its JWK is marked for; absent: every algorithm of its type. */
  readonly onlyFor?: "RS256";
}

/** The keys of one mock IdP, by name. Each is made once. */
export type EmissionKeys = Readonly<Record<KeyName, () => Promise<EmissionKey>>>;

type KeyPair = Pick<EmissionKey, "privateKey" | "publicKey">;

const generate = promisify(generateKeyPair);

async function rsa(modulusLength: number): Promise<EmissionKey> {
  return named(await generate("rsa", { modulusLength }));
}

/** Members that identify a key, in the order of RFC 7638 §3.2. */
const IDENTIFYING = ["crv", "e", "kty", "n", "x", "y"] as const;

function named(pair: KeyPair): EmissionKey {
  const jwk = pair.publicKey.export({ format: "jwk" });
  const members = IDENTIFYING.filter((name) => jwk[name] !== undefined).map((name) => [name, jwk[name]]);
  const text = JSON.stringify(Object.fromEntries(members));
  return { ...pair, kid: createHash("sha256").update(text).digest("base64url") };
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => (made ??= make());
}

/** Makes the keys of one mock IdP; an RSA pair costs tens of milliseconds, so each waits until it is asked for. */
export function makeEmissionKeys(): EmissionKeys {
  return {
    published: once(async () => ({ ...(await rsa(2048)), onlyFor: "RS256" as const })),
    next: once(() => rsa(2048)),
    ec: once(async () => named(await generate("ec", { namedCurve: "P-256" }))),
    ed: once(async () => named(await generate("ed25519"))),
    weak: once(() => rsa(1024)),
    stranger: once(() => rsa(2048)),
    "other-issuer": once(() => rsa(2048)),
  };
}

/** The public key as a JWK, as a JWK Set publishes it. */
export function publicJwk({ publicKey, kid, onlyFor }: EmissionKey): Readonly<Record<string, unknown>> {
  const jwk = { ...publicKey.export({ format: "jwk" }), kid, use: "sig" };
  return onlyFor === undefined ? jwk : { ...jwk, alg: onlyFor };
}

/** The JWK Set of an IdP: every key that it publishes, the one it signs with first. */
export async function publicJwks(
  keys: EmissionKeys,
): Promise<{ readonly keys: readonly Readonly<Record<string, unknown>>[] }> {
  const published = await Promise.all(PUBLISHED_KEYS.map((name) => keys[name]()));
  return { keys: published.map(publicJwk) };
}
