import type { Known } from "./known.ts";
import type { Sighting } from "./sighting.ts";
import { addressesIn, type Whose, whoseIs } from "./who.ts";

/** Whose session it is, and what the user is called on the app's pages. */
export interface Identified {
  readonly whose: Whose;
  readonly names: readonly string[];
}

/**
 * Tells whose session an app shows.
 *
 * @param user whose sign-in it was
 * @param reference how the app names that user after a good sign-in; only asked for where it has names of its own
 */
export function identify(
  { asksSignIn, identityPage, named }: Sighting,
  { naming, people }: Known,
  user: string,
  reference: string | undefined,
): Identified {
  const nobody: Identified = { whose: "nobody", names: [user] };
  if (asksSignIn) return nobody;
  if (identityPage === undefined) return { whose: "somebody", names: [user] };
  if (named === undefined) return nobody;
  if (naming === "same-for-all") return { whose: "somebody", names: [user] };
  if (naming === "own-name") {
    if (named === reference) return { whose: "marker", names: [user, named] };
    const isAnother = people.some(({ name }) => name === named);
    return { whose: isAnother ? "forged" : "somebody", names: [user, named] };
  }
  const whose = whoseIs(named, user, naming);
  return { whose, names: whose === "forged" ? [user, ...addressesIn(named)] : [user] };
}

/** Whether it takes a good sign-in of the same user to tell whose name it is. */
export function needsReference({ naming, people }: Known, { named }: Sighting): boolean {
  return naming === "own-name" && named !== undefined && people.every(({ name }) => name !== named);
}
