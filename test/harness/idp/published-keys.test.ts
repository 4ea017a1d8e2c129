import { expect, test } from "vitest";
import { z } from "zod";
import type { Emission } from "../../../harness/emission/emission.ts";
import type { MockIdp } from "../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { emissionOf } from "./relying-party.ts";

const jwksSchema = z.object({ keys: z.array(z.looseObject({ kid: z.string() })) });

const RSA = "RSA-2048";
const WEAK = "RSA-1024";

/** Keys as a table can name them: what they are, not which. */
function kinds(jwks: unknown): readonly string[] {
  const keySchema = z.object({
    keys: z.array(z.looseObject({ n: z.string().optional(), crv: z.string().optional() })),
  });
  return keySchema
    .parse(jwks)
    .keys.map(({ n, crv }) => crv ?? `RSA-${Buffer.from(n ?? "", "base64url").length * 8}`);
}

async function fetchJwks(issuer: string): Promise<unknown> {
  return await (await fetch(`${issuer}/jwks`)).json();
}

const SHOWS_WEAK: Emission["patch"] = [
  { op: "fill", path: "/idToken/header/jwk", keys: ["weak"], as: "jwk" },
];

test("a start makes no key that takes long but the one it signs with", async () => {
  await using idp = await startIdp();
  expect(kinds(idp.trust.jwks)).toEqual([RSA, "P-256", "Ed25519"]);
  expect(kinds(idp.trust.eamJwks)).toEqual([RSA]);
});

test.each<{ when: string; change: Partial<Emission> | undefined; oidc: readonly string[] }>([
  { when: "nothing is offered", change: undefined, oidc: [RSA, RSA, "P-256", "Ed25519"] },
  { when: "nothing weak is offered", change: { key: "stranger" }, oidc: [RSA, RSA, "P-256", "Ed25519"] },
  { when: "the weak key signs", change: { key: "weak" }, oidc: [RSA, RSA, "P-256", "Ed25519", WEAK] },
  { when: "it is shown", change: { patch: SHOWS_WEAK }, oidc: [RSA, RSA, "P-256", "Ed25519", WEAK] },
])("what is published before anybody signs in, when $when", async ({ change, oidc }) => {
  await using idp = await startIdp();
  if (change !== undefined) idp.offer(emissionOf(change), "offered by a test");
  expect(kinds(await fetchJwks(idp.trust.oidcIssuer))).toEqual(oidc);
  expect(kinds(await fetchJwks(idp.trust.eamIssuer))).toEqual(oidc.filter((kind) => kind.startsWith("RSA")));
});

test("an issuer of its own publishes what its own emission needs", async () => {
  const weak = { id: "weak", title: "weak", emission: emissionOf({ key: "weak" }) };
  const good = { id: "good", title: "good", emission: emissionOf({}) };
  await using idp = await startIdp({ catalogue: [weak, good] });
  expect(kinds(await fetchJwks(`${idp.origin}/fault/good/oidc`))).not.toContain(WEAK);
  expect(kinds(await fetchJwks(`${idp.origin}/fault/weak/oidc`))).toContain(WEAK);
});

async function kidOf(idp: MockIdp, key: Emission["key"]): Promise<unknown> {
  const patch: Emission["patch"] = [{ op: "fill", path: "/idToken/header/kid", keys: [key], as: "kid" }];
  const emission = emissionOf({ key, patch });
  const { artifact } = await idp.issue(emission, { user: "u", audience: "a", nonce: "n" });
  return z
    .object({ kid: z.string() })
    .parse(JSON.parse(Buffer.from(artifact.split(".")[0] ?? "", "base64url").toString())).kid;
}

test.each(["next", "weak", "ec", "ed"] as const)(
  "what was signed with the key %s, the trust knows, and the same keys are the same value",
  async (key) => {
    await using idp = await startIdp();
    const kid = await kidOf(idp, key);
    const known = idp.trust.jwks;
    expect(jwksSchema.parse(known).keys.map((jwk) => jwk.kid)).toContain(kid);
    expect(idp.trust.jwks).toBe(known);
  },
);

test("what an attacker signs with is never published", async () => {
  await using idp = await startIdp();
  const kid = await kidOf(idp, "stranger");
  await fetchJwks(idp.trust.oidcIssuer);
  expect(jwksSchema.parse(idp.trust.jwks).keys.map((jwk) => jwk.kid)).not.toContain(kid);
});
