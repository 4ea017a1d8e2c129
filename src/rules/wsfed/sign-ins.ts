import type { WsFedResponse } from "../../artifact.ts";
import type { Policy } from "../../policy.ts";
import { INSTANT_CLAIMS } from "../../vocabulary/wsfed-mfa.ts";
import { type CountedSignIns, countedSignIns, type PlacedTime } from "../assertion/counted-sign-ins.ts";
import { statesMfa } from "../assertion/mfa-statement.ts";
import { ofAttribute, ofMethods } from "./mfa-statements.ts";

/** Times that claims give for the first and the second factor, whichever statement they belong to (Entra's page on inbound assertions). */
export function claimedInstants({ attributes }: WsFedResponse): readonly PlacedTime[] {
  return attributes
    .filter(({ name, namespace }) => namespace !== undefined && INSTANT_CLAIMS.get(name) === namespace)
    .flatMap(({ at, values }) => values.map((time) => ({ at, time })));
}

/** The sign-ins that the verdict about a token rests on. */
export function signInsOf(response: WsFedResponse, policy: Policy, now: number): CountedSignIns {
  const { authentications, attributes } = response;
  const statements = authentications.map((statement) => ({
    instant: { at: statement.at, time: statement.instant },
    sessionEnd: { at: `${statement.at}/@SessionNotOnOrAfter`, time: statement.sessionEnd },
    statesMfa: statesMfa(ofMethods({ ...response, authentications: [statement] }, policy)),
  }));
  const attributeStatesMfa = statesMfa(
    attributes.flatMap((attribute) => ofAttribute(attribute, response, policy)),
  );
  return countedSignIns({ statements, attributeStatesMfa, claimed: claimedInstants(response) }, policy, now);
}
