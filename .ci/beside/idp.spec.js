import { expect, test } from "mfa-harness/playwright";

test.use({ emission: "id-token-password-only" });

test("the IdP says what the file chose", async ({ idp }) => {
  expect(idp.inUse().oidc?.scenario).toBe("id-token-password-only");
});
