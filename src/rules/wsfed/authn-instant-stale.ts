import type { WsFedResponse } from "../../artifact.ts";
import { claimInstants, newestInstant } from "../../read/wsfed-instants.ts";
import { TOKEN } from "../../read/wsfed-paths.ts";
import type { Rule } from "../../rule.ts";

/** The first factor is older than the policy allows, or nothing says how old it is, so the user has to sign in again. */
export const authnInstantStale: Rule<WsFedResponse> = {
  id: "wsfed.authn-instant.stale",
  severity: "error",
  title: "sign-in is too old",
  requirements: ["F-57"],
  reference: "Entra: expected inbound assertions",
  remedy:
    "Let the user sign in again, and set authenticationinstant to the time of that sign-in, not of the session.",
  about: "message",
  verdict: "re-authenticate",
  check(response, { maxAuthAgeSeconds, clockSkewSeconds }, now) {
    if (maxAuthAgeSeconds === undefined) return undefined;
    const written = claimInstants(response);
    const instant = newestInstant(written);
    if (instant !== undefined && now - instant <= maxAuthAgeSeconds + clockSkewSeconds) return [];
    const found = instant === undefined ? "of unknown age" : `${Math.floor(now - instant)} seconds old`;
    const message = `the sign-in is ${found}; it must be at most ${maxAuthAgeSeconds} seconds old`;
    return [{ at: written[0]?.at ?? TOKEN, message }];
  },
};
