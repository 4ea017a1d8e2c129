import type { SamlResponse } from "../../artifact.ts";
import { ASSERTION } from "../../read/saml-paths.ts";
import { parseInstant } from "../../read/saml-time.ts";
import type { Rule } from "../../rule.ts";

/** The latest sign-in that can be read; when there are several, the user has been seen at that time. */
function newest(assertion: SamlResponse["assertion"]): number | undefined {
  const instants = (assertion?.authnStatements ?? [])
    .map(({ authnInstant }) => (authnInstant === undefined ? undefined : parseInstant(authnInstant)))
    .filter((instant) => instant !== undefined);
  return instants.length === 0 ? undefined : Math.max(...instants);
}

/** The sign-in is older than the policy allows, so the user has to sign in again. */
export const authnInstantStale: Rule<SamlResponse> = {
  id: "saml.authn-instant.stale",
  severity: "error",
  title: "sign-in is too old",
  requirements: ["F-57"],
  reference: "Entra: expected inbound assertions",
  remedy: "Let the user sign in again, and set AuthnInstant to the time of that sign-in, not of the session.",
  about: "message",
  verdict: "re-authenticate",
  check({ assertion }, { maxAuthAgeSeconds, clockSkewSeconds }, now) {
    const instant = newest(assertion);
    if (instant === undefined || maxAuthAgeSeconds === undefined) return undefined;
    if (now - instant <= maxAuthAgeSeconds + clockSkewSeconds) return [];
    const age = Math.floor(now - instant);
    const message = `the sign-in is ${age} seconds old; it must be at most ${maxAuthAgeSeconds}`;
    return [{ at: `${ASSERTION}/saml:AuthnStatement/@AuthnInstant`, message }];
  },
};
