import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Patch } from "../../../harness/emission/patch-schema.ts";
import { type RunningTargets, startReferenceTargets } from "../../../harness/run/reference/targets.ts";
import { expandCases } from "../../../harness/scenario/expand.ts";
import { type Scenario, scenarioSchema } from "../../../harness/scenario/schema.ts";
import type { Observation } from "../../../harness/target/observation.ts";
import type { DrivenTransport } from "../../../harness/transport/drivers.ts";

let running: RunningTargets;

beforeAll(async () => {
  const cases = expandCases(
    [scenario({})],
    [{ name: "any", channels: ["oidc"], transports: ["protocol"] }],
    ["protocol"],
  );
  running = await startReferenceTargets(cases);
});

afterAll(async () => await running[Symbol.asyncDispose]());

type Changes = Partial<Pick<Scenario, "steps" | "issuer" | "flow">> & { readonly patch?: readonly Patch[] };

function scenario({ patch = [], ...changes }: Changes): Scenario {
  return scenarioSchema.parse({
    id: "steps",
    title: "steps",
    why: "steps",
    references: ["steps"],
    emission: { channel: "oidc", profile: "password-and-otp", patch },
    expect: { verdict: "compliant", decision: "accept" },
    ...changes,
  });
}

async function observe(
  target: "relying-party" | "service-provider",
  changes: Changes,
  transport: DrivenTransport = "protocol",
): Promise<Observation> {
  const found = running.targets.find(({ name }) => name === target);
  if (found === undefined) throw new Error(`there is no ${target}`);
  const { emission, steps, issuer, flow } = scenario(changes);
  const channel = target === "service-provider" ? "saml" : "oidc";
  return await found.observe({
    emission: { ...emission, channel },
    transport,
    user: "agent@partner.example",
    signal: new AbortController().signal,
    course: { steps, issuer, flow },
  });
}

function pathsOf({ exchanges }: Observation): readonly string[] {
  return exchanges.map(({ method, url }) => `${method} ${new URL(url).pathname.replace(/[\w-]{21,}/, "…")}`);
}

