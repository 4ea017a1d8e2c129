import { expect, test } from "vitest";
import { neverReached } from "../../../harness/run/never-reached.ts";
import { presumedOtherwise } from "../../../harness/run/presumptions.ts";
import { whoseUnseen } from "../../../harness/run/whose-unseen.ts";
import { scenarioSchema } from "../../../harness/scenario/schema.ts";
import type { Observation } from "../../../harness/target/observation.ts";

// As test/harness/report/sentences.test.ts: each sentence beside the observation that it rests on.

const SEEN: Observation = {
  decision: "accept",
  as: "marker",
  signals: ["a page"],
  exchanges: [],
  issued: undefined,
};

const { as: _as, ...NAMELESS } = SEEN;

/** What the run itself says of a case before it compares anything. */
function saidBefore({ scenario = {}, seen = SEEN, asked }: Before): string {
  const { emission = {}, ...more } = scenario;
  const read = scenarioSchema.parse({
    id: "one",
    title: "one",
    why: "for this test",
    references: ["none"],
    emission: { channel: "oidc", profile: "password-and-otp", ...emission },
    transport: ["protocol"],
    expect: { verdict: "compliant", decision: "accept" },
    ...more,
  });
  const issued = asked === undefined ? undefined : { ...ISSUED, asked };
  const observation = { ...seen, issued };
  return [
    ...neverReached(read, observation),
    ...whoseUnseen(read, observation),
    ...(presumedOtherwise(read, observation)?.differences ?? []),
  ].join("\n");
}

interface Before {
  readonly scenario?: Readonly<Record<string, unknown>> & { readonly emission?: object };
  readonly seen?: Observation;
  readonly asked?: Readonly<Record<string, string>>;
}

const ISSUED = { channel: "oidc", artifact: "", user: "ann", audience: "", at: 0 } as const;
const FOREIGN = { patch: [{ op: "set", path: "/idToken/claims/email", value: "eve@evil.example" }] };
const NAMES_EVE: Before = { scenario: { emission: FOREIGN } };
const ASKS: NonNullable<Before["scenario"]> = { asks: { prompt: "login" } };
const IGNORES: NonNullable<Before["scenario"]> = { emission: { ignore: ["prompt"] } };

test.each<{ sentence: string; on: Before; without: readonly Before[] }>([
  {
    sentence: "the fault never reached the target: the IdP was asked for no ID token",
    on: { ...NAMES_EVE, seen: { ...SEEN, handedOut: ["discovery"] } },
    without: [
      { ...NAMES_EVE, seen: { ...SEEN, handedOut: ["idToken"] } },
      NAMES_EVE,
      { seen: { ...SEEN, handedOut: [] } },
    ],
  },
  {
    sentence: "the target accepted and names nobody, so that nothing shows whose session it is",
    on: { seen: { ...SEEN, as: "nobody" } },
    without: [{}, { seen: NAMELESS }, { seen: { ...SEEN, as: "nobody", decision: "refuse" } }],
  },
  {
    sentence: "the message names somebody else too, and nothing shows whose session was opened",
    on: { ...NAMES_EVE, seen: NAMELESS },
    without: [NAMES_EVE, { seen: NAMELESS }, { ...NAMES_EVE, seen: { ...NAMELESS, decision: "refuse" } }],
  },
  {
    sentence: "the app sent no nonce",
    on: { scenario: { presumes: ["nonce"] }, asked: {} },
    without: [
      { scenario: { presumes: ["nonce"] }, asked: { nonce: "n" } },
      { scenario: { presumes: ["nonce"] } },
    ],
  },
  {
    sentence: "the app sent no state",
    on: { scenario: { presumes: ["state"] }, asked: {} },
    without: [
      { scenario: { presumes: ["state"] }, asked: { state: "s" } },
      { scenario: { presumes: ["state"] } },
    ],
  },
  {
    sentence: "the app asked for no fresh sign-in",
    on: { scenario: { presumes: ["age-limit"] }, asked: {} },
    without: [
      { scenario: { presumes: ["age-limit"] }, asked: { max_age: "60" } },
      { scenario: { presumes: ["age-limit"] }, asked: {}, seen: { ...SEEN, maxAuthAgeSeconds: 60 } },
      { scenario: { presumes: ["age-limit"] } },
    ],
  },
  {
    sentence: "the app did not ask for prompt as this scenario has it ask",
    on: { scenario: ASKS, asked: {} },
    without: [{ scenario: ASKS, asked: { prompt: "login" } }, { scenario: ASKS }, { asked: {} }],
  },
  {
    sentence: "the app asked for none of prompt, max_age, so the IdP disobeyed nothing",
    on: { scenario: IGNORES, asked: {} },
    without: [{ scenario: IGNORES, asked: { max_age: "0" } }, { scenario: IGNORES }, { asked: {} }],
  },
])("$sentence", ({ sentence, on, without }) => {
  expect(saidBefore(on)).toContain(sentence);
  for (const other of without) expect(saidBefore(other)).not.toContain(sentence);
});
