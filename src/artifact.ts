/** A JSON object whose members are not known to be anything yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The kinds of signed thing that the library reads. */
export type ArtifactKind = "access-token" | "id-token" | "saml-response";

/** A reader with its own way to say MFA: a relying party, Partner Center's API, a SAML service provider. */
export type Channel = "oidc" | "partner-api" | "saml";

/** A signed JWT, decoded: what a rule of the channels `oidc` and `partner-api` looks at. */
export interface Token {
  readonly header: JsonObject;
  readonly claims: JsonObject;
}

/** A SAML 2.0 response, decoded: what a rule of the channel `saml` looks at. */
export interface SamlResponse {
  /** The Response element; signed only if `signed` says so, then it is as trustworthy as the assertion. */
  readonly envelope: SamlEnvelope;
  /** The one assertion, read from verified bytes when keys were given; absent in an error response. */
  readonly assertion: SamlAssertion | undefined;
}

/** Attributes and status of the Response element; times are as written (`xs:dateTime`). */
export interface SamlEnvelope {
  readonly signed: boolean;
  readonly id: string | undefined;
  readonly version: string | undefined;
  readonly issuer: string | undefined;
  readonly destination: string | undefined;
  readonly inResponseTo: string | undefined;
  readonly issueInstant: string | undefined;
  /** StatusCode values, outermost first. */
  readonly status: readonly string[];
}

/** The assertion; times are as written (`xs:dateTime`), values are whole text, never trimmed. */
export interface SamlAssertion {
  readonly id: string | undefined;
  readonly version: string | undefined;
  readonly issuer: string | undefined;
  readonly issueInstant: string | undefined;
  readonly nameId: { readonly value: string; readonly format: string | undefined } | undefined;
  readonly confirmations: readonly SamlConfirmation[];
  readonly conditions: SamlConditions | undefined;
  readonly authnStatements: readonly SamlAuthnStatement[];
  readonly attributes: readonly SamlAttribute[];
}

/** One SubjectConfirmation with its data. */
export interface SamlConfirmation {
  readonly method: string | undefined;
  readonly recipient: string | undefined;
  readonly inResponseTo: string | undefined;
  readonly notBefore: string | undefined;
  readonly notOnOrAfter: string | undefined;
}

/** The Conditions element; each inner array of `audienceRestrictions` is one restriction, all of which must hold. */
export interface SamlConditions {
  readonly notBefore: string | undefined;
  readonly notOnOrAfter: string | undefined;
  readonly audienceRestrictions: readonly (readonly string[])[];
  /** Names of condition elements that SAML core does not define. */
  readonly unknown: readonly string[];
}

/** One AuthnStatement. */
export interface SamlAuthnStatement {
  readonly authnInstant: string | undefined;
  readonly sessionNotOnOrAfter: string | undefined;
  readonly classRefs: readonly string[];
}

/** One Attribute that is a direct child of a direct AttributeStatement. */
export interface SamlAttribute {
  readonly name: string;
  readonly nameFormat: string | undefined;
  readonly values: readonly string[];
}
