import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matchers } from "../../../src/matchers/matchers.ts";

// Test-PartnerSecurityRequirement, row by row: cmdlet (6.6.0), MCA CLI, PartnerConsent, strict.
const vectors = [
  { amr: ["pwd", "mfa"], cmdlet: "pass", mca: "pass", consent: "pass", strict: "pass" },
  { amr: ["mfa"], cmdlet: "pass", mca: "pass", consent: "pass", strict: "pass" },
  { amr: ["mfa", "rsa", "pwd"], cmdlet: "pass", mca: "pass", consent: "pass", strict: "pass" },
  { amr: "mfa", cmdlet: "pass", mca: "pass", consent: "pass", strict: "fail" },
  { amr: "pwd mfa", cmdlet: "pass", mca: "pass", consent: "fail", strict: "fail" },
  { amr: "pwd,mfa", cmdlet: "pass", mca: "pass", consent: "fail", strict: "fail" },
  { amr: ["pwd", "MFA"], cmdlet: "fail", mca: "fail", consent: "pass", strict: "fail" },
  { amr: ["ngcmfa"], cmdlet: "pass", mca: "pass", consent: "fail", strict: "fail" },
  { amr: ["wiaormfa"], cmdlet: "pass", mca: "pass", consent: "fail", strict: "fail" },
  { amr: ["no-mfa"], cmdlet: "pass", mca: "pass", consent: "fail", strict: "fail" },
  { amr: ["mfa2"], cmdlet: "pass", mca: "fail", consent: "fail", strict: "fail" },
  { amr: ["mfa "], cmdlet: "pass", mca: "fail", consent: "fail", strict: "fail" },
  { amr: { mfa: false }, cmdlet: "pass", mca: "fail", consent: "fail", strict: "fail" },
  { amr: [], cmdlet: "fail", mca: "fail", consent: "fail", strict: "fail" },
  { amr: ["pwd"], cmdlet: "fail", mca: "fail", consent: "fail", strict: "fail" },
  { amr: ["pwd", "otp"], cmdlet: "fail", mca: "fail", consent: "fail", strict: "fail" },
  { amr: null, cmdlet: "fail", mca: "fail", consent: "fail", strict: "fail" },
  { amr: undefined, cmdlet: "missing", mca: "fail", consent: "fail", strict: "fail" },
  // Not in the table; they follow from how 6.6.0 and .NET turn JSON into claims.
  { amr: ["pwd", ["mfa"]], cmdlet: "pass", mca: "fail", consent: "fail", strict: "fail" },
  { amr: ["mfa", 1], cmdlet: "pass", mca: "pass", consent: "pass", strict: "fail" },
  { amr: [{ method: "mfa" }], cmdlet: "pass", mca: "fail", consent: "fail", strict: "fail" },
  { amr: ["m", "fa"], cmdlet: "fail", mca: "fail", consent: "fail", strict: "fail" },
  { amr: 1, cmdlet: "fail", mca: "fail", consent: "fail", strict: "fail" },
  { amr: true, cmdlet: "fail", mca: "fail", consent: "fail", strict: "fail" },
];

describe("matchers", () => {
  test.each(vectors)(
    "amr $amr → $cmdlet, $mca, $consent, $strict",
    ({ amr, cmdlet, mca, consent, strict }) => {
      expect({
        cmdlet: matchers["ms-cmdlet"](amr),
        mca: matchers["ms-mca"](amr),
        consent: matchers["partner-consent"](amr),
        strict: matchers.strict(amr),
      }).toEqual({ cmdlet, mca, consent, strict });
    },
  );

  test("the cmdlet's answer is that of a search in the compact JSON text", () => {
    const near = fc.string({
      unit: fc.constantFrom("m", "f", "a", "\\", '"', "\f", "\n", "u", "0", "é", "\u2028"),
    });
    const anyAmr = fc.letrec<{ amr: unknown }>((tie) => ({
      amr: fc.oneof(
        near,
        fc.array(tie("amr"), { maxLength: 3 }),
        fc.dictionary(near, tie("amr"), { maxKeys: 2 }),
      ),
    })).amr;
    fc.assert(
      fc.property(anyAmr, (amr) => {
        const text = typeof amr === "string" ? amr : JSON.stringify(amr);
        expect(matchers["ms-cmdlet"](amr)).toBe(text.includes("mfa") ? "pass" : "fail");
      }),
      { numRuns: 500 },
    );
  });

  test("a value of any depth is compared", () => {
    const deep: unknown = JSON.parse(`${"[".repeat(200_000)}"mfa"${"]".repeat(200_000)}`);
    expect([matchers["ms-cmdlet"](deep), matchers["ms-mca"](deep), matchers.strict(deep)]).toEqual([
      "pass",
      "fail",
      "fail",
    ]);
  });

  test("never throw, and what is strict passes everywhere", () => {
    const anyAmr = fc.oneof(fc.jsonValue(), fc.array(fc.constantFrom("mfa", "pwd", "MFA", "xmfa")));
    fc.assert(
      fc.property(anyAmr, (amr) => {
        const cmdlet = matchers["ms-cmdlet"](amr);
        const mca = matchers["ms-mca"](amr);
        const consent = matchers["partner-consent"](amr);
        if (matchers.strict(amr) === "pass") expect([cmdlet, mca, consent]).toEqual(["pass", "pass", "pass"]);
        // Whatever ends with the text also contains it.
        if (mca === "pass") expect(cmdlet).toBe("pass");
      }),
    );
  });
});
