import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { judgeSamlResponse } from "../../src/judge.ts";
import { policies, type PolicyName } from "../../src/policies.ts";

/** A folder of sign-ins recorded from real identity providers. */
const folder = process.env["MFA_HARNESS_CAPTURES"];

const captureSchema = z.object({
  capturedAt: z.string(),
  sp: z.string(),
  acs: z.string(),
  spPrivateKey: z.string().optional(),
  facts: z.object({ issuer: z.string() }),
});

function read(file: string): string {
  return readFileSync(join(folder ?? "", file), "utf8");
}

interface Captured {
  readonly name: string;
  readonly policy: PolicyName;
  readonly decryptable?: boolean;
  readonly verdict: string;
  readonly findings: readonly string[];
}

/** The facts beside each: what class and attributes were sent, who signed what, how it was encrypted. */
const CASES: readonly Captured[] = [
  {
    // The class is TLSClient, although a password and TOTP were used; an attribute amr says mfa.
    name: "lemonldap-saml-password-and-totp",
    policy: "entra-saml",
    verdict: "non-compliant",
    findings: ["saml.mfa.misplaced"],
  },
  { name: "simplesamlphp-user-multipleauthn", policy: "entra-saml", verdict: "compliant", findings: [] },
  { name: "simplesamlphp-user-multipleauthn", policy: "saml-attribute", verdict: "compliant", findings: [] },
  {
    name: "simplesamlphp-user-multipleauthn",
    policy: "refeds-mfa",
    verdict: "non-compliant",
    // Microsoft's URI stands in an attribute, which is not read, and in the class, where REFEDS has its own.
    findings: ["saml.mfa.misplaced", "saml.mfa.other-vocabulary"],
  },
  {
    // AES-CBC, which only the signature of the Response around it makes safe to read.
    name: "simplesamlphp-encrypted-assertion-user-refeds",
    policy: "refeds-mfa",
    decryptable: true,
    verdict: "compliant",
    findings: ["saml.encryption.weak"],
  },
  {
    name: "simplesamlphp-encrypted-assertion-user-refeds",
    policy: "refeds-mfa",
    verdict: "inconclusive",
    findings: ["saml.assertion.encrypted"],
  },
];

describe.skipIf(folder === undefined)("responses of real providers (set MFA_HARNESS_CAPTURES to run)", () => {
  test.each(CASES)("$name by $policy → $verdict", async (each) => {
    const capture = captureSchema.parse(JSON.parse(read(`${each.name}.json`)));
    const keys =
      each.decryptable === true && capture.spPrivateKey !== undefined ? [read(capture.spPrivateKey)] : [];
    const policy = {
      ...policies[each.policy],
      issuers: [{ issuer: capture.facts.issuer, certificates: [read(`${each.name}.signing-cert.pem`)] }],
      audiences: [capture.sp],
      assertionConsumerService: capture.acs,
      decryptionKeys: keys,
    };
    const xml = readFileSync(join(folder ?? "", `${each.name}.response.xml`));
    const judged = await judgeSamlResponse(xml, policy, Date.parse(capture.capturedAt) / 1000);
    expect([judged.signature, judged.verdict, judged.findings.map(({ rule }) => rule)]).toEqual([
      "verified",
      each.verdict,
      each.findings,
    ]);
  });
});
