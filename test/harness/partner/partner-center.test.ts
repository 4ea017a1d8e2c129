import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Patch } from "../../../harness/emission/patch-schema.ts";
import { makeEmission, startStage, type EmissionChange, type Stage } from "./stage.ts";

const API = "https://api.partnercenter.microsoft.com";

let stage: Stage;

beforeAll(async () => {
  stage = await startStage();
});

afterAll(async () => {
  await stage[Symbol.asyncDispose]();
});

function change(op: "set" | "remove", claim: string, value?: unknown): Patch {
  const path = `/accessToken/claims/${claim}`;
  return op === "set" ? { op, path, value } : { op, path };
}

async function ask(change: EmissionChange, headers: Readonly<Record<string, string>> = {}) {
  const request = { user: "agent@partner.example", audience: API, now: Math.floor(Date.now() / 1000) };
  const { artifact } = await stage.idp.issue(makeEmission("partner-api", change), request);
  return await fetch(`${stage.partners.partnerCenter.origin}/v1/customers`, {
    headers: { authorization: `Bearer ${artifact}`, ...headers },
  });
}

const PROFILE_ONLY = { profile: "password-only" } as const;

// Partner Center: mandating MFA for your partner tenant.
describe("the refusal for missing MFA", () => {
  test("has the documented status line, header and body", async () => {
    const answer = await ask(PROFILE_ONLY);
    expect({ status: answer.status, text: answer.statusText }).toEqual({
      status: 401,
      text: "Unauthorized - MFA required",
    });
    expect(answer.headers.get("www-authenticate")).toBe('Bearer error="invalid_token"');
    expect(await answer.json()).toEqual({
      code: "900421",
      description: "MFA required: amr of the access token does not contain mfa",
      data: [],
      source: "MockPartnerCenter",
    });
  });

  test.each([
    { amr: ["pwd", "mfa"], status: 200 },
    { amr: ["mfa", "rsa", "pwd"], status: 200 },
    { amr: "mfa", status: 401 },
    { amr: ["pwd", "MFA"], status: 401 },
    { amr: ["no-mfa"], status: 401 },
    { amr: ["mfa2"], status: 401 },
    { amr: { mfa: false }, status: 401 },
    { amr: [], status: 401 },
    { amr: null, status: 401 },
  ])("amr $amr → $status", async ({ amr, status }) => {
    expect((await ask({ patch: [change("set", "amr", amr)] })).status).toBe(status);
  });

  test("amr absent, even with a role called mfa → 401", async () => {
    const patch = [change("remove", "amr"), change("set", "roles", ["mfa"])];
    expect((await ask({ patch })).status).toBe(401);
  });
});

describe("the dry run", () => {
  test.each([
    { change: {}, headers: { ValidateMfa: "true" }, said: "true" },
    { change: PROFILE_ONLY, headers: { ValidateMfa: "true" }, said: "false" },
    { change: {}, headers: { ValidateMfa: "false" }, said: null },
    { change: {}, headers: {}, said: null },
  ])("$change with $headers → isMfaCompliant $said", async ({ change, headers, said }) => {
    expect((await ask(change, headers)).headers.get("isMfaCompliant")).toBe(said);
  });
});

test.each([
  { signs: [change("set", "idtyp", "app")], status: 200 },
  { signs: [change("set", "oid", "app-1"), change("set", "sub", "app-1")], status: 200 },
  { signs: [change("set", "roles", ["Customers.Read"])], status: 401 },
  { signs: [change("set", "idtyp", "user"), change("set", "roles", ["Customers.Read"])], status: 401 },
  { signs: [change("set", "idtyp", "app"), change("set", "nonce", "n")], status: 401 },
])("no amr with $signs → $status (PSR-087)", async ({ signs, status }) => {
  const patch = [change("remove", "amr"), change("remove", "scp"), change("remove", "upn"), ...signs];
  expect((await ask({ patch })).status).toBe(status);
});

describe("a token that is not valid", () => {
  test.each([
    { title: "another audience", change: { patch: [change("set", "aud", "https://graph.windows.net")] } },
    { title: "another issuer", change: { patch: [change("set", "iss", "https://idp.example")] } },
    {
      title: "expired",
      change: { patch: [{ op: "shift", path: "/accessToken/claims/exp", seconds: -7200 }] },
    },
    { title: "without end", change: { patch: [change("remove", "exp")] } },
    {
      title: "not valid yet",
      change: { patch: [{ op: "shift", path: "/accessToken/claims/nbf", seconds: 3000 }] },
    },
    { title: "a stranger's key", change: { key: "stranger" } },
    { title: "a changed signature", change: { tamper: [{ op: "flip-signature" }] } },
    { title: "no signature", change: { tamper: [{ op: "strip-signature" }] } },
  ] satisfies readonly { title: string; change: EmissionChange }[])(
    "$title → 900420, and nothing about MFA",
    async ({ change }) => {
      const answer = await ask(change, { ValidateMfa: "true" });
      expect({ status: answer.status, dryRun: answer.headers.get("isMfaCompliant") }).toEqual({
        status: 401,
        dryRun: null,
      });
      expect(await answer.json()).toMatchObject({ code: "900420" });
    },
  );

  test("no token at all", async () => {
    const answer = await fetch(`${stage.partners.partnerCenter.origin}/v1/customers`);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ code: "900420", description: "no access token was sent" });
  });
});

// What the relying party makes of it, with the access token of a real sign-in.
describe("the page of customers", () => {
  test.each([
    { title: "MFA", change: {}, decision: "accept", said: /listed 3 customers/ },
    { title: "no MFA", change: PROFILE_ONLY, decision: "refuse", said: /401: MFA required.*\(900421\)/ },
    {
      title: "another audience",
      change: { patch: [change("set", "aud", "https://graph.windows.net")] },
      decision: "refuse",
      said: /"aud".*\(900420\)/,
    },
    {
      title: "a stranger's key",
      change: { key: "stranger" },
      decision: "refuse",
      said: /signature.*\(900420\)/,
    },
  ] satisfies readonly { title: string; change: EmissionChange; decision: string; said: RegExp }[])(
    "$title → $decision",
    async ({ change, decision, said }) => {
      const seen = await stage.observe("partner-api", change);
      expect(seen.decision).toBe(decision);
      expect(seen.signals[0]).toContain("names agent@partner.example as signed in");
      expect(seen.signals[2]).toMatch(said);
      expect(seen.issued).toMatchObject({
        channel: "partner-api",
        user: "agent@partner.example",
        audience: API,
      });
    },
  );
});
