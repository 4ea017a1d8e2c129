import { readdir, readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { FLAWS } from "../../harness/partner/flawed/flaws.ts";
import { BUNDLED_SCENARIOS } from "../../harness/scenario/bundled.ts";
import { loadScenarios } from "../../harness/scenario/load.ts";
import { citationsOf, rules } from "../../src/index.ts";

const ENTRA = "https://learn.microsoft.com/en-us/entra/";

test.each([
  { reference: "RFC 8176 §2", found: { "RFC 8176 §2": "https://www.rfc-editor.org/rfc/rfc8176#section-2" } },
  {
    reference: "RFC 8725 §3.8, §3.10, AADSTS50012",
    found: {
      "RFC 8725 §3.8": "https://www.rfc-editor.org/rfc/rfc8725#section-3.8",
      "RFC 8725 §3.10": "https://www.rfc-editor.org/rfc/rfc8725#section-3.10",
      AADSTS50012: `${ENTRA}identity-platform/reference-error-codes`,
    },
  },
  {
    reference: "OIDC Core §3.1.3.7 (10)",
    found: {
      "OIDC Core §3.1.3.7 (10)": "https://openid.net/specs/openid-connect-core-1_0.html#rfc.section.3.1.3.7",
    },
  },
  {
    reference: "SAML core §5.4.1 to §5.4.4; SAML profiles §4.1.4.2",
    found: {
      "SAML core §5.4.1 to §5.4.4": "https://docs.oasis-open.org/security/saml/v2.0/saml-core-2.0-os.pdf",
      "SAML profiles §4.1.4.2": "https://docs.oasis-open.org/security/saml/v2.0/saml-profiles-2.0-os.pdf",
    },
  },
  {
    reference: "XML Encryption 1.1 §5.2.4, §5.5.2; Jager and Somorovsky, How to Break XML Encryption, 2011",
    found: {
      "XML Encryption 1.1 §5.2.4": "https://www.w3.org/TR/xmlenc-core1/#sec-AES-GCM",
      "XML Encryption 1.1 §5.5.2": "https://www.w3.org/TR/xmlenc-core1/#sec-RSA-OAEP",
      "Jager and Somorovsky, How to Break XML Encryption, 2011": "https://doi.org/10.1145/2046707.2046756",
    },
  },
  {
    reference: "Entra: external authentication method provider reference, AADSTS50161",
    found: {
      "Entra: external authentication method provider reference": `${ENTRA}identity/authentication/concept-authentication-external-method-provider`,
      AADSTS50161: `${ENTRA}identity-platform/reference-error-codes`,
    },
  },
  {
    reference: "Partner Center: mandating MFA for your partner tenant (2023)",
    found: {
      "Partner Center: mandating MFA for your partner tenant (2023)":
        "https://learn.microsoft.com/en-us/partner-center/security/partner-security-requirements-mandating-mfa",
    },
  },
  { reference: "PSR-036", found: { "PSR-036": "docs/requirements.md#psr-036" } },
  {
    reference: "CVE-2012-5353",
    found: { "CVE-2012-5353": "https://www.cve.org/CVERecord?id=CVE-2012-5353" },
  },
  { reference: "failures/F-50", found: { "failures/F-50": "docs/coverage.md#failures" } },
  {
    reference: "auth0/passport-azure-ad-oauth2#33",
    found: {
      "auth0/passport-azure-ad-oauth2#33": "https://github.com/auth0/passport-azure-ad-oauth2/issues/33",
    },
  },
  // What is not known has no address, and keeps what stands beside it from none.
  {
    reference: "our wiki, RFC 7519 §2",
    found: { "our wiki": undefined, "RFC 7519 §2": "https://www.rfc-editor.org/rfc/rfc7519#section-2" },
  },
  { reference: "§2", found: { "§2": undefined } },
  { reference: "RFC 8176 chapter 2", found: { "RFC 8176 chapter 2": undefined } },
  { reference: "", found: { "": undefined } },
])("$reference", ({ reference, found }) => {
  expect(Object.fromEntries(citationsOf(reference).map(({ text, url }) => [text, url]))).toEqual(found);
});

const scenarios = await loadScenarios([BUNDLED_SCENARIOS]);
const references = new Set([
  ...rules.flatMap(({ reference, requirements }) => [reference, ...requirements]),
  ...scenarios.flatMap((scenario) => [...scenario.references, ...scenario.covers]),
  ...FLAWS.flatMap((flaw) => flaw.references),
]);

describe("everything that is cited can be opened", () => {
  test("each place has an address", () => {
    const cited = [...references].flatMap(citationsOf);
    expect(cited.length).toBeGreaterThan(500);
    expect(cited.filter(({ url }) => url === undefined)).toEqual([]);
  });

  test("each address is on the web, or one of a page here", () => {
    const urls = [...references].flatMap(citationsOf).map(({ url = "" }) => url);
    expect(urls.filter((url) => !/^(https:\/\/[a-z]|docs\/[a-z]+\.md#[a-z])/.test(url))).toEqual([]);
  });
});

test("nothing here cites a sheet that is not published", async () => {
  const root = new URL("../../", import.meta.url);
  const folders = ["src", "harness", "scenarios", "docs"];
  const files = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(new URL(folder, root), { recursive: true })).map((file) => `${folder}/${file}`),
    ),
  );
  const texts = files.flat().filter((file) => /\.(ts|yaml|md)$/.test(file));
  const citing = await Promise.all(
    texts.map(async (file) =>
      /fact[ -]sheet/i.test(await readFile(new URL(file, root), "utf8")) ? [file] : [],
    ),
  );
  expect(citing.flat()).toEqual([]);
});
