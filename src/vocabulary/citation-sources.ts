/** A page or a specification that references name, and how an address of one of its sections is made. */
export interface CitationSource {
  /** How a reference names it, exactly. */
  readonly name: string;
  readonly url: string;
  /** What stands before the number of a section in its address; absent: sections have no address of their own. */
  readonly section?: string;
  /** Addresses of single sections, where they follow from no number. */
  readonly sections?: Readonly<Record<string, string>>;
}

const OPENID = "https://openid.net/specs/";
const OASIS = "https://docs.oasis-open.org/";
const SAML = `${OASIS}security/saml/`;
const SAML_1_1 = "https://www.oasis-open.org/committees/download.php/";
const W3C = "https://www.w3.org/TR/";
const LEARN = "https://learn.microsoft.com/en-us/";
const OWASP = "https://cheatsheetseries.owasp.org/cheatsheets/";

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

const ENTRA_AUTHENTICATION = `${LEARN}entra/identity/authentication/`;
const ENTRA_PLATFORM = `${LEARN}entra/identity-platform/`;
const AD_FS = `${LEARN}windows-server/identity/ad-fs/operations/`;
const PARTNER_CENTER = `${LEARN}partner-center/`;

const MICROSOFT_SOURCES: readonly CitationSource[] = [
  {
    name: "Entra: external authentication method provider reference",
    url: `${ENTRA_AUTHENTICATION}concept-authentication-external-method-provider`,
  },
  {
    name: "Entra: expected inbound assertions",
    url: `${ENTRA_AUTHENTICATION}how-to-mfa-expected-inbound-assertions`,
  },
  {
    name: "Entra: SAML 2.0 identity provider for single sign-on",
    url: `${LEARN}entra/identity/hybrid/connect/how-to-connect-fed-saml-idp`,
  },
  { name: "Entra access token claims reference", url: `${ENTRA_PLATFORM}access-token-claims-reference` },
  { name: "Entra: claims validation, tid", url: `${ENTRA_PLATFORM}claims-validation` },
  { name: "Entra: access tokens", url: `${ENTRA_PLATFORM}access-tokens` },
  { name: "Entra: error codes", url: `${ENTRA_PLATFORM}reference-error-codes` },
  {
    name: "Microsoft Graph: internalDomainFederation",
    url: `${LEARN}graph/api/resources/internaldomainfederation`,
  },
  { name: "AD FS: prompt=login", url: `${AD_FS}ad-fs-prompt-login` },
  {
    name: "AD FS: compound authentication and AD DS claims",
    url: `${AD_FS}ad-fs-compound-authentication-and-ad-ds-claims`,
  },
  { name: "Microsoft Support: article 4037806", url: "https://support.microsoft.com/help/4037806" },
  {
    name: "Partner Center: partner security requirements FAQ",
    url: `${PARTNER_CENTER}security/partner-security-requirements-faq`,
  },
  {
    name: "Partner Center: mandating MFA for your partner tenant",
    url: `${PARTNER_CENTER}security/partner-security-requirements-mandating-mfa`,
  },
  {
    name: "Partner Center PowerShell: Test-PartnerSecurityRequirement",
    url: `${LEARN}powershell/partnercenter/test-partner-security-requirements`,
  },
];

const OTHER_SOURCES: readonly CitationSource[] = [
  {
    name: "IANA AMR registry",
    url: "https://www.iana.org/assignments/authentication-method-reference-values/authentication-method-reference-values.xhtml",
  },
  { name: "REFEDS MFA profile", url: "https://refeds.org/profile/mfa" },
  {
    name: "SAFIRE: authnMethodsReferences",
    url: "https://safire.ac.za/technical/attributes/authnmethodsreferences/",
  },
  {
    name: "PingOne: authentication claim for Microsoft 365",
    url: "https://docs.pingidentity.com/pingone/applications/p1_configure_authentication_claim_microsoft_365.html",
  },
  {
    name: "Deepnet: DualShield for Office 365",
    url: "https://wiki.deepnetsecurity.com/pages/diffpagesbyversion.action?originalVersion=4&pageId=62394748&revisedVersion=7",
  },
  {
    name: "Okta: wfresh of Microsoft 365",
    url: "https://support.okta.com/help/s/article/how-does-okta-handle-the-wfresh-parameter-from-microsoft-365-authentication-requests",
  },
  { name: "NIST SP 800-63B", url: "https://pages.nist.gov/800-63-3/sp800-63b.html" },
  { name: "NIST SP 800-131A", url: "https://csrc.nist.gov/pubs/sp/800/131/a/r2/final" },
  {
    name: "OWASP XML External Entity Prevention",
    url: `${OWASP}XML_External_Entity_Prevention_Cheat_Sheet.html`,
  },
  {
    name: "OWASP A10:2025",
    url: "https://owasp.org/Top10/2025/A10_2025-Mishandling_of_Exceptional_Conditions/",
  },
  { name: "OWASP XML Security", url: `${OWASP}XML_Security_Cheat_Sheet.html` },
  {
    name: "Somorovsky et al., On Breaking SAML, 2012",
    url: "https://www.usenix.org/conference/usenixsecurity12/technical-sessions/presentation/somorovsky",
  },
  {
    name: "Jager and Somorovsky, How to Break XML Encryption, 2011",
    url: "https://doi.org/10.1145/2046707.2046756",
  },
];

/** Every source that references name, each with its address: the one place where these are written. */
export const CITATION_SOURCES: readonly CitationSource[] = [
  ...OPENID_SOURCES,
  ...SAML_SOURCES,
  ...W3C_SOURCES,
  ...MICROSOFT_SOURCES,
  ...OTHER_SOURCES,
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
  { name: "AADSTS", pattern: /^AADSTS(\d+)/, url: `${ENTRA_PLATFORM}reference-error-codes` },
  { name: "requirement", pattern: /^((?:PSR|PSX|F)-\d+)/, url: "docs/requirements.md#$1" },
  { name: "check", pattern: /^(amr-acr) \d+/, url: "docs/coverage.md#$1" },
  { name: "GitHub", pattern: /^([\w.-]+\/[\w.-]+)#(\d+)/, url: "https://github.com/$1/issues/$2" },
  { name: "case", pattern: /^([a-z]+(?:-[a-z]+)*)\/\S+/, url: "docs/coverage.md#$1" },
];
