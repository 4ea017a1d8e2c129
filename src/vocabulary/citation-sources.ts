import { MICROSOFT_PAGES, OTHER_PAGES } from "./citation-pages.ts";
import type { CitationSource } from "./citation-source.ts";

const OPENID = "https://openid.net/specs/";
const OASIS = "https://docs.oasis-open.org/";
const SAML = `${OASIS}security/saml/`;
const SAML_1_1 = "https://www.oasis-open.org/committees/download.php/";
const W3C = "https://www.w3.org/TR/";

const OPENID_SOURCES: readonly CitationSource[] = [
  { name: "OIDC Core", url: `${OPENID}openid-connect-core-1_0.html`, section: "#rfc.section." },
  { name: "OIDC Discovery", url: `${OPENID}openid-connect-discovery-1_0.html`, section: "#rfc.section." },
  {
    name: "OIDC Back-Channel Logout",
    url: `${OPENID}openid-connect-backchannel-1_0.html`,
    section: "#rfc.section.",
  },
  {
    name: "OpenID Connect Core Unmet Authentication Requirements 1.0",
    url: `${OPENID}openid-connect-unmet-authentication-requirements-1_0.html`,
  },
  {
    name: "OAuth 2.0 Form Post Response Mode",
    url: `${OPENID}oauth-v2-form-post-response-mode-1_0.html`,
  },
  { name: "JARM", url: `${OPENID}oauth-v2-jarm.html`, section: "#section-" },
  { name: "FAPI 1.0 Advanced", url: `${OPENID}openid-financial-api-part-2-1_0.html` },
];

/** The standards of SAML 1.1 and 2.0 are published as PDF, in which a section has no address. */
const SAML_SOURCES: readonly CitationSource[] = [
  { name: "SAML core", url: `${SAML}v2.0/saml-core-2.0-os.pdf` },
  { name: "SAML profiles", url: `${SAML}v2.0/saml-profiles-2.0-os.pdf` },
  { name: "SAML bindings", url: `${SAML}v2.0/saml-bindings-2.0-os.pdf` },
  { name: "SAML metadata", url: `${SAML}v2.0/saml-metadata-2.0-os.pdf` },
  { name: "SAML authentication context", url: `${SAML}v2.0/saml-authn-context-2.0-os.pdf` },
  { name: "SAML metadata interoperability", url: `${SAML}Post2.0/sstc-metadata-iop-os.html` },
  { name: "SAML 1.1 core", url: `${SAML_1_1}3406/oasis-sstc-saml-core-1.1.pdf` },
  { name: "SAML 1.1 profiles", url: `${SAML_1_1}3405/oasis-sstc-saml-bindings-1.1.pdf` },
  { name: "WS-Federation 1.2", url: `${OASIS}wsfed/federation/v1.2/os/ws-federation-1.2-spec-os.html` },
  { name: "WS-Trust 1.3", url: `${OASIS}ws-sx/ws-trust/200512/ws-trust-1.3-os.html` },
  { name: "WS-Trust (February 2005)", url: "https://specs.xmlsoap.org/ws/2005/02/trust/WS-Trust.pdf" },
];

const XML_SECTIONS = {
  "2.1": "#sec-well-formed",
  "2.2": "#charsets",
  "2.8": "#sec-prolog-dtd",
  "3": "#sec-logical-struct",
  "3.1": "#sec-starttags",
  "4.1": "#sec-references",
  "4.3.3": "#charencoding",
};

const W3C_SOURCES: readonly CitationSource[] = [
  { name: "XML", url: `${W3C}xml/`, sections: XML_SECTIONS },
  { name: "XML 1.0", url: `${W3C}xml/`, sections: XML_SECTIONS },
  { name: "XML 1.1", url: `${W3C}xml11/` },
  {
    name: "Namespaces in XML",
    url: `${W3C}xml-names/`,
    sections: { "5": "#ns-using", "6": "#scoping-defaulting" },
  },
  { name: "Canonical XML", url: `${W3C}xml-c14n11/` },
  { name: "Exclusive XML Canonicalization", url: `${W3C}xml-exc-c14n/` },
  {
    name: "XML Signature",
    url: `${W3C}xmldsig-core1/`,
    sections: {
      "3.2": "#sec-CoreValidation",
      "4.3": "#sec-SignatureValue",
      "4.4": "#sec-SignedInfo",
      "4.4.2": "#sec-SignatureMethod",
      "4.5.1": "#sec-KeyName",
      "4.5.2": "#sec-KeyValue",
      "4.5.3": "#sec-RetrievalMethod",
    },
  },
  {
    name: "XML Encryption 1.1",
    url: `${W3C}xmlenc-core1/`,
    sections: { "5.2.4": "#sec-AES-GCM", "5.5.1": "#sec-RSA-1_5", "5.5.2": "#sec-RSA-OAEP" },
  },
  { name: "XML Encryption", url: `${W3C}xmlenc-core1/` },
];

/** Every source that references name, each with its address: the one place where these are written. */
export const CITATION_SOURCES: readonly CitationSource[] = [
  ...OPENID_SOURCES,
  ...SAML_SOURCES,
  ...W3C_SOURCES,
  ...MICROSOFT_PAGES,
  ...OTHER_PAGES,
];

/** Sources whose addresses follow from what is written: the pattern's groups are `$1` and `$2` of the address. */
export const CITATION_SERIES: readonly (CitationSource & { readonly pattern: RegExp })[] = [
  {
    name: "RFC",
    pattern: /^RFC (\d+)/,
    url: "https://www.rfc-editor.org/rfc/rfc$1",
    section: "#section-",
  },
  { name: "CVE", pattern: /^(CVE-\d{4}-\d+)/, url: "https://www.cve.org/CVERecord?id=$1" },
  { name: "CWE", pattern: /^CWE-(\d+)/, url: "https://cwe.mitre.org/data/definitions/$1.html" },
  {
    name: "AADSTS",
    pattern: /^AADSTS(\d+)/,
    url: "https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes",
  },
  { name: "requirement", pattern: /^((?:PSR|PSX|F)-\d+)/, url: "docs/requirements.md#$1" },
  { name: "check", pattern: /^(amr-acr) \d+/, url: "docs/coverage.md#$1" },
  { name: "GitHub", pattern: /^([\w.-]+\/[\w.-]+)#(\d+)/, url: "https://github.com/$1/issues/$2" },
  { name: "case", pattern: /^([a-z]+(?:-[a-z]+)*)\/\S+/, url: "docs/coverage.md#$1" },
];
