import { createPublicKey, X509Certificate } from "node:crypto";
import { expect, test } from "vitest";
import { filled } from "../../../harness/emission/fill.ts";
import type { KeyName } from "../../../harness/emission/keys/key-names.ts";
import { makeEmissionKeys, publicJwk } from "../../../harness/emission/keys/keys.ts";
import type { Patch } from "../../../harness/emission/patch-schema.ts";

const keys = makeEmissionKeys();
const source = { keys, issuer: "http://127.0.0.1:7/fault/x/oidc", now: 1_767_225_600 };
const path = "/idToken/header/x";

type Fill = Extract<Patch, { op: "fill" }>;

async function valueOf(as: Fill["as"], ...names: readonly [KeyName, ...KeyName[]]): Promise<unknown> {
  const [patch] = await filled([{ op: "fill", path, keys: [...names], as }], source);
  return patch?.op === "set" ? patch.value : patch;
}

test("an id, a key as an object, as text and as a data URL", async () => {
  const key = await keys.ec();
  const text = JSON.stringify(publicJwk(key));
  expect(await valueOf("kid", "ec")).toBe(key.kid);
  expect(await valueOf("jwk", "ec")).toEqual(publicJwk(key));
  expect(await valueOf("jwk-text", "ec")).toBe(text);
  const url = String(await valueOf("jwk-data-url", "ec"));
  expect(await (await fetch(url)).text()).toBe(text);
});

test("a chain of certificates, in the order of the keys", async () => {
  const chain = await valueOf("x5c", "stranger", "published");
  const found = [chain].flat(2).map((der) => new X509Certificate(Buffer.from(String(der), "base64")));
  const wanted = await Promise.all([keys.stranger(), keys.published()]);
  expect(
    found.map((certificate, at) =>
      certificate.publicKey.equals(wanted[at]?.publicKey ?? certificate.publicKey),
    ),
  ).toEqual([true, true]);
  expect(
    found.map((certificate) =>
      certificate.verify(createPublicKey(certificate.publicKey.export({ type: "spki", format: "pem" }))),
    ),
  ).toEqual([true, true]);
});

test("addresses lie at the origin of the issuer", async () => {
  expect(await valueOf("jwks-url", "stranger", "published")).toBe(
    "http://127.0.0.1:7/keys/stranger,published/jwks.json",
  );
  expect(await valueOf("certificate-url", "stranger")).toBe(
    "http://127.0.0.1:7/keys/stranger/certificate.pem",
  );
});

test("other patches stay as they are, in their places", async () => {
  const patches: Patch[] = [
    { op: "remove", path },
    { op: "fill", path, keys: ["next"], as: "kid" },
    { op: "set", path, value: 1 },
  ];
  const { kid } = await keys.next();
  expect(await filled(patches, source)).toEqual([patches[0], { op: "set", path, value: kid }, patches[2]]);
});
