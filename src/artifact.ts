/** A JSON object whose members are not known to be anything yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The kinds of signed thing that the library reads. */
export type ArtifactKind = "access-token" | "id-token" | "saml-response" | "ws-fed-response" | "eam-token";

/**
 * A reader with its own way to say MFA: a relying party, Partner Center's API, a SAML service provider, Entra as a
 * WS-Federation relying party, Entra as the client of an external authentication method.
 */
export type Channel = "oidc" | "partner-api" | "saml" | "wsfed" | "eam";

/** A signed JWT, decoded: what a rule of the channels `oidc`, `partner-api` and `eam` looks at. */
export interface Token {
  readonly header: JsonObject;
  readonly claims: JsonObject;
  /** What the hashes in an ID token have to be by the access token and the code that came beside it, where known. */
  readonly beside?: { readonly atHash: string | undefined; readonly cHash: string | undefined };
}

/** A SAML message that came by the Redirect binding, compressed in a URL, and the XML that was in it. */
export interface RedirectedMessage {
  readonly binding: "redirect";
  readonly xml: string;
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
  /** Format of the Issuer; absent: that of an entity identifier. */
  readonly issuerFormat?: string;
  readonly destination: string | undefined;
  readonly inResponseTo: string | undefined;
  readonly issueInstant: string | undefined;
  /** StatusCode values, outermost first. */
  readonly status: readonly string[];
}

/** The assertion; times are as written (`xs:dateTime`), values are whole text, never trimmed. */
export interface SamlAssertion {
  /** Whether it bears a signature of its own, which then holds wherever signatures were checked. */
  readonly signed: boolean;
  readonly id: string | undefined;
  readonly version: string | undefined;
  readonly issuer: string | undefined;
  /** Format of the Issuer; absent: that of an entity identifier. */
  readonly issuerFormat?: string;
  readonly issueInstant: string | undefined;
  readonly nameId: SamlNameId | undefined;
  readonly confirmations: readonly SamlConfirmation[];
  readonly conditions: SamlConditions | undefined;
  readonly authnStatements: readonly SamlAuthnStatement[];
  readonly attributes: readonly SamlAttribute[];
  /** Whether it came encrypted as a whole. */
  readonly encrypted: boolean;
  /** Names of the elements in it that are encrypted on their own: nothing in them is read. */
  readonly encryptedParts: readonly string[];
}

/** The NameID of the subject. */
export interface SamlNameId {
  readonly value: string;
  readonly format: string | undefined;
  /** The service provider, or the affiliation of several, in whose names it is meant. */
  readonly spNameQualifier: string | undefined;
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
  /** Whether the assertion may be used only once. */
  readonly oneTimeUse: boolean;
  /** Names of condition elements that may stand there once and stand there more often. */
  readonly repeated: readonly string[];
  /** Names of condition elements that SAML core does not define. */
  readonly unknown: readonly string[];
}

/** One AuthnStatement. */
export interface SamlAuthnStatement {
  readonly authnInstant: string | undefined;
  readonly sessionNotOnOrAfter: string | undefined;
  readonly classRefs: readonly string[];
  /** AuthnContextDeclRef: where a declaration of the context is, which no reader of classes looks at. */
  readonly declRefs?: readonly string[];
}

/** One Attribute that is a direct child of a direct AttributeStatement. */
export interface SamlAttribute {
  readonly name: string;
  readonly nameFormat: string | undefined;
  readonly values: readonly string[];
}

/** The SAML assertion of a WS-Federation response, decoded: what a rule of the channel `wsfed` looks at. */
export interface WsFedResponse {
  /** `1.1` or `2.0`, or whatever was written. */
  readonly version: string;
  readonly id: string | undefined;
  readonly issuer: string | undefined;
  /** Format of the Issuer of SAML 2.0; absent: that of an entity identifier. */
  readonly issuerFormat?: string;
  readonly issueInstant: string | undefined;
  /** Who the statements are about: in SAML 1.1 each statement says it for itself, in SAML 2.0 the assertion does. */
  readonly subjects: readonly WsFedSubject[];
  readonly conditions: SamlConditions | undefined;
  readonly authentications: readonly WsFedAuthentication[];
  readonly attributes: readonly WsFedAttribute[];
  /** Names of the elements in it that are encrypted on their own, which only SAML 2.0 knows: nothing in them is read. */
  readonly encryptedParts: readonly string[];
}

/** The subject of one statement of SAML 1.1, or of an assertion of SAML 2.0. */
export interface WsFedSubject {
  /** XPath of the Subject. */
  readonly at: string;
  /** The NameIdentifier or NameID; absent where nobody is named. */
  readonly name: WsFedName | undefined;
  /** How whoever brings the token may prove to be this subject: one that holds is enough. */
  readonly confirmations: readonly SamlConfirmation[];
}

/** A NameIdentifier: the same value with another Format or NameQualifier is the name of somebody else. */
export interface WsFedName {
  readonly value: string;
  readonly format: string | undefined;
  readonly qualifier: string | undefined;
  /** In whose names it is meant, which only SAML 2.0 says. */
  readonly spNameQualifier?: string | undefined;
}

/** One AuthenticationStatement of SAML 1.1 or AuthnStatement of SAML 2.0. */
export interface WsFedAuthentication {
  /** XPath of the statement. */
  readonly at: string;
  /** AuthenticationMethod, or each AuthnContextClassRef. */
  readonly methods: readonly string[];
  /** Each AuthnContextDeclRef of SAML 2.0. */
  readonly declRefs?: readonly string[];
  /** As written (`xs:dateTime`). */
  readonly instant: string | undefined;
  /** SessionNotOnOrAfter of SAML 2.0, as written; SAML 1.1 knows none. */
  readonly sessionEnd: string | undefined;
}

/** One Attribute that is a direct child of a direct AttributeStatement. */
export interface WsFedAttribute {
  /** XPath of the attribute. */
  readonly at: string;
  readonly name: string;
  /** AttributeNamespace of SAML 1.1; in SAML 2.0 there is none, and the whole claim type is the name. */
  readonly namespace: string | undefined;
  readonly values: readonly string[];
}
