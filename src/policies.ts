import type { MfaReading, Policy } from "./policy.ts";
import { EAM_FACTORS } from "./vocabulary/amr-eam.ts";
import { OIDC_MFA } from "./vocabulary/amr-oidc.ts";
import { PARTNER_API_MFA } from "./vocabulary/amr-partner-api.ts";
import {
  AMR_ATTRIBUTE,
  CLAIMS_NAMESPACE,
  NAME_FORMAT_BASIC,
  NAME_FORMAT_UNSPECIFIED,
  NAME_FORMAT_URI,
  WSFED_ATTRIBUTE,
  WSFED_ATTRIBUTE_NAMESPACE,
} from "./vocabulary/attribute-amr.ts";
import {
  AUTHN_METHODS_REFERENCES,
  METHOD_ATTRIBUTES,
  MFA,
  MOBILE_TWO_FACTOR,
  MULTIPLE_AUTHN,
  REFEDS_MFA,
  WIA_OR_MULTI_AUTHN,
} from "./vocabulary/saml-mfa.ts";

/** Names of the ready-made policies. */
export type PolicyName =
  | "strict"
  | "oidc"
  | "partner-api"
  | "entra-saml"
  | "entra-wsfed"
  | "entra-eam"
  | "saml-attribute"
  | "refeds-mfa"
  | "saml-any"
  | "wsfed-any";

const ALGORITHMS = "RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519".split(" ");

/** What means MFA to one reader or another, and nothing else: `wiaormultiauthn` may mean Windows sign-in, so it is none. */
const MFA_OF_ANY_READER: readonly string[] = [MULTIPLE_AUTHN, REFEDS_MFA, ...MOBILE_TWO_FACTOR];

const SAML_NAME_FORMATS: readonly (string | null)[] = [
  NAME_FORMAT_BASIC,
  NAME_FORMAT_UNSPECIFIED,
  NAME_FORMAT_URI,
  WSFED_ATTRIBUTE_NAMESPACE,
  null,
];

/** In SAML 1.1 the claim type is split at its last slash, what has none under an empty namespace; in SAML 2.0 it is the name. */
const WSFED_NAMESPACES: readonly (string | null)[] = [WSFED_ATTRIBUTE_NAMESPACE, CLAIMS_NAMESPACE, "", null];

const NOTHING: MfaReading = { amrValues: [], classRefs: [], attributes: [], attributeValues: [] };

function define(id: PolicyName, mfa: Partial<MfaReading>, changes: Partial<Policy> = {}): Policy {
  return {
    id,
    issuers: [],
    clockSkewSeconds: 60,
    algorithms: ALGORITHMS,
    minRsaBits: 2048,
    mfa: { ...NOTHING, ...mfa },
    ...changes,
  };
}

/** Ready-made requirement sets without any trust: spread one and add issuers and audiences. */
export const policies: Readonly<Record<PolicyName, Policy>> = {
  /** The exact word in the place a standard gives it, `amr` or the class reference, and not one second of skew. */
  strict: define(
    "strict",
    { amrValues: [OIDC_MFA], classRefs: [MULTIPLE_AUTHN, REFEDS_MFA] },
    { clockSkewSeconds: 0 },
  ),
  /** An ID token of any OpenID provider: `amr` holds `mfa`. */
  oidc: define("oidc", { amrValues: [OIDC_MFA] }),
  /** A v1.0 access token for Partner Center, of which `PARTNER_CENTER_AUDIENCES` are: `amr` holds `mfa`. */
  "partner-api": define("partner-api", { amrValues: [PARTNER_API_MFA] }),
  /** SAML 2.0 as Entra reads it: only the class reference counts, attributes are ignored. */
  "entra-saml": define("entra-saml", { classRefs: [MULTIPLE_AUTHN] }),
  /** WS-Federation as Entra reads it: either URI, as the method of the statement or in the one attribute. */
  "entra-wsfed": define("entra-wsfed", {
    classRefs: [MULTIPLE_AUTHN, WIA_OR_MULTI_AUTHN],
    attributes: [{ name: WSFED_ATTRIBUTE, nameFormats: [WSFED_ATTRIBUTE_NAMESPACE] }],
    attributeValues: [MULTIPLE_AUTHN, WIA_OR_MULTI_AUTHN],
  }),
  /** The answer of an external authentication method as Entra reads it: one method, never `mfa`, signed with RS256. */
  "entra-eam": define("entra-eam", { amrValues: [...EAM_FACTORS.keys()] }, { algorithms: ["RS256"] }),
  /** SAML 2.0 as a reader of attributes sees it: the class reference is ignored. */
  "saml-attribute": define("saml-attribute", {
    attributes: [
      { name: AMR_ATTRIBUTE, nameFormats: [NAME_FORMAT_BASIC, NAME_FORMAT_UNSPECIFIED, null] },
      { name: AUTHN_METHODS_REFERENCES, nameFormats: [NAME_FORMAT_URI, null] },
    ],
    attributeValues: [MFA, MULTIPLE_AUTHN],
  }),
  /** SAML 2.0 under the REFEDS MFA Profile. */
  "refeds-mfa": define("refeds-mfa", { classRefs: [REFEDS_MFA] }),
  /** SAML 2.0 where the reader is not known: a class or an attribute, in any vocabulary that is known. */
  "saml-any": define("saml-any", {
    classRefs: MFA_OF_ANY_READER,
    attributes: METHOD_ATTRIBUTES.map((name) => ({ name, nameFormats: SAML_NAME_FORMATS })),
    attributeValues: [MFA, ...MFA_OF_ANY_READER],
  }),
  /** WS-Federation where the reader is not known: a method or an attribute, in any vocabulary that is known. */
  "wsfed-any": define("wsfed-any", {
    classRefs: MFA_OF_ANY_READER,
    attributes: METHOD_ATTRIBUTES.map((name) => ({ name, nameFormats: WSFED_NAMESPACES })),
    attributeValues: [MFA, ...MFA_OF_ANY_READER],
  }),
};
