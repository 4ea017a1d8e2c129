import { expect, test } from "vitest";
import { judgeSamlResponse, judgeWsFedResponse, policies, type Policy } from "../../../src/index.ts";
import { oidcRules } from "../../../src/rules/oidc/index.ts";
import { MULTIPLE_AUTHN, sampleResponse } from "../../support/signed-saml.ts";
import * as wsFed from "../../support/signed-wsfed.ts";
import { NOW } from "../support/tokens.ts";

const own: Policy = { ...policies.oidc, mfa: { ...policies.oidc.mfa, amrValues: ["multi", "two"] } };

function fixOf(id: string, claims: Readonly<Record<string, unknown>>, policy = own): string | undefined {
  const rule = oidcRules.find((one) => one.id === id);
  const [fault] = rule?.check({ header: {}, claims: { sub: "u", ...claims } }, policy, NOW) ?? [];
  return fault === undefined ? undefined : (fault.fix ?? rule?.remedy);
}

// A policy may take other values for MFA than RFC 8176 names: advice to send "mfa" would then be wrong.
test.each([
  { id: "oidc.amr.absent", claims: {} },
  { id: "oidc.amr.mfa-absent", claims: { amr: ["pwd"] } },
  { id: "oidc.amr.lookalike", claims: { amr: ["ngcmfa"] } },
  { id: "oidc.amr.two-factors-without-mfa", claims: { amr: ["pwd", "otp"] } },
  { id: "oidc.amr.one-kind-of-factor", claims: { amr: ["pwd", "pin", "multi"] } },
  { id: "oidc.acr.contradicts-amr", claims: { acr: "0", amr: ["multi"] } },
  { id: "oidc.acr.level-unread", claims: { acr: "loa3", amr: ["pwd"] } },
  { id: "oidc.acr.mfa-unseen", claims: { acr: "https://refeds.org/profile/mfa", amr: ["pwd"] } },
])("$id advises in the words of the policy", ({ id, claims }) => {
  expect(fixOf(id, claims)).toContain('"multi" or "two"');
});

test("what a token says of its issuer is advised in any policy", () => {
  expect(fixOf("oidc.amr.absent", { iss: "https://fs.partner.example/adfs" })).toContain("AD FS");
});

test("in the ready-made policy the remedy of the rule stands", () => {
  const claims = { amr: ["pwd"] };
  expect(fixOf("oidc.amr.mfa-absent", claims, policies.oidc)).toBe(
    "Add the value mfa to amr when, and only when, two different factors were used.",
  );
});

// Only the issuer knows what its levels are; what the reader looks for is its own.
test.each([
  { policy: "entra-saml", says: MULTIPLE_AUTHN },
  { policy: "refeds-mfa", says: "https://refeds.org/profile/mfa" },
  { policy: "saml-attribute", says: '"amr"' },
] as const)("a level that $policy does not read is told what it reads", async ({ policy, says }) => {
  const xml = sampleResponse().replace(`>${MULTIPLE_AUTHN}<`, ">loa3<");
  const { findings } = await judgeSamlResponse(xml, policies[policy], NOW);
  const fix = findings.find(({ rule }) => rule === "saml.mfa.level-unread")?.fix;
  expect(fix).toMatch(/^Only the issuer can say/);
  expect(fix).toContain(says);
});

test("so is a level in WS-Federation", async () => {
  const token = wsFed.sampleToken().replaceAll(wsFed.MULTIPLE_AUTHN, "loa3");
  const { findings } = await judgeWsFedResponse(wsFed.answerAround(token), policies["entra-wsfed"], NOW);
  const fix = findings.find(({ rule }) => rule === "wsfed.mfa.level-unread")?.fix;
  expect(fix).toContain(`"${wsFed.MULTIPLE_AUTHN}"`);
});
