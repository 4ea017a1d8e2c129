import { type Emission, type EmissionInput, emissionSchema } from "../emission/emission.ts";
import { HarnessError } from "../errors.ts";
import { problemsIn, type SchemaProblem } from "./schema-problems.ts";

function line({ place, found, expected }: SchemaProblem): string {
  const what = place === "" ? "the emission" : place;
  return found === undefined ? `${what}: ${expected}` : `${what}: ${expected} (found ${found})`;
}

/**
 * Makes an emission of what a person writes: checks it, and fills in what was left out.
 *
 * @param input as in a scenario file, e.g. `{ channel: "oidc", profile: "password-only" }`
 * @throws HarnessError `ERR_SCENARIO_INVALID` naming every place that is wrong
 */
export function emission(input: EmissionInput): Emission {
  const parsed = emissionSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new HarnessError(
    "ERR_SCENARIO_INVALID",
    `this is no emission: ${problemsIn(parsed.error, input).map(line).join("; ")}`,
    "An emission is written as in a scenario file; scenarios/scenario.schema.json describes it.",
  );
}
