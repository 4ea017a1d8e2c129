import { compactVerify, createLocalJWKSet, decodeProtectedHeader, errors, type JWK } from "jose";
import type { Client, Provider } from "oidc-provider";
import { z } from "zod";
import { PUBLISHED_KEYS } from "../../emission/keys/key-names.ts";
import { type EmissionKeys, madeKeys, publicJwk } from "../../emission/keys/keys.ts";

/** What a hint is read into. */
interface Hint {
  readonly header: Record<string, unknown>;
  readonly payload: Record<string, unknown>;
}

const hintSchema = z.looseObject({
  iss: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
  sub: z.string(),
});

async function verifyHint(jwt: string, client: Client, keys: EmissionKeys): Promise<Uint8Array> {
  if (decodeProtectedHeader(jwt).alg === "HS256") {
    const secret = new TextEncoder().encode(client.clientSecret ?? "");
    return (await compactVerify(jwt, secret, { algorithms: ["HS256"] })).payload;
  }
  const published = [...madeKeys(keys, PUBLISHED_KEYS), ...keys.retired()];
  const jwks = createLocalJWKSet({ keys: published.map((key): JWK => ({ ...publicJwk(key) })) });
  return (await compactVerify(jwt, jwks)).payload;
}

/** An ID token of this issuer for this relying party, as old as it may be (OIDC RP-Initiated Logout §2). */
async function readHint(jwt: string, client: Client, issuer: string, keys: EmissionKeys): Promise<Hint> {
  const text = new TextDecoder().decode(await verifyHint(jwt, client, keys));
  const payload = hintSchema.parse(JSON.parse(text));
  if (payload.iss !== issuer || ![payload.aud].flat().includes(client.clientId)) {
    throw new errors.JWTInvalid("the hint is of another issuer or for another relying party");
  }
  return { header: { ...decodeProtectedHeader(jwt) }, payload };
}

/** Makes oidc-provider read `id_token_hint` with every key that is published now, whatever it signed with. */
export function readHintsOf(provider: Provider, keys: EmissionKeys): void {
  Object.assign(provider.IdToken, {
    validate: async (jwt: string, client: Client): Promise<Hint> =>
      await readHint(jwt, client, provider.issuer, keys),
  });
}
