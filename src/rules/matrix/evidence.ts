import { assertions, noAssertion, noToken, type MatrixRow } from "./matrix-row.ts";

const EAM_ONE_METHOD = "An answer names exactly one method: eam.amr.count says it.";
const PROVIDER = "Both channels of an issuer that federates have it; here a provider answers for Entra.";

/** What must hold of what a message says about MFA. */
export const evidenceRows: readonly MatrixRow[] = [
  {
    what: "It says that somebody signed in",
    cells: {
      ...noToken("An ID token and an access token of a user say so by being there; amr says how."),
      saml: ["authn-statement.absent"],
      wsfed:
        "Entra reads the claim authenticationmethod as well, so that a token without the statement can do.",
    },
  },
  {
    what: "It says how the user signed in, in a form that readers agree on",
    cells: {
      oidc: ["amr.absent", "amr.malformed"],
      "partner-api": ["amr.absent", "amr.malformed"],
      ...noAssertion("The class or method is text: what it does not say is missing MFA."),
      eam: ["amr.absent", "amr.malformed", "acr.absent", "acr.malformed"],
    },
  },
  {
    what: "It says MFA where and as its reader reads it",
    cells: {
      oidc: ["amr.mfa-absent"],
      "partner-api": ["amr.mfa-absent"],
      saml: ["mfa.absent"],
      wsfed: ["mfa.absent", "mfa.contested"],
      eam: ["amr.count", "amr.unsupported"],
    },
  },
  {
    what: "It answers what was asked for",
    cells: {
      oidc: "Which acr was asked for, no policy says: amr counts.",
      "partner-api": "Nobody asks a token of Partner Center for a class.",
      ...noAssertion("Which class was asked for, no policy says: the class that came counts."),
      eam: ["acr.unrequested", "amr.unrequested", "amr.kind-mismatch"],
    },
  },
  {
    what: "Nothing in it only looks like MFA",
    cells: {
      oidc: ["amr.lookalike"],
      "partner-api": ["amr.lookalike"],
      ...assertions("mfa.lookalike"),
      eam: "A value that is not exactly one of the list breaks eam.amr.unsupported.",
    },
  },
  {
    what: "MFA that was done is stated where it is seen",
    cells: {
      oidc: ["amr.two-factors-without-mfa", "acr.mfa-unseen"],
      "partner-api": ["amr.two-factors-without-mfa"],
      ...assertions("mfa.misplaced", "amr.two-factors-without-mfa"),
      eam: EAM_ONE_METHOD,
    },
  },
  {
    what: "MFA is stated in the words of its reader",
    cells: {
      oidc: ["amr.vendor-value", "acr.level-unread"],
      "partner-api": ["amr.vendor-value"],
      ...assertions("mfa.other-vocabulary", "mfa.level-unread", "amr.vendor-value"),
      eam: "A word that is not one of the list breaks eam.amr.unsupported.",
    },
  },
  {
    what: "What is stated is no constant",
    cells: {
      oidc: ["amr.one-kind-of-factor", "acr.contradicts-amr"],
      "partner-api": ["amr.one-kind-of-factor", "acr.contradicts-amr"],
      ...assertions("mfa.contradicted"),
      eam: "One method of a kind that the request allows is all that is asked for: eam.amr.kind-mismatch.",
    },
  },
  {
    what: "Its parts agree about MFA",
    cells: {
      oidc: ["amr.duplicate"],
      "partner-api": ["amr.duplicate"],
      ...assertions("authn-statement.contradictory"),
      eam: EAM_ONE_METHOD,
    },
  },
  {
    what: "MFA of a third party counts under the guidance in force",
    cells: {
      oidc: "The guidance is about tokens for Partner Center and what Entra reads from an issuer.",
      "partner-api": ["guidance.exception-needed", "guidance.method-unnamed"],
      ...assertions("guidance.exception-needed"),
      eam: PROVIDER,
    },
  },
  {
    what: "Where no user is, none is asked for",
    cells: {
      oidc: "An ID token is always about a user.",
      "partner-api": ["token.app-only", "token.vendor-app-only"],
      ...noAssertion("An assertion is always about a user."),
      eam: "An external method is always about a user.",
    },
  },
];
