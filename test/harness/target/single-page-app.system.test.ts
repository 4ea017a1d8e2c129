import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emissionSchema } from "../../../harness/emission/emission.ts";
import type { MockIdp } from "../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { targetsSchema } from "../../../harness/target/definition/targets.ts";
import { externalAppTarget } from "../../../harness/target/external-app.ts";
import type { Observation } from "../../../harness/target/observation.ts";
import type { Target } from "../../../harness/target/target.ts";
import { type Drivers, makeDrivers } from "../../../harness/transport/drivers.ts";
import type { TestServer } from "../transport/serve.ts";
import { serveSinglePageApp } from "./single-page-app.ts";

let idp: MockIdp;
let page: TestServer;
let drivers: Drivers;
let target: Target;

beforeAll(async () => {
  idp = await startIdp();
  page = await serveSinglePageApp("spa", idp.trust.oidcIssuer);
  idp.register({ clientId: "spa", redirectUris: [`${page.origin}/`] });
  const { spa: app } = targetsSchema.parse({
    spa: {
      kind: "app",
      channels: ["oidc"],
      start: `${page.origin}/`,
      signedIn: { selector: "#user" },
      granted: { text: "Your customers" },
      refused: { text: "A second factor is missing" },
    },
  });
  if (app?.kind !== "app") throw new TypeError("it is an app");
  drivers = makeDrivers();
  // For a machine that does much beside; how fast it is decides nothing.
  target = externalAppTarget({ name: "spa", app, idp, drivers, patienceSeconds: 100 });
});

afterAll(async () => {
  await drivers[Symbol.asyncDispose]();
  await page[Symbol.asyncDispose]();
  await idp.stop();
});

async function observe(user: string, change: Readonly<Record<string, unknown>>): Promise<Observation> {
  const emission = emissionSchema.parse({ channel: "oidc", profile: "password-and-otp", ...change });
  const { signal } = new AbortController();
  return await target.observe({ emission, transport: "browser", user, signal });
}

// The page and the IdP are two origins: nothing of this works without CORS at discovery, keys, token, userinfo, revocation.
describe("a single-page app, code flow with PKCE by fetch", () => {
  test.each([
    { name: "good", change: {}, decision: "accept", as: "marker", confidence: "high" },
    { name: "pwd", change: { profile: "password-only" }, decision: "refuse" },
  ])("$name → $decision", async ({ name, change, ...expected }) => {
    expect(await observe(`${name}@partner.example`, change)).toMatchObject(expected);
  });
});
