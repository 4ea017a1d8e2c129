import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { authnRequest, deflated, encoded } from "./requests.ts";
import { openPage, postForm, redirectTo, submit } from "./sign-in.ts";

let idp: MockIdp;

beforeAll(async () => {
  idp = await startIdp();
});

afterAll(async () => await idp.stop());

describe("hostile requests get a plain page, and the next person is served", () => {
  const elsewhere = authnRequest(`AssertionConsumerServiceURL="https://evil.example/acs"`);
  const evil: [string, Record<string, string>][] = [
    ["nothing", {}],
    ["an empty request", { SAMLRequest: "" }],
    ["garbage", { SAMLRequest: "\u0000%%<script>alert(1)</script>" }],
    ["a DOCTYPE", { SAMLRequest: encoded(`<!DOCTYPE a>${authnRequest()}`) }],
    ["an ACS elsewhere", { SAMLRequest: encoded(elsewhere) }],
    ["a megabyte", { SAMLRequest: "A".repeat(1_000_000) }],
    ["a nested field", { "SAMLRequest[x]": encoded(authnRequest()) }],
  ];

  test.each(evil)("POST: %s", async (_what, fields) => {
    const page = await postForm(`${idp.origin}/saml/sso`, fields);
    expect(page).toMatchObject({ status: 400, form: undefined });
    expect(page.html).not.toContain("<script>");
    expect(await redirectTo(idp, authnRequest())).toMatchObject({ status: 200 });
  });

  test.each([
    ["nothing", ""],
    ["twice", `SAMLRequest=${encodeURIComponent(deflated(authnRequest()))}&SAMLRequest=x`],
    ["not deflated", `SAMLRequest=${encodeURIComponent(encoded(authnRequest()))}`],
    ["a bomb", `SAMLRequest=${encodeURIComponent(deflated(" ".repeat(9_000_000)))}`],
    ["an ACS elsewhere", `SAMLRequest=${encodeURIComponent(deflated(elsewhere))}`],
    ["bad percent encoding", "SAMLRequest=%E0%A4%A"],
  ])("redirect: %s", async (_what, query) => {
    const page = await openPage(`${idp.origin}/saml/sso?${query}`);
    expect(page).toMatchObject({ status: 400, form: undefined });
  });

  test.each([
    ["a request for elsewhere", { SAMLRequest: deflated(elsewhere) }],
    ["no binding", { binding: "" }],
    ["no user", { user: "" }],
    ["a user that XML cannot hold", { user: "a\u0001" }],
    ["an unknown choice", { emission: "constructor" }],
    ["a choice of another channel's emission", { emission: "oidc-password-only" }],
    ["an unknown action", { action: "approve" }],
  ])("sign-in form forged: %s", async (_what, forged) => {
    const page = await redirectTo(idp, authnRequest());
    const answer = await submit(page, idp.origin, {
      user: "u",
      emission: "saml-password-and-otp",
      action: "sign-in",
      ...forged,
    });
    expect(answer).toMatchObject({ status: 400, form: undefined });
  });
});
