import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Patch } from "../../../../harness/emission/patch-schema.ts";
import { startStage, type EmissionChange, type Stage } from "../stage.ts";

let stage: Stage;

beforeAll(async () => {
  stage = await startStage();
});

afterAll(async () => {
  await stage[Symbol.asyncDispose]();
});

function set(claim: string, value: unknown): EmissionChange {
  return { patch: [{ op: "set", path: `/idToken/claims/${claim}`, value }] };
}

function remove(claim: string): EmissionChange {
  return { patch: [{ op: "remove", path: `/idToken/claims/${claim}` }] };
}

function shift(seconds: number, ...claims: readonly string[]): EmissionChange {
  const patch = claims.map((claim): Patch => ({ op: "shift", path: `/idToken/claims/${claim}`, seconds }));
  return { patch };
}

async function decide(change: EmissionChange): Promise<{ decision: string | undefined; said: string }> {
  const { decision, signals } = await stage.observe("oidc", change);
  return { decision, said: signals.join(" | ") };
}

const NAMED = "names agent@partner.example as signed in";

// RFC 8176 §1: amr is an array of case-sensitive strings.
describe("amr of the ID token", () => {
  test.each([
    { amr: ["pwd", "otp", "mfa"], decision: "accept" },
    { amr: ["mfa"], decision: "accept" },
    { amr: ["pwd", "otp"], decision: "refuse" },
    { amr: [], decision: "refuse" },
    { amr: "mfa", decision: "refuse" },
    { amr: "pwd mfa", decision: "refuse" },
    { amr: ["MFA"], decision: "refuse" },
    { amr: ["ngcmfa"], decision: "refuse" },
    { amr: ["mfa "], decision: "refuse" },
    { amr: ["pwd,mfa"], decision: "refuse" },
    { amr: [["mfa"]], decision: "refuse" },
    { amr: ["mfa", 1], decision: "refuse" },
    { amr: { mfa: true }, decision: "refuse" },
    { amr: null, decision: "refuse" },
  ])("$amr → $decision", async ({ amr, decision }) => {
    const found = await decide(set("amr", amr));
    expect(found.decision).toBe(decision);
    expect(found.said).toContain(NAMED);
    if (decision === "refuse") expect(found.said).toContain(`amr of the ID token is ${JSON.stringify(amr)}`);
  });

  test("absent → refuse, and the page says so", async () => {
    const found = await decide(remove("amr"));
    expect(found.decision).toBe("refuse");
    expect(found.said).toContain("amr of the ID token is absent");
  });

  test("acr alone is no MFA", async () => {
    const { patch } = remove("amr");
    const acr = set("acr", "http://schemas.microsoft.com/claims/multipleauthn").patch;
    expect(await decide({ patch: [...(patch ?? []), ...(acr ?? [])] })).toMatchObject({ decision: "refuse" });
  });
});

// One hour, by the portal's own rule.
describe("age of the sign-in", () => {
  test.each([
    { title: "59 minutes", change: shift(-3540, "auth_time"), decision: "accept" },
    { title: "61 minutes", change: shift(-3660, "auth_time"), decision: "challenge" },
    { title: "a day", change: shift(-86_400, "auth_time"), decision: "challenge" },
    { title: "unknown", change: remove("auth_time"), decision: "challenge" },
  ])("$title → $decision", async ({ change, decision }) => {
    const found = await decide(change);
    expect(found.decision).toBe(decision);
    expect(found.said).toContain(NAMED);
  });

  test("without MFA the age does not matter", async () => {
    const change = { ...shift(-7200, "auth_time"), profile: "password-only" } as const;
    expect(await decide(change)).toMatchObject({ decision: "refuse" });
  });
});

// OIDC Core §3.1.3.7: whoever breaks one of these is not signed in at all.
describe("an ID token that is not to be believed", () => {
  test.each([
    { title: "another audience", change: set("aud", "someone-else"), reason: /aud/ },
    { title: "one audience too many", change: set("aud", ["someone-else", "another"]), reason: /aud/ },
    { title: "another issuer", change: set("iss", "https://idp.example"), reason: /iss/ },
    { title: "another nonce", change: set("nonce", "another"), reason: /nonce/ },
    { title: "no nonce", change: remove("nonce"), reason: /nonce/ },
    { title: "no subject", change: remove("sub"), reason: /sub/ },
    { title: "expired", change: shift(-7200, "exp", "iat"), reason: /exp/ },
    { title: "no end", change: remove("exp"), reason: /exp/ },
    { title: "issued in the future", change: shift(7200, "iat"), reason: /iat lies in the future/ },
    {
      title: "signed in in the future",
      change: shift(7200, "auth_time"),
      reason: /auth_time lies in the future/,
    },
    { title: "a stranger's key", change: { key: "stranger" }, reason: /signature/ },
    { title: "a changed signature", change: { tamper: [{ op: "flip-signature" }] }, reason: /signature/ },
    { title: "no signature", change: { tamper: [{ op: "strip-signature" }] }, reason: /alg/ },
    {
      title: "amr changed after signing",
      change: {
        profile: "password-only",
        tamper: [{ op: "replace-text", find: `["pwd"]`, replace: `["mfa"]` }],
      },
      reason: /signature/,
    },
  ] satisfies readonly { title: string; change: EmissionChange; reason: RegExp }[])(
    "$title → refuse",
    async ({ change, reason }) => {
      const { decision, signals } = await stage.observe("oidc", change);
      expect({ decision, named: signals[0], access: signals[1] }).toEqual({
        decision: "refuse",
        named: "/callback (401) names nobody as signed in",
        access: "access: sign-in refused",
      });
      expect(signals[2]).toMatch(reason);
    },
  );

  test("the reason is one line without the token", async () => {
    const { signals, issued } = await stage.observe("oidc", set("aud", "someone-else"));
    expect(issued?.artifact.length).toBeGreaterThan(100);
    expect(signals[2]).not.toContain(issued?.artifact ?? "");
    expect(signals[2]).not.toMatch(/\n|\bat .*\.[jt]s:/);
  });
});

describe("who is signed in", () => {
  test("parallel sign-ins do not mix", async () => {
    const sent = Array.from({ length: 16 }, (_, index) => ({
      user: `agent-${index}@partner.example`,
      profile: index % 2 === 0 ? ("password-and-otp" as const) : ("password-only" as const),
    }));
    const seen = await Promise.all(
      sent.map(async ({ user, profile }) => {
        const { decision, signals, issued } = await stage.observe("oidc", { profile }, { user });
        return { decision, named: signals[0], issuedTo: issued?.user };
      }),
    );
    expect(seen).toEqual(
      sent.map(({ user, profile }) => ({
        decision: profile === "password-only" ? "refuse" : "accept",
        named: `/portal (${profile === "password-only" ? 403 : 200}) names ${user} as signed in`,
        issuedTo: user,
      })),
    );
  });

  test("a callback that this browser did not begin signs nobody in", async () => {
    for (const state of ["", "invented", "constructor", "__proto__"]) {
      const answer = await fetch(`${stage.partners.relyingParty.origin}/callback?code=1&state=${state}`);
      expect(answer.status).toBe(400);
      expect(await answer.text()).toContain("this browser has begun no such sign-in");
    }
  });

  test("an unknown path is a plain page", async () => {
    const answer = await fetch(`${stage.partners.relyingParty.origin}/none`);
    expect({ status: answer.status, powered: answer.headers.get("x-powered-by") }).toEqual({
      status: 404,
      powered: null,
    });
  });
});
