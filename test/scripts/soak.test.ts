import { expect, test } from "vitest";
import { startIdp } from "../../harness/idp/start-idp.ts";
import { soak } from "../../scripts/soak/measure.ts";
import { RELYING_PARTY, signInManyTimes } from "../../scripts/soak/sign-ins.ts";

test("memory is read half-way and at the end of sign-ins at an IdP of its own process", async () => {
  const { halfWay, end, seconds } = await soak(8);
  for (const { used, resident } of [halfWay, end]) {
    expect(used).toBeGreaterThan(1_000_000);
    expect(resident).toBeGreaterThan(used);
  }
  expect(seconds).toBeGreaterThan(0);
});

test("half of the sign-ins are OIDC and half SAML, each in a session of its own; one that fails ends it", async () => {
  await using idp = await startIdp({ relyingParties: [RELYING_PARTY] });
  await signInManyTimes(idp.origin, 6, 2);
  const issued = [...idp.issued("oidc-password-and-otp"), ...idp.issued("saml-password-and-otp")];
  expect(issued.map(({ channel }) => channel)).toEqual(["oidc", "oidc", "oidc", "saml", "saml", "saml"]);
  expect(new Set(issued.map(({ user }) => user)).size).toBe(6);
  await idp.stop();
  await expect(signInManyTimes(idp.origin, 1, 1)).rejects.toThrow("fetch failed");
});
