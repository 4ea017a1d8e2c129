import type { CoverageList } from "./coverage-list.ts";

/** Real failures of MFA federation, by product. */
export const fieldFailures: CoverageList = {
  name: "failures",
  title: "Failures seen in the field",
  source: "reports of vendors and partners, by product",
  cases: [
    {
      id: "F-01",
      what: "Keycloak (SAML IdP for Entra): AuthnContextClassRef left as *unspecified*, not configurable per client",
    },
    { id: "F-02", what: "authentik (SAML): standard MFA context class instead of Microsoft's URI" },
    {
      id: "F-03",
      what: "Keycloak (SAML ECP/PAOS): Office 365 metadata offers PAOS; legacy IMAP/POP sign-in bypasses the browser MFA flow",
      leftOut:
        "a way past the browser (ECP, PAOS) that this IdP does not have; what it issues there is a password-only answer, as in F-05",
    },
    { id: "F-04", what: "Okta (WS-Fed): app sign-on policy weaker than Entra's" },
    { id: "F-05", what: "Okta: MFA skipped inside a network zone" },
    { id: "F-06", what: "Okta: MFA done, but user opens Office 365 later: claim not passed" },
    { id: "F-07", what: "Okta: user/group excluded from MFA, success claim sent anyway" },
    {
      id: "F-08",
      what: "Okta Classic → OIE: org-level MFA no longer yields the claim; every app rule that allows access must require MFA",
    },
    { id: "F-09", what: "Okta: wfresh=0 + wauth ignored by older behaviour" },
    {
      id: "F-10",
      what: "Okta EAM: user not enrolled in any method the policy accepts; no inline enrolment; System Log reason eam_amr_unsatisfiable",
    },
    {
      id: "F-11",
      what: "Okta (AMR vocabulary): vendor values in amr: okta_verify, google_otp, duo, symantec, rsa, yubikey, oauth_otp, email, phr, fed",
    },
    { id: "F-12", what: 'IdentityServer3: amr serialised as the single string "password"' },
    { id: "F-13", what: "IdentityServer3: external login still reported amr = password" },
    { id: "F-14", what: "Ory Fosite/Hydra: amr typed as string; Hydra dropped it when set" },
    { id: "F-15", what: "Entra-AAF bridge (EAM): amr plain string" },
    { id: "F-16", what: "Entra-AAF bridge: acr not included in EAM id_token" },
    { id: "F-17", what: "Entra-AAF bridge: Entra's own mfa/pwd forwarded back in EAM amr" },
    { id: "F-18", what: "Entra-AAF bridge: result returned by HTTP redirect instead of form POST" },
    {
      id: "F-19",
      what: "Entra-AAF bridge: discovery advertised the upstream authorization endpoint; JWKS lacked x5c before v1.0",
    },
    { id: "F-20", what: "EAM providers: kid not base64-encoded alike in header and JWKS" },
    {
      id: "F-21",
      what: "EAM providers: issuer with explicit :443, port mismatch, or query string in discovery URL",
    },
    {
      id: "F-22",
      what: "OpenIddict 5.1: stricter claim typing rejected the JSON_ARRAY typed amr an EAM server used; later normalised automatically",
    },
    {
      id: "F-23",
      what: "authentik (OAuth2): amr missing in code flow because the token request has no login session",
    },
    { id: "F-24", what: "Keycloak magic-link extension: authenticator sets neither LoA nor AMR" },
    { id: "F-25", what: "Keycloak: AMR mapper with client-credentials" },
    { id: "F-26", what: 'Keycloak: mapper and per-execution "authenticator reference" not configured' },
    {
      id: "F-27",
      what: "RedFox OAuth server: amr computed but filtered because absent from claims_supported",
    },
    { id: "F-28", what: "Auth0 Next.js SDK v4 / express-openid-connect: session accessor drops amr" },
    {
      id: "F-29",
      what: "auth0-spa-js, keycloak-js, kotlin-multiplatform-oidc: RP types amr as string although it is an array",
    },
    {
      id: "F-30",
      what: 'Signicat broker with openidconnect-rs: id_token carries "amr":"simulator", a string (decoded from the report)',
    },
    {
      id: "F-31",
      what: "Microsoft IdentityModel (.NET): early versions modelled amr as string; later TryGetClaim returns first element only",
    },
    { id: "F-32", what: "Bitwarden server: RP only accepted amr = Application; SSO tokens carry external" },
    { id: "F-33", what: 'authup: external login amr:["ext"] with acr saying password' },
    {
      id: "F-34",
      what: 'PingOne (Microsoft 365 app): documented mapping is a constant expression "http://schemas.microsoft.com/claims/multipleauthn"; NameFormat must be changed by hand',
    },
    {
      id: "F-35",
      what: "Deepnet DualShield: SAML attribute authnmethodsreferences with fixed value multipleauthn",
    },
    {
      id: "F-36",
      what: "NetIQ Access Manager: SupportsMfa/behaviour set but no claim, or claim without the setting",
    },
    { id: "F-37", what: "AD FS: pass-through issuance rule missing; only the trigger rule exists" },
    {
      id: "F-38",
      what: "AD FS custom adapter: returns a method not listed in its AuthenticationMethods, or none",
      leftOut: "AD FS itself stops the authentication, so that no answer crosses",
    },
    {
      id: "F-39",
      what: "AD FS rule copied from documentation: https://schemas.microsoft.com/claims/multipleauthn (https) in claim type and value",
    },
    {
      id: "F-40",
      what: "AD FS + TranslateToFreshPasswordAuth + SupportsMfa: wauth multipleauthn with wfresh=0",
      leftOut: "the person is asked twice and the evidence is right; a test of the IdP sends both parameters",
    },
    {
      id: "F-41",
      what: "AD FS 2016 adapters (REFEDS): http://schemas.microsoft.com/claims/authnmethodsreferences = https://refeds.org/profile/mfa",
    },
    {
      id: "F-42",
      what: "SAFIRE hub / AD FS: multipleauthn alone is not accepted as REFEDS MFA; another method value must accompany it",
    },
    {
      id: "F-43",
      what: "SimpleSAMLphp proxy: AuthnContextClassRef requested by the SP not passed to the upstream IdP without a patch/option",
    },
    {
      id: "F-44",
      what: "php-saml based SPs (wp-saml-auth, yourls-saml, pfSense): SP demands PasswordProtectedTransport exactly; option placed in wrong config block",
    },
    { id: "F-45", what: "Duo via Conditional Access custom control: MFA done outside" },
    {
      id: "F-46",
      what: "Duo EAM: Entra posted without externalAuthenticationMethodId after a built-in method was offered first",
      leftOut: "a mistake of Entra in its own request; the provider sees nothing of it",
    },
    {
      id: "F-47",
      what: "Duo custom control → EAM migration: user in both policies or policy propagation lag",
      leftOut: "a policy of the tenant that sends the person to two places; neither answer is wrong",
    },
    {
      id: "F-48",
      what: "MSP refresh token: consent without MFA, or MFA policy changed later",
      leftOut:
        "the refusal is that of Entra at its token endpoint, and no token comes of it; a token without mfa is F-50",
    },
    {
      id: "F-49",
      what: "MSP refresh token: MFA in token aged out",
      leftOut:
        "the refusal is that of Entra at its token endpoint, and no token comes of it; a sign-in that is too old is F-57",
    },
    { id: "F-50", what: "Partner script: interactive sign-in without MFA, then API" },
    { id: "F-51", what: "OBO middle tier: first hop never triggered MFA, so token lacks mfa" },
    {
      id: "F-52",
      what: "passport-azure-ad-oauth2 RP: error shown instead of step-up unless claims asks urn:microsoft:policies:mfa",
      leftOut: "the partner app asks for the wrong thing; whatever an IdP answers is covered elsewhere",
    },
    { id: "F-53", what: "RP on v2.0 tokens: looks for amr in a v2.0 token" },
    {
      id: "F-54",
      what: "Vendor copying Partner Center wording: attribute named authenticationmethodsreferences",
    },
    {
      id: "F-55",
      what: "SAML IdP copying documentation: https://www.w3.org/… algorithm URIs, or SHA-1 only",
    },
    {
      id: "F-56",
      what: "any SAML 2.0 IdP: several methods, one comma-joined or several AuthnContextClassRef",
    },
    { id: "F-57", what: "any IdP: stale authenticationinstant/AuthnInstant (SSO session reused)" },
    {
      id: "F-58",
      what: "SAML IdP: wrong NameID format, NameID ≠ ImmutableID, missing IDPEmail, issuer not per domain",
    },
    {
      id: "F-59",
      what: "HTTP client: matches on 401 reason text only",
      leftOut: "a fault of whoever calls the API: it shows in the answer of the API, not in a token",
    },
  ],
};
