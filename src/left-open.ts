import type { Channel } from "./artifact.ts";
import type { Policy } from "./policy.ts";

type Open = readonly (string | false)[];

/** What a policy leaves open in a channel: not checked, so not vouched for. */
export function leftOpen(channel: Channel, policy: Policy): readonly string[] {
  const open = [...openEverywhere(policy), ...OPEN_IN[channel](policy)];
  return open.filter((name) => name !== false);
}

const OPEN_IN: Readonly<Record<Channel, (policy: Policy) => Open>> = {
  oidc: (policy) => [policy.nonce === undefined && "nonce", openAge(policy)],
  "partner-api": (policy) => [openAge(policy)],
  saml: (policy) => [openAddress(policy), policy.requestId === undefined && "request-id", openAge(policy)],
  wsfed: (policy) => [openAddress(policy), openAge(policy)],
  // The sign-in that it completes is Entra's own: how old that is, is not for the provider to say.
  eam: ({ nonce, eam }) => [
    nonce === undefined && "nonce",
    eam?.subject === undefined && "subject",
    eam === undefined && "requested-acr",
  ],
};

function openEverywhere({ issuers, audiences, replay }: Policy): Open {
  return [
    issuers.length === 0 && "signature",
    (issuers.length === 0 || issuers.some(({ issuer }) => issuer === undefined)) && "issuer",
    audiences === undefined && "audience",
    replay === undefined && "replay",
  ];
}

function openAddress({ assertionConsumerService }: Policy): string | false {
  return assertionConsumerService === undefined && "assertion-consumer-service";
}

function openAge({ maxAuthAgeSeconds }: Policy): string | false {
  return maxAuthAgeSeconds === undefined && "authentication-age";
}
