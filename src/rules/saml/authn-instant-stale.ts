import type { SamlResponse } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { isRecent } from "../assertion/counted-sign-ins.ts";
import { signInsOf } from "./sign-ins.ts";

/** The sign-in that did the MFA is older than the policy allows, so the user has to sign in again. */
export const authnInstantStale: Rule<SamlResponse> = {
  id: "saml.authn-instant.stale",
  severity: "error",
  title: "sign-in is too old",
  requirements: ["F-57"],
  reference: "Entra: expected inbound assertions",
  remedy: "Let the user sign in again, and set AuthnInstant to the time of that sign-in, not of the session.",
  about: "message",
  verdict: "re-authenticate",
  check({ assertion }, policy, now) {
    const { maxAuthAgeSeconds } = policy;
    if (assertion === undefined || maxAuthAgeSeconds === undefined) return undefined;
    const signIns = signInsOf(assertion, policy, now);
    const { instant, authenticatedAt } = signIns;
    if (instant === undefined || authenticatedAt === undefined) return undefined; // saml.time.malformed and .authn-statement.absent speak
    if (isRecent(signIns, policy, now)) return [];
    const age = Math.floor(now - authenticatedAt);
    const message = `the sign-in is ${age} seconds old; it must be at most ${maxAuthAgeSeconds}`;
    return [{ at: instant.at, message }];
  },
};
