import { expect, test } from "vitest";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { startPartners } from "../../../harness/partner/start-partners.ts";

test("no page of anybody else shows a page of the IdP or of a partner app in a frame", async () => {
  await using idp = await startIdp();
  await using partners = await startPartners(idp);
  const pages = ["/", "/fault", "/nothing-here", "/oidc/auth", "/saml/sso", "/wsfed", "/_harness/health"].map(
    (path) => `${idp.origin}${path}`,
  );
  const apps = [`${partners.relyingParty.origin}/`, `${partners.serviceProvider.origin}/nothing-here`];
  for (const url of [...pages, ...apps]) {
    const { headers } = await fetch(url, { redirect: "manual" });
    expect([url, headers.get("content-security-policy")]).toEqual([
      url,
      expect.stringContaining("frame-ancestors 'none'"),
    ]);
  }
});
