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

/** Everything one sign-in may emit: the root that the JSON Pointers of a patch start from. */
export interface EmissionModel {
  idToken?: TokenModel;
  accessToken?: TokenModel;
  samlResponse?: SamlResponseModel;
}
