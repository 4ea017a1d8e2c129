import type { Channel } from "../../emission/channels.ts";
import type { Asks } from "../../scenario/asks.ts";
import type { AppAddresses } from "../../target/app-addresses.ts";

/** Where a reference app is entered, by whoever signs in on a channel. */
export function entranceOf(origin: string): (channel: Channel, user: string) => string {
  return (channel, user) => {
    const url = new URL(channel === "partner-api" ? "/customers" : "/portal", origin);
    // The external method is only the second factor: who signs in is known before it is asked.
    if (channel === "eam") url.searchParams.set("user", user);
    return url.href;
  };
}

/** Adds what the relying party is to ask for, in the words of the authorization request. */
function asking(url: URL, { acr_values: classes, claims, max_age: maxAge, prompt }: Asks): URL {
  if (classes !== undefined) url.searchParams.set("acr_values", classes.join(" "));
  if (claims !== undefined) url.searchParams.set("claims", JSON.stringify(claims));
  if (maxAge !== undefined) url.searchParams.set("max_age", String(maxAge));
  if (prompt !== undefined) url.searchParams.set("prompt", prompt);
  return url;
}

/** Adds what the service provider is to ask for. */
function askingSaml(url: URL, asks: Asks): URL {
  const { requestedAuthnContext, forceAuthn, isPassive, nameIdFormat, subject } = asks;
  for (const one of requestedAuthnContext?.classes ?? []) url.searchParams.append("class", one);
  if (requestedAuthnContext !== undefined) {
    url.searchParams.set("comparison", requestedAuthnContext.comparison);
  }
  if (forceAuthn === true) url.searchParams.set("forceAuthn", "true");
  if (isPassive === true) url.searchParams.set("isPassive", "true");
  if (nameIdFormat !== undefined) url.searchParams.set("nameIdFormat", nameIdFormat);
  if (subject !== undefined) url.searchParams.set("subject", subject);
  return url;
}

/** Where the reference relying party takes what steps other than a sign-in need. */
export function relyingPartyAddresses(origin: string): AppAddresses {
  const initiate: AppAddresses["initiate"] = (base, flow, _user, asks = {}) => {
    const url = new URL("/initiate", origin);
    url.searchParams.set("iss", `${base}/oidc`);
    url.searchParams.set("target_link_uri", `${origin}/portal`);
    url.searchParams.set("flow", flow);
    return asking(url, asks).href;
  };
  return {
    initiate,
    ask: (asks) => asking(new URL("/sign-in?to=/portal", origin), asks).href,
    idpInitiated: (base) => initiate(base, "code"),
    asking: {
      "sign-in-silently": `${origin}/sign-in?to=/portal`,
      "step-up": `${origin}/verify?to=/portal`,
      refresh: `${origin}/refresh`,
      "user-info": `${origin}/user-info`,
      "sign-in-again": `${origin}/sign-in-again?to=/portal`,
    },
  };
}

/** Where the reference service provider does; it has one IdP only. */
export function serviceProviderAddresses(serviceProvider: {
  readonly origin: string;
  readonly entityId: string;
  readonly acs: string;
}): AppAddresses {
  const { origin, entityId, acs } = serviceProvider;
  // Nobody registered it, so that its entity id alone does not tell where answers go.
  const here = new URLSearchParams({ sp: entityId, acs });
  return {
    idpInitiated: (base) => `${base}/saml/idp-initiated?${here}`,
    ask: (asks) => askingSaml(new URL("/sign-in", origin), asks).href,
    asking: {
      "sign-in-again": `${origin}/sign-in-again`,
      "sign-in-silently": `${origin}/sign-in`,
      "step-up": `${origin}/verify`,
    },
  };
}

/** Where the stand-in for a federated domain does; its one IdP is configured, as at Entra. */
export function federatedDomainAddresses(origin: string): AppAddresses {
  return {
    asking: {
      "sign-in-again": `${origin}/sign-in-again`,
      "sign-in-silently": `${origin}/sign-in`,
      "step-up": `${origin}/verify`,
    },
  };
}

/** Where the stand-in for a tenant with an external method does; another issuer is asked by its discovery document. */
export function externalMethodAddresses(origin: string): AppAddresses {
  const initiate: AppAddresses["initiate"] = (base, _flow, user = "") => {
    const url = new URL("/portal", origin);
    url.searchParams.set("iss", `${base}/eam`);
    url.searchParams.set("user", user);
    return url.href;
  };
  return { initiate, asking: { "sign-in-again": `${origin}/sign-in-again` } };
}
