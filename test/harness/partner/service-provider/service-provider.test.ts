import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Patch } from "../../../../harness/emission/patch-schema.ts";
import { parseRoot } from "../../../../harness/partner/service-provider/saml-dom.ts";
import type { PageRequest } from "../../../../harness/transport/form.ts";
import { makeEmission, startStage, type EmissionChange, type Stage } from "../stage.ts";
import { startWalk, type Walk } from "../walk.ts";

const MULTIPLE_AUTHN = "http://schemas.microsoft.com/claims/multipleauthn";
const RESPONSE = "/samlResponse";
const ASSERTION = "/samlResponse/assertion";
const STATEMENT = "/samlResponse/assertion/authnStatement";

let stage: Stage;

beforeAll(async () => {
  stage = await startStage();
});

afterAll(async () => {
  await stage[Symbol.asyncDispose]();
});

function set(path: string, value: unknown): EmissionChange {
  return { patch: [{ op: "set", path, value }] };
}

function remove(path: string): EmissionChange {
  return { patch: [{ op: "remove", path }] };
}

function shift(seconds: number, ...paths: readonly string[]): EmissionChange {
  return { patch: paths.map((path): Patch => ({ op: "shift", path, seconds })) };
}

async function decide(change: EmissionChange): Promise<{ decision: string | undefined; said: string }> {
  const { decision, signals } = await stage.observe("saml", change);
  return { decision, said: signals.join(" | ") };
}

// Entra takes one exact URI, in AuthnContextClassRef alone (Entra's page on inbound assertions).
describe("AuthnContextClassRef", () => {
  test.each([
    { classRef: MULTIPLE_AUTHN, decision: "accept" },
    { classRef: "https://schemas.microsoft.com/claims/multipleauthn", decision: "refuse" },
    { classRef: `${MULTIPLE_AUTHN}/`, decision: "refuse" },
    { classRef: ` ${MULTIPLE_AUTHN}`, decision: "refuse" },
    { classRef: "http://schemas.microsoft.com/claims/MultipleAuthn", decision: "refuse" },
    { classRef: "https://refeds.org/profile/mfa", decision: "refuse" },
    { classRef: "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport", decision: "refuse" },
    { classRef: "mfa", decision: "refuse" },
  ])("$classRef → $decision", async ({ classRef, decision }) => {
    const found = await decide(set(`${STATEMENT}/classRef`, classRef));
    expect(found.decision).toBe(decision);
    expect(found.said).toContain("names agent@partner.example as signed in");
    expect(found.said).toContain(`access: ${decision === "accept" ? "granted" : "refused"}`);
  });

  test("an attribute that says it is ignored", async () => {
    const attribute = {
      name: "http://schemas.microsoft.com/claims/authnmethodsreferences",
      values: [MULTIPLE_AUTHN],
    };
    const change = { profile: "password-only", ...set(`${ASSERTION}/attributes`, [attribute]) } as const;
    expect(await decide(change)).toMatchObject({ decision: "refuse" });
  });
});

describe("age of the sign-in", () => {
  test.each([
    { title: "59 minutes", change: shift(-3540, `${STATEMENT}/authnInstant`), decision: "accept" },
    { title: "61 minutes", change: shift(-3660, `${STATEMENT}/authnInstant`), decision: "challenge" },
    { title: "unknown", change: remove(`${STATEMENT}/authnInstant`), decision: "challenge" },
    { title: "unreadable", change: set(`${STATEMENT}/authnInstant`, "yesterday"), decision: "challenge" },
  ])("$title → $decision", async ({ change, decision }) => {
    expect(await decide(change)).toMatchObject({ decision });
  });
});

