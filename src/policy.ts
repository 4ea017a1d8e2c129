import type { JsonObject } from "./artifact.ts";

/** One issuer that is trusted, with the keys it signs with. Keys are bound to it: no other issuer may use them. */
export interface TrustedIssuer {
  /** Exact issuer identifier; absent when only keys are known, then any issuer string is let through. */
  readonly issuer?: string;
  /** Public keys as a JWK Set; for tokens and for XML signatures. */
  readonly jwks?: { readonly keys: readonly Readonly<Record<string, unknown>>[] };
  /** X.509 certificates as PEM: only the key counts, as the SAML metadata interoperability profile says. */
  readonly certificates?: readonly string[];
}

/** An attribute in which a SAML reader looks for MFA. */
export interface MfaAttribute {
  readonly name: string;
  /** Accepted NameFormat values; `null` stands for an absent NameFormat. */
  readonly nameFormats: readonly (string | null)[];
}

/** Where a reader looks for MFA and which exact values it takes for it. */
export interface MfaReading {
  /** Values that mean MFA inside the `amr` claim array. */
  readonly amrValues: readonly string[];
  /** `AuthnContextClassRef` values that mean MFA; empty when the reader ignores the class. */
  readonly classRefs: readonly string[];
  /** Attributes in which MFA may be stated; empty when the reader ignores attributes. */
  readonly attributes: readonly MfaAttribute[];
  /** Values that mean MFA inside such an attribute. */
  readonly attributeValues: readonly string[];
}

/** What was used before: a verdict never marks anything as used, its caller does so after acting on it. */
export interface ReplayStore {
  /**
   * Whether an artifact was used before.
   *
   * @param key `<issuer> <id>`: the issuer as written, one space, then the assertion id or the `jti`
   */
  readonly has: (key: string) => boolean;
}

/**
 * Which edition of the guidance for partners holds: in 2021 any second factor before the sign-in to Partner Center
 * would do, from 2023 on an exception has to be granted for it, from 2026 on every request must carry the claim.
 * Partner Center: mandating MFA for your partner tenant.
 */
export type Guidance = "2021-fed-ok" | "2023-exception-only" | "2026-integrated-claim";

/** What Entra asked of an external authentication method; client id and nonce are `audiences` and `nonce`. */
export interface EamRequest {
  /** `sub` of the id_token_hint that was sent; absent: not checked. */
  readonly subject?: string;
  /** Requested `acr` values, of which the answer states exactly one. */
  readonly acrValues: readonly string[];
  /** Requested `amr` values, of which the answer states exactly one; absent: any supported value. */
  readonly amrValues?: readonly string[];
  /** The `state` that was sent; absent: none was, and none may come back. */
  readonly state?: string;
  /** The `state` that came back with the token. */
  readonly returnedState?: string;
}

/** A set of requirements and trusted keys: everything that a judgement depends on besides the artifact and the clock. */
export interface Policy {
  /** Name of the policy, e.g. `entra-saml`. */
  readonly id: string;
  /** Trusted issuers; empty means that no signature can be checked, and then nothing is ever `compliant`. */
  readonly issuers: readonly TrustedIssuer[];
  /** Accepted audiences (client id, API identifier, SP entity id); absent: the audience is not checked. */
  readonly audiences?: readonly string[];
  /** Expected OIDC `nonce`; absent: not checked. */
  readonly nonce?: string;
  /** Access token that was issued together with the ID token, which its `at_hash` is of; absent: not compared. */
  readonly accessToken?: string;
  /** Authorization code that was issued together with the ID token, which its `c_hash` is of; absent: not compared. */
  readonly code?: string;
  /**
   * `response_type` of the request that the ID token answers, e.g. `code id_token token`: what comes through the browser
   * beside the token must be in its hashes. Absent, or `code`: a missing hash is no fault.
   */
  readonly responseType?: string;
  /** Assertion consumer service URL: the expected Recipient and Destination; absent: not checked. */
  readonly assertionConsumerService?: string;
  /** Id of the AuthnRequest that was sent; absent: not checked. */
  readonly requestId?: string;
  /** Clock difference tolerated in every time comparison, seconds. */
  readonly clockSkewSeconds: number;
  /** Oldest authentication that still counts, seconds; absent: any age. */
  readonly maxAuthAgeSeconds?: number;
  /** Accepted signature algorithms, as JOSE names (`RS256`, `ES256`, …), for XML signatures too. */
  readonly algorithms: readonly string[];
  /** Smallest accepted RSA modulus, bits. */
  readonly minRsaBits: number;
  readonly mfa: MfaReading;
  /** Private keys that encrypted tokens and assertions are for, each PEM (PKCS #8) or JWK; absent: none is read. */
  readonly decryptionKeys?: readonly (string | JsonObject)[];
  /**
   * What XML encryption is that notices no change (AES-CBC): `error` refuses it, `warning` (the default) reads it
   * where a signature covers what is inside. Whoever shows verdicts to strangers refuses it: they tell how far a changed
   * message got.
   */
  readonly unauthenticatedEncryption?: "warning" | "error";
  /** What was used before; absent: a replay is not noticed. */
  readonly replay?: ReplayStore;
  /** Longest artifact that is read, bytes; absent: 2 MB (2 097 152). */
  readonly maxBytes?: number;
  /** Application ids (`appid`) of control panel vendors, who may not call app-only; absent: none is known. */
  readonly vendorApps?: readonly string[];
  /** Edition of the partner guidance that is judged by; absent: none. */
  readonly guidance?: Guidance;
  /** What Entra asked of an external authentication method; only channel `eam` reads it. */
  readonly eam?: EamRequest;
}
