import { decodeJwt } from "jose";
import { expect } from "vitest";
import { emission } from "../../../../harness/idp/read-emission.ts";
import { test } from "../../../../harness/testing/vitest.ts";

const REQUEST = { user: "agent@partner.example", audience: "portal" };

test.override("idpOptions", { now: () => 1000 });

test.beforeAll(({ idp }) => {
  idp.register({ clientId: "portal", redirectUris: ["http://127.0.0.1:9/callback"] });
});

test("a test does to the IdP what it likes", async ({ idp }) => {
  await idp.use({ channel: "oidc", profile: "password-only" });
  await fetch(`${idp.origin}/_harness/health`);
  expect(idp.journal()).toMatchObject([{ at: 1000, path: "/_harness/health" }]);
  const { artifact } = await idp.issue({ channel: "oidc", profile: "password-only" }, REQUEST);
  expect(decodeJwt(artifact)).toMatchObject({ iat: 1000, amr: ["pwd"] });
  idp.offer(emission({ channel: "saml", profile: "password-only" }), "left behind");
});

test("and the next one finds nothing of it", ({ idp }) => {
  expect(idp.inUse().oidc?.choice).toBe("oidc-password-and-otp");
  expect(idp.journal()).toEqual([]);
  expect(idp.offers().filter(({ title }) => title === "left behind")).toEqual([]);
});

test.describe("with an emission of the suite", () => {
  test.override("emission", "id-token-password-only");

  test("every test starts with it", ({ idp }) => {
    expect(idp.inUse().oidc?.scenario).toBe("id-token-password-only");
  });
});

test("outside of it nothing is in use", ({ idp }) => {
  expect(idp.inUse().oidc?.scenario).toBeUndefined();
});
