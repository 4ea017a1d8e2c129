import type { Emission } from "../emission/emission.ts";
import type { Scenario } from "./schema.ts";

/** What the IdP says once the first of several steps is done: the same as before, but for what changes. */
export function emissionAfter(emission: Emission, later: NonNullable<Scenario["later"]>): Emission {
  const { profile = emission.profile, patch = emission.patch } = later;
  const { tamper = emission.tamper, ignore = emission.ignore } = later;
  return { ...emission, profile, patch, tamper, ignore };
}
