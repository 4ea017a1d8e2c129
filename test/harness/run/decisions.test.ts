import { expect, test } from "vitest";
import { isRightDecision } from "../../../harness/run/decisions.ts";
import type { Expectation } from "../../../harness/scenario/schema.ts";
import type { Observation } from "../../../harness/target/observation.ts";

type Wanted = Pick<Expectation, "decision" | "orAccept" | "orRefuse">;

const REFUSE: Wanted = { decision: "refuse" };
const CHALLENGE: Wanted = { decision: "challenge" };
const ACCEPT: Wanted = { decision: "accept" };
const MAY_REFUSE: Wanted = { decision: "accept", orRefuse: true };
const AS_SIGNED_IN: Wanted = { decision: "refuse", orAccept: "who-signed-in" };
const ALWAYS: Wanted = { decision: "challenge", orAccept: "always" };

test.each<{ wanted: Wanted; decision: Observation["decision"]; as?: "marker" | "nobody"; right: boolean }>([
  { wanted: REFUSE, decision: "refuse", right: true },
  { wanted: REFUSE, decision: "challenge", right: true }, // whoever is asked again is not let in
  { wanted: REFUSE, decision: "accept", as: "marker", right: false },
  { wanted: REFUSE, decision: undefined, right: false },
  { wanted: CHALLENGE, decision: "refuse", right: true },
  { wanted: CHALLENGE, decision: "accept", as: "marker", right: false },
  { wanted: ACCEPT, decision: "accept", right: true },
  { wanted: ACCEPT, decision: "refuse", right: false },
  { wanted: ACCEPT, decision: "challenge", right: false },
  { wanted: MAY_REFUSE, decision: "accept", right: true },
  { wanted: MAY_REFUSE, decision: "refuse", right: true },
  { wanted: MAY_REFUSE, decision: "challenge", right: true },
  { wanted: MAY_REFUSE, decision: undefined, right: false },
  { wanted: AS_SIGNED_IN, decision: "accept", as: "marker", right: true },
  { wanted: AS_SIGNED_IN, decision: "accept", right: false },
  { wanted: AS_SIGNED_IN, decision: "accept", as: "nobody", right: false },
  { wanted: ALWAYS, decision: "accept", right: true },
  { wanted: ALWAYS, decision: "accept", as: "marker", right: true },
  { wanted: ALWAYS, decision: "refuse", right: true },
  { wanted: ALWAYS, decision: undefined, right: false },
])("wanted $wanted, $decision as $as → $right", ({ wanted, decision, as, right }) => {
  const seen = { decision, ...(as === undefined ? {} : { as }) };
  expect(isRightDecision(seen, { verdict: "compliant", findings: [], ...wanted })).toBe(right);
});
