import type { Channel } from "../emission/channels.ts";
import type { Emission } from "../emission/emission.ts";
import type { IdpParts } from "./parts.ts";

/**
 * The emission that the documents of an issuer follow, which belong to no sign-in: the one that is preselected, behind
 * what the settings of this issuer change. `undefined`: there is none.
 */
export function documentEmission(
  { choices, overrides }: Pick<IdpParts, "choices" | "overrides">,
  channels: readonly Channel[],
): Emission | undefined {
  const emission = choices.get(choices.preselected(channels));
  if (emission === undefined || overrides.length === 0) return emission;
  return { ...emission, patch: [...overrides, ...emission.patch] };
}