describe("an OIDC relying party by plain HTTP", () => {
  test.each([
    { steps: ["sign-in"], decision: "accept", last: "GET /portal" },
    { steps: ["sign-in", "sign-in-again"], decision: "accept", last: "GET /portal" },
    { steps: ["sign-in", "refresh"], decision: "accept", last: "GET /refresh" },
    { steps: ["sign-in", "user-info"], decision: "accept", last: "GET /user-info" },
    { steps: ["sign-in", "replay"], decision: "refuse", last: "GET /callback" },
    { steps: ["idp-initiated"], decision: "accept", last: "GET /portal" },
    { steps: ["sign-in", "back-channel-logout"], decision: "accept", last: "GET /oidc/auth" },
    { steps: ["hold", "deliver"], decision: "accept", last: "GET /portal" },
    { steps: ["hold", "begin-elsewhere", "deliver"], decision: "accept", last: "GET /portal" },
  ] as const)("$steps: $decision, and an ID token was issued", async ({ steps, decision, last }) => {
    const seen = await observe("relying-party", { steps: [...steps] });
    expect({ decision: seen.decision, last: pathsOf(seen).at(-1), issued: seen.issued?.user }).toEqual({
      decision,
      last,
      issued: "agent@partner.example",
    });
  });

  test.each([
    { steps: ["hold"], decision: undefined },
    { steps: ["hold", "other-browser", "deliver"], decision: "refuse" },
    { steps: ["hold", "other-browser", "hold", "deliver-other-code"], decision: "refuse" },
  ] as const)("$steps: no ID token was issued", async ({ steps, decision }) => {
    const seen = await observe("relying-party", { steps: [...steps] });
    expect({ decision: seen.decision, issued: seen.issued }).toEqual({ decision, issued: undefined });
  });

  test("each refresh brings another token, and the newest is judged", async () => {
    const patch = [{ op: "set", path: "/refreshedIdToken/claims/amr", value: ["pwd"] }] as const;
    const seen = await observe("relying-party", { steps: ["sign-in", "refresh"], patch });
    expect(seen.decision).toBe("refuse");
    expect(Buffer.from(seen.issued?.artifact.split(".")[1] ?? "", "base64url").toString()).toContain(
      '["pwd"]',
    );
  });

  test("an issuer of its own is named beside the artifact, with how often it was asked for tokens", async () => {
    const { decision, issued, ownIssuer, ownTokenRequests } = await observe("relying-party", {
      issuer: "own",
    });
    expect({ decision, ownTokenRequests }).toEqual({ decision: "accept", ownTokenRequests: 1 });
    const claims = Buffer.from(issued?.artifact.split(".")[1] ?? "", "base64url").toString();
    expect(claims).toContain(`/fault/${ownIssuer}/oidc"`);
  });

  test("a code that goes to a token endpoint where it must not go is counted", async () => {
    const patch = [{ op: "set", path: "/authorizationResponse/code", value: "invented" }] as const;
    const { decision, issued, ownTokenRequests } = await observe("relying-party", { issuer: "own", patch });
    expect({ decision, issued, ownTokenRequests }).toEqual({
      decision: "refuse",
      issued: undefined,
      ownTokenRequests: 1,
    });
  });

  // RFC 9207 §2.4, OIDC Core §3.3.2.9: nothing is asked for before the answer is known to be this issuer's and whole.
  test.each([
    {
      what: "no issuer in the answer, and none promised",
      flow: "code",
      patch: [
        { op: "remove", path: "/discovery/authorization_response_iss_parameter_supported" },
        { op: "remove", path: "/authorizationResponse/iss" },
      ],
      reason: "the answer does not say from which issuer it comes",
    },
    {
      what: "at_hash of another access token",
      flow: "hybrid",
      patch: [{ op: "set", path: "/idToken/claims/at_hash", value: "AAAAAAAAAAAAAAAAAAAAAA" }],
      reason: "the ID token's at_hash does not match",
    },
    {
      what: "no access token in a hybrid answer",
      flow: "hybrid",
      patch: [{ op: "remove", path: "/authorizationResponse/access_token" }],
      reason: "the answer lacks an ID token or an access token",
    },
    {
      what: "an answer that is no JWT",
      flow: "jarm",
      patch: [{ op: "raw", path: "/authorizationResponse/response", text: "x" }],
      reason: "this browser has begun no such sign-in",
    },
  ] as const)("$what: refused before the token endpoint is asked", async ({ flow, patch, reason }) => {
    const seen = await observe("relying-party", { issuer: "own", flow, patch });
    expect({ decision: seen.decision, asked: seen.ownTokenRequests, reason: seen.signals.at(-1) }).toEqual({
      decision: "refuse",
      asked: 0,
      reason,
    });
  });

  test("a wrong at_hash at the token endpoint is refused, none is not", async () => {
    const path = "/idToken/claims/at_hash";
    const wrong = await observe("relying-party", {
      patch: [{ op: "set", path, value: "AAAAAAAAAAAAAAAAAAAAAA" }],
    });
    const none = await observe("relying-party", { patch: [{ op: "remove", path }] });
    expect({ wrong: wrong.decision, none: none.decision }).toEqual({ wrong: "refuse", none: "accept" });
  });

  test.each([
    { amr: ["pwd", "otp", "mfa"], decision: "accept" },
    { amr: ["pwd", "mfa"], decision: "accept" },
    { amr: ["pwd", "otp", "mfa", "hwk"], decision: "refuse" },
  ])("a refresh that says $amr → $decision", async ({ amr, decision }) => {
    const patch = [{ op: "set", path: "/refreshedIdToken/claims/amr", value: amr }] as const;
    expect(await observe("relying-party", { steps: ["sign-in", "refresh"], patch })).toMatchObject({
      decision,
    });
  });

  test.each(["code", "hybrid", "jarm"] as const)("flow %s is the flow that is gone", async (flow) => {
    const answers = {
      code: "GET /callback?code&state&iss",
      hybrid: "POST /callback",
      jarm: "GET /callback?response",
    };
    const { exchanges, decision } = await observe("relying-party", { flow });
    const answer = exchanges.find(({ url }) => new URL(url).pathname === "/callback");
    const { pathname, search } = new URL(answer?.url ?? "");
    expect({ decision, answer: `${answer?.method} ${pathname}${search}` }).toEqual({
      decision: "accept",
      answer: answers[flow],
    });
  });
});

