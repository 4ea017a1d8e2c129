import { describe, expect, test } from "vitest";
import { type Scenario, scenarioSchema } from "../../../harness/scenario/schema.ts";
import { targetFacts } from "../../../harness/target/definition/facts.ts";
import { targetsSchema } from "../../../harness/target/definition/targets.ts";

const ORIGIN = "http://127.0.0.1:3000";
const INITIATE = `${ORIGIN}/initiate?iss={issuer}`;

function scenario(changes: Readonly<Record<string, unknown>>): Scenario {
  return scenarioSchema.parse({
    id: "any",
    title: "any",
    why: "any",
    references: ["any"],
    transport: ["protocol"],
    emission: { channel: "oidc", profile: "password-and-otp" },
    expect: { verdict: "compliant", decision: "accept" },
    ...changes,
  });
}

function needs(
  app: Readonly<Record<string, unknown>>,
  wanted: Scenario,
  around: Parameters<typeof targetFacts>[1] = {},
): readonly string[] | undefined {
  const whole = {
    kind: "app",
    channels: ["oidc"],
    start: `${ORIGIN}/portal`,
    signedIn: { selector: "#user" },
    ...app,
  };
  return targetFacts(targetsSchema.parse({ app: whole }), around)[0]?.needs?.(wanted);
}

const HOLD = ["hold", "other-browser", "hold"];

describe("what the file of an app has to say", () => {
  test.each([
    { wanted: {}, app: {}, lacks: [] },
    { wanted: { steps: ["hold", "hold", "deliver", "deliver-earlier"] }, app: {}, lacks: [] },
    { wanted: { steps: ["sign-in", "replay"] }, app: {}, lacks: [] },
    { wanted: { steps: [...HOLD, "deliver-other-code"] }, app: {}, lacks: [] },
    { wanted: { steps: [...HOLD, "deliver-other-code"] }, app: { flow: "implicit" }, lacks: ["flow: code"] },
    { wanted: { steps: ["sign-in", "step-up"] }, app: {}, lacks: ["addresses.step-up"] },
    { wanted: { steps: ["sign-in", "step-up"] }, app: { addresses: { "step-up": ORIGIN } }, lacks: [] },
    { wanted: { steps: ["begin-elsewhere", "sign-in"] }, app: {}, lacks: ["addresses.initiate"] },
    { wanted: { steps: ["idp-initiated"] }, app: {}, lacks: ["addresses.idpInitiated"] },
    { wanted: { steps: ["idp-initiated"] }, app: { addresses: { initiate: INITIATE } }, lacks: [] },
    { wanted: { issuer: "own" }, app: {}, lacks: ["addresses.initiate"] },
    { wanted: { issuer: "own" }, app: { addresses: { initiate: INITIATE } }, lacks: [] },
    {
      wanted: { issuer: "own", asks: { max_age: 0 } },
      app: { addresses: { initiate: INITIATE } },
      lacks: ["{max_age} in addresses.initiate"],
    },
    { wanted: { asks: { max_age: 0 } }, app: {}, lacks: ["addresses.ask"] },
    {
      wanted: { asks: { max_age: 0, prompt: "login" } },
      app: { addresses: { ask: `${ORIGIN}/?p={prompt}` } },
      lacks: ["{max_age} in addresses.ask"],
    },
    // What is begun by `ask` leads to the IdP whoever is signed in.
    {
      wanted: { asks: { prompt: "login" }, steps: ["sign-in", "sign-in-silently"] },
      app: { addresses: { ask: `${ORIGIN}/?p={prompt}` } },
      lacks: [],
    },
    { wanted: { steps: ["sign-in", "sign-in-silently"] }, app: {}, lacks: ["addresses.sign-in-silently"] },
    { wanted: { flow: "hybrid" }, app: {}, lacks: ["flow: hybrid, or {flow} in addresses.initiate"] },
    { wanted: { flow: "hybrid" }, app: { flow: "hybrid" }, lacks: [] },
    {
      wanted: { flow: "jarm" },
      app: { flow: "hybrid", addresses: { initiate: INITIATE } },
      lacks: ["flow: jarm, or {flow} in addresses.initiate"],
    },
    {
      wanted: { flow: "jarm" },
      app: { addresses: { initiate: `${INITIATE}&how={flow}` } },
      lacks: [],
    },
  ])("$wanted of $app: $lacks", ({ wanted, app, lacks }) => {
    expect(needs(app, scenario(wanted))).toEqual(lacks);
  });

  test.each([
    { uri: undefined, lacks: ["backchannelLogoutUri in serve.relyingParties, at the origin of start"] },
    {
      uri: "http://127.0.0.1:3001/out",
      lacks: ["backchannelLogoutUri in serve.relyingParties, at the origin of start"],
    },
    { uri: `${ORIGIN}/out`, lacks: [] },
  ])("the end of a session is heard at $uri: $lacks", ({ uri, lacks }) => {
    const wanted = scenario({ steps: ["sign-in", "back-channel-logout"] });
    expect(needs({}, wanted, { relyingParties: [{ backchannelLogoutUri: uri }] })).toEqual(lacks);
  });

  test("what its control needs is needed, too", () => {
    const control = scenario({ id: "control", steps: ["sign-in", "step-up"] });
    expect(needs({}, scenario({ control: "control" }), { scenarios: [control] })).toEqual([
      "addresses.step-up",
    ]);
  });
});
