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
    {
      id: "12",
      what: "acr requested voluntarily is returned or current one stated",
      leftOut:
        "an answer to a request for a class; a partner app that reads amr decides the same, whichever class is stated",
    },
    {
      id: "13",
      what: "essential acr unmet gives an error",
      leftOut:
        "an error instead of a token; what an IdP answers to an essential class is for a test of the IdP",
    },
    {
      id: "14",
      what: "several acr_values: preference order honoured",
      leftOut: "an answer to a request for classes; a partner app sees only the class that was chosen",
    },
    {
      id: "15",
      what: "unknown acr_values does not fail",
      leftOut: "that a sign-in does not fail shows at the IdP; a partner app sees the control",
    },
    { id: "16", what: "acr never contradicts amr" },
    { id: "17", what: "auth_time present with max_age and equal to the MFA moment" },
    {
      id: "18",
      what: "max_age=0 forces login",
      leftOut:
        "whether a person was asked again shows at the IdP; the token says it in auth_time, which others of this list change",
    },
    {
      id: "19",
      what: "prompt=login renews auth_time",
      leftOut:
        "whether a person was asked again shows at the IdP; the token says it in auth_time, which others of this list change",
    },
    {
      id: "20",
      what: "request editing cannot lower below the client minimum",
      leftOut:
        "a request that was edited on its way and an IdP that obeys; the token that comes of it is that of a password",
    },
    {
      id: "21",
      what: "discovery announces acr_values_supported and claims_supported truthfully",
      leftOut: "what discovery announces is compared with what the IdP does, and no partner app compares it",
    },
    { id: "22", what: "EAM rules (one acr, one-element amr, hint sub, x5c, kid, form_post)" },
    {
      id: "23",
      what: "SAML class reference honours RequestedAuthnContext and Comparison, NoAuthnContext otherwise",
    },
    { id: "24", what: "Microsoft values in SAML/WS-Fed (multipleauthn) and instant attribute" },
  ],
};
