import { expect, test } from "vitest";
import { compare } from "../../../harness/run/compare.ts";
import type { Expectation } from "../../../harness/scenario/schema.ts";
import type { Decision, Observation } from "../../../harness/target/observation.ts";
import type { Verdict } from "../../../src/index.ts";

const VERDICT: Verdict = {
  verdict: "compliant",
  reason: "",
  channel: "oidc",
  artifact: "id-token",
  policy: "oidc",
  signature: "verified",
  findings: [],
  evidence: undefined,
  matchers: { strict: "pass", "ms-cmdlet": "pass", "ms-mca": "pass" },
  disagreement: [],
  unchecked: [],
};

function differences(
  transport: "direct" | "protocol",
  seen: Partial<Observation>,
  decision: Decision | undefined,
): readonly string[] {
  const observation = { decision: undefined, signals: [], exchanges: [], issued: undefined, ...seen };
  const expectation = {
    verdict: "compliant" as const,
    findings: [],
    ...(decision === undefined ? {} : { decision }),
  };
  return compare(expectation, transport, observation, VERDICT).differences;
}

test.each([
  { name: "our judge, which decides nothing", transport: "direct", seen: {}, wanted: "refuse", says: [] },
  {
    name: "another library that lets it in",
    transport: "direct",
    seen: { decision: "accept" },
    wanted: "refuse",
    says: ["decision: accept, expected refuse"],
  },
  {
    name: "another library where no app decides",
    transport: "direct",
    seen: { decision: "accept" },
    wanted: undefined,
    says: [],
  },
  {
    name: "an app that opens the session of who signed in",
    transport: "protocol",
    seen: { decision: "accept", as: "marker" },
    wanted: "accept",
    says: [],
  },
  {
    name: "an app that opens the session of somebody else",
    transport: "protocol",
    seen: { decision: "accept", as: "forged" },
    wanted: "accept",
    says: ["session: forged, expected marker"],
  },
  {
    name: "an app that is fooled",
    transport: "protocol",
    seen: { decision: "accept", as: "forged" },
    wanted: "refuse",
    says: ["decision: accept, expected refuse", "session: forged, expected marker"],
  },
  {
    name: "an app that refuses, and shows somebody else's name",
    transport: "protocol",
    seen: { decision: "refuse", as: "forged" },
    wanted: "refuse",
    says: [],
  },
] as const)("$name", ({ transport, seen, wanted, says }) => {
  expect(differences(transport, seen, wanted)).toEqual(says);
});

const VICTIM = "victim@partner.example";

function page(html: string): Pick<Observation, "lastPage"> {
  return { lastPage: { url: "http://127.0.0.1:9/portal", status: 200, html } };
}

test.each<{ name: string; seen: Partial<Observation>; says: readonly string[] }>([
  { name: "refuses", seen: { decision: "refuse", as: "nobody" }, says: [] },
  {
    name: "goes on with who signed in",
    seen: { decision: "accept", as: "marker", ...page("you") },
    says: [],
  },
  {
    name: "goes on with somebody else",
    seen: { decision: "accept", as: "forged", ...page("you") },
    says: ["session: forged, expected marker"],
  },
  {
    name: "goes on, and nothing tells with whom",
    seen: { decision: "accept", ...page("you") },
    says: ["decision: accept, expected refuse"],
  },
  {
    name: "goes on with who signed in, and uses what it was told besides",
    seen: { decision: "accept", as: "marker", ...page(`<p>${VICTIM}</p>`) },
    says: [`last page: it contains ${VICTIM}, expected nowhere`],
  },
  {
    name: "wants another sign-in",
    seen: { decision: "challenge", as: "nobody" },
    says: [],
  },
])("where letting in who signed in is right as well, an app that $name", ({ seen, says }) => {
  const expectation: Expectation = {
    verdict: "compliant",
    findings: [],
    decision: "refuse",
    orAccept: "who-signed-in",
    neverShown: VICTIM,
  };
  const observation = { decision: undefined, signals: [], exchanges: [], issued: undefined, ...seen };
  expect(compare(expectation, "protocol", observation, VERDICT).differences).toEqual(says);
});
