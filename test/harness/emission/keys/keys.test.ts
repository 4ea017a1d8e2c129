import { calculateJwkThumbprint } from "jose";
import { expect, test } from "vitest";
import { KEY_NAMES, PUBLISHED_KEYS } from "../../../../harness/emission/keys/key-names.ts";
import {
  madeKeys,
  makeEmissionKeys,
  makePairAhead,
  publicJwk,
} from "../../../../harness/emission/keys/keys.ts";

const keys = makeEmissionKeys();

test.each(KEY_NAMES)(
  "%s is made once and has the thumbprint of its own public key as its id",
  async (name) => {
    const key = await keys[name]();
    expect(await keys[name]()).toBe(key);
    expect(await calculateJwkThumbprint({ kty: "", ...publicJwk(key) })).toBe(key.kid);
  },
);

test("no two keys are the same", async () => {
  const all = await Promise.all(KEY_NAMES.map((name) => keys[name]()));
  expect(new Set(all.map(({ kid }) => kid)).size).toBe(KEY_NAMES.length);
});

test.each([
  { name: "published", type: "rsa", details: { modulusLength: 2048 } },
  { name: "next", type: "rsa", details: { modulusLength: 2048 } },
  { name: "weak", type: "rsa", details: { modulusLength: 1024 } },
  { name: "ec", type: "ec", details: { namedCurve: "prime256v1" } },
  { name: "ed", type: "ed25519", details: {} },
] as const)("$name is of type $type, $details", async ({ name, type, details }) => {
  const { publicKey } = await keys[name]();
  expect(publicKey.asymmetricKeyType).toBe(type);
  expect(publicKey.asymmetricKeyDetails).toMatchObject(details);
});

test("no key is made before it is asked for, and those made come in the order of the names", async () => {
  const late = makeEmissionKeys();
  expect(madeKeys(late, KEY_NAMES)).toEqual([]);
  const [ed, ec] = [await late.ed(), await late.ec()];
  expect(madeKeys(late, KEY_NAMES)).toEqual([ec, ed]);
  expect(madeKeys(late, ["ed", "ec"])).toEqual([ed, ec]);
});

test("a pair that was begun ahead signs for one IdP, and the next one makes its own", async () => {
  makePairAhead();
  makePairAhead();
  const [first, second] = [await makeEmissionKeys().published(), await makeEmissionKeys().published()];
  expect(first).toMatchObject({ onlyFor: "RS256" });
  expect(first.publicKey.asymmetricKeyDetails).toMatchObject({ modulusLength: 2048 });
  expect(first.kid).not.toBe(second.kid);
});

test("a JWK has public members only, and the first one is marked", async () => {
  const published = await Promise.all(PUBLISHED_KEYS.map((name) => keys[name]()));
  const set = published.map(publicJwk);
  expect(set.map((jwk) => jwk["kid"])).toEqual(published.map(({ kid }) => kid));
  expect(set.map((jwk) => Object.keys(jwk).toSorted().join(" "))).toEqual([
    "alg e kid kty n use",
    "e kid kty n use",
    "crv kid kty use x y",
    "crv kid kty use x",
    "e kid kty n use",
  ]);
});
