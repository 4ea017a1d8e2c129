import type { Known } from "./known.ts";
import type { Sighting } from "./sighting.ts";
import { addressesIn, type Whose, whoseIs } from "./who.ts";

/** Whose session it is, and what the user is called on the app's pages. */
export interface Identified {
  readonly whose: Whose;
  readonly names: readonly string[];
}

/** What is known of a user beside the name that was typed at the IdP. */
export interface OtherNames {
  /** How the app names that user after a good sign-in; only asked for where it has names of its own. */
  readonly reference?: string | undefined;
  /** Names that the IdP signed, other than was typed. */
  readonly signedNames?: readonly string[];
}

/**
 * Tells whose session an app shows.
 *
 * @param user whose sign-in it was
 */
export function identify(
  { asksSignIn, identityPage, named }: Sighting,
  { naming, people }: Known,
  user: string,
  { reference, signedNames = [] }: OtherNames = {},
): Identified {
  const nobody: Identified = { whose: "nobody", names: [user] };
  if (asksSignIn) return nobody;
  if (identityPage === undefined) return { whose: "somebody", names: [user] };
  if (named === undefined) return nobody;
  if (naming === "same-for-all") return { whose: "somebody", names: [user] };
  if (naming === "own-name") {
    if (named === reference) return { whose: "marker", names: [user, named] };
    return amongOthers(named, people, user);
  }
  const shape = naming === "signed-name" ? "address" : naming;
  const signed = signedNames.find((name) => isNameOf(named, name, shape));
  if (signed !== undefined) return { whose: "marker", names: [user, signed] };
  if (naming === "signed-name" && addressesIn(named).length === 0) return amongOthers(named, people, user);
  const whose = whoseIs(named, user, shape);
  return { whose, names: whose === "forged" ? [user, ...addressesIn(named)] : [user] };
}

/** A name that is not this user's is somebody else's where it is known whose. */
function amongOthers(named: string, people: Known["people"], user: string): Identified {
  const isAnother = people.some(({ name }) => name === named);
  return { whose: isAnother ? "forged" : "somebody", names: [user, named] };
}

/** Whoever goes by another name than was typed is still who signed in: the IdP signed that name. */
function isNameOf(named: string, signedName: string, naming: "address" | "address-in-any-case"): boolean {
  return named === signedName || whoseIs(named, signedName, naming) === "marker";
}

/** Whether it takes a good sign-in of the same user to tell whose name it is. */
export function needsReference({ naming, people }: Known, { named }: Sighting): boolean {
  return naming === "own-name" && named !== undefined && people.every(({ name }) => name !== named);
}
