import { parse } from "node-html-parser";
import { expect, test } from "vitest";
import type { CatalogueEntry } from "../../../harness/idp/catalogue.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { emissionOf } from "./relying-party.ts";

const HOSTILE = `"><script>alert(1)</script>`;

const CATALOGUE: readonly CatalogueEntry[] = [
  { id: "oidc-fault", title: HOSTILE, emission: emissionOf({}), severity: "high", covers: ["oidc-rp/O01"] },
  { id: "api-fault", title: "An access token", emission: emissionOf({ channel: "partner-api" }) },
  { id: "saml-fault", title: "A response", emission: emissionOf({ channel: "saml" }), severity: "critical" },
  { id: "wsfed-fault", title: "A token", emission: emissionOf({ channel: "wsfed" }) },
  { id: "eam-fault", title: "A second factor", emission: emissionOf({ channel: "eam" }) },
];

test.each([
  { find: "", ids: ["oidc-fault", "api-fault", "saml-fault", "wsfed-fault", "eam-fault"] },
  { find: "Saml", ids: ["saml-fault"] },
  { find: " high ", ids: ["oidc-fault"] },
  { find: "oidc-rp/O01", ids: ["oidc-fault"] },
  { find: "federation", ids: ["wsfed-fault"] },
  { find: HOSTILE, ids: ["oidc-fault"] },
  { find: "nothing", ids: [] },
])("faults with $find: $ids, each with a document that is there", async ({ find, ids }) => {
  await using idp = await startIdp({ catalogue: CATALOGUE });
  const response = await fetch(`${idp.origin}/fault?${new URLSearchParams({ q: find })}`);
  const html = await response.text();
  expect(html).not.toContain("<script");
  const links = parse(html).querySelectorAll("td a");
  expect(links.map(({ text }) => text)).toEqual(ids);
  const documents = links.map(async (link) => (await fetch(link.getAttribute("href") ?? "")).status);
  expect(await Promise.all(documents)).toEqual(ids.map(() => 200));
});

test("without a filter, or with several, everything is listed", async () => {
  await using idp = await startIdp({ catalogue: CATALOGUE });
  for (const path of ["/fault", "/fault/", "/fault?q=saml&q=oidc"]) {
    const page = parse(await (await fetch(`${idp.origin}${path}`)).text());
    expect(page.querySelectorAll("td a")).toHaveLength(CATALOGUE.length);
  }
});

test("each issuer has an index page of its own, which leads back to the list", async () => {
  await using idp = await startIdp({ catalogue: CATALOGUE });
  const page = parse(await (await fetch(`${idp.origin}/fault/saml-fault/`)).text());
  const links = page.querySelectorAll("a").map((link) => link.getAttribute("href"));
  expect(links).toContain(`${idp.origin}/fault/saml-fault/saml/metadata`);
  expect(links).toContain(`${idp.origin}/fault`);
});
