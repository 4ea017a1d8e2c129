import type { SignInHint } from "../pages/sign-in-page.ts";
import type { OpenSession } from "../sign-in/sessions.ts";

/** How a relying party wants the person to be authenticated. */
export interface WsFedDemands {
  /** `wauth`. */
  readonly method: string | undefined;
  /** `wfresh`: how many minutes ago the person may have signed in at most. */
  readonly maxAgeMinutes: number | undefined;
}

/** What asks for MFA (Entra's page on inbound assertions, Microsoft Support: article 4037806). */
const MFA_METHODS: readonly string[] = [
  "http://schemas.microsoft.com/claims/multipleauthn",
  "http://schemas.microsoft.com/claims/wiaormultiauthn",
];

function demandsMfa({ method }: WsFedDemands): boolean {
  return method !== undefined && MFA_METHODS.includes(method);
}

/** What a person did; a driver does nothing, so that what its emission is about has to do. */
function didMfa({ performed, emission }: OpenSession): boolean {
  const { methods } = performed;
  return methods.length === 0 ? emission.profile !== "password-only" : methods.length > 1;
}

function isFresh({ performed }: OpenSession, { maxAgeMinutes }: WsFedDemands, now: number): boolean {
  if (maxAgeMinutes === undefined) return true;
  return maxAgeMinutes > 0 && now - performed.at <= maxAgeMinutes * 60;
}

/**
 * Whether a session answers a request without asking the person: it must be as fresh as `wfresh` says and have seen MFA
 * if `wauth` demands it. An emission may ignore either on purpose.
 *
 * @see WS-Federation 1.2 §13.2.2
 */
export function suffices(session: OpenSession, demands: WsFedDemands, now: number): boolean {
  const { ignore } = session.emission;
  if (!ignore.includes("wfresh") && !isFresh(session, demands, now)) return false;
  return ignore.includes("wauth") || !demandsMfa(demands) || didMfa(session);
}

/** What the sign-in page says of the demands, in words. */
export function demandHints(demands: WsFedDemands): readonly SignInHint[] {
  const { maxAgeMinutes } = demands;
  return [
    ...(demandsMfa(demands) ? [{ name: "MFA", value: "demanded" }] : []),
    ...(maxAgeMinutes === undefined
      ? []
      : [
          {
            name: "Freshness",
            value: maxAgeMinutes === 0 ? "sign in anew" : `no older than ${maxAgeMinutes} minutes`,
          },
        ]),
  ];
}
