import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emissionSchema } from "../../../harness/emission/emission.ts";
import { type StartedTargets, startTargets } from "../../../harness/run/start-targets.ts";
import { scenarioSchema } from "../../../harness/scenario/schema.ts";
import { targetsSchema } from "../../../harness/target/definition/targets.ts";
import type { Observation } from "../../../harness/target/observation.ts";
import type { TestServer } from "../transport/serve.ts";
import { serveSinglePageApp } from "./single-page-app.ts";

let app: TestServer;
let running: StartedTargets;
let issuer = "";

beforeAll(async () => {
  app = await serveSinglePageApp("spa", () => issuer);
  const definitions = targetsSchema.parse({
    spa: {
      kind: "app",
      channels: ["oidc"],
      start: `${app.origin}/`,
      signedIn: { selector: "#user" },
      granted: { text: "Your customers" },
      refused: { text: "A second factor is missing" },
    },
  });
  const scenario = scenarioSchema.parse({
    id: "any",
    title: "any",
    why: "any",
    references: ["any"],
    emission: { channel: "oidc", profile: "password-and-otp" },
    expect: { verdict: "compliant", decision: "accept" },
  });
  const cases = [{ id: "spa", scenario, transport: "browser" as const, target: "spa" }];
  const relyingParties = [{ clientId: "spa", redirectUris: [`${app.origin}/`] }];
  running = await startTargets(cases, { definitions, idp: { relyingParties }, trust: async () => undefined });
  issuer = running.idp.trust.oidcIssuer;
}, 60_000);

afterAll(async () => {
  await running[Symbol.asyncDispose]();
  await app[Symbol.asyncDispose]();
});

async function observe(user: string, change: Readonly<Record<string, unknown>>): Promise<Observation> {
  const [target] = running.targets;
  if (target === undefined) throw new Error("there is no target");
  const emission = emissionSchema.parse({ channel: "oidc", profile: "password-and-otp", ...change });
  return await target.observe({ emission, transport: "browser", user, signal: AbortSignal.timeout(50_000) });
}

// The page and the IdP are two origins: nothing of this works without CORS at discovery, keys, token, userinfo, revocation.
describe("a single-page app, code flow with PKCE by fetch", { timeout: 60_000 }, () => {
  test.each([
    { name: "good", change: {}, decision: "accept", as: "marker", confidence: "high" },
    { name: "pwd", change: { profile: "password-only" }, decision: "refuse" },
  ])("$name → $decision", async ({ name, change, ...expected }) => {
    expect(await observe(`${name}@partner.example`, change)).toMatchObject(expected);
  });
});
