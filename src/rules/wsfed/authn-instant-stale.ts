import type { WsFedResponse } from "../../artifact.ts";
import { TOKEN } from "../../read/wsfed-paths.ts";
import type { Rule } from "../../rule.ts";
import { isRecent } from "../assertion/counted-sign-ins.ts";
import { signInsOf } from "./sign-ins.ts";

/** A factor is older than the policy allows, or nothing says how old it is, so the user has to sign in again. */
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
  check(response, policy, now) {
    const { maxAuthAgeSeconds } = policy;
    if (maxAuthAgeSeconds === undefined) return undefined;
    const signIns = signInsOf(response, policy, now);
    if (isRecent(signIns, policy, now)) return [];
    const { instant, authenticatedAt } = signIns;
    const found =
      authenticatedAt === undefined ? "of unknown age" : `${Math.floor(now - authenticatedAt)} seconds old`;
    const message = `the sign-in is ${found}; it must be at most ${maxAuthAgeSeconds} seconds old`;
    return [{ at: instant?.at ?? TOKEN, message }];
  },
};
