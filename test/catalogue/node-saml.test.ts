import { SAML, ValidateInResponseTo } from "@node-saml/node-saml";
import { afterAll, describe, expect, test } from "vitest";
import { BUNDLED_SCENARIOS } from "../../harness/scenario/bundled.ts";
import { loadScenarios } from "../../harness/scenario/load.ts";
import type { Scenario } from "../../harness/scenario/schema.ts";
import { startSteadyIssuer } from "../support/steady-issuer.ts";

const issuer = await startSteadyIssuer();
afterAll(() => issuer[Symbol.asyncDispose]());

/** Faults that every reader of signed responses sees, and what node-saml says of them. */
const SEEN: Readonly<Record<string, RegExp>> = {
  "signature.invalid": /^Invalid signature/,
  "signature.missing": /^Invalid signature/,
  "assertion.unsigned": /^Invalid signature/,
  "audience.mismatch": /audience/i,
  "audience.absent": /AudienceRestriction/,
  "assertion.absent": /^Missing SAML assertion$/,
  "assertion.encrypted": /^No decryption key/,
};

/** It looks for one signature that covers the assertion, and here that one is right. */
const ONE_SIGNATURE_IS_ENOUGH = "response-status-changed";

/** Faults of what is said about MFA, which this library leaves to its caller: nothing else may be wrong. */
const UNSEEN = /^(mfa|authn-instant|one-time-use)\.[a-z-]+$/;

/** What node-saml says of a response; the clock stands still at the issuer, so the library's own is not asked. */
async function verdictOf({ emission }: Scenario): Promise<string> {
  const xml = await issuer.issue(emission);
  const { samlCertificate, samlEntityId } = issuer.idp.trust;
  const reader = new SAML({
    idpCert: samlCertificate,
    idpIssuer: samlEntityId,
    issuer: "https://library.example/metadata",
    audience: "https://library.example/metadata",
    callbackUrl: "https://library.example/acs",
    validateInResponseTo: ValidateInResponseTo.never,
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: false,
    acceptedClockSkewMs: -1,
  });
  try {
    const SAMLResponse = Buffer.from(xml).toString("base64");
    const { profile } = await reader.validatePostResponseAsync({ SAMLResponse });
    return `signs in ${profile?.nameID}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const responses = (await loadScenarios([BUNDLED_SCENARIOS])).filter(
  ({ emission: { channel }, transport }) => channel === "saml" && transport.includes("direct"),
);

function faultsOf({ expect: { findings } }: Scenario): readonly string[] {
  return findings.map((id) => id.replace(/^saml\./, ""));
}

/** The one fault of an entry that this library sees, with what it says of it. */
const seen = responses.flatMap((scenario) => {
  const [fault = "", ...more] = faultsOf(scenario);
  const said = SEEN[fault];
  return said === undefined || more.length > 0 ? [] : [{ id: scenario.id, scenario, said }];
});

describe("node-saml refuses for the fault that the entry names", () => {
  test.each(seen.filter(({ id }) => id !== ONE_SIGNATURE_IS_ENOUGH))("$id", async ({ scenario, said }) => {
    expect(await verdictOf(scenario)).toMatch(said);
  });
});

describe("node-saml takes a control, and what is only wrong in what it says of MFA", () => {
  const controls = responses.filter(
    ({ control, expect: { findings } }) => control === undefined && findings.length === 0,
  );
  const unseen = responses.filter((scenario) => {
    const faults = faultsOf(scenario);
    return faults.length > 0 && faults.every((fault) => UNSEEN.test(fault));
  });
  test.each([...controls, ...unseen])("$id", async (scenario) => {
    expect(await verdictOf(scenario)).toMatch(/^signs in \S+@partner\.example$|^signs in [\w+/=.~-]+$/);
  });
});
