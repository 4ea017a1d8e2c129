import { assertions, noAssertion, type MatrixRow, tokens } from "./matrix-row.ts";

/** What must hold of the times in a message. */
export const timeRows: readonly MatrixRow[] = [
  { what: "Its times can be read", cells: { ...tokens("time.malformed"), ...assertions("time.malformed") } },
  {
    what: "It has not ended, nor has the session that it began",
    cells: { ...tokens("time.expired"), ...assertions("time.expired") },
  },
  {
    what: "It is valid already",
    cells: { ...tokens("time.not-yet-valid"), ...assertions("time.not-yet-valid") },
  },
  {
    what: "There is a time at which it is valid",
    cells: { ...tokens("time.never-valid"), ...assertions("time.never-valid") },
  },
  {
    what: "It was not issued in the future",
    cells: { ...tokens("time.issued-in-future"), ...assertions("time.issued-in-future") },
  },
  {
    what: "The sign-in does not lie in the future",
    cells: { ...tokens("auth-time.future"), ...assertions("authn-instant.future") },
  },
  {
    what: "The sign-in is of a time at which there was one",
    cells: {
      ...tokens("auth-time.implausible"),
      ...noAssertion("A time is written out as a date, so that one that was never set is malformed, not 0."),
    },
  },
  {
    what: "It says when the user signed in, where an age is asked for",
    cells: {
      oidc: ["auth-time.absent"],
      "partner-api": ["auth-time.absent"],
      saml: ["authn-statement.absent", "time.malformed"],
      wsfed: ["authn-instant.stale", "time.malformed"],
      eam: "The sign-in that it completes is Entra's own: how old that is, is not for the provider to say.",
    },
  },
  {
    what: "The sign-in that did the MFA is recent enough",
    cells: {
      oidc: ["auth-time.stale"],
      "partner-api": ["auth-time.stale"],
      ...assertions("authn-instant.stale"),
      eam: "The request is minutes old, and nonce ties the answer to it.",
    },
  },
];
