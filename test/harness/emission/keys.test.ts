import { calculateJwkThumbprint } from "jose";
import { expect, test } from "vitest";
import { makeEmissionKeys, publicJwk } from "../../../harness/emission/keys.ts";

test("each key is made once, has the thumbprint of its own public key as its id, and no other has it", async () => {
  const keys = makeEmissionKeys();
  const [published, again, stranger] = await Promise.all([
    keys.published(),
    keys.published(),
    keys.stranger(),
  ]);
  expect(again).toBe(published);
  const { kid } = published;
  expect(await calculateJwkThumbprint({ kty: "RSA", ...publicJwk(published) })).toBe(kid);
  expect(stranger.kid).not.toBe(kid);
  expect(published.publicKey.asymmetricKeyDetails?.modulusLength).toBe(2048);
});

test("a published JWK has public members only", async () => {
  const jwk = publicJwk(await makeEmissionKeys().published());
  expect(Object.keys(jwk).toSorted()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
});
