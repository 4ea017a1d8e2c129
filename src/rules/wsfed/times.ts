import type { WsFedResponse } from "../../artifact.ts";
import { TOKEN, TOKEN_CONDITIONS } from "../../read/wsfed-paths.ts";

/** A time of a token as written, if it is there, and where. */
export interface PlacedTime {
  readonly at: string;
  readonly time: string | undefined;
}

const CONFIRMATION: string = `${TOKEN}//saml:SubjectConfirmationData`;

/** Times before which a token is not valid. */
export function startsOf({ conditions, confirmations }: WsFedResponse): readonly PlacedTime[] {
  return [
    { at: `${TOKEN_CONDITIONS}/@NotBefore`, time: conditions?.notBefore },
    ...confirmations.map(({ notBefore }) => ({ at: `${CONFIRMATION}/@NotBefore`, time: notBefore })),
  ];
}

/** Times from which on a token is not valid any more. */
export function endsOf({ conditions, confirmations }: WsFedResponse): readonly PlacedTime[] {
  return [
    { at: `${TOKEN_CONDITIONS}/@NotOnOrAfter`, time: conditions?.notOnOrAfter },
    ...confirmations.map(({ notOnOrAfter }) => ({ at: `${CONFIRMATION}/@NotOnOrAfter`, time: notOnOrAfter })),
  ];
}
