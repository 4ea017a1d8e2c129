import { expect, test } from "vitest";
import { policies } from "../../../../src/policies.ts";
import { sendWhereReadIn } from "../../../../src/rules/wsfed/mfa-advice.ts";

// Entra's page on inbound assertions: in a SAML 2.0 token only the class counts, and only multipleauthn.
test.each([
  {
    version: "1.1",
    says: ["AuthenticationMethod", "multipleauthn", "authenticationmethod"],
    never: /ClassRef/,
  },
  {
    version: "2.0",
    says: ["AuthnContextClassRef", "multipleauthn"],
    never: /wiaor|AuthenticationMethod|attribute/,
  },
])("advice for a token of SAML $version names its own places", ({ version, says, never }) => {
  const advice = sendWhereReadIn({ version }, policies["entra-wsfed"]);
  for (const word of says) expect(advice).toContain(word);
  expect(advice).not.toMatch(never);
});
