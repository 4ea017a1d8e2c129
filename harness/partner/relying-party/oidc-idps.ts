import * as client from "openid-client";
import { CLOCK_SKEW_SECONDS } from "../access.ts";
import { fetchStrictly } from "./strict-json.ts";

/**
 * How the relying party asks: for a code alone; for a code, an ID token and an access token by form_post; or for a code
 * in a signed answer (JARM).
 */
export const FLOWS = ["code", "hybrid", "jarm"] as const;

/** How one sign-in is asked for. */
export type Flow = (typeof FLOWS)[number];

/** What the relying party is registered with, at every IdP under the same name. */
export interface Registration {
  /** The IdP that is asked when nobody names another. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The IdPs that a relying party may ask. */
export interface Idps {
  /**
   * Reads an issuer's metadata anew, so that no sign-in rests on what another one was told; those of the IdP that is
   * asked by default are read once.
   *
   * @throws Error with the reason when the issuer is none that may be asked, or says that it is another
   */
  readonly open: (issuer: string, flow: Flow) => Promise<client.Configuration>;
  /** Keeps an opened IdP under the name of a sign-in. */
  readonly keep: (signIn: string, idp: client.Configuration) => void;
  readonly of: (signIn: string) => client.Configuration | undefined;
  /** The IdP that is asked by default. */
  readonly usual: client.Configuration;
  /** Whether an address is one that is asked. */
  readonly isAsked: (address: string) => boolean;
}

/** Sign-ins whose IdP is kept; whoever comes later begins anew. */
const LIMIT = 2000;

const PREPARE: Readonly<Record<Flow, readonly ((configuration: client.Configuration) => void)[]>> = {
  code: [],
  hybrid: [client.useCodeIdTokenResponseType],
  jarm: [client.useJwtResponseMode],
};

/**
 * Only what lives where the usual issuer lives is asked: whoever may name any issuer, or an issuer that may name any
 * endpoint, could make the relying party send requests, codes and its secret anywhere (OIDC Core §4, RFC 9700 §4.4).
 */
function livesWith(usual: string, address: string): boolean {
  return URL.parse(address)?.origin === new URL(usual).origin;
}

/** The library's own type of request, whose bytes `fetch` takes only as a copy. */
function fetchFrom(usual: string): client.CustomFetch {
  return async (url, { body, ...init }) => {
    if (!livesWith(usual, url))
      throw new Error("an endpoint lives elsewhere than its issuer and is not asked");
    const sent = body instanceof Uint8Array ? new Uint8Array(body) : (body ?? null);
    return await fetchStrictly(url, { ...init, body: sent });
  };
}

/** http is let through, as everything is on loopback. */
async function discover(
  issuer: string,
  registration: Registration,
  flow: Flow,
): Promise<client.Configuration> {
  const metadata = { client_secret: registration.clientSecret, [client.clockTolerance]: CLOCK_SKEW_SECONDS };
  const configuration = await client.discovery(new URL(issuer), registration.clientId, metadata, undefined, {
    execute: [client.allowInsecureRequests, ...PREPARE[flow]],
    [client.customFetch]: fetchFrom(registration.issuer),
  });
  // The library compares URLs; an issuer is a text.
  if (configuration.serverMetadata().issuer !== issuer) {
    throw new Error("the discovery document names another issuer than the one that was asked");
  }
  // Without this openid-client trusts the token endpoint's connection and leaves the signature unread.
  client.enableNonRepudiationChecks(configuration);
  return configuration;
}

/** Reads the metadata of the usual IdP. */
export async function makeIdps(registration: Registration): Promise<Idps> {
  const usual = await discover(registration.issuer, registration, "code");
  const kept = new Map<string, client.Configuration>();
  return {
    usual,
    isAsked: (address) => livesWith(registration.issuer, address),
    open: async (issuer, flow) => {
      if (!livesWith(registration.issuer, issuer)) throw new Error("this issuer is none that is asked here");
      if (issuer === registration.issuer && flow === "code") return usual;
      return await discover(issuer, registration, flow);
    },
    keep: (signIn, idp) => {
      kept.set(signIn, idp);
      const [oldest] = kept.keys();
      if (kept.size > LIMIT && oldest !== undefined) kept.delete(oldest);
    },
    of: (signIn) => kept.get(signIn),
  };
}
