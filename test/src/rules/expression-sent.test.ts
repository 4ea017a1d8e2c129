import { describe, expect, test } from "vitest";
import { policies } from "../../../src/policies.ts";
import { eamRules } from "../../../src/rules/eam/index.ts";
import { oidcRules } from "../../../src/rules/oidc/index.ts";
import { partnerApiRules } from "../../../src/rules/partner-api/index.ts";
import { NOW } from "../support/tokens.ts";

const RULES = [...oidcRules, ...partnerApiRules, ...eamRules];

function faultOf(id: string, amr: unknown) {
  const policy = id.startsWith("eam.") ? policies["entra-eam"] : policies.oidc;
  const rule = RULES.find((one) => one.id === id);
  return rule?.check(
    { header: {}, claims: { sub: "u", ver: "1.0", scp: "user_impersonation", amr } },
    policy,
    NOW,
  )?.[0];
}

describe("an expression that was sent as text is told from a wrong type", () => {
  test.each([
    { id: "oidc.amr.malformed", amr: "session.amr" },
    { id: "oidc.amr.malformed", amr: "${user.amr}" },
    { id: "oidc.amr.malformed", amr: ["${user.amr}", 1] },
    { id: "partner-api.amr.malformed", amr: "session.amr" },
    { id: "eam.amr.malformed", amr: "session.amr" },
    { id: "oidc.amr.mfa-absent", amr: ["session.amr"] },
    { id: "eam.amr.unsupported", amr: ["session.amr"] },
  ])("$id of $amr", ({ id, amr }) => {
    const fault = faultOf(id, amr);
    expect(fault?.fix).toContain("Have the expression evaluated");
    if (id.endsWith("malformed")) expect(fault?.message).toContain("an expression that was sent as text");
  });

  test.each([
    { id: "oidc.amr.malformed", amr: "pwd mfa" },
    { id: "oidc.amr.malformed", amr: 1 },
    { id: "oidc.amr.mfa-absent", amr: ["pwd"] },
    { id: "eam.amr.unsupported", amr: ["pwd"] },
  ])("$id of $amr keeps the advice of its rule", ({ id, amr }) => {
    expect(faultOf(id, amr)).toBeDefined();
    expect(faultOf(id, amr)?.fix).toBeUndefined();
  });

  test("an array that was written as text", () => {
    const fault = faultOf("oidc.amr.malformed", '["pwd","mfa"]');
    expect(fault?.message).toContain("an array that was written as text");
    expect(fault?.fix).toContain("JSON array");
  });
});
