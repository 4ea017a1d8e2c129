import type { AppAddresses } from "./app-addresses.ts";
import { filledIn } from "./address-pattern.ts";
import { appTarget } from "./app.ts";
import { askedValues } from "./asked-words.ts";
import type { AppDefinition } from "./definition/app.ts";
import { makeOracle, type OracleOptions } from "./oracle/oracle.ts";
import type { Target } from "./target.ts";

/** A partner's web application as a target: it is learned how it looks before its first case. */
export function externalAppTarget(learned: OracleOptions): Target {
  const { name, app, idp, drivers } = learned;
  const { begin, read, whoIsIn } = makeOracle(learned);
  const addresses = addressesOf(app);
  const { channels, flow, press, maxAuthAgeSeconds } = app;
  const startUrl = (): string => app.start;
  const own = { name, channels, startUrl, flow, addresses, press, maxAuthAgeSeconds };
  const target = appTarget({ ...own, idp, drivers, read, whoIsIn });
  return {
    ...target,
    observe: (attempt) => {
      begin(attempt);
      return target.observe(attempt);
    },
  };
}

function addressesOf({ addresses = {} }: AppDefinition): AppAddresses {
  const { initiate, idpInitiated, ask, ...pages } = addresses;
  const asking = Object.fromEntries(Object.entries(pages).filter(([, address]) => address !== undefined));
  const begin = beginning(initiate);
  const atIdp = idpInitiated ?? initiate;
  return {
    asking,
    ...(begin === undefined ? {} : { initiate: begin }),
    ...(ask === undefined ? {} : { ask: (asks) => filledIn(ask, askedValues(asks)) }),
    ...(atIdp === undefined
      ? {}
      : { idpInitiated: (base) => filledIn(atIdp, { idp: base, issuer: `${base}/oidc` }) }),
  };
}

function beginning(initiate: string | undefined): AppAddresses["initiate"] {
  if (initiate === undefined) return undefined;
  return (base, flow, user, asks = {}) =>
    filledIn(initiate, { issuer: `${base}/oidc`, idp: base, flow, user, ...askedValues(asks) });
}