test("a service provider refuses the same response a second time", async () => {
  const once = await observe("service-provider", {});
  const twice = await observe("service-provider", { steps: ["sign-in", "replay"] });
  expect(once.decision).toBe("accept");
  expect(twice.decision).toBe("refuse");
  expect(pathsOf(twice).filter((path) => path === "POST /acs")).toHaveLength(2);
});

describe("a real browser does the same steps", { timeout: 60_000 }, () => {
  test.each([
    { target: "relying-party", steps: ["sign-in", "refresh"], flow: "code" },
    { target: "relying-party", steps: ["sign-in", "replay"], flow: "code" },
    { target: "relying-party", steps: ["sign-in", "replay"], flow: "hybrid" },
    { target: "relying-party", steps: ["sign-in", "back-channel-logout"], flow: "code" },
    { target: "service-provider", steps: ["sign-in", "replay"], flow: "code" },
  ] as const)("$target: $steps, $flow", async ({ target, steps, flow }) => {
    const plain = await observe(target, { steps: [...steps], flow });
    const real = await observe(target, { steps: [...steps], flow }, "browser");
    expect({ decision: real.decision, signals: real.signals }).toEqual({
      decision: plain.decision,
      signals: plain.signals,
    });
    expect(pathsOf(real)).toEqual(pathsOf(plain));
  });

  test("but it holds nothing back", async () => {
    await expect(observe("relying-party", { steps: ["hold"] }, "browser")).rejects.toThrow(
      "a browser sends the IdP's answer at once",
    );
  });
});

describe("steps that cannot be done", () => {
  test.each([
    {
      target: "service-provider",
      steps: ["sign-in", "refresh"],
      says: "step refresh: the app has no page for it",
    },
    {
      target: "service-provider",
      steps: ["begin-elsewhere"],
      says: "step begin-elsewhere: the app cannot be sent to another issuer",
    },
  ] as const)("$target: $says, so that the scenario is none for it", async ({ target, steps, says }) => {
    await expect(observe(target, { steps: [...steps] })).rejects.toMatchObject({
      code: "ERR_SCENARIO_INVALID",
      message: says,
    });
  });

  test.each([
    { target: "relying-party", steps: ["replay"], says: "step replay: the IdP has sent no answer yet" },
    { target: "relying-party", steps: ["deliver"], says: "step deliver: no answer is held" },
    {
      target: "relying-party",
      steps: ["hold", "deliver-other-code"],
      says: "step deliver-other-code: it needs two answers that are held",
    },
    {
      target: "relying-party",
      steps: ["hold", "hold", "deliver-other-access-token"],
      says: "step deliver-other-access-token: the answer held before has no access_token",
    },
  ] as const)("$target: $says, which is told of the case", async ({ target, steps, says }) => {
    await expect(observe(target, { steps: [...steps] })).rejects.toMatchObject({
      code: "ERR_TARGET_UNREACHABLE",
      message: says,
    });
  });

  test("an app that cannot be sent to another issuer says so", async () => {
    await expect(observe("service-provider", { issuer: "own" })).rejects.toMatchObject({
      code: "ERR_SCENARIO_INVALID",
      message: "service-provider cannot be sent to another issuer or into another flow",
    });
  });
});
