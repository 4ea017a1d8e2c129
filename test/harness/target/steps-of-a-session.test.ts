import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { appTarget } from "../../../harness/target/app.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { type RunningTargets, startReferenceTargets } from "../../../harness/run/reference/targets.ts";
import { expandCases } from "../../../harness/scenario/expand.ts";
import { type Scenario, scenarioSchema } from "../../../harness/scenario/schema.ts";
import type { Observation } from "../../../harness/target/observation.ts";
import type { Target } from "../../../harness/target/target.ts";
import { makeDrivers } from "../../../harness/transport/drivers.ts";

let running: RunningTargets;

beforeAll(async () => {
  const target = { name: "any", channels: ["oidc"], transports: ["protocol"] } as const;
  running = await startReferenceTargets(expandCases([scenario("oidc", {})], [target], ["protocol"]));
});

afterAll(async () => await running[Symbol.asyncDispose]());

type AppChannel = "oidc" | "saml" | "wsfed";

function scenario(channel: AppChannel, { profile = "password-and-otp", ...changes }: Changes): Scenario {
  return scenarioSchema.parse({
    id: "session",
    title: "session",
    why: "session",
    references: ["session"],
    emission: { channel, profile },
    transport: ["protocol"],
    expect: { verdict: "compliant", decision: "accept" },
    ...changes,
  });
}

interface Changes {
  readonly profile?: Scenario["emission"]["profile"];
  readonly steps?: readonly string[];
  readonly later?: Scenario["later"];
  readonly asks?: Readonly<Record<string, unknown>>;
  readonly issuer?: "own";
}

async function observeAt(target: Target, channel: AppChannel, changes: Changes): Promise<Observation> {
  const { emission, ...course } = scenario(channel, changes);
  const { signal } = new AbortController();
  return await target.observe({
    emission,
    transport: "protocol",
    user: "agent@partner.example",
    signal,
    course,
  });
}

const TARGETS = { oidc: "relying-party", saml: "service-provider", wsfed: "federated-domain" } as const;

async function observe(channel: AppChannel, changes: Changes): Promise<Observation> {
  const found = running.targets.find(({ name }) => name === TARGETS[channel]);
  if (found === undefined) throw new Error(`there is no ${TARGETS[channel]}`);
  return await observeAt(found, channel, changes);
}

/** How often the person answered the sign-in page. */
function pagesAnswered({ exchanges }: Observation): number {
  return exchanges.filter(({ method, url }) => method === "POST" && /\/sign-in(\/|$)/.test(url)).length;
}

/** Names of what was asked in each request to the IdP. */
function asked({ exchanges }: Observation): readonly string[] {
  return exchanges.filter(({ url }) => url.includes("/oidc/auth?")).map(({ url }) => new URL(url).search);
}

const DECODED: Readonly<Record<AppChannel, (artifact: string) => string>> = {
  oidc: (jwt) => Buffer.from(jwt.split(".")[1] ?? "", "base64url").toString(),
  saml: String,
  wsfed: String,
};

function saysMfa(channel: AppChannel, { issued }: Observation): boolean {
  return /"mfa"|multipleauthn/.test(DECODED[channel](issued?.artifact ?? ""));
}

const PASSWORD = { profile: "password-only" } as const;
const MFA = { profile: "password-and-otp" } as const;

