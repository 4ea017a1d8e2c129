import type { CitationSource } from "./citation-source.ts";

const LEARN = "https://learn.microsoft.com/en-us/";
const OWASP = "https://cheatsheetseries.owasp.org/cheatsheets/";
const OKTA = "https://help.okta.com/";
const OKTA_SUPPORT = "https://support.okta.com/help/s/article/";
const CISCO = "https://community.cisco.com/t5/";
const ENTRA_AUTHENTICATION = `${LEARN}entra/identity/authentication/`;
const ENTRA_PLATFORM = `${LEARN}entra/identity-platform/`;
const AD_FS = `${LEARN}windows-server/identity/ad-fs/operations/`;
const PARTNER_CENTER = `${LEARN}partner-center/`;

/** Pages of Microsoft that references name. */
export const MICROSOFT_PAGES: readonly CitationSource[] = [
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
  { name: "Entra: optional claims", url: `${ENTRA_PLATFORM}optional-claims-reference` },
  {
    name: "Entra: verify scopes and app roles in a web API",
    url: `${ENTRA_PLATFORM}scenario-protected-web-api-verification-scope-app-roles`,
  },
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
  {
    name: "Partner Center: security requirements status report",
    url: `${PARTNER_CENTER}security/partner-security-compliance`,
  },
  { name: "Partner Center: security requirements of CSP", url: `${PARTNER_CENTER}security-requirements` },
  {
    name: "Tech Community: administrators in customer tenants must use MFA",
    url: "https://techcommunity.microsoft.com/discussions/cloudservicesproviderspartners/requirement-users-with-administrative-roles-in-the-customer-tenants-must-use-mfa/4415817",
  },
  {
    name: "Partner Center: technical changes in CSP, quarter 4 of fiscal 2026",
    url: "https://partner.microsoft.com/nl-nl/blog/article/csp-technical-changes-fy26-q4",
  },
  { name: "Partner Center: REST error codes", url: `${PARTNER_CENTER}developer/error-codes` },
  { name: "Partner Center: authentication", url: `${PARTNER_CENTER}developer/partner-center-authentication` },
  {
    name: "Partner Center: Secure Application Model",
    url: `${PARTNER_CENTER}developer/enable-secure-app-model`,
  },
  {
    name: "Entra: manage an external authentication method",
    url: `${ENTRA_AUTHENTICATION}how-to-authentication-external-method-manage`,
  },
  {
    name: "Entra: mandatory multifactor authentication",
    url: `${ENTRA_AUTHENTICATION}concept-mandatory-multifactor-authentication`,
  },
  { name: "Entra: custom controls", url: `${LEARN}entra/identity/conditional-access/controls` },
  { name: "Entra: security defaults", url: `${LEARN}entra/fundamentals/security-defaults` },
  {
    name: "Entra: federation compatibility list",
    url: `${LEARN}entra/identity/hybrid/connect/how-to-connect-fed-compatibility`,
  },
  { name: "AD FS: MFA for Entra resources", url: `${ENTRA_AUTHENTICATION}howto-mfa-adfs` },
  {
    name: "AD FS: custom authentication method",
    url: `${LEARN}windows-server/identity/ad-fs/development/ad-fs-build-custom-auth-method`,
  },
];

/** Registries, guides, papers and pages of vendors that references name. */
export const OTHER_PAGES: readonly CitationSource[] = [
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
  { name: "ADFS Toolkit", url: "https://github.com/fedtools/adfstoolkit" },
  {
    name: "Keycloak: authentication flow for SAML ECP",
    url: "https://keycloak.discourse.group/t/how-to-specify-authentication-flow-for-saml-ecp-profile/10797",
  },
  {
    name: "Okta: MFA for Office 365",
    url: `${OKTA}en-us/Content/Topics/Apps/office365/use_okta_mfa_azure_ad_mfa.htm`,
  },
  {
    name: "Okta Identity Engine: MFA for Office 365",
    url: `${OKTA}oie/en-us/Content/Topics/Apps/Office365/Use_Okta_MFA_Azure_AD_MFA.htm`,
  },
  {
    name: "Okta: passing the MFA claim to Office 365",
    url: `${OKTA_SUPPORT}Org-Summary-OFFICE365PASSCLAIMFORMFA`,
  },
  {
    name: "Okta: eam_amr_unsatisfiable",
    url: `${OKTA_SUPPORT}microsoft-entra-id-external-authentication-methods-eam-amr-unsatisfiable`,
  },
  {
    name: "Okta: AMR claims mapping",
    url: "https://developer.okta.com/docs/guides/configure-amr-claims-mapping/main/",
  },
  {
    name: "REFEDS: MFA with SimpleSAMLphp",
    url: "https://wiki.refeds.org/pages/viewpage.action?pageId=77465132",
  },
  {
    name: "OpenText: Office 365 MFA requirements",
    url: "https://community.opentext.com/cyberres/access-management/nam/f/discussions/529770/office-365-mfa-requirements",
  },
  {
    name: "Duo: AADSTS900144",
    url: `${CISCO}other-topics-duo-security/entra-external-authentication-method-errors-aadsts900144/m-p/5309807`,
  },
  {
    name: "Duo: external authentication method",
    url: `${CISCO}duo-release-notes/now-in-public-preview-duo-s-microsoft-entra-id-eam-integration/tac-p/5156106/highlight/true`,
  },
];
