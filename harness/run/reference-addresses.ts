import type { AppAddresses } from "../target/app-addresses.ts";

/** Where the reference relying party takes what steps other than a sign-in need. */
export function relyingPartyAddresses(origin: string): AppAddresses {
  const initiate: AppAddresses["initiate"] = (base, flow) => {
    const url = new URL("/initiate", origin);
    url.searchParams.set("iss", `${base}/oidc`);
    url.searchParams.set("target_link_uri", `${origin}/portal`);
    url.searchParams.set("flow", flow);
    return url.href;
  };
  return {
    initiate,
    idpInitiated: (base) => initiate(base, "code"),
    asking: {
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
}): AppAddresses {
  const { origin, entityId } = serviceProvider;
  return {
    idpInitiated: (base) => `${base}/saml/idp-initiated?sp=${encodeURIComponent(entityId)}`,
    asking: { "sign-in-again": `${origin}/sign-in-again` },
  };
}

/** Where the stand-in for a federated domain does; its one IdP is configured, as at Entra. */
export function federatedDomainAddresses(origin: string): AppAddresses {
  return { asking: { "sign-in-again": `${origin}/sign-in-again` } };
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
