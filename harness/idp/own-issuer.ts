import type { IdpTrust } from "./trust.ts";

/** Where the IdP lives that says nothing but what one choice says. */
export function ownIssuerBase(origin: string, choice: string): string {
  return `${origin}/fault/${choice}`;
}

/** What a reader needs to trust that IdP: the names are its own, the keys are those of the IdP at `/`. */
export function ownIssuerTrust(trust: IdpTrust, origin: string, choice: string): IdpTrust {
  const own = (name: string): string =>
    name.startsWith(`${origin}/`) ? `${ownIssuerBase(origin, choice)}${name.slice(origin.length)}` : name;
  return {
    ...trust,
    oidcIssuer: own(trust.oidcIssuer),
    samlEntityId: own(trust.samlEntityId),
    wsFedIssuer: own(trust.wsFedIssuer),
    eamIssuer: own(trust.eamIssuer),
  };
}
