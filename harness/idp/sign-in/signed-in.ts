import type { Emission } from "../../emission/emission.ts";
import type { PerformedSignIn } from "../issued.ts";

/** A person who signed in: what was done, and what will be said about it. */
export interface SignedIn {
  /** Id of the choice, under which artifacts are recorded. */
  readonly choice: string;
  readonly emission: Emission;
  readonly performed: PerformedSignIn;
}
