import { expect, test } from "vitest";
import { judgeSamlResponse } from "../../../../src/judge.ts";
import { policies } from "../../../../src/policies.ts";
import { edKey, MULTIPLE_AUTHN, NOW, sampleResponse, signSaml } from "../../../support/signed-saml.ts";

const BASIC = "urn:oasis:names:tc:SAML:2.0:attrname-format:basic";
const URI = "urn:oasis:names:tc:SAML:2.0:attrname-format:uri";
const ADFS = "http://schemas.microsoft.com/claims/authnmethodsreferences";
const REFEDS = "https://refeds.org/profile/mfa";
const PASSWORD = "urn:oasis:names:tc:SAML:2.0:ac:classes:Password";
const key = edKey();

/** The fixes of the findings about MFA in a sample with one class and one attribute. */
async function fixesOf(
  policy: "entra-saml" | "refeds-mfa" | "saml-attribute" | "saml-any",
  classRef: string,
  [name, format, value]: readonly [string, string, string],
): Promise<readonly string[]> {
  const xml = sampleResponse()
    .replace(`>${MULTIPLE_AUTHN}<`, `>${classRef}<`)
    .replace(`Name="mail" NameFormat="${BASIC}"`, `Name="${name}" NameFormat="${format}"`)
    .replace("alice@example.test", value);
  const whole = { ...policies[policy], issuers: [{ jwks: { keys: [key.jwk] } }] };
  const signed = signSaml(xml, "Assertion", key, { algorithm: "EdDSA" });
  const { findings } = await judgeSamlResponse(signed, whole, NOW);
  return findings.filter(({ rule }) => rule.startsWith("saml.mfa.")).map(({ fix }) => fix ?? "");
}

test.each([
  { policy: "entra-saml", classRef: MULTIPLE_AUTHN, attribute: ["amr", BASIC, "mfa"] },
  { policy: "refeds-mfa", classRef: REFEDS, attribute: ["amr", BASIC, "mfa"] },
  { policy: "saml-attribute", classRef: PASSWORD, attribute: ["amr", BASIC, "mfa"] },
  { policy: "saml-attribute", classRef: PASSWORD, attribute: [ADFS, URI, MULTIPLE_AUTHN] },
  { policy: "saml-any", classRef: PASSWORD, attribute: ["amr", URI, "mfa"] },
  { policy: "saml-any", classRef: REFEDS, attribute: ["mail", BASIC, "a@example.test"] },
] as const)("$policy is not told to move what stands where it reads", async (each) => {
  const moved = (await fixesOf(each.policy, each.classRef, each.attribute)).filter((fix) => fix !== "");
  expect(moved).toEqual([]);
});

// SAML core §2.7.3.1: the name is to be read together with its format.
test("the right name in the wrong format is told the format, not to go where it stands", async () => {
  const [fix = ""] = await fixesOf("saml-attribute", PASSWORD, ["amr", URI, "mfa"]);
  expect(fix).toContain(`"amr" (NameFormat "${BASIC}"`);
});
