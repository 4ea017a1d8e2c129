import { requirementsOf } from "./requirement.ts";

/** Rules beside the FAQ, each from another page; one row a line. */
// prettier-ignore
export const furtherRequirements = requirementsOf([
  ["PSX-01", "compliant", "call to Partner Center with a user", "amr of the access token holds mfa, and the call is processed.", "Partner Center: mandating MFA for your partner tenant"],
  ["PSX-02", "non-compliant", "call to Partner Center with a user", "amr of the access token does not hold mfa, and the call is refused with 401.", "Partner Center: mandating MFA for your partner tenant"],
  ["PSX-03", "not-applicable", "app-only call to a resource that needs a user", "It is refused with 403 and code 900329, which is no failure of MFA.", "Partner Center: REST error codes"],
  ["PSX-04", "not-applicable", "token for https://graph.windows.net at Partner Center", "It is refused with 401 and code 900420, which is no failure of MFA.", "microsoft/Partner-Center-DotNet-Samples#140"],
  ["PSX-05", "compliant", "protected page of the portal", "The session shows MFA, and nothing is asked again.", "Partner Center: mandating MFA for your partner tenant"],
  ["PSX-06", "re-authenticate", "protected page of the portal", "The session shows no MFA and the user has no method: Partner Center sends the user to register one.", "Partner Center: mandating MFA for your partner tenant"],
  ["PSX-07", "re-authenticate", "protected page of the portal", "The same user on another day, with a method and without a policy, has to verify and nothing more.", "Partner Center: mandating MFA for your partner tenant"],
  ["PSX-08", "re-authenticate", "federated domain that accepts MFA of its provider", "The assertion carries no claim, and Entra does MFA itself.", "Microsoft Graph: internalDomainFederation"],
  ["PSX-09", "re-authenticate", "federated domain that enforces MFA of its provider", "The assertion carries no claim, and Entra sends the user back with wauth for MFA.", "Microsoft Graph: internalDomainFederation", "Microsoft Support: article 4037806"],
  ["PSX-10", "re-authenticate", "federated domain that rejects MFA of its provider", "However good the claim is, Entra does MFA itself.", "Microsoft Graph: internalDomainFederation"],
  ["PSX-11", "non-compliant", "MFA by a custom control", "The user was challenged, and no token ever shows it; custom controls are being retired.", "Partner Center: security requirements status report", "Entra: custom controls"],
  ["PSX-12", "applies", "guests of the partner tenant", "They are in scope.", "Partner Center: mandating MFA for your partner tenant"],
  ["PSX-13", "non-compliant", "password grant", "It cannot do MFA: the token endpoint answers AADSTS50076 or AADSTS50079.", "Partner Center: authentication", "Entra: mandatory multifactor authentication"],
  ["PSX-14", "inconclusive", "access token of version 2.0", "Such a token is taken to carry no amr, so it shows nothing about MFA; the one for Partner Center is of version 1.0.", "Entra access token claims reference"],
  ["PSX-15", "non-compliant", "SAML 2.0 assertion for Entra", "MFA stands in an attribute alone, which Entra does not read.", "Entra: expected inbound assertions"],
  ["PSX-16", "non-compliant", "user with delegated permissions and third-party MFA", "By the guidance of 2023 managing customers is blocked, whatever the assertion says.", "Partner Center: mandating MFA for your partner tenant"],
  ["PSX-17", "re-authenticate", "external method under an authentication strength", "The method is satisfied, and the policy is not: strengths do not count external methods.", "Entra: external authentication method provider reference"],
  ["PSX-18", "non-compliant", "client with a legacy protocol", "It cannot do MFA, and is blocked.", "Partner Center: mandating MFA for your partner tenant", "Entra: error codes"],
  ["PSX-19", "non-compliant", "refresh token from before MFA", "The account that consented switched MFA on later; until it consents again the token is of no use (assumed).", "microsoft/Partner-Center-PowerShell#269"],
  ["PSX-20", "inconclusive", "call with ValidateMfa: true", "The answer has no isMfaCompliant, so it tells nothing.", "Partner Center: Secure Application Model"],
  ["PSX-21", "advisory", "CSP tenant", "It names no security contact, which authorisation demands since 2025-10-01; it is no verdict about MFA.", "Partner Center: security requirements of CSP"],
  ["PSX-22", "advisory", "CSP tenant other than a reseller", "A security alert is not answered within 24 hours, as authorisation demands since 2025-10-01; it is no verdict about MFA.", "Partner Center: security requirements of CSP"],
  ["PSX-23", "non-compliant", "administrator of a CSP tenant", "The administrator has no MFA, which authorisation demands since 2025-10-01.", "Partner Center: security requirements of CSP", "Tech Community: administrators in customer tenants must use MFA"],
  ["PSX-24", "not-applicable", "device code in a tenant on security defaults", "The flow is blocked whatever MFA was done, which is no failure of the identity provider.", "Entra: security defaults"],
  ["PSX-25", "not-applicable", "refresh token at a customer tenant", "The application is not authorised there: AADSTS90099, which is no failure of MFA.", "Entra: error codes"],
  ["PSX-26", "non-compliant", "partner security API of Microsoft Graph", "A call without an MFA claim is refused with 403 Unauthorized_MissingMFA; one report saw it without a user as well.", "microsoftgraph/msgraph-beta-sdk-dotnet#1083"],
]);
