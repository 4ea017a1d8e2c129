import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Cleanup, openTogether } from "../../../harness/cleanup.ts";
import { startEntra } from "../../../harness/entra/start-entra.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { startPartners } from "../../../harness/partner/start-partners.ts";
import type { RunEvent } from "../../../harness/run/events.ts";
import { leftOut } from "../../../harness/run/left-out.ts";
import { planCases } from "../../../harness/run/plan.ts";
import { run, type RunOptions } from "../../../harness/run/run.ts";
import { BUNDLED_SCENARIOS } from "../../../harness/scenario/bundled.ts";
import { expandCases } from "../../../harness/scenario/expand.ts";
import { loadScenarios } from "../../../harness/scenario/load.ts";
import type { Scenario } from "../../../harness/scenario/schema.ts";
import { targetFacts, type Surroundings } from "../../../harness/target/definition/facts.ts";
import { type TargetDefinitions, targetsSchema } from "../../../harness/target/definition/targets.ts";
import { openTargets, reachOf } from "../../../harness/target/open-targets.ts";
import { makeDrivers } from "../../../harness/transport/drivers.ts";

const SIGNS = {
  kind: "app",
  signedIn: { selector: "#signed-in-as" },
  granted: { text: "MFA confirmed" },
  challenge: { regex: "sign in again" },
};
const ASKED = "acr_values={acr_values}&claims={claims}&max_age={max_age}&prompt={prompt}";

interface Ground extends Pick<RunOptions, "targets" | "trust">, AsyncDisposable {
  readonly definitions: TargetDefinitions;
  readonly around: Surroundings;
}

let scenarios: readonly Scenario[];
let ground: Ground;

/** The reference partner apps, told of in the words that a partner has for an app of his own. */
async function open(cleanup: Cleanup): Promise<Ground> {
  const idp = cleanup.use(await startIdp());
  const { relyingParty, serviceProvider } = cleanup.use(await startPartners(idp));
  const { hub } = cleanup.use(await startEntra(idp));
  const { origin } = relyingParty;
  const definitions = targetsSchema.parse({
    portal: {
      ...SIGNS,
      channels: ["oidc"],
      start: `${origin}/portal`,
      addresses: {
        initiate: `${origin}/initiate?iss={issuer}&flow={flow}&${ASKED}`,
        ask: `${origin}/sign-in?to=/portal&${ASKED}`,
        "sign-in-again": `${origin}/sign-in-again?to=/portal`,
        "sign-in-silently": `${origin}/sign-in?to=/portal`,
        "step-up": `${origin}/verify?to=/portal`,
        refresh: `${origin}/refresh`,
        "user-info": `${origin}/user-info`,
      },
    },
    hybrid: {
      ...SIGNS,
      channels: ["oidc"],
      flow: "hybrid",
      start: `${origin}/initiate?flow=hybrid&iss=${encodeURIComponent(idp.trust.oidcIssuer)}`,
      signedIn: { ...SIGNS.signedIn, url: `${origin}/portal` },
    },
    intranet: {
      ...SIGNS,
      channels: ["saml"],
      start: `${serviceProvider.origin}/portal`,
      addresses: {
        idpInitiated: `{idp}/saml/idp-initiated?sp=${encodeURIComponent(serviceProvider.entityId)}&acs=${encodeURIComponent(serviceProvider.acs)}`,
        ask: `${serviceProvider.origin}/sign-in?class={requestedAuthnContext}&comparison={comparison}&forceAuthn={forceAuthn}&isPassive={isPassive}`,
        "sign-in-silently": `${serviceProvider.origin}/sign-in`,
        "step-up": `${serviceProvider.origin}/verify`,
      },
    },
    domain: {
      ...SIGNS,
      channels: ["wsfed"],
      start: `${hub.origin}/portal`,
      addresses: {
        "sign-in-again": `${hub.origin}/sign-in-again`,
        "sign-in-silently": `${hub.origin}/sign-in`,
        "step-up": `${hub.origin}/verify`,
      },
    },
  });
  const reach = reachOf(definitions);
  const drivers = cleanup.use(makeDrivers(reach));
  const { targets } = await openTargets(definitions, { idp, drivers, reach, cleanup });
  return {
    definitions,
    around: { scenarios, relyingParties: [{ backchannelLogoutUri: relyingParty.backChannelLogoutUri }] },
    targets,
    trust: idp.trust,
    [Symbol.asyncDispose]: async () => await cleanup[Symbol.asyncDispose](),
  };
}

