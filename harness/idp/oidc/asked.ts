import type { Emission, Ignorable } from "../../emission/emission.ts";

/** Classes that a request asks for, in the order of preference. */
export interface AskedClasses {
  readonly values: readonly string[];
  /** Set by an essential `acr` of the `claims` parameter: without one of them there is to be no answer. */
  readonly essential: boolean;
}

type Ignored = Pick<Emission, "ignore">;

const NOTHING: AskedClasses = { values: [], essential: false };

function member(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  const found: unknown = Reflect.get(value, name);
  return found;
}

function classesOfClaims(claims: unknown): AskedClasses {
  if (typeof claims !== "string") return NOTHING;
  const parsed: unknown = JSON.parse(claims);
  const acr = member(member(parsed, "id_token"), "acr");
  const values = [member(acr, "value"), member(acr, "values")].flat();
  return {
    values: values.filter((value) => typeof value === "string"),
    essential: member(acr, "essential") === true,
  };
}

/** Whether an emission disobeys a request on purpose. */
export function ignores(emission: Ignored | undefined, request: Ignorable): boolean {
  return emission?.ignore.includes(request) === true;
}

/**
 * Classes that a request asks for: by the `claims` parameter if it names any there, else by `acr_values`; without those
 * that an emission ignores.
 *
 * @param params of the authorization request, which oidc-provider has checked: `claims` is JSON
 */
export function askedClasses(
  params: Readonly<Record<string, unknown>>,
  emission: Ignored | undefined,
): AskedClasses {
  const byClaims = ignores(emission, "claims") ? NOTHING : classesOfClaims(params["claims"]);
  if (byClaims.values.length > 0) return byClaims;
  const { acr_values: listed } = params;
  if (ignores(emission, "acr_values") || typeof listed !== "string") return NOTHING;
  return { values: listed.split(" ").filter((value) => value !== ""), essential: false };
}
