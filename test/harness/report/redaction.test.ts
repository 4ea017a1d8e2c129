import { beforeAll, describe, expect, test } from "vitest";
import { REPORTER_NAMES, type ReporterName, reporters } from "../../../harness/report/reporters.ts";
import type { RunEvent } from "../../../harness/run/events.ts";
import { chooseCases, planCases } from "../../../harness/run/plan.ts";
import { REFERENCE_TARGETS } from "../../../harness/run/reference/facts.ts";
import { startReferenceTargets } from "../../../harness/run/reference/targets.ts";
import { run } from "../../../harness/run/run.ts";
import { BUNDLED_SCENARIOS } from "../../../harness/scenario/bundled.ts";
import { expandCases } from "../../../harness/scenario/expand.ts";
import { loadScenarios } from "../../../harness/scenario/load.ts";
import type { Scenario } from "../../../harness/scenario/schema.ts";
import type { Target } from "../../../harness/target/target.ts";
import { watchSecrets } from "../../support/seen-secrets.ts";

/** Every so many scenarios of a channel are run. */
const STEP = 12;

/** Nothing comes out so: whatever a report says of a failure is said of it. */
const NEVER: Scenario["expect"] = { verdict: "exempt", findings: [], decision: "challenge" };

async function slice(): Promise<readonly Scenario[]> {
  const byChannel = Map.groupBy(await loadScenarios([BUNDLED_SCENARIOS]), ({ emission }) => emission.channel);
  const some = [...byChannel.values()].flatMap((all) => all.filter((_, index) => index % STEP === 0));
  return some.map((one, index) => (index % 2 === 0 ? { ...one, expect: NEVER } : one));
}

/** The same target; what it was handed is told. */
function overheard(target: Target, onArtifact: (artifact: string) => void): Target {
  return {
    ...target,
    observe: async (attempt) => {
      const seen = await target.observe(attempt);
      if (seen.issued !== undefined) onArtifact(seen.issued.artifact);
      return seen;
    },
  };
}

/** What of an artifact is worth something: the whole, the signature of a token, XML as it travels. */
function partsOf(artifact: string): readonly (readonly [string, string])[] {
  const segments = artifact.split(".");
  return [
    ["artifact", artifact],
    ...(segments.length === 3 ? [["token signature", segments[2] ?? ""] as const] : []),
    ...(segments.length === 3 ? [["token claims", segments[1] ?? ""] as const] : []),
    ...(artifact.startsWith("<")
      ? [["base64 of XML", Buffer.from(artifact).toString("base64")] as const]
      : []),
    ...(artifact.match(/<(?:\w+:)?SignatureValue>[^<]{20,}/g) ?? []).map(
      (value) => ["XML signature", value.slice(-20)] as const,
    ),
  ];
}

/** What no report has to hold, whoever issued it. */
const SHAPES: readonly (readonly [string, RegExp])[] = [
  ["a token", /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\./],
  [
    "XML",
    /<(?:\w+:)?(?:Response|Assertion|RequestSecurityTokenResponse)\b|&lt;(?:\w+:)?(?:Response|Assertion)\b/,
  ],
  ["XML in base64", /PD94bWwg|PHNhbWw|PEFzc2VydGlvb|PFJlc3BvbnNl/],
  ["a private key", /BEGIN [A-Z ]*PRIVATE KEY/],
];

/** Which secrets stand in a text, as they are or escaped as an address has them. */
function leaks(text: string, secrets: ReadonlyMap<string, string>): readonly string[] {
  const known = [...secrets].filter(
    ([value]) => text.includes(value) || text.includes(encodeURIComponent(value)),
  );
  return [
    ...known.map(([value, kind]) => `${kind}: ${value.slice(0, 12)}`),
    ...SHAPES.filter(([, shape]) => shape.test(text)).map(([kind]) => kind),
  ];
}

function render(name: ReporterName, events: readonly RunEvent[]): string {
  const chunks: string[] = [];
  const reporter = reporters[name]({ write: (text) => void chunks.push(text), columns: undefined });
  for (const event of events) reporter(event);
  return chunks.join("");
}

describe("no report holds what would let anybody in", () => {
  const events: RunEvent[] = [];
  const secrets = new Map<string, string>();

  beforeAll(async () => {
    using seen = watchSecrets();
    const scenarios = await slice();
    const plain = expandCases(scenarios, REFERENCE_TARGETS, ["direct", "protocol"]);
    const byBrowser = expandCases(scenarios.slice(0, 1), REFERENCE_TARGETS, ["browser"]);
    const cases = chooseCases([...plain, ...byBrowser], {});
    await using running = await startReferenceTargets(cases);
    await run({
      plan: planCases(cases, {}),
      scenarios: await loadScenarios([BUNDLED_SCENARIOS]),
      notRun: 0,
      targets: running.targets.map((target) =>
        overheard(target, (artifact) => {
          for (const [kind, value] of partsOf(artifact)) if (value.length > 8) secrets.set(value, kind);
        }),
      ),
      trust: running.trust,
      workers: 4,
      signal: new AbortController().signal,
      now: () => Math.floor(Date.now() / 1000),
      onEvent: (event) => events.push(event),
    });
    for (const [value, kind] of seen.values) secrets.set(value, kind);
  }, 120_000);

  test("the run is worth the look: every channel, good and bad ends, and secrets of every kind", () => {
    const start = events.find((event) => event.type === "run-start");
    const ends = events.filter((event) => event.type === "case-end");
    expect(new Set(start?.cases.map(({ channel }) => channel))).toEqual(
      new Set(["oidc", "partner-api", "saml", "wsfed", "eam"]),
    );
    expect(ends.filter(({ result }) => result.outcome.status === "pass").length).toBeGreaterThan(10);
    expect(ends.filter(({ result }) => result.lastPage !== undefined).length).toBeGreaterThan(10);
    const kinds = [
      "artifact",
      "token signature",
      "base64 of XML",
      "XML signature",
      "cookie",
      "client_secret",
    ];
    expect([...new Set(secrets.values())]).toEqual(
      expect.arrayContaining([...kinds, "code", "state", "nonce", "SAMLRequest"]),
    );
  });

  test.each(REPORTER_NAMES)("%s", (name) => {
    expect(leaks(render(name, events), secrets)).toEqual([]);
  });

  test("whatever is let through is found", () => {
    const oneOfEach = new Map([...secrets].map(([value, kind]) => [kind, value]));
    const missed = [...oneOfEach].filter(([, value]) => leaks(`names ${value} as`, secrets).length === 0);
    expect(missed).toEqual([]);
    expect(leaks("eyJhbGciOiJub25lIn0.eyJhIjoxfQaa.", new Map())).toEqual(["a token"]);
  });
});