// SAML profiles 4.1.4.3, bindings 3.5.5.2: whoever breaks one of these is not signed in at all.
describe("a response that is not to be believed", () => {
  test.each([
    {
      title: "another audience",
      change: set(`${ASSERTION}/conditions/audiences`, ["x"]),
      reason: /audience/,
    },
    { title: "no audience", change: remove(`${ASSERTION}/conditions/audiences`), reason: /Audience/ },
    { title: "no conditions", change: remove(`${ASSERTION}/conditions`), reason: /lacks a part/ },
    {
      title: "expired conditions",
      change: shift(-7200, `${ASSERTION}/conditions/notBefore`, `${ASSERTION}/conditions/notOnOrAfter`),
      reason: /expired/,
    },
    {
      title: "conditions of the future",
      change: shift(1800, `${ASSERTION}/conditions/notBefore`),
      reason: /not yet valid/,
    },
    {
      title: "an expired confirmation",
      change: shift(-7200, `${ASSERTION}/subject/notOnOrAfter`),
      reason: /confirmation/,
    },
    {
      title: "another recipient",
      change: set(`${ASSERTION}/subject/recipient`, "http://127.0.0.1:1/acs"),
      reason: /Recipient is http:\/\/127\.0\.0\.1:1\/acs/,
    },
    {
      title: "no recipient",
      change: remove(`${ASSERTION}/subject/recipient`),
      reason: /Recipient is absent/,
    },
    {
      title: "another destination",
      change: set(`${RESPONSE}/destination`, "http://127.0.0.1:1/acs"),
      reason: /Destination/,
    },
    { title: "no destination", change: remove(`${RESPONSE}/destination`), reason: /Destination is absent/ },
    {
      title: "another issuer of the assertion",
      change: set(`${ASSERTION}/issuer`, "https://idp.example"),
      reason: /Issuer of the assertion is https:\/\/idp\.example/,
    },
    {
      title: "another issuer of the response",
      change: set(`${RESPONSE}/issuer`, "https://idp.example"),
      reason: /Issuer of the response is https:\/\/idp\.example/,
    },
    { title: "another request", change: set(`${RESPONSE}/inResponseTo`, "_other"), reason: /InResponseTo/ },
    {
      title: "another request in the confirmation",
      change: set(`${ASSERTION}/subject/inResponseTo`, "_other"),
      reason: /InResponseTo/,
    },
    {
      title: "no request in the confirmation",
      change: remove(`${ASSERTION}/subject/inResponseTo`),
      reason: /InResponseTo/,
    },
    { title: "no request at all", change: remove(`${RESPONSE}/inResponseTo`), reason: /InResponseTo/ },
    {
      title: "a status that is no success",
      change: set(`${RESPONSE}/status`, ["urn:oasis:names:tc:SAML:2.0:status:Responder"]),
      reason: /status is urn:oasis:names:tc:SAML:2\.0:status:Responder/,
    },
    { title: "nobody named", change: remove(`${ASSERTION}/subject/nameId`), reason: /names nobody/ },
    { title: "no statement", change: remove(STATEMENT), reason: /AuthnStatement/ },
    {
      title: "signed in in the future",
      change: shift(7200, `${STATEMENT}/authnInstant`),
      reason: /lies in the future/,
    },
    { title: "no assertion", change: remove(ASSERTION), reason: /./ },
    { title: "a stranger's key", change: { key: "stranger" }, reason: /signature/ },
    { title: "a changed signature", change: { tamper: [{ op: "flip-signature" }] }, reason: /signature/ },
    { title: "no signature", change: { tamper: [{ op: "strip-signature" }] }, reason: /signature/ },
    {
      title: "the class changed after signing",
      change: {
        profile: "password-only",
        tamper: [
          {
            op: "replace-text",
            find: "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport",
            replace: MULTIPLE_AUTHN,
          },
        ],
      },
      reason: /signature/,
    },
  ] satisfies readonly { title: string; change: EmissionChange; reason: RegExp }[])(
    "$title → refuse",
    async ({ change, reason }) => {
      const { decision, signals } = await stage.observe("saml", change);
      expect({ decision, named: signals[0], access: signals[1] }).toEqual({
        decision: "refuse",
        named: "/acs (401) names nobody as signed in",
        access: "access: sign-in refused",
      });
      expect(signals[2]).toMatch(reason);
    },
  );
});

function startAs(choice: string): Walk {
  return startWalk({ idpOrigin: stage.idp.origin, user: "agent@partner.example", choice });
}

