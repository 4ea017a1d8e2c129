/** A mutable JSON object: the plain model of an artifact, before it is signed. */
export type Json = Record<string, unknown>;

/** A JWT before signing. */
export interface TokenModel {
  header: Json;
  claims: Json;
}

/** A SAML 2.0 response before it becomes XML; a member that is missing leaves its element or attribute out. */
export interface SamlResponseModel {
  id?: string;
  destination?: string;
  inResponseTo?: string;
  /** Seconds since the epoch, as is every time below; a string is written as it is. */
  issueInstant?: number | string;
  issuer?: string;
  /** StatusCode values, outermost first. */
  status?: string[];
  assertion?: SamlAssertionModel;
}

export interface SamlAssertionModel {
  id?: string;
  issueInstant?: number | string;
  issuer?: string;
  subject?: {
    nameId?: string;
    format?: string;
    recipient?: string;
    inResponseTo?: string;
    notOnOrAfter?: number | string;
  };
  conditions?: { notBefore?: number | string; notOnOrAfter?: number | string; audiences?: string[] };
  authnStatement?: { authnInstant?: number | string; sessionIndex?: string; classRef?: string };
  attributes?: { name: string; nameFormat?: string; values: string[] }[];
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
}

/** One assertion for either version of SAML; what each member becomes depends on the version. */
export interface WsFedAssertionModel {
  version: "1.1" | "2.0";
  id?: string;
  issueInstant?: number | string;
  issuer?: string;
  subject?: { nameId?: string; format?: string };
  conditions?: { notBefore?: number | string; notOnOrAfter?: number | string; audiences?: string[] };
  /** `AuthenticationStatement/@AuthenticationMethod` in SAML 1.1, `AuthnContextClassRef` in SAML 2.0. */
  authentication?: { method?: string; instant?: number | string };
  /** A number among the values is a time. */
  attributes?: { name: string; namespace?: string; values: (string | number)[] }[];
}

/** What an external authentication method posts back: the ID token, and the state beside it. */
export interface EamResponseModel {
  idToken?: TokenModel;
  state?: string;
}

/** Everything one sign-in may emit: the root that the JSON Pointers of a patch start from. */
export interface EmissionModel {
  idToken?: TokenModel;
  /** The ID token that comes with a refresh. */
  refreshedIdToken?: TokenModel;
  userInfo?: Json;
  tokenResponse?: Json;
  /** Parameters of the authorization response: `code`, `state`, `iss`, `id_token` … */
  authorizationResponse?: Json;
  /** OIDC Back-Channel Logout §2.4. */
  logoutToken?: TokenModel;
  discovery?: Json;
  jwks?: Json;
  accessToken?: TokenModel;
  samlResponse?: SamlResponseModel;
  samlLogoutResponse?: Json;
  samlMetadata?: Json;
  wsFedResponse?: WsFedResponseModel;
  wsFedMetadata?: Json;
  eamResponse?: EamResponseModel;
  eamDiscovery?: Json;
  eamJwks?: Json;
}
