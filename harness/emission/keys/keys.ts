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
export interface EmissionKeys extends Readonly<Record<KeyName, LateKey>> {
  /** Keys that were `published` before and are shown still, the newest first. */
  readonly retired: () => readonly EmissionKey[];
}

type KeyPair = Pick<EmissionKey, "privateKey" | "publicKey">;

const generate = promisify(generateKeyPair);

let ahead: Promise<KeyPair> | undefined;

/**
 * Begins to make the pair that the next IdP of this process signs with, in another thread: for a program that has more to
 * load before it starts one.
 */
export function makePairAhead(): void {
  ahead ??= generate("rsa", { modulusLength: 2048 });
  // Whoever takes it learns of it; nobody may.
  ahead.catch(() => undefined);
}

async function rsa(modulusLength: number): Promise<EmissionKey> {
  return named(await generate("rsa", { modulusLength }));
}

async function signingPair(): Promise<EmissionKey> {
  const begun = ahead;
  ahead = undefined;
  return begun === undefined ? await rsa(2048) : named(await begun);
}

/** Members that identify a key, in the order of RFC 7638 §3.2. */
const IDENTIFYING = ["crv", "e", "kty", "n", "x", "y"] as const;

/** Gives a key pair the id that follows from it. */
export function named(pair: KeyPair): EmissionKey {
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

/** Makes the keys of one mock IdP; an RSA pair costs tens of milliseconds, so each waits until it is asked for. */
export function makeEmissionKeys(): EmissionKeys {
  return {
    published: once(async () => ({ ...(await signingPair()), onlyFor: "RS256" as const })),
    next: once(() => rsa(2048)),
    ec: once(async () => named(await generate("ec", { namedCurve: "P-256" }))),
    ed: once(async () => named(await generate("ed25519"))),
    weak: once(() => rsa(1024)),
    stranger: once(() => rsa(2048)),
    "other-issuer": once(() => rsa(2048)),
    retired: () => [],
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