/** Signs in as far as the answer that is about to be posted. */
async function walkToAnswer(): Promise<{ walk: Walk; answer: PageRequest }> {
  const walk = startAs(stage.idp.offer(makeEmission("saml"), "an answer"));
  return { walk, answer: await walk.until(`${stage.partners.serviceProvider.origin}/portal`, "/acs") };
}

describe("an answer belongs to one sign-in of one browser", () => {
  test("taken once, refused the second time, and then nobody is signed in", async () => {
    const { walk, answer } = await walkToAnswer();
    const portal: PageRequest = {
      method: "GET",
      url: new URL(`${stage.partners.serviceProvider.origin}/portal`),
    };
    expect((await walk.send(answer)).status).toBe(303);
    expect((await walk.send(portal)).status).toBe(200);
    const second = await walk.send(answer);
    expect({ status: second.status, says: second.html.includes("InResponseTo") }).toEqual({
      status: 401,
      says: true,
    });
    expect((await walk.send(portal)).status).toBe(303);
  });

  test("refused when only the assertion is signed", async () => {
    const { walk, answer } = await walkToAnswer();
    const fields = new URLSearchParams(answer.body);
    const xml = Buffer.from(fields.get("SAMLResponse") ?? "", "base64").toString();
    const signatures = /<(?:\w+:)?Signature\b.*?<\/(?:\w+:)?Signature>/gs;
    expect(xml.match(signatures)?.length).toBe(2);
    const ofResponse = parseRoot(xml).getAttribute("ID") ?? "";
    const bare = xml.replace(signatures, (text) => (text.includes(`URI="#${ofResponse}"`) ? "" : text));
    expect(bare.match(signatures)?.length).toBe(1);
    fields.set("SAMLResponse", Buffer.from(bare).toString("base64"));
    const refused = await walk.send({ ...answer, body: fields.toString() });
    expect({ status: refused.status, says: refused.html.includes("signature") }).toEqual({
      status: 401,
      says: true,
    });
  });

  test("refused from another browser", async () => {
    const { answer } = await walkToAnswer();
    expect((await startAs("none").send(answer)).status).toBe(401);
  });
});

describe("what is posted to the ACS", () => {
  test.each([
    { title: "nothing", body: "", status: 400 },
    { title: "another field", body: "a=1", status: 400 },
    { title: "no base64 of XML", body: "SAMLResponse=!!!", status: 401 },
    {
      title: "XML with a DTD",
      body: new URLSearchParams({
        SAMLResponse: Buffer.from(`<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`).toString("base64"),
      }).toString(),
      status: 401,
    },
    { title: "more than a form may hold", body: `SAMLResponse=${"A".repeat(5_000_000)}`, status: 413 },
  ])("$title → $status", async ({ body, status }) => {
    const answer = await fetch(stage.partners.serviceProvider.acs, {
      method: "POST",
      body,
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    expect(answer.status).toBe(status);
    expect(await answer.text()).not.toMatch(/\bat .*\.[jt]s:/);
  });
});

test("the metadata names the entity and its ACS", async () => {
  const { entityId, acs } = stage.partners.serviceProvider;
  const metadata = await (await fetch(entityId)).text();
  expect(metadata).toContain(`entityID="${entityId}"`);
  expect(metadata).toContain(`Location="${acs}"`);
  expect(metadata).toContain(`WantAssertionsSigned="true"`);
});

test("parallel sign-ins do not mix", async () => {
  const users = Array.from({ length: 8 }, (_, index) => `agent-${index}@partner.example`);
  const seen = await Promise.all(
    users.map(async (user, index) => {
      const profile = index % 2 === 0 ? "password-and-otp" : "password-only";
      const { decision, signals } = await stage.observe("saml", { profile }, { user });
      return `${decision} ${signals[0]}`;
    }),
  );
  expect(seen).toEqual(
    users.map((user, index) =>
      index % 2 === 0
        ? `accept /portal (200) names ${user} as signed in`
        : `refuse /portal (403) names ${user} as signed in`,
    ),
  );
});
