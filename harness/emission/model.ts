import type { RawText } from "./json-text.ts";

/** A mutable JSON object: the plain model of an artifact, before it is signed. */
export type Json = Record<string, unknown>;

/** A JWT before signing. */
export interface TokenModel {
  header: Json;
  claims: Json;
}

/** Text that is escaped when it is written, or raw text that goes out as it stands. */
export type XmlText = string | RawText;

/** Seconds since the epoch; a text is written as it is. */
export type XmlTime = number | XmlText;

/**
 * A SAML 2.0 response before it becomes XML; a member that is missing leaves its element or attribute out, one that is
 * empty writes it empty. `content` is XML that follows what the other members write inside the same element.
 */
export interface SamlResponseModel {
  id?: XmlText;
  version?: XmlText;
  destination?: XmlText;
  inResponseTo?: XmlText;
  issueInstant?: XmlTime;
  issuer?: XmlText;
  issuerFormat?: XmlText;
  /** XML before the Status. */
  extensions?: string;
  /** StatusCode values, outermost first; null: a StatusCode without a Value. */
  status?: (XmlText | null)[];
  statusMessage?: XmlText;
  assertion?: SamlAssertionModel;
  content?: string;
  /** Digits after the second in every time; absent: only those that are needed. */
  fractionDigits?: number;
  signature?: SamlSignatureModel;
}

/** How a response is signed; a member that is missing takes what SAML asks for: rsa-sha256, exclusive c14n … */
export interface SamlSignatureModel {
  /** Which elements are signed. */
  of?: ("assertion" | "response")[];
  /** Identifier of the signature algorithm, as it is written; `hmac-…` is keyed with the published public key. */
  algorithm?: string;
  digest?: string;
  transforms?: string[];
  keyInfo?: "published" | "signing" | "several" | "key-value" | "key-name" | "retrieval" | "none";
  /** Changes to the text of SignedInfo, made before it is signed. */
  edits?: { find: string; replace: string }[];
}

/** What an Assertion says. */
export interface SamlAssertionModel {
  id?: XmlText;
  version?: XmlText;
  issueInstant?: XmlTime;
  issuer?: XmlText;
  issuerFormat?: XmlText;
  subject?: {
    nameId?: XmlText;
    format?: XmlText;
    nameQualifier?: XmlText;
    spNameQualifier?: XmlText;
    /** Method of the SubjectConfirmation, whose data follow. */
    method?: XmlText;
    recipient?: XmlText;
    inResponseTo?: XmlText;
    notBefore?: XmlTime;
    notOnOrAfter?: XmlTime;
    address?: XmlText;
    content?: string;
  };
  conditions?: { notBefore?: XmlTime; notOnOrAfter?: XmlTime; audiences?: XmlText[]; content?: string };
  authnStatement?: SamlAuthnStatementModel;
  /** Statements beside the first. */
  furtherAuthnStatements?: SamlAuthnStatementModel[];
  attributes?: {
    name?: XmlText;
    nameFormat?: XmlText;
    friendlyName?: XmlText;
    values?: XmlText[];
    content?: string;
  }[];
  content?: string;
}

/** How and when somebody signed in, as one AuthnStatement tells it. */
export interface SamlAuthnStatementModel {
  authnInstant?: XmlTime;
  sessionIndex?: XmlText;
  sessionNotOnOrAfter?: XmlTime;
  classRef?: XmlText;
  content?: string;
}

/** The answer to a LogoutRequest before it becomes XML; a member that is missing leaves its element or attribute out. */
export interface SamlLogoutResponseModel {
  id?: XmlText;
  version?: XmlText;
  destination?: XmlText;
  inResponseTo?: XmlText;
  issueInstant?: XmlTime;
  issuer?: XmlText;
  /** StatusCode values, outermost first. */
  status?: XmlText[];
  statusMessage?: XmlText;
}

/** The metadata of the SAML 2.0 IdP before it becomes XML; a member that is missing leaves its element or attribute out. */
export interface SamlMetadataModel {
  entityId?: XmlText;
  validUntil?: XmlTime;
  wantAuthnRequestsSigned?: XmlText;
  /** Base64 of the DER form of the certificates for signing. */
  certificates?: XmlText[];
  nameIdFormats?: XmlText[];
  singleSignOn?: { binding?: XmlText; location?: XmlText }[];
  singleLogout?: { binding?: XmlText; location?: XmlText }[];
}

