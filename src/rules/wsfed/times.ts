import type { SamlConfirmation, WsFedResponse } from "../../artifact.ts";
import type { Policy } from "../../policy.ts";
import { TOKEN, TOKEN_CONDITIONS } from "../../read/wsfed-paths.ts";
import type { PlacedTime } from "../assertion/counted-sign-ins.ts";
import { claimedInstants, signInsOf } from "./sign-ins.ts";
import { countedConfirmations } from "./confirmation.ts";

/** A beginning and an end as written, if they are there, and where the end stands. */
interface PlacedWindow {
  readonly at: string;
  readonly start: string | undefined;
  readonly end: string | undefined;
}

const CONFIRMATION: string = `${TOKEN}//saml:SubjectConfirmationData`;

function startsIn(confirmations: readonly SamlConfirmation[]): readonly PlacedTime[] {
  return confirmations.map(({ notBefore }) => ({ at: `${CONFIRMATION}/@NotBefore`, time: notBefore }));
}

function endsIn(confirmations: readonly SamlConfirmation[]): readonly PlacedTime[] {
  return confirmations.map(({ notOnOrAfter }) => ({
    at: `${CONFIRMATION}/@NotOnOrAfter`,
    time: notOnOrAfter,
  }));
}

/** Times before which a token is not valid. */
export function startsOf(response: WsFedResponse, policy: Policy, now: number): readonly PlacedTime[] {
  return [
    { at: `${TOKEN_CONDITIONS}/@NotBefore`, time: response.conditions?.notBefore },
    ...startsIn(countedConfirmations(response, policy, now)),
  ];
}

/** Times from which on a token is not valid any more: its own, those of how it is confirmed, those of the session. */
export function endsOf(response: WsFedResponse, policy: Policy, now: number): readonly PlacedTime[] {
  return [
    { at: `${TOKEN_CONDITIONS}/@NotOnOrAfter`, time: response.conditions?.notOnOrAfter },
    ...endsIn(countedConfirmations(response, policy, now)),
    ...signInsOf(response, policy, now).statements.map(({ sessionEnd }) => sessionEnd),
  ];
}

/** Times at which the user signed in, by statements and by claims. */
export function signInTimesOf(response: WsFedResponse): readonly PlacedTime[] {
  return [
    ...response.authentications.map(({ at, instant }) => ({ at, time: instant })),
    ...claimedInstants(response),
  ];
}

/** Every time that is written in a token; one that must be there and is not is empty, and so unreadable. */
export function timesOf(response: WsFedResponse): readonly PlacedTime[] {
  const { issueInstant = "" } = response;
  const confirmations = response.subjects.flatMap((subject) => subject.confirmations);
  return [
    { at: `${TOKEN}/@IssueInstant`, time: issueInstant },
    { at: `${TOKEN_CONDITIONS}/@NotBefore`, time: response.conditions?.notBefore },
    { at: `${TOKEN_CONDITIONS}/@NotOnOrAfter`, time: response.conditions?.notOnOrAfter },
    ...startsIn(confirmations),
    ...endsIn(confirmations),
    ...response.authentications.flatMap(({ at, instant = "", sessionEnd }) => [
      { at, time: instant },
      { at: `${at}/@SessionNotOnOrAfter`, time: sessionEnd },
    ]),
    ...claimedInstants(response),
  ];
}

/** Times between which a token is valid, where it has both: its own, those of how it is confirmed, the session's. */
export function windowsOf(response: WsFedResponse, policy: Policy, now: number): readonly PlacedWindow[] {
  const { conditions, authentications } = response;
  return [
    {
      at: `${TOKEN_CONDITIONS}/@NotOnOrAfter`,
      start: conditions?.notBefore,
      end: conditions?.notOnOrAfter,
    },
    ...countedConfirmations(response, policy, now).map(({ notBefore, notOnOrAfter }) => ({
      at: `${CONFIRMATION}/@NotOnOrAfter`,
      start: notBefore,
      end: notOnOrAfter,
    })),
    ...authentications.map(({ at, instant, sessionEnd }) => ({
      at: `${at}/@SessionNotOnOrAfter`,
      start: instant,
      end: sessionEnd,
    })),
  ];
}