beforeAll(async () => {
  scenarios = await loadScenarios([BUNDLED_SCENARIOS]);
  ground = await openTogether(open);
}, 30_000);

afterAll(async () => await ground[Symbol.asyncDispose]());

function bare(definitions: TargetDefinitions): TargetDefinitions {
  return Object.fromEntries(
    Object.entries(definitions).map(([name, one]) => [
      name,
      one.kind === "app" ? { ...one, addresses: undefined, flow: "code" } : one,
    ]),
  );
}

describe("an app is taken through what its file has words for", () => {
  test("scenarios that it is not taken through are counted by what they want", () => {
    const facts = targetFacts(bare(ground.definitions), { scenarios });
    const told = leftOut({ scenarios, facts, transports: ["protocol"], targets: ["portal", "domain"] });
    expect(new Set(told.map(({ target, needs }) => `${target}: ${needs}`))).toEqual(
      new Set([
        "portal: addresses.initiate",
        "portal: addresses.ask",
        "portal: backchannelLogoutUri in serve.relyingParties, at the origin of start",
        "portal: addresses.user-info",
        "portal: flow: hybrid, or {flow} in addresses.initiate",
        "portal: flow: jarm, or {flow} in addresses.initiate",
        "portal: addresses.refresh",
        "portal: addresses.sign-in-silently",
        "portal: addresses.ask and addresses.sign-in-silently",
        "portal: addresses.step-up",
        "portal: addresses.step-up and addresses.refresh",
        "portal: addresses.idpInitiated",
        "portal: addresses.sign-in-again",
        "domain: addresses.sign-in-silently",
        "domain: addresses.sign-in-again",
        "domain: addresses.step-up",
      ]),
    );
    expect(told.map(({ scenarios: count }) => count).every((count) => count > 0)).toBe(true);
  });

  test("with all the words nothing is left out, and a correct app passes everything that they add", async () => {
    const { definitions, around, targets, trust } = ground;
    const facts = targetFacts(definitions, around);
    expect(leftOut({ scenarios, facts, transports: ["protocol"], targets: ["portal", "domain"] })).toEqual(
      [],
    );
    const without = new Map(
      targetFacts(bare(definitions), { scenarios }).map(({ name, needs }) => [name, needs]),
    );
    // A few for each word are enough: they differ in what is emitted, not in how the app is taken through them.
    const groups = Map.groupBy(
      expandCases(scenarios, facts, ["protocol"]),
      ({ target, scenario }) => `${target} ${without.get(target)?.(scenario).join(" ")}`,
    );
    const all = [...groups].flatMap(([key, cases]) => (key.endsWith(" ") ? [] : cases.slice(0, 2)));
    const events: RunEvent[] = [];
    await run({
      plan: planCases(all, {}),
      scenarios,
      notRun: 0,
      targets,
      trust,
      workers: 4,
      signal: new AbortController().signal,
      now: () => 1_800_000_000,
      onEvent: (event) => events.push(event),
    });
    const amiss = events.flatMap((event) =>
      event.type === "case-end" && event.result.outcome.status !== "pass"
        ? [`${event.id}: ${event.result.outcome.differences.join("; ")}`]
        : [],
    );
    expect(amiss).toEqual([]);
    const added = Map.groupBy(all, ({ target }) => target);
    expect([...added].map(([target, { length }]) => [target, length > 2])).toEqual([
      ["portal", true],
      ["hybrid", true],
      ["intranet", true],
      ["domain", true],
    ]);
  }, 60_000);
});
