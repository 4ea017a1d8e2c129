import { describe, expect, test } from "vitest";
import type { SamlResponse } from "../../../../src/artifact.ts";
import type { TrustedIssuer } from "../../../../src/policy.ts";
import { readSamlResponse } from "../../../../src/read/saml-response.ts";
import { destinationMismatch } from "../../../../src/rules/saml/destination-mismatch.ts";
import { issuerMismatch } from "../../../../src/rules/saml/issuer-mismatch.ts";
import { ISSUER, NOW, samplePolicy, sampleResponse } from "../../../support/signed-saml.ts";

const OTHER = "https://other.example/saml";
const ACS = "https://sp.example/acs";
const IN_RESPONSE = "/samlp:Response/saml:Issuer";
const IN_ASSERTION = "/samlp:Response/saml:Assertion/saml:Issuer";

/** The sample as it reads, with other values in one place or another. */
async function sample(
  envelope: Partial<SamlResponse["envelope"]>,
  assertion: Partial<NonNullable<SamlResponse["assertion"]>> | undefined,
): Promise<SamlResponse> {
  const { artifact } = await readSamlResponse(sampleResponse(), samplePolicy([]));
  if (artifact?.assertion === undefined) throw new Error("the sample cannot be read");
  return {
    ...artifact,
    envelope: { ...artifact.envelope, ...envelope },
    assertion: assertion === undefined ? undefined : { ...artifact.assertion, ...assertion },
  };
}

describe("saml.issuer.mismatch", () => {
  const one: readonly TrustedIssuer[] = [{ issuer: ISSUER }];
  const two: readonly TrustedIssuer[] = [{ issuer: OTHER }, { issuer: ISSUER }];
  const keysOnly: readonly TrustedIssuer[] = [{ certificates: [] }];
  /** An answer without assertion, as when a sign-in failed: only the envelope names an issuer. */
  const none = undefined;

  test.each([
    { name: "the trusted one", issuers: one, envelope: ISSUER, assertion: { issuer: ISSUER }, at: [] },
    { name: "one of two", issuers: two, envelope: ISSUER, assertion: { issuer: ISSUER }, at: [] },
    {
      name: "only in the assertion",
      issuers: one,
      envelope: undefined,
      assertion: { issuer: ISSUER },
      at: [],
    },
    {
      name: "any, with keys alone",
      issuers: keysOnly,
      envelope: OTHER,
      assertion: { issuer: OTHER },
      at: [],
    },
    {
      name: "none, with keys alone",
      issuers: keysOnly,
      envelope: undefined,
      assertion: { issuer: none },
      at: [IN_ASSERTION],
    },
    { name: "a stranger's", issuers: one, envelope: OTHER, assertion: { issuer: OTHER }, at: [IN_ASSERTION] },
    { name: "none", issuers: one, envelope: undefined, assertion: { issuer: none }, at: [IN_ASSERTION] },
    {
      name: "a stranger's envelope",
      issuers: two,
      envelope: OTHER,
      assertion: { issuer: ISSUER },
      at: [IN_RESPONSE],
    },
    { name: "trusted, no assertion", issuers: two, envelope: ISSUER, assertion: none, at: [] },
    { name: "a stranger's, no assertion", issuers: one, envelope: OTHER, assertion: none, at: [IN_RESPONSE] },
    { name: "nobody is trusted", issuers: [], envelope: OTHER, assertion: { issuer: OTHER }, at: [] },
    {
      name: "nobody is trusted, and two are named",
      issuers: [],
      envelope: OTHER,
      assertion: { issuer: ISSUER },
      at: [IN_RESPONSE],
    },
  ])("$name → $at", async ({ issuers, envelope, assertion, at }) => {
    const artifact = await sample({ issuer: envelope }, assertion);
    const faults = issuerMismatch.check(artifact, samplePolicy([], { issuers }), NOW);
    expect(faults?.map((fault) => fault.at)).toEqual(at);
  });

  test("says of an envelope whether it is a stranger's or only not the assertion's", async () => {
    const policy = samplePolicy([], { issuers: two });
    const differs = await sample({ issuer: OTHER }, { issuer: ISSUER });
    expect(issuerMismatch.check(differs, policy, NOW)?.[0]?.message).toContain("as in the assertion");
    const strange = await sample({ issuer: `${OTHER}/` }, undefined);
    expect(issuerMismatch.check(strange, policy, NOW)?.[0]?.message).toContain("not trusted");
  });
});

describe("saml.destination.mismatch", () => {
  test.each([
    { destination: ACS, signed: true, acs: ACS, broken: false },
    { destination: `${ACS}/`, signed: true, acs: ACS, broken: true },
    { destination: `${ACS}/`, signed: false, acs: ACS, broken: true },
    { destination: undefined, signed: true, acs: ACS, broken: true }, // SAML bindings §3.5.5.2
    { destination: undefined, signed: false, acs: ACS, broken: false },
    { destination: "https://x.example", signed: true, acs: undefined, broken: false },
  ])("$destination, signed $signed → broken $broken", async ({ destination, signed, acs, broken }) => {
    const artifact = await sample({ destination, signed }, {});
    const { assertionConsumerService: _usual, ...policy } = samplePolicy([]);
    const chosen = acs === undefined ? policy : { ...policy, assertionConsumerService: acs };
    expect(destinationMismatch.check(artifact, chosen, NOW)?.length).toBe(broken ? 1 : 0);
  });
});
