import type { WsFedResponse } from "../../artifact.ts";
import type { Policy } from "../../policy.ts";
import { sendWhereRead } from "../assertion/mfa-advice.ts";
import { placesOf, readingOf } from "./mfa-reading.ts";

/** What to change in a token so that the reader of the policy sees MFA, in the places that its version has. */
export function sendWhereReadIn(response: Pick<WsFedResponse, "version">, policy: Policy): string {
  return sendWhereRead(readingOf(response, policy), placesOf(response));
}
