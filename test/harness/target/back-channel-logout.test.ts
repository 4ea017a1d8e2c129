import { afterAll, beforeAll, expect, test } from "vitest";
import { emissionSchema } from "../../../harness/emission/emission.ts";
import type { MockIdp } from "../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { appTarget } from "../../../harness/target/app.ts";
import { type Drivers, makeDrivers } from "../../../harness/transport/drivers.ts";
import { serve } from "../transport/serve.ts";

let idp: MockIdp;
let drivers: Drivers;

beforeAll(async () => {
  idp = await startIdp();
  drivers = makeDrivers();
});

afterAll(async () => {
  await drivers[Symbol.asyncDispose]();
  await idp[Symbol.asyncDispose]();
});

interface Page {
  readonly named?: string;
  readonly status?: number;
}

const KNOWN: Page = { named: "a@partner.example" };

test.each<{ before: Page; after: Page; decision: string | undefined; signal: RegExp }>([
  { before: KNOWN, after: {}, decision: "accept", signal: /^the session ended: / },
  { before: KNOWN, after: { status: 403 }, decision: "accept", signal: /^the session ended: / },
  { before: KNOWN, after: KNOWN, decision: "refuse", signal: /^the session stays: / },
  // Nothing ends that was not there, and an app that falls over has ended nothing.
  { before: {}, after: {}, decision: undefined, signal: /^before, the app knew nobody$/ },
  { before: KNOWN, after: { status: 500 }, decision: undefined, signal: /^the app fails/ },
  {
    before: KNOWN,
    after: { named: "b@partner.example" },
    decision: undefined,
    signal: /showed a@partner\.example, and now shows b@partner\.example$/,
  },
])("known before as $before, after as $after: $decision", async ({ before, after, decision, signal }) => {
  const pages = [before, after].values();
  await using server = await serve((_request, response) => {
    const { named, status = 200 } = pages.next().value ?? {};
    response
      .writeHead(status)
      .end(named === undefined ? "<p>Hello</p>" : `<p id="signed-in-as">${named}</p>`);
  });
  const startUrl = (): string => `${server.origin}/portal`;
  const app = appTarget({ name: "app", channels: ["oidc"], startUrl, idp, drivers });
  const seen = await app.observe({
    emission: emissionSchema.parse({ channel: "oidc", profile: "password-and-otp" }),
    transport: "protocol",
    user: "a@partner.example",
    signal: AbortSignal.timeout(10_000),
    course: { issuer: "shared", flow: "code", steps: ["back-channel-logout"] },
  });
  expect(seen.decision).toBe(decision);
  expect(seen.signals).toEqual([expect.stringMatching(signal)]);
  expect(seen.exchanges.map(({ url }) => new URL(url).pathname)).toContain("/portal");
});