/** The answer to a WS-Federation sign-in before it becomes XML; a member that is missing leaves its element out. */
export interface WsFedResponseModel {
  /** The realm that the token is for. */
  appliesTo?: string;
  /** Seconds since the epoch, as is every time below; a string is written as it is. */
  created?: number | string;
  expires?: number | string;
  /** Absent: the type of the assertion's version. */
  tokenType?: string;
  requestType?: string;
  keyType?: string;
  assertion?: WsFedAssertionModel;
  /** XML behind the assertion, where the token stands. */
  content?: string;
  signature?: SamlSignatureModel;
}

/** One assertion for either version of SAML; what each member becomes depends on the version. */
export interface WsFedAssertionModel {
  /** What begins with `1.` is written in the words of SAML 1.1, anything else in those of SAML 2.0. */
  version: string;
  id?: string;
  issueInstant?: number | string;
  issuer?: string;
  /**
   * `method` confirms the subject; absent: bearer, in the words of the version. `recipient` and `spNameQualifier` are of
   * SAML 2.0.
   */
  subject?: {
    nameId?: string;
    format?: string;
    method?: string;
    recipient?: string;
    spNameQualifier?: string;
  };
  /** `content` is XML behind the audiences. */
  conditions?: {
    notBefore?: number | string;
    notOnOrAfter?: number | string;
    audiences?: string[];
    content?: string;
  };
  /**
   * `AuthenticationStatement/@AuthenticationMethod` in SAML 1.1, `AuthnContextClassRef` in SAML 2.0; `nameId` is another
   * subject for the statement of SAML 1.1.
   */
  authentication?: {
    method?: string;
    instant?: number | string;
    nameId?: string;
    /** Only SAML 2.0 writes it. */
    sessionNotOnOrAfter?: number | string;
  };
  /** A number among the values is a time. */
  attributes?: { name: string; namespace?: string; values: (string | number)[] }[];
  /** XML behind the statements. */
  content?: string;
}

/** What an external authentication method answers: the ID token, and the state beside it. */
export interface EamResponseModel {
  idToken?: TokenModel;
  state?: string;
  /** Error code, beside the token or in its place. */
  error?: string;
  /** How the answer travels: `form_post`, or by redirect as `query` or `fragment`. */
  responseMode?: string;
}

/** An answer of an endpoint that is no success; the body is JSON, or text that goes out as it stands. */
export interface HttpErrorModel {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** Everything one sign-in may emit: the root that the JSON Pointers of a patch start from. */
export interface EmissionModel {
  idToken?: TokenModel;
  /** The ID token that comes with a refresh. */
  refreshedIdToken?: TokenModel;
  userInfo?: Json;
  tokenResponse?: Json;
  /**
   * Parameters of the authorization response: `code`, `state`, `iss`, `id_token` …; of one that is signed as a whole
   * (JARM) it is `response`, a token whose `signature`, if set, is written instead of the right one.
   */
  authorizationResponse?: Json;
  /** OIDC Back-Channel Logout §2.4; a `signature`, if set, is written instead of the right one. */
  logoutToken?: TokenModel;
  /** What the token endpoint answers in the place of the token response, where a patch writes any of it … */
  tokenError?: HttpErrorModel;
  /** … and in the place of the answer to a refresh. */
  refreshError?: HttpErrorModel;
  userInfoError?: HttpErrorModel;
  /** RFC 8628 §3.2: asked before anybody signs in, so it is that of the emission in use. */
  deviceAuthorizationError?: HttpErrorModel;
  /** RFC 9126 §2.3: the same. */
  pushedAuthorizationError?: HttpErrorModel;
  discovery?: Json;
  jwks?: Json;
  accessToken?: TokenModel;
  samlResponse?: SamlResponseModel;
  samlLogoutResponse?: SamlLogoutResponseModel;
  samlMetadata?: SamlMetadataModel;
  wsFedResponse?: WsFedResponseModel;
  eamResponse?: EamResponseModel;
  eamDiscovery?: Json;
  eamJwks?: Json;
}

/** One of the things that an emission may change: the first name in the path of a patch. */
export type EmissionMember = keyof EmissionModel;
