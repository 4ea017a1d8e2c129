import { assertions, noAssertion, noToken, type MatrixRow, tokens } from "./matrix-row.ts";

/** What must hold for a message to be one for this reader, from whom it says, about one person. */
export const messageRows: readonly MatrixRow[] = [
  {
    what: "It is of the kind and version that its reader reads",
    cells: {
      oidc: ["type.wrong"],
      "partner-api": ["type.wrong", "version.unsupported", "version.absent"],
      ...assertions("version.wrong"),
      eam: ["type.wrong"],
    },
  },
  {
    what: "It says that the sign-in succeeded",
    cells: {
      oidc: "An error is answered without an ID token, OIDC Core §3.1.2.6.",
      "partner-api": "A token endpoint that refuses issues no token.",
      saml: ["status.failed", "assertion.absent"],
      wsfed: "The answer has no status; one without a token breaks wsfed.message.structure.",
      eam: "A provider that refuses sends error in place of the token; there is nothing to judge.",
    },
  },
  {
    what: "What must be there is there, in its right form",
    cells: {
      ...tokens("claim.missing", "claim.malformed"),
      saml: ["id.absent"],
      wsfed: "A signature refers to the id of the token, so one without it breaks wsfed.signature.missing.",
    },
  },
  {
    what: "A trusted issuer made it",
    cells: { ...tokens("issuer.mismatch"), ...assertions("issuer.mismatch") },
  },
  {
    what: "Issuer and tenant belong together",
    cells: {
      oidc: "Only Entra's tokens name a tenant, and any OpenID provider may be the issuer here.",
      "partner-api": ["tenant.mismatch"],
      ...noAssertion("No assertion names a tenant of its issuer."),
      eam: "The provider is no tenant: tid is the user's, in the hint that Entra sent.",
    },
  },
  {
    what: "It names an audience",
    cells: {
      ...noToken("aud is a required claim: claim.missing says it."),
      ...assertions("audience.absent"),
    },
  },
  {
    what: "It is for this reader",
    cells: { ...tokens("audience.mismatch"), ...assertions("audience.mismatch") },
  },
  {
    what: "It is for nobody else",
    cells: {
      oidc: ["audience.untrusted"],
      "partner-api": "An access token may be for several resources, RFC 9068 §2.2.",
      ...noAssertion("One of the audiences of a restriction is enough, SAML core §2.5.1.4."),
      eam: ["audience.untrusted"],
    },
  },
  {
    what: "It was issued to this reader",
    cells: {
      oidc: ["azp.mismatch"],
      "partner-api": "azp and appid name the application that calls, which is never the API itself.",
      ...noAssertion("Who asked is who it is for: the audience says both."),
      eam: ["azp.mismatch"],
    },
  },
  {
    what: "It was sent to this address",
    cells: {
      ...noToken("A token names no address; where a code or form may go is registered with the issuer."),
      saml: ["recipient.mismatch", "destination.mismatch"],
      wsfed: ["recipient.mismatch"],
    },
  },
  {
    what: "It answers the request that was made",
    cells: {
      oidc: ["nonce.absent", "nonce.mismatch"],
      "partner-api": "An access token answers no sign-in request; whoever presents it got it before.",
      saml: ["in-response-to.mismatch"],
      wsfed:
        "The answer names no request: wctx travels beside it, and WS-Federation 1.2 §13.2 leaves it to its sender.",
      eam: ["nonce.absent", "nonce.mismatch", "state.mismatch"],
    },
  },
  {
    what: "Whoever brings it may use it",
    cells: {
      ...noToken(
        "These tokens are bearer tokens; one bound to a key names it in cnf, which neither reader asks for.",
      ),
      saml: ["confirmation.absent"],
      wsfed: ["confirmation.not-bearer"],
    },
  },
  {
    what: "It was not used before",
    cells: { ...tokens("token.replayed"), saml: ["assertion.replayed"], wsfed: ["token.replayed"] },
  },
  {
    what: "Where it may be used once, that is kept count of",
    cells: { ...noToken("A token has no such condition."), ...assertions("one-time-use.untracked") },
  },
  {
    what: "Its conditions are understood",
    cells: {
      ...noToken("A token has no conditions."),
      ...assertions("condition.unknown", "condition.repeated"),
    },
  },
  {
    what: "It names somebody",
    cells: {
      ...noToken("sub is a required claim: claim.missing and claim.malformed say it."),
      saml: ["name-id.absent"],
      wsfed: ["subject.absent"],
    },
  },
  {
    what: "All of it is about the same person",
    cells: {
      ...noToken("There is one set of claims, and sub stands there once."),
      saml: "An assertion has one Subject for all its statements; two break saml.message.structure.",
      wsfed: ["subject.ambiguous"],
    },
  },
  {
    what: "It is about the person that was asked about",
    cells: {
      oidc: "A sign-in request names nobody; who continues a session is for the relying party to compare.",
      "partner-api": "A call is made by whoever holds the token.",
      ...noAssertion("A sign-in request names nobody."),
      eam: ["subject.mismatch"],
    },
  },
  {
    what: "Its reader can find the user by the name",
    cells: {
      ...noToken("sub is whatever the issuer calls the user; an external method copies it."),
      saml: ["name-id.format-wrong", "name-id.unusable", "idp-email.unusable"],
      wsfed:
        "Entra documents format, length and IDPEmail for SAML 2.0 only; that the name itself is there says wsfed.subject.absent.",
    },
  },
  {
    what: "What was issued beside it is in its hashes",
    cells: {
      oidc: ["at-hash.absent", "at-hash.mismatch", "c-hash.absent", "c-hash.mismatch"],
      "partner-api": "An access token is what the hashes of an ID token are of; it has none itself.",
      ...noAssertion("Nothing is issued beside an assertion."),
      eam: "An external method issues neither an access token nor a code.",
    },
  },
  {
    what: "All of it answers the same request",
    cells: {
      ...noToken("There is one nonce, and it stands there once."),
      saml: ["in-response-to.contradictory"],
      wsfed: "Only a confirmation of SAML 2.0 may name a request, and nothing around the token does.",
    },
  },
  {
    what: "The name of the user is meant for this reader",
    cells: {
      ...noToken("sub is a name of the issuer, for whoever is the audience."),
      saml: ["name-id.of-another"],
      wsfed: ["name-id.of-another"],
    },
  },
  {
    what: "The name of the user is one that every reader keeps",
    cells: {
      oidc: ["subject.too-long", "subject.not-ascii"],
      "partner-api": "RFC 9068 §2.2 sets no length for sub, and this channel does not look users up by it.",
      ...noAssertion("A persistent NameID of up to 256 characters is text of any kind, SAML core §8.3.7."),
      eam: ["subject.too-long", "subject.not-ascii"],
    },
  },
];
