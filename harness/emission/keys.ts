import { createHash, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import type { KeyName } from "./key-names.ts";

/** A key pair that signs artifacts. */
export interface EmissionKey {
  /** RFC 7638 thumbprint of the public key, so that a new key never comes under an old id. */
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** The one algorithm that its JWK is marked for; absent: every algorithm of its type. */
  readonly onlyFor?: "RS256";
}

/** A key that is made once, when it is first asked for. */
export interface LateKey {
  (): Promise<EmissionKey>;
  /** The key if it was made, else undefined. */
  readonly made: () => EmissionKey | undefined;
}

/** The keys of one mock IdP, by name. */
export type EmissionKeys = Readonly<Record<KeyName, LateKey>>;

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

function once(make: () => Promise<EmissionKey>): LateKey {
  let made: EmissionKey | undefined;
  let making: Promise<EmissionKey> | undefined;
  const start = async (): Promise<EmissionKey> => {
    made = await make();
    return made;
  };
  return Object.assign(() => (making ??= start()), { made: () => made });
}

async function publishedKey(): Promise<EmissionKey> {
  return { ...(await rsa(2048)), onlyFor: "RS256" };
}

/** Keys that stay published at a time beside the one that signs; the oldest go first. */
const RETIRED_LIMIT = 3;

/** Makes keys that can be rotated; an RSA pair costs tens of milliseconds, so each waits until it is asked for. */
export function makeRotatingKeys(): RotatingKeys {
  let published = once(publishedKey);
  let retired: readonly EmissionKey[] = [];
  let rotating: Promise<void> = Promise.resolve();
  const rotate = async ({ overlap }: KeyRotation): Promise<void> => {
    const [before, after] = await Promise.all([published(), publishedKey()]);
    published = async () => await Promise.resolve(after);
    retired = overlap ? [before, ...retired].slice(0, RETIRED_LIMIT) : [];
  };
  return {
    keys: { ...fixedKeys(), published: async () => await published(), retired: () => retired },
    // One after the other: two at once would both retire the same key, and lose one of the new ones.
    rotate: async (how) => await (rotating = rotating.then(async () => await rotate(how))),
  };
}

/** Makes the keys of one mock IdP, for as long as nobody rotates them. */
export function makeEmissionKeys(): EmissionKeys {
  return makeRotatingKeys().keys;
}

function fixedKeys(): Omit<EmissionKeys, "published" | "retired"> {
  return {
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

/** Those of some keys that were made so far, in the order of their names. */
export function madeKeys(keys: EmissionKeys, names: readonly KeyName[]): readonly EmissionKey[] {
  return names.flatMap((name) => keys[name].made() ?? []);
}
