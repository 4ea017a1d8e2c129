import { expect } from "vitest";
import { mfaMatchers, test } from "mfa-harness/vitest";

expect.extend(mfaMatchers);

test("the IdP says what the test chose", async ({ idp }) => {
  await idp.use("id-token-password-only");
  expect(idp.inUse().oidc?.scenario).toBe("id-token-password-only");
});

test("and the next one finds nothing of it", async ({ idp }) => {
  expect(idp.inUse().oidc?.scenario).toBeUndefined();
  const discovery = await fetch(`${idp.trust.oidcIssuer}/.well-known/openid-configuration`);
  expect(await discovery.json()).toMatchObject({ issuer: idp.trust.oidcIssuer });
});

test("a token is judged", () => {
  expect(() => expect("no token").toBeMfaCompliant()).toThrow();
});
