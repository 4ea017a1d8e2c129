import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Emission, emissionSchema } from "../../../harness/emission/emission.ts";
import { type StartedTargets, startTargets } from "../../../harness/run/start-targets.ts";
import { scenarioSchema } from "../../../harness/scenario/schema.ts";
import { targetsSchema } from "../../../harness/target/definition/targets.ts";
import type { Observation } from "../../../harness/target/observation.ts";
import { deadOrigin } from "../transport/serve.ts";

let running: StartedTargets;

function program(name: string): readonly string[] {
  return [
    process.execPath,
    fileURLToPath(new URL(`../../real-clients/apps/${name}/app.ts`, import.meta.url)),
  ];
}

function app(origin: string, name: string, more: Readonly<Record<string, unknown>>) {
  const env = { PORT: new URL(origin).port, CLIENT_ID: "portal" };
  const command = { run: program(name), ready: `${origin}/me`, env };
  return { kind: "app", start: `${origin}/portal`, command, ...more };
}

beforeAll(async () => {
  const [oidc, saml] = [await deadOrigin(), await deadOrigin()];
  const definitions = targetsSchema.parse({
    "oidc-app": app(oidc, "express-openid-connect", {
      channels: ["oidc"],
      signedIn: { selector: "#user" },
    }),
    "saml-app": app(saml, "passport-saml", {
      channels: ["saml"],
      signedIn: { url: `${saml}/me`, json: "/user" },
      granted: { text: "Your customers" },
      refused: { text: "A second factor is missing" },
    }),
  });
  const scenario = scenarioSchema.parse({
    id: "any",
    title: "any",
    why: "any",
    references: ["any"],
    emission: { channel: "oidc", profile: "password-and-otp" },
    expect: { verdict: "compliant", decision: "accept" },
  });
  const cases = Object.keys(definitions).map((target) => ({
    id: target,
    scenario,
    transport: "protocol" as const,
    target,
  }));
  const relyingParties = [
    { clientId: "portal", redirectUris: [`${oidc}/callback`], responseTypes: ["id_token"] },
  ];
  running = await startTargets(cases, { definitions, idp: { relyingParties }, trust: async () => undefined });
}, 30_000);

afterAll(async () => await running[Symbol.asyncDispose]());

function emission(target: string, change: Readonly<Record<string, unknown>>): Emission {
  const channel = target === "saml-app" ? "saml" : "oidc";
  return emissionSchema.parse({ channel, profile: "password-and-otp", ...change });
}

async function observe(
  target: string,
  user: string,
  change: Readonly<Record<string, unknown>>,
): Promise<Observation> {
  const found = running.targets.find(({ name }) => name === target);
  if (found === undefined) throw new Error(`there is no ${target}`);
  const signal = AbortSignal.timeout(20_000);
  return await found.observe({ emission: emission(target, change), transport: "protocol", user, signal });
}

describe("apps of partners, started by a command", () => {
  test.each([
    { target: "oidc-app", name: "good", change: {}, decision: "accept", as: "marker", confidence: "high" },
    {
      target: "oidc-app",
      name: "pwd",
      change: { profile: "password-only" },
      decision: "refuse",
      as: "marker",
    },
    { target: "oidc-app", name: "stranger", change: { key: "stranger" }, decision: "refuse", as: "nobody" },
    {
      target: "oidc-app",
      name: "other-email",
      change: { patch: [{ op: "set", path: "/idToken/claims/email", value: "admin@partner.example" }] },
      decision: "accept",
      as: "forged",
    },
    { target: "saml-app", name: "good", change: {}, decision: "accept", as: "marker", confidence: "high" },
    {
      target: "saml-app",
      name: "pwd",
      change: { profile: "password-only" },
      decision: "refuse",
      as: "marker",
    },
    { target: "saml-app", name: "stranger", change: { key: "stranger" }, decision: "refuse", as: "nobody" },
  ])("$target: $name → $decision as $as", async ({ target, name, change, ...expected }) => {
    const seen = await observe(target, `${name}@partner.example`, change);
    expect(seen).toMatchObject(expected);
  });
});
