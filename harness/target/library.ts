import type { MockIdp } from "../idp/mock-idp.ts";
import { askedOf } from "./asked.ts";
import type { Target } from "./target.ts";

/**
 * The library as a target: the artifact is handed over as the IdP signed it, and the judge alone decides.
 *
 * @param idp signs the artifacts
 * @param now clock, seconds since the epoch
 */
export function libraryTarget(idp: MockIdp, now: () => number = wholeSeconds): Target {
  return {
    name: "library",
    channels: ["oidc", "partner-api", "saml", "wsfed", "eam"],
    transports: ["direct"],
    observe: async ({ emission, user, signal, course }) => {
      signal.throwIfAborted();
      const asked = askedOf(emission.channel, {}, course?.asked);
      const issued = await idp.issue(emission, { ...asked, user, now: now() });
      return { decision: undefined, signals: ["handed over, not shown to anybody"], exchanges: [], issued };
    },
  };
}

function wholeSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
