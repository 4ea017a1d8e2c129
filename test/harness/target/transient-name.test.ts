import { afterAll, beforeAll, expect, test } from "vitest";
import { openTogether } from "../../../harness/cleanup.ts";
import { emissionSchema } from "../../../harness/emission/emission.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { startPartners } from "../../../harness/partner/start-partners.ts";
import { targetsSchema } from "../../../harness/target/definition/targets.ts";
import { openTargets, reachOf } from "../../../harness/target/open-targets.ts";
import type { Target } from "../../../harness/target/target.ts";
import { makeDrivers } from "../../../harness/transport/drivers.ts";

const TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";

let app: Target & AsyncDisposable;

/** A service provider that asks for a transient name, and names people by what it is told. */
beforeAll(async () => {
  app = await openTogether(async (cleanup) => {
    const idp = cleanup.use(await startIdp());
    const { serviceProvider } = cleanup.use(await startPartners(idp));
    const definitions = targetsSchema.parse({
      app: {
        kind: "app",
        channels: ["saml"],
        start: `${serviceProvider.origin}/sign-in?nameIdFormat=${TRANSIENT}`,
        signedIn: { url: `${serviceProvider.origin}/portal`, selector: "#signed-in-as" },
        granted: { text: "MFA confirmed" },
      },
    });
    const reach = reachOf(definitions);
    const drivers = cleanup.use(makeDrivers(reach));
    const {
      targets: [target],
    } = await openTargets(definitions, { idp, drivers, reach, cleanup });
    if (target === undefined) throw new TypeError("there is no target");
    return { ...target, [Symbol.asyncDispose]: async () => await cleanup[Symbol.asyncDispose]() };
  });
}, 30_000);

afterAll(async () => await app[Symbol.asyncDispose]());

const NAME_ID = "/samlResponse/assertion/subject/nameId";

test.each([
  { user: "good", change: {}, decision: "accept", as: "marker", confidence: "high" },
  { user: "weak", change: { profile: "password-only" }, decision: "refuse", as: "marker" },
  { user: "stranger", change: { key: "stranger" }, decision: "refuse", as: "nobody" },
  // A name of the emission's own is stated whatever was asked; the service provider finds that it is not transient.
  {
    user: "own",
    change: { patch: [{ op: "affix", path: NAME_ID, after: ".x" }] },
    decision: "refuse",
    as: "nobody",
  },
  {
    user: "ignored",
    change: { ignore: ["NameIDPolicy"] },
    decision: "refuse",
    as: "nobody",
  },
])("an app that shows transient names: $user → $decision as $as", async ({ user, change, ...expected }) => {
  const emission = emissionSchema.parse({ channel: "saml", profile: "password-and-otp", ...change });
  const signal = AbortSignal.timeout(20_000);
  const seen = await app.observe({
    emission,
    transport: "protocol",
    user: `${user}@partner.example`,
    signal,
  });
  expect(seen).toMatchObject(expected);
});