describe.each(["oidc", "saml", "wsfed"] as const)("%s", (channel) => {
  test.each([
    { steps: ["sign-in", "sign-in-silently"], pages: 1, decision: "accept" },
    { steps: ["sign-in", "sign-in-silently"], later: PASSWORD, decision: "refuse" },
    { steps: ["sign-in", "sign-in-again"], pages: 2, decision: "accept" },
    { steps: ["sign-in", "sign-in-again"], later: PASSWORD, decision: "refuse" },
    { ...PASSWORD, steps: ["sign-in", "step-up"], later: MFA, pages: 2, decision: "accept" },
    { ...PASSWORD, steps: ["sign-in", "sign-in-silently", "step-up"], later: MFA, decision: "accept" },
    { steps: ["hold", "hold", "deliver", "deliver-earlier"], pages: 1, decision: "accept" },
    { steps: ["hold", "deliver", "other-browser", "deliver"], pages: 1, decision: "refuse" },
  ] as const)("$steps, later $later: $decision", async (row) => {
    const { decision, pages, ...changes } = { pages: undefined, ...row };
    const seen = await observe(channel, changes);
    const answered = pagesAnswered(seen);
    // Without a number it is the app's own business how often it asks.
    expect({ decision: seen.decision, answered }).toEqual({ decision, answered: pages ?? answered });
  });

  test("what comes later is judged", async () => {
    const steps = ["sign-in", "sign-in-silently"];
    const first = await observe(channel, {});
    const last = await observe(channel, { steps, later: PASSWORD });
    expect([saysMfa(channel, first), saysMfa(channel, last)]).toEqual([true, false]);
  });
});

test.each([
  { channel: "oidc", ignore: ["prompt"] },
  { channel: "saml", ignore: ["ForceAuthn"] },
  { channel: "wsfed", ignore: ["wfresh"] },
] as const)("$channel: a session that ignores $ignore later asks nobody", async ({ channel, ignore }) => {
  const steps = ["sign-in", "sign-in-again"];
  expect(pagesAnswered(await observe(channel, { steps, later: { ignore: [...ignore] } }))).toBe(1);
});

describe("a refresh", () => {
  test.each([
    { steps: ["sign-in", "refresh"], decision: "accept" },
    { steps: ["sign-in", "sign-in-silently", "refresh"], decision: "refuse" },
  ])("$steps says what the sign-in before it said: $decision", async ({ steps, decision }) => {
    expect(await observe("oidc", { steps, later: PASSWORD })).toMatchObject({ decision });
  });
});

describe("what is asked for", () => {
  const asks = { acr_values: ["a", "b"], max_age: 60, prompt: "login", claims: { id_token: {} } };
  const ALL = ["claims", "max_age", "prompt", "acr_values"];

  test.each([
    { steps: ["sign-in"], names: ALL },
    { steps: ["sign-in-edited"], names: [] },
  ])("$steps: the IdP is asked for $names", async ({ steps, names }) => {
    const [search = ""] = asked(await observe("oidc", { steps, asks }));
    expect(ALL.filter((name) => new URLSearchParams(search).has(name))).toEqual(names);
  });

  test("an issuer of the scenario's own is asked the same", async () => {
    const [search = ""] = asked(await observe("oidc", { asks, issuer: "own" }));
    expect(ALL.filter((name) => new URLSearchParams(search).has(name))).toEqual(ALL);
  });

  test.each([
    { asks: {}, pages: 1 },
    { asks: { max_age: 300 }, pages: 1 },
    { asks: { max_age: 0 }, pages: 2 },
    { asks: { prompt: "login" }, pages: 2 },
  ])("asked for $asks twice, the person signs in $pages times", async ({ asks: wanted, pages }) => {
    const seen = await observe("oidc", { steps: ["sign-in", "sign-in-silently"], asks: wanted });
    expect({ decision: seen.decision, pages: pagesAnswered(seen) }).toEqual({ decision: "accept", pages });
  });

  test("a target that cannot be told says so", async () => {
    await using idp = await startIdp();
    await using drivers = makeDrivers();
    const startUrl = (): string => `${idp.origin}/nowhere`;
    const target = appTarget({ name: "an app", channels: ["oidc"], startUrl, idp, drivers });
    await expect(observeAt(target, "oidc", { asks: { max_age: 0 } })).rejects.toMatchObject({
      code: "ERR_SCENARIO_INVALID",
      message: "an app cannot be told what to ask for",
    });
  });

  test.each([
    { steps: ["deliver-earlier"], says: "step deliver-earlier: it needs two answers that are held" },
    { steps: ["hold", "deliver-earlier"], says: "step deliver-earlier: it needs two answers that are held" },
  ])("$steps: $says", async ({ steps, says }) => {
    await expect(observe("oidc", { steps })).rejects.toMatchObject({ message: says });
  });
});
