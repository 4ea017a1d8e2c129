import { X509Certificate } from "node:crypto";
import { compactVerify, createLocalJWKSet, createRemoteJWKSet, decodeProtectedHeader, type JWK } from "jose";
import { expect, test } from "vitest";
import { z } from "zod";
import type { MockIdp } from "../../../harness/idp/mock-idp.ts";
import type { IdpTrust } from "../../../harness/idp/trust.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { authorize, discover, emissionOf, PORTAL, signIn } from "./relying-party.ts";
import { makeUserAgent } from "./user-agent.ts";

const keySetSchema = z.object({ keys: z.array(z.record(z.string(), z.unknown())) });
const EAM = { subject: "sub", acrValues: ["possessionorinherence"], amrValues: ["otp"] };
const ASKED = { user: "agent@partner.example", audience: "portal", nonce: "n", eam: EAM };

async function issued(idp: MockIdp, channel: "oidc" | "saml" | "wsfed" | "eam"): Promise<string> {
  return (await idp.issue(emissionOf({ channel }), ASKED)).artifact;
}

async function textAt(url: string): Promise<string> {
  return await (await fetch(url)).text();
}

/** Certificates that a metadata document shows, by the fingerprints of their keys. */
async function certificatesAt(url: string): Promise<readonly string[]> {
  const found = (await textAt(url)).matchAll(/<ds:X509Certificate>([^<]+)/g);
  return [...found].map(
    ([, base64 = ""]) => new X509Certificate(Buffer.from(base64, "base64")).fingerprint256,
  );
}

async function kidsAt(url: string): Promise<readonly unknown[]> {
  const { keys } = keySetSchema.parse(JSON.parse(await textAt(url)));
  return keys.map(({ kid }) => kid);
}

function keySet({ keys }: IdpTrust["jwks"]): ReturnType<typeof createLocalJWKSet> {
  return createLocalJWKSet({ keys: keys.map((key): JWK => ({ ...key })) });
}

test("a new key signs under a new kid; with overlap, what the old one signed still verifies", async () => {
  await using idp = await startIdp();
  const before = await issued(idp, "oidc");
  const remote = createRemoteJWKSet(new URL(`${idp.trust.oidcIssuer}/jwks`), { cooldownDuration: 0 });
  await compactVerify(before, remote);
  const kids = await idp.rotateKeys({ overlap: true });
  const after = await issued(idp, "oidc");
  const signed = [after, before].map((token) => decodeProtectedHeader(token).kid);
  expect(signed).toEqual(kids);
  expect(signed[0]).not.toBe(signed[1]);
  expect((await kidsAt(`${idp.trust.oidcIssuer}/jwks`)).slice(0, 2)).toEqual(kids);
  // A client that caches the set fetches it again for the new kid, and needs the old key no second time.
  await compactVerify(after, remote);
  await compactVerify(before, remote);
  await compactVerify(before, keySet(idp.trust.jwks));
});

test("without overlap the old key is gone, and so are those before it", async () => {
  await using idp = await startIdp();
  const first = await issued(idp, "oidc");
  await idp.rotateKeys({ overlap: true });
  const second = await issued(idp, "oidc");
  const kids = await idp.rotateKeys({ overlap: false });
  expect(kids).toHaveLength(1);
  const published = await kidsAt(`${idp.trust.oidcIssuer}/jwks`);
  expect(published[0]).toBe(kids[0]);
  for (const token of [first, second]) {
    expect(published).not.toContain(decodeProtectedHeader(token).kid);
    await expect(compactVerify(token, keySet(idp.trust.jwks))).rejects.toThrow("no applicable key");
  }
  await compactVerify(await issued(idp, "oidc"), keySet(idp.trust.jwks));
  // As many keys as before, but not the same.
  const [again] = await idp.rotateKeys({ overlap: false });
  expect(idp.trust.jwks.keys[0]?.["kid"]).toBe(again);
});

test.each([
  { channel: "saml", place: (idp: MockIdp) => idp.trust.samlEntityId },
  { channel: "wsfed", place: (idp: MockIdp) => idp.trust.wsFedIssuer },
] as const)(
  "$channel: the metadata has both certificates, the response shows the new one",
  async ({ channel, place }) => {
    await using idp = await startIdp();
    const [before, ...none] = await certificatesAt(place(idp));
    const shown = async (): Promise<string | undefined> => {
      const [, base64 = ""] = /<ds:X509Certificate>([^<]+)/.exec(await issued(idp, channel)) ?? [];
      return new X509Certificate(Buffer.from(base64, "base64")).fingerprint256;
    };
    expect(none).toEqual([]);
    expect(await shown()).toBe(before);
    await idp.rotateKeys({ overlap: true });
    const [now, ...old] = await certificatesAt(place(idp));
    expect(old).toEqual([before]);
    expect(await shown()).toBe(now);
    expect(new X509Certificate(idp.trust.samlCertificate).fingerprint256).toBe(now);
    await idp.rotateKeys({ overlap: false });
    expect(await certificatesAt(place(idp))).toEqual([await shown()]);
  },
);

test("eam: the JWK Set has both keys, each with the certificate of its own key, and trust is the same", async () => {
  await using idp = await startIdp();
  const before = decodeProtectedHeader(await issued(idp, "eam")).kid;
  await idp.rotateKeys({ overlap: true });
  const now = decodeProtectedHeader(await issued(idp, "eam")).kid;
  const { keys } = keySetSchema.parse(JSON.parse(await textAt(`${idp.trust.eamIssuer}/jwks`)));
  expect(keys.map(({ kid }) => kid).slice(0, 2)).toEqual([now, before]);
  expect(keys).toEqual(idp.trust.eamJwks.keys);
  for (const { x5c, n } of keys) {
    const certificate = new X509Certificate(Buffer.from(String([x5c].flat()[0]), "base64"));
    expect(certificate.publicKey.export({ format: "jwk" }).n).toBe(n);
  }
});

test("rotated at once several times, every key was the signing one, and few are kept", async () => {
  await using idp = await startIdp();
  const turns = await Promise.all(Array.from({ length: 5 }, () => idp.rotateKeys({ overlap: true })));
  const last = turns.at(-1) ?? [];
  const signers = turns.map(([signing]) => signing);
  expect(new Set(signers).size).toBe(5);
  expect(last).toEqual(signers.toReversed().slice(0, 4));
});

test.each([
  { overlap: true, answer: "code" },
  { overlap: false, answer: "error" },
])("an ID token of the old key as a hint, overlap $overlap: $answer", async ({ overlap, answer }) => {
  await using idp = await startIdp({ relyingParties: [PORTAL] });
  const portal = await discover(idp);
  const agent = makeUserAgent(idp.origin);
  const { idToken } = await signIn(idp, portal, { agent });
  await idp.rotateKeys({ overlap });
  const { url } = await authorize(idp, portal, {
    agent,
    parameters: { prompt: "none", id_token_hint: idToken },
  });
  expect(new URL(url).searchParams.has(answer)).toBe(true);
});

test("an issuer of its own follows", async () => {
  const entry = { id: "mine", title: "Mine", emission: emissionOf({}) };
  await using idp = await startIdp({ catalogue: [entry] });
  const place = `${idp.origin}/fault/mine/oidc/jwks`;
  await kidsAt(place);
  const kids = await idp.rotateKeys({ overlap: true });
  expect((await kidsAt(place)).slice(0, 2)).toEqual(kids);
});
