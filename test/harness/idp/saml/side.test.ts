import { ValidateInResponseTo } from "@node-saml/node-saml";
import { parse } from "node-html-parser";
import { ServiceProvider } from "samlify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emissionSchema } from "../../../../harness/emission/emission.ts";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { isSigned, nodeSaml } from "./consumers.ts";
import { authnRequest, deflated, encoded, SAMPLE_SP } from "./requests.ts";
import { openPage, redirectTo, responseXml, signIn } from "./sign-in.ts";

let idp: MockIdp;

beforeAll(async () => {
  idp = await startIdp();
});

afterAll(async () => await idp.stop());

function offer(changes: object): string {
  const emission = emissionSchema.parse({ channel: "saml", profile: "password-and-otp", ...changes });
  return idp.offer(emission, "offered by a test");
}

test.each(["", "rs", "https://sp.example/?a=1&b=2#c", `<&>"' %41+ü😀`, "x".repeat(2000)])(
  "RelayState comes back exactly: %j",
  async (relayState) => {
    const answer = await signIn(await redirectTo(idp, authnRequest(), relayState), idp.origin);
    expect(answer.form?.fields["RelayState"]).toBe(relayState);
  },
);

test("without RelayState none comes back", async () => {
  const answer = await signIn(await redirectTo(idp, authnRequest()), idp.origin);
  expect(Object.keys(answer.form?.fields ?? {})).toEqual(["SAMLResponse"]);
});

test("the answer page loads nothing, and its one script is the one its policy allows", async () => {
  const page = await redirectTo(idp, authnRequest());
  const response = await fetch(`${idp.origin}/saml/sign-in`, {
    method: "POST",
    body: new URLSearchParams({
      ...page.form?.fields,
      user: "u",
      emission: "saml-password-only",
      action: "sign-in",
    }),
  });
  const script = parse(await response.text()).querySelector("script")?.textContent ?? "";
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(script));
  const policy = response.headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain(`script-src 'sha256-${Buffer.from(digest).toString("base64")}'`);
  expect(response.headers.get("cache-control")).toBe("no-store");
});

describe("emissions", () => {
  test("what crossed is what was recorded, with what it was asked for", async () => {
    const choice = offer({ profile: "password-only" });
    const answer = await signIn(await redirectTo(idp, authnRequest()), idp.origin, {
      user: "u-1",
      emission: choice,
    });
    expect(idp.issued(choice)).toEqual([
      {
        channel: "saml",
        artifact: responseXml(answer),
        user: "u-1",
        audience: SAMPLE_SP.entityId,
        requestId: "_sample",
        assertionConsumerService: SAMPLE_SP.acs,
        performed: { user: "u-1", methods: [], at: anyNumber() },
        asked: {},
        at: anyNumber(),
      },
    ]);
  });

  test.each([
    [{ tamper: [{ op: "flip-signature" }] }],
    [{ tamper: [{ op: "strip-signature" }] }],
    [{ tamper: [{ op: "replace-text", find: "agent@", replace: "admin@" }] }],
    [{ key: "stranger" }],
    [{ patch: [{ op: "set", path: "/samlResponse/assertion/conditions/audiences", value: ["x"] }] }],
  ])("%j is refused by node-saml, the control beside it taken", async (changes) => {
    const serviceProvider = nodeSaml(idp);
    const url = await serviceProvider.getAuthorizeUrlAsync("", undefined, {});
    const page = await openPage(url);
    const bad = await signIn(page, url, { emission: offer(changes) });
    await expect(serviceProvider.validatePostResponseAsync({ ...bad.form?.fields })).rejects.toThrow(
      /signature|audience/i,
    );
    const control = await signIn(
      await openPage(await nodeSaml(idp).getAuthorizeUrlAsync("", undefined, {})),
      url,
    );
    await expect(
      nodeSaml(idp, { validateInResponseTo: ValidateInResponseTo.never }).validatePostResponseAsync({
        ...control.form?.fields,
      }),
    ).resolves.toHaveProperty("profile.nameID");
  });

  test("issued without HTTP it is the same kind of response", async () => {
    const emission = emissionSchema.parse({ channel: "saml", profile: "password-and-otp" });
    const now = Math.floor(Date.now() / 1000);
    const issued = await idp.issue(emission, { user: "u", audience: SAMPLE_SP.entityId, now });
    expect(issued).toEqual({
      channel: "saml",
      artifact: issued.artifact,
      user: "u",
      audience: SAMPLE_SP.entityId,
      at: now,
    });
    const serviceProvider = nodeSaml(idp, { validateInResponseTo: ValidateInResponseTo.never });
    const SAMLResponse = Buffer.from(issued.artifact).toString("base64");
    await expect(serviceProvider.validatePostResponseAsync({ SAMLResponse })).resolves.toMatchObject({
      profile: { nameID: "u" },
    });
  });

  test("one that cannot be made is an error page that says why", async () => {
    const emission = offer({ tamper: [{ op: "replace-text", find: "not there", replace: "x" }] });
    const answer = await signIn(await redirectTo(idp, authnRequest()), idp.origin, { emission });
    expect(answer).toMatchObject({ status: 500, form: undefined });
    expect(answer.html).toContain("not there");
  });
});

