import { expect, test } from "vitest";
import type { Channel } from "../../src/artifact.ts";
import { leftOpen } from "../../src/left-open.ts";
import type { Policy } from "../../src/policy.ts";
import { CLIENT, ISSUER, oidcPolicy } from "./support/tokens.ts";

interface Row {
  readonly channel: Channel;
  readonly changes: Partial<Policy>;
  readonly open: readonly string[];
}

const { nonce: _, audiences: __, ...silent } = oidcPolicy([]);
/** Says nothing of what may be left out of a policy, and trusts nobody. */
const bare: Policy = { ...silent, issuers: [] };
const EVERYWHERE = ["signature", "issuer", "audience", "replay"];
const known = { issuers: [{ issuer: ISSUER }], audiences: [CLIENT], replay: new Set<string>() };
const aged = { ...known, maxAuthAgeSeconds: 600 };
const addressed = { ...aged, assertionConsumerService: "https://sp.example/acs" };

// Each name stands for a member of the policy that is documented as "absent: not checked".
test.each<Row>([
  { channel: "oidc", changes: {}, open: [...EVERYWHERE, "nonce", "authentication-age"] },
  { channel: "oidc", changes: { ...aged, nonce: "n-1" }, open: [] },
  { channel: "partner-api", changes: {}, open: [...EVERYWHERE, "authentication-age"] },
  { channel: "partner-api", changes: aged, open: [] },
  {
    channel: "saml",
    changes: {},
    open: [...EVERYWHERE, "assertion-consumer-service", "request-id", "authentication-age"],
  },
  { channel: "saml", changes: addressed, open: ["request-id"] },
  { channel: "saml", changes: { ...addressed, requestId: "_request-1" }, open: [] },
  { channel: "saml", changes: { ...aged, requestId: "_request-1" }, open: ["assertion-consumer-service"] },
  // A SAML 2.0 token in such an answer names a Recipient too.
  {
    channel: "wsfed",
    changes: {},
    open: [...EVERYWHERE, "assertion-consumer-service", "authentication-age"],
  },
  { channel: "wsfed", changes: aged, open: ["assertion-consumer-service"] },
  { channel: "wsfed", changes: addressed, open: [] },
  { channel: "eam", changes: {}, open: [...EVERYWHERE, "nonce", "subject", "requested-acr"] },
  { channel: "eam", changes: { ...known, nonce: "n-1", eam: { acrValues: [] } }, open: ["subject"] },
  {
    channel: "eam",
    changes: { ...known, nonce: "n-1", eam: { acrValues: [], subject: "pairwise-1" } },
    open: [],
  },
])("$channel, $changes leaves open $open", ({ channel, changes, open }) => {
  expect(leftOpen(channel, { ...bare, ...changes })).toEqual(open);
});
