import { CompactEncrypt, importJWK, type JWK } from "jose";
import type { Client } from "oidc-provider";

/** OpenID Connect Registration §2: what encrypts the content unless something else is registered. */
const CONTENT_ENCRYPTION = "A128CBC-HS256";

function isJwk(value: unknown): value is JWK {
  return typeof value === "object" && value !== null && "kty" in value;
}

/** Encrypts a signed token to a relying party that registered for it; any other one gets it as it is. */
export async function encryptFor(client: Client, jwt: string): Promise<string> {
  const { idTokenEncryptedResponseAlg: alg, idTokenEncryptedResponseEnc: enc, jwks } = client;
  const jwk: unknown = jwks?.keys.find(({ use }) => use !== "sig");
  if (alg === undefined || !isJwk(jwk)) return jwt;
  const header = { alg, enc: enc ?? CONTENT_ENCRYPTION, cty: "JWT" };
  return await new CompactEncrypt(new TextEncoder().encode(jwt))
    .setProtectedHeader(jwk.kid === undefined ? header : { ...header, kid: jwk.kid })
    .encrypt(await importJWK(jwk, alg));
}
