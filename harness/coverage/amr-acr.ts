import type { CoverageList } from "./coverage-list.ts";

/** What an IdP may get wrong about methods and classes; no public suite looks at it. */
export const amrAcrChecks: CoverageList = {
  name: "amr-acr",
  title: "AMR and ACR checks",
  source: "RFC 8176, OIDC Core, SAML core 3.3.2.2.1, Microsoft; no public suite has them",
  cases: [
    { id: "1", what: "amr present after MFA" },
    { id: "2", what: "JSON array of strings" },
    { id: "3", what: "no duplicates" },
    { id: "4", what: "registered values or declared vendor list" },
    { id: "5", what: "case" },
    { id: "6", what: '"mfa" present when two factors ran (Microsoft)' },
    { id: "7", what: 'factor values consistent with "mfa"' },
    { id: "8", what: "absent or single-factor when MFA did not run" },
    { id: "9", what: "same in id_token, access token (when JWT), UserInfo, introspection" },
    { id: "10", what: "kept on refresh" },
    { id: "11", what: "kept or lowered on silent SSO, never raised" },
    { id: "12", what: "acr requested voluntarily is returned or current one stated" },
    { id: "13", what: "essential acr unmet gives an error" },
    { id: "14", what: "several acr_values: preference order honoured" },
    { id: "15", what: "unknown acr_values does not fail" },
    { id: "16", what: "acr never contradicts amr" },
    { id: "17", what: "auth_time present with max_age and equal to the MFA moment" },
    { id: "18", what: "max_age=0 forces login" },
    { id: "19", what: "prompt=login renews auth_time" },
    { id: "20", what: "request editing cannot lower below the client minimum" },
    { id: "21", what: "discovery announces acr_values_supported and claims_supported truthfully" },
    { id: "22", what: "EAM rules (one acr, one-element amr, hint sub, x5c, kid, form_post)" },
    {
      id: "23",
      what: "SAML class reference honours RequestedAuthnContext and Comparison, NoAuthnContext otherwise",
    },
    { id: "24", what: "Microsoft values in SAML/WS-Fed (multipleauthn) and instant attribute" },
  ],
};
