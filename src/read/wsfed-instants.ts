import type { WsFedResponse } from "../artifact.ts";
import { WSFED_ATTRIBUTE_NAMESPACE } from "../vocabulary/attribute-amr.ts";
import { AUTHENTICATION_INSTANT_CLAIM } from "../vocabulary/wsfed-mfa.ts";
import { parseInstant } from "./saml-time.ts";

/** A time as written, and where. */
export interface WrittenInstant {
  readonly at: string;
  readonly time: string;
}

/**
 * When the user authenticated: the claim of the first factor if there is one, otherwise what the statements say.
 *
 * @see Entra's page on inbound assertions
 */
export function claimInstants({ attributes, authentications }: WsFedResponse): readonly WrittenInstant[] {
  const claimed = attributes
    .filter(
      ({ name, namespace }) =>
        name === AUTHENTICATION_INSTANT_CLAIM && namespace === WSFED_ATTRIBUTE_NAMESPACE,
    )
    .flatMap(({ at, values }) => values.map((time) => ({ at, time })));
  if (claimed.length > 0) return claimed;
  return authentications.flatMap(({ at, instant }) => (instant === undefined ? [] : [{ at, time: instant }]));
}

/** The latest of the times that can be read, seconds since the epoch. */
export function newestInstant(written: readonly WrittenInstant[]): number | undefined {
  const instants = written.map(({ time }) => parseInstant(time)).filter((each) => each !== undefined);
  return instants.length === 0 ? undefined : Math.max(...instants);
}
