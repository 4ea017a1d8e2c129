import { createLocalJWKSet, jwtVerify } from "jose";
import * as client from "openid-client";
import { expect, test } from "vitest";
import type { Emission } from "../../../harness/emission/emission.ts";
import { ownIssuerBase, ownIssuerTrust } from "../../../harness/idp/own-issuer.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { emissionOf, PORTAL } from "./relying-party.ts";
import { makeUserAgent } from "./user-agent.ts";

const REGISTERED_AT_START = { relyingParties: [PORTAL] };

/** Discovers an issuer and signs in there by code, choosing nothing: what is preselected is said. */
async function signInAt(base: string, origin: string): Promise<client.IDToken | undefined> {
  const metadata = { client_secret: PORTAL.clientSecret };
  const configuration = await client.discovery(
    new URL(`${base}/oidc`),
    PORTAL.clientId,
    metadata,
    undefined,
    {
      execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks],
    },
  );
  const agent = makeUserAgent(origin);
  const redirectUri = PORTAL.redirectUris[0];
  const page = await agent.get(
    client.buildAuthorizationUrl(configuration, { redirect_uri: redirectUri, scope: "openid" }),
  );
  const { url } = await agent.submit(page, { action: "sign-in", user: "agent@partner.example" });
  const tokens = await client.authorizationCodeGrant(configuration, new URL(url), { idTokenExpected: true });
  return tokens.claims();
}

test("an emission on offer has an issuer of its own that says what it says, and it is recorded", async () => {
  await using idp = await startIdp(REGISTERED_AT_START);
  const choice = idp.offer(emissionOf({ profile: "password-only" }), "no MFA");
  const base = ownIssuerBase(idp.origin, choice);
  expect(await signInAt(base, idp.origin)).toMatchObject({ iss: `${base}/oidc`, amr: ["pwd"] });
  const [issued, ...others] = idp.issued(choice);
  expect(others).toEqual([]);
  expect(issued).toMatchObject({ channel: "oidc", user: "agent@partner.example", audience: "portal" });
  const trust = ownIssuerTrust(idp.trust, idp.origin, choice);
  const jwks = createLocalJWKSet({ keys: trust.jwks.keys.map((key) => ({ kty: "RSA", ...key })) });
  await jwtVerify(issued?.artifact ?? "", jwks, { issuer: trust.oidcIssuer });
});

test("a relying party that registers later is known there, and to issuers of the catalogue", async () => {
  const entry = { id: "no-mfa", title: "No MFA", emission: emissionOf({ profile: "password-only" }) };
  await using idp = await startIdp({ catalogue: [entry] });
  const choice = idp.offer(emissionOf({}), "with MFA");
  const [own, fault] = [ownIssuerBase(idp.origin, choice), `${idp.origin}/fault/no-mfa`];
  await Promise.all([own, fault].map((base) => fetch(`${base}/oidc/.well-known/openid-configuration`)));
  idp.register(PORTAL);
  expect(await signInAt(own, idp.origin)).toMatchObject({ amr: ["pwd", "otp", "mfa"] });
  expect(await signInAt(fault, idp.origin)).toMatchObject({ amr: ["pwd"] });
});

test("what is withdrawn is gone, and an unknown id was never there", async () => {
  await using idp = await startIdp({ catalogue: [] });
  const choice = idp.offer(emissionOf({}), "soon gone");
  const url = `${ownIssuerBase(idp.origin, choice)}/oidc/.well-known/openid-configuration`;
  expect((await fetch(url)).status).toBe(200);
  idp.withdraw(choice);
  expect((await fetch(url)).status).toBe(404);
  expect((await fetch(`${idp.origin}/fault/offer-unknown/oidc/jwks`)).status).toBe(404);
});

// Every name is below the issuer's own path, so that nothing is asked of another one by mistake.
test.each([
  { what: "discovery", path: "/oidc/.well-known/openid-configuration" },
  { what: "SAML metadata", path: "/saml/metadata" },
  { what: "federation metadata", path: "/wsfed/metadata" },
])("$what names only addresses of its own", async ({ path }) => {
  await using idp = await startIdp({ catalogue: [] });
  const choice = idp.offer(emissionOf({}), "own");
  const base = ownIssuerBase(idp.origin, choice);
  const answer = await fetch(`${base}${path}`);
  const names = (await answer.text()).match(/http:\/\/127\.0\.0\.1:\d+[^"'<\s]*/g) ?? [];
  expect(answer.status).toBe(200);
  expect(names.length).toBeGreaterThan(1);
  expect(names.filter((name) => !name.startsWith(`${base}/`))).toEqual([]);
});

/** The name that the discovery document of an IdP gives. */
async function issuerOf(base: string): Promise<unknown> {
  const answer = await fetch(`${base}/oidc/.well-known/openid-configuration`);
  const document: unknown = await answer.json();
  return typeof document === "object" && document !== null && "issuer" in document
    ? document.issuer
    : undefined;
}

test("what is wrong in metadata is wrong there only", async () => {
  await using idp = await startIdp({ catalogue: [] });
  const patch: Emission["patch"] = [{ op: "set", path: "/discovery/issuer", value: "https://idp.example" }];
  const choice = idp.offer(emissionOf({ patch }), "another name");
  expect(await issuerOf(ownIssuerBase(idp.origin, choice))).toBe("https://idp.example");
  expect(await issuerOf(idp.origin)).toBe(idp.trust.oidcIssuer);
});

test("an own issuer is trusted under its own names, with the keys of the IdP", async () => {
  await using idp = await startIdp({ catalogue: [] });
  const base = ownIssuerBase(idp.origin, "offer-1");
  expect(ownIssuerTrust(idp.trust, idp.origin, "offer-1")).toEqual({
    ...idp.trust,
    oidcIssuer: `${base}/oidc`,
    samlEntityId: `${base}/saml/metadata`,
    wsFedIssuer: idp.trust.wsFedIssuer.replace(idp.origin, base),
    eamIssuer: idp.trust.eamIssuer.replace(idp.origin, base),
  });
});
