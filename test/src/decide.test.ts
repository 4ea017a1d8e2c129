import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Charge } from "../../src/charge.ts";
import { decide } from "../../src/decide.ts";
import type { Verdict } from "../../src/verdict.ts";

function charge(calls: Charge["calls"], about: Charge["about"] = "evidence"): Charge {
  const severity = calls === "non-compliant" ? "error" : "advisory";
  return {
    finding: { rule: "oidc.test.rule", severity, at: "", message: `calls ${calls}` },
    about,
    calls,
    visibility: undefined,
  };
}

// The precedence of docs/requirements.md, with doubt and age below missing evidence.
test.each([
  { charges: [], verdict: "compliant" },
  { charges: [charge(undefined)], verdict: "compliant" },
  { charges: [charge("re-authenticate")], verdict: "re-authenticate" },
  { charges: [charge("re-authenticate"), charge("inconclusive")], verdict: "inconclusive" },
  { charges: [charge("inconclusive"), charge("non-compliant")], verdict: "non-compliant" },
  { charges: [charge("non-compliant"), charge("exempt")], verdict: "exempt" },
  { charges: [charge("non-compliant"), charge("not-applicable")], verdict: "not-applicable" },
  { charges: [charge("exempt"), charge("non-compliant", "message")], verdict: "non-compliant" },
])("$charges → $verdict", ({ charges, verdict }) => {
  expect(decide({ signature: "verified", read: true, charges }).verdict).toBe(verdict);
});

test("nothing that was not verified is compliant or excused, whatever the charges", () => {
  const calls = fc.constantFrom<Verdict["verdict"] | undefined>(
    undefined,
    "compliant",
    "non-compliant",
    "re-authenticate",
    "exempt",
    "not-applicable",
    "inconclusive",
  );
  const charges = fc.array(fc.tuple(calls, fc.constantFrom("message", "evidence")));
  const doubtful = fc.constantFrom(
    { signature: "failed", read: false },
    { signature: "unchecked", read: true },
    { signature: "unchecked", read: false },
  );
  fc.assert(
    fc.property(doubtful, charges, (state, pairs) => {
      const { verdict } = decide({ ...state, charges: pairs.map((pair) => charge(...pair)) });
      expect(["non-compliant", "inconclusive"]).toContain(verdict);
    }),
  );
});

test.each([
  { signature: "failed", read: false, verdict: "non-compliant" },
  // Reading never yields it; were it to, it must not count as a mere doubt.
  { signature: "failed", read: true, verdict: "non-compliant" },
  { signature: "unchecked", read: false, verdict: "non-compliant" },
  { signature: "unchecked", read: true, verdict: "inconclusive" },
] as const)("without any charge: $signature, read $read → $verdict", ({ signature, read, verdict }) => {
  expect(decide({ signature, read, charges: [] }).verdict).toBe(verdict);
});

test.each([
  { read: true, reason: "calls non-compliant (oidc.test.rule)." },
  { read: false, reason: "calls non-compliant (oidc.test.rule), so its content was not read." },
])("the reason begins as the message does: $reason", ({ read, reason }) => {
  const charges = [charge("non-compliant", "message")];
  expect(decide({ signature: read ? "verified" : "failed", read, charges }).reason).toBe(reason);
});