describe("answers without an assertion are signed and say why", () => {
  const responder = "urn:oasis:names:tc:SAML:2.0:status:Responder";

  test("cancelled", async () => {
    const choice = offer({});
    const answer = await signIn(await redirectTo(idp, authnRequest(), "rs"), idp.origin, {
      emission: choice,
      action: "cancel",
    });
    expect(answer.form).toMatchObject({ kind: "post", action: SAMPLE_SP.acs, fields: { RelayState: "rs" } });
    const xml = responseXml(answer);
    expect([...xml.matchAll(/StatusCode Value="([^"]+)"/g)].map(([, value]) => value)).toEqual([
      responder,
      "urn:oasis:names:tc:SAML:2.0:status:AuthnFailed",
    ]);
    expect(xml).not.toContain("Assertion ");
    expect(await isSigned(idp, xml)).toBe(true);
    expect(idp.issued(choice).map(({ artifact }) => artifact)).toEqual([xml]);
  });

  test("IsPassive: nobody may be asked, so nobody is signed in", async () => {
    const answer = await redirectTo(
      idp,
      authnRequest(`IsPassive="true" AssertionConsumerServiceURL="${SAMPLE_SP.acs}"`),
      "rs",
    );
    expect(answer.form).toMatchObject({ kind: "post", action: SAMPLE_SP.acs, fields: { RelayState: "rs" } });
    const xml = responseXml(answer);
    expect([...xml.matchAll(/StatusCode Value="([^"]+)"/g)].map(([, value]) => value)).toEqual([
      responder,
      "urn:oasis:names:tc:SAML:2.0:status:NoPassive",
    ]);
    expect(await isSigned(idp, xml)).toBe(true);
    const { profile } = await nodeSaml(idp, {
      validateInResponseTo: ValidateInResponseTo.never,
    }).validatePostResponseAsync({ SAMLResponse: encoded(xml) });
    expect(profile).toBeNull();
  });
});

test("a registered service provider is answered where its metadata says, even off this machine", async () => {
  const acs = "https://partner.example/acs";
  await using registered = await startIdp({ serviceProviderMetadata: [serviceProviderMetadata(acs)] });
  const query = new URLSearchParams({ SAMLRequest: deflated(authnRequest("")) });
  const answer = await signIn(await openPage(`${registered.origin}/saml/sso?${query}`), registered.origin);
  expect(answer.form?.action).toBe(acs);
  expect(responseXml(answer)).toContain(`Recipient="${acs}"`);
});

function serviceProviderMetadata(acs: string): string {
  return ServiceProvider({
    entityID: SAMPLE_SP.entityId,
    assertionConsumerService: [{ Binding: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST", Location: acs }],
  }).getMetadata();
}

function anyNumber(): unknown {
  return expect.any(Number);
}
