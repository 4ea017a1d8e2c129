import type { Channel } from "./artifact.ts";
import type { Policy } from "./policy.ts";

/** What a policy leaves open in a channel: not checked, so not vouched for. */
export function leftOpen(channel: Channel, policy: Policy): readonly string[] {
  const { issuers } = policy;
  const open = [
    issuers.length === 0 && "signature",
    (issuers.length === 0 || issuers.some(({ issuer }) => issuer === undefined)) && "issuer",
    policy.audiences === undefined && "audience",
    channel === "oidc" && policy.nonce === undefined && "nonce",
    channel === "saml" && policy.assertionConsumerService === undefined && "assertion-consumer-service",
    channel === "saml" && policy.requestId === undefined && "request-id",
    policy.maxAuthAgeSeconds === undefined && "authentication-age",
  ];
  return open.filter((name) => name !== false);
}
