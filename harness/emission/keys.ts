import { createHash, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";

/** An RSA-2048 key pair that signs artifacts. */
export interface EmissionKey {
  /** RFC 7638 thumbprint of the public key, so that a new key never comes under an old id. */
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** The keys of one mock IdP: the one it publishes, and one that nobody published. Each is made once. */
export interface EmissionKeys {
  readonly published: () => Promise<EmissionKey>;
  readonly stranger: () => Promise<EmissionKey>;
}

const generate = promisify(generateKeyPair);

async function makeKey(): Promise<EmissionKey> {
  const { privateKey, publicKey } = await generate("rsa", { modulusLength: 2048 });
  return { kid: thumbprint(publicKey), privateKey, publicKey };
}

function thumbprint(publicKey: KeyObject): string {
  const { e, kty, n } = publicKey.export({ format: "jwk" });
  return createHash("sha256").update(JSON.stringify({ e, kty, n })).digest("base64url");
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => (made ??= make());
}

/** Makes the keys of one mock IdP; an RSA pair costs tens of milliseconds, so each waits until it is asked for. */
export function makeEmissionKeys(): EmissionKeys {
  return { published: once(makeKey), stranger: once(makeKey) };
}

/** The public key as a JWK, as a JWK Set publishes it. */
export function publicJwk(key: EmissionKey): Readonly<Record<string, unknown>> {
  return { ...key.publicKey.export({ format: "jwk" }), kid: key.kid, use: "sig", alg: "RS256" };
}
