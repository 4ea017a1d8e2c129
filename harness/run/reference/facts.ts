import type { TargetFacts } from "../../scenario/expand.ts";

/** What a run can be made against without any configuration; apart from the targets, so that knowing costs nothing. */
export const REFERENCE_TARGETS: readonly TargetFacts[] = [
  { name: "library", channels: ["oidc", "partner-api", "saml", "wsfed", "eam"], transports: ["direct"] },
  { name: "relying-party", channels: ["oidc", "partner-api"], transports: ["protocol", "browser"] },
  { name: "service-provider", channels: ["saml"], transports: ["protocol", "browser"] },
  { name: "federated-domain", channels: ["wsfed"], transports: ["protocol", "browser"] },
  { name: "external-method", channels: ["eam"], transports: ["protocol", "browser"] },
];
