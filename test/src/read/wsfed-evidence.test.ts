import { expect, test } from "vitest";
import { wsFedResponseCourt } from "../../../src/courts/ws-fed-response.ts";
import { readWsFedResponse } from "../../../src/read/wsfed-response.ts";
import {
  claim,
  MULTIPLE_AUTHN,
  PASSWORD,
  REALM,
  signToken,
  WSFED_ISSUER,
  wsFedPolicy,
} from "../../support/signed-wsfed.ts";
import { NOW } from "../../support/signed-saml.ts";
import { key, plain } from "../rules/wsfed/findings.ts";

test("evidence names the places, and leaves out what is none of its business", async () => {
  const { artifact } = await readWsFedResponse(signToken(plain, key), wsFedPolicy([key]));
  if (artifact === undefined) throw new Error("the sample was not read");
  const token = "/t:RequestSecurityTokenResponse/t:RequestedSecurityToken/saml:Assertion";
  expect(wsFedResponseCourt.evidence(artifact, wsFedPolicy([key]), NOW)).toEqual({
    issuer: WSFED_ISSUER,
    subject: "aW1tdXRhYmxl",
    audiences: [REALM],
    issuedAt: Date.parse("2026-11-20T11:59:30Z") / 1000,
    expiresAt: Date.parse("2026-11-20T13:00:00Z") / 1000,
    authenticatedAt: Date.parse("2026-11-20T11:59:00Z") / 1000,
    statements: [
      {
        kind: "class-ref",
        at: `${token}/saml:AuthenticationStatement[1]`,
        name: "AuthenticationMethod",
        value: [MULTIPLE_AUTHN],
      },
      {
        kind: "attribute",
        at: `${token}/saml:AttributeStatement/saml:Attribute[@AttributeName="authenticationmethod"]`,
        name: "http://schemas.microsoft.com/ws/2008/06/identity/claims/authenticationmethod",
        value: [PASSWORD, MULTIPLE_AUTHN],
      },
    ],
  });
});

test("the claim of the first factor says when the user signed in", async () => {
  const edited = plain.replace(
    "</saml:AttributeStatement>",
    `${claim("authenticationinstant", ["2026-11-20T10:00:00.5Z"])}</saml:AttributeStatement>`,
  );
  const { artifact } = await readWsFedResponse(signToken(edited, key), wsFedPolicy([key]));
  if (artifact === undefined) throw new Error("the sample was not read");
  expect(wsFedResponseCourt.evidence(artifact, wsFedPolicy([key]), NOW).authenticatedAt).toBe(
    Date.parse("2026-11-20T10:00:00.5Z") / 1000,
  );
});
