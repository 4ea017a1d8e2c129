import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import * as library from "../../src/index.ts";
import { NOW } from "./support/tokens.ts";

const entry = new URL("../../src/index.ts", import.meta.url).href;

/** Names of all modules that a fresh process loads to evaluate a call. */
function loaded(call: string): readonly string[] {
  const script = `
    import { registerHooks } from "node:module";
    const seen = [];
    registerHooks({ resolve: (name, context, next) => (seen.push(name), next(name, context)) });
    const { judgeIdToken, judgeSamlResponse, policies } = await import(${JSON.stringify(entry)});
    await ${call};
    console.log(JSON.stringify(seen));`;
  const output = execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
  return z.array(z.string()).parse(JSON.parse(output));
}

describe("the public API", () => {
  test("exports these names and no others", () => {
    expect(Object.keys(library).toSorted()).toMatchInlineSnapshot(`
      [
        "PARTNER_CENTER_AUDIENCES",
        "citationsOf",
        "decodeText",
        "findArtifacts",
        "judgeAccessToken",
        "judgeEamToken",
        "judgeFound",
        "judgeIdToken",
        "judgeSamlResponse",
        "judgeWsFedResponse",
        "matchers",
        "policies",
        "readFederationMetadata",
        "readSamlMetadata",
        "rules",
        "searchArtifacts",
      ]
    `);
  });

  test("rule ids are unique, well formed, and of a known channel", () => {
    const ids = library.rules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(
      ids.filter((id) => !/^(oidc|partner-api|saml|wsfed|eam)(\.[a-z0-9]+(-[a-z0-9]+)*){2}$/.test(id)),
    ).toEqual([]);
  });

  test.each(library.rules)("$id says what it is, where it is written, and what to change", (rule) => {
    expect(rule.title).not.toBe("");
    expect(rule.reference).not.toBe("");
    expect(rule.remedy).toMatch(/^[A-Z].*\.$/);
    // Only a rule that weighs as an error, or names its verdict, may decide.
    expect(["message", "evidence"]).toContain(rule.about);
  });

  test("policies carry no trust, and the values of the pages that they follow", () => {
    const readings = Object.entries(library.policies).map(([name, { id, issuers, audiences, mfa }]) => {
      expect({ id, issuers, audiences }).toEqual({ id: name, issuers: [], audiences: undefined });
      return [name, mfa.amrValues, mfa.classRefs, mfa.attributes.length, mfa.attributeValues];
    });
    const multipleAuthn = "http://schemas.microsoft.com/claims/multipleauthn";
    const otherMultipleAuthn = "http://schemas.microsoft.com/claims/wiaormultiauthn";
    const ofAnyReader = [
      multipleAuthn,
      "https://refeds.org/profile/mfa",
      "urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract",
      "urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorUnregistered",
    ];
    const eam = "face fpt iris retina vbm fido hwk otp pop sc sms swk tel".split(" ");
    expect(readings).toEqual([
      ["strict", ["mfa"], [multipleAuthn, "https://refeds.org/profile/mfa"], 0, []],
      ["oidc", ["mfa"], [], 0, []],
      ["partner-api", ["mfa"], [], 0, []],
      ["entra-saml", [], [multipleAuthn], 0, []],
      ["entra-wsfed", [], [multipleAuthn, otherMultipleAuthn], 1, [multipleAuthn, otherMultipleAuthn]],
      ["entra-eam", eam, [], 0, []],
      ["saml-attribute", [], [], 2, ["mfa", multipleAuthn]],
      ["refeds-mfa", [], ["https://refeds.org/profile/mfa"], 0, []],
      ["saml-any", [], ofAnyReader, 5, ["mfa", ...ofAnyReader]],
      ["wsfed-any", [], ofAnyReader, 5, ["mfa", ...ofAnyReader]],
    ]);
  });

  test("a SAML response is judged through the same frame", async () => {
    const verdict = await library.judgeSamlResponse("<x/>", library.policies["entra-saml"], NOW);
    expect(verdict).toMatchObject({ channel: "saml", artifact: "saml-response", policy: "entra-saml" });
    expect(verdict.verdict).toBe("non-compliant");
    expect(verdict.findings.length).toBeGreaterThan(0);
  });

  test("metadata that describes no identity provider is undefined", async () => {
    expect(await library.readSamlMetadata("<x/>")).toBeUndefined();
  });

  test("judging a token does not load the XML parser, judging a response does", () => {
    expect(loaded('judgeIdToken("x", policies.oidc, 0)')).not.toContain("libxml2-wasm");
    expect(loaded('judgeSamlResponse("<x/>", policies["entra-saml"], 0)')).toContain("libxml2-wasm");
  });
});
