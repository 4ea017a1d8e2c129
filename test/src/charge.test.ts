import { expect, test } from "vitest";
import { readingCharges } from "../../src/charge.ts";
import { oidcReadingRules } from "../../src/rules/oidc/reading.ts";

test.each([
  { kind: "key-weak", rule: "oidc.key.weak", calls: "non-compliant" },
  { kind: "signature-unchecked", rule: "oidc.signature.unchecked", calls: "inconclusive" },
  // Reading a token never meets it; were it met, it must still count.
  { kind: "dtd", rule: "oidc.token.malformed", calls: "non-compliant" },
] as const)("obstacle $kind → $rule", ({ kind, rule, calls }) => {
  const obstacles = [{ kind, at: "/header", message: "found", fix: "Change it." }];
  const [charge] = readingCharges({ obstacles }, oidcReadingRules);
  expect(charge).toMatchObject({
    finding: { rule, at: "/header", message: "found", fix: "Change it." },
    about: "message",
    calls,
  });
});
