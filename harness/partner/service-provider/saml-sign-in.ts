import { SAML, ValidateInResponseTo, type CacheProvider, type SamlConfig } from "@node-saml/node-saml";
import { CLOCK_SKEW_SECONDS } from "../access.ts";
import type { IdentityProvider } from "./idp-metadata.ts";
import type { SamlDemands } from "./demands.ts";

/** Ids of the requests that one browser has under way, with the instant of each. */
export interface PendingRequests {
  readonly ids: () => readonly string[];
  readonly add: (id: string, instant: string) => void;
  /** The instant of a request, if it is under way. */
  readonly get: (id: string) => string | undefined;
  readonly remove: (id: string) => void;
  /** What a request demanded, even once it is no longer under way; undefined: nothing. */
  readonly demandsOf: (id: string) => SamlDemands | undefined;
}

/** How much the IdP is asked for: whatever it has, a fresh sign-in, or a fresh one with MFA. */
export type SamlStrength = "any" | "fresh" | "mfa";

/** The only `AuthnContextClassRef` that Entra takes for MFA in SAML 2.0. */
export const MULTIPLE_AUTHN = "http://schemas.microsoft.com/claims/multipleauthn";

/** What node-saml is told for each. */
export const STRENGTH: Readonly<Record<SamlStrength, Partial<SamlConfig>>> = {
  any: { disableRequestedAuthnContext: true },
  fresh: { disableRequestedAuthnContext: true, forceAuthn: true },
  mfa: { forceAuthn: true, authnContext: [MULTIPLE_AUTHN], racComparison: "exact" },
};

/** The two URLs that make a service provider. */
export interface ServiceProviderUrls {
  readonly entityId: string;
  readonly acs: string;
}

/** node-saml, set to take nothing but a signed Response with a signed assertion that answers a pending request. */
export function makeSaml(
  urls: ServiceProviderUrls,
  idp: IdentityProvider,
  pending: PendingRequests,
  config: Partial<SamlConfig>,
): SAML {
  return new SAML({
    issuer: urls.entityId,
    audience: urls.entityId,
    callbackUrl: urls.acs,
    entryPoint: idp.entryPoint,
    idpCert: idp.certificate,
    identifierFormat: null,
    wantAuthnResponseSigned: true,
    wantAssertionsSigned: true,
    acceptedClockSkewMs: CLOCK_SKEW_SECONDS * 1000,
    validateInResponseTo: ValidateInResponseTo.always,
    cacheProvider: cacheOf(pending),
    ...config,
  });
}

/** Binds node-saml's memory of requests to one browser, so that nobody can be made to use another's answer. */
function cacheOf(pending: PendingRequests): CacheProvider {
  return {
    saveAsync: (id, instant) => {
      pending.add(id, instant);
      return Promise.resolve({ value: instant, createdAt: Date.parse(instant) });
    },
    getAsync: (id) => Promise.resolve(pending.get(id) ?? null),
    removeAsync: (id) => {
      if (id !== null) pending.remove(id);
      return Promise.resolve(id);
    },
  };
}

/** What an answer is held against. */
export interface SamlSituation {
  readonly urls: ServiceProviderUrls;
  readonly idp: IdentityProvider;
  readonly pending: PendingRequests;
  /** Seconds since the epoch. */
  readonly now: number;
}

/** A Response and its assertion as text, each as its signature covers it. */
export interface VerifiedXml {
  readonly responseXml: string;
  readonly assertionXml: string;
}

/**
 * Lets node-saml verify an answer.
 *
 * @param encoded base64, as it was posted
 * @param config what it is told otherwise than usual
 * @throws Error with the reason
 */
export async function verifySaml(
  encoded: string,
  { urls, idp, pending }: SamlSituation,
  config: Partial<SamlConfig> = {},
): Promise<VerifiedXml> {
  const saml = makeSaml(urls, idp, pending, { ...STRENGTH.any, ...config });
  const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: encoded });
  const responseXml = profile?.getSamlResponseXml?.();
  const assertionXml = profile?.getAssertionXml?.();
  if (responseXml === undefined || assertionXml === undefined) throw new Error("there is no assertion");
  return { responseXml, assertionXml };
}

/** Why an answer was not believed; node-saml meets a missing part with a `TypeError` of no use to people. */
export function describeSamlRefusal(error: unknown): string {
  if (error instanceof TypeError) return "the response or its assertion lacks a part that it must have";
  return error instanceof Error ? error.message : "unknown reason";
}
