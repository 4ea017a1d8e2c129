import { expect, test } from "vitest";
import { partnerApiRules } from "../../../src/rules/partner-api/index.ts";
import { oidcRules } from "../../../src/rules/oidc/index.ts";
import { policies } from "../../../src/policies.ts";
import { NOW } from "../support/tokens.ts";

const TENANT = "11111111-2222-4333-8444-555555555555";

test.each([
  { id: "oidc.amr.absent", claims: { iss: `https://login.microsoftonline.com/${TENANT}/v2.0` }, fix: "acrs" },
  {
    id: "oidc.amr.absent",
    claims: { iss: "https://fs.partner.example/adfs" },
    fix: "issuance transform rule",
  },
  { id: "oidc.amr.absent", claims: { iss: "https://idp.example/adfs/x" }, fix: undefined },
  { id: "oidc.amr.absent", claims: { iss: "https://idp.example" }, fix: undefined },
  { id: "oidc.amr.absent", claims: { iss: 1, cid: "c", uid: "u" }, fix: undefined },
  {
    id: "partner-api.amr.absent",
    claims: { iss: "http://fs.partner.example/adfs/services/trust", ver: "1.0", scp: "openid" },
    fix: "AD FS",
  },
  {
    id: "partner-api.version.unsupported",
    claims: { iss: "https://partner.okta.com/oauth2/default", ver: 1, cid: "c", uid: "u", scp: ["openid"] },
    fix: "Okta",
  },
  {
    id: "partner-api.version.unsupported",
    claims: { iss: `https://sts.windows.net/${TENANT}/`, ver: "2.0" },
    fix: undefined,
  },
])("$id of $claims.iss → $fix", ({ id, claims, fix }) => {
  const rule = [...oidcRules, ...partnerApiRules].find((one) => one.id === id);
  const faults = rule?.check({ header: {}, claims: { sub: "u", ...claims } }, policies.oidc, NOW) ?? [];
  expect(faults).toHaveLength(1);
  if (fix === undefined) expect(faults[0]?.fix).toBeUndefined();
  else expect(faults[0]?.fix).toContain(fix);
});
