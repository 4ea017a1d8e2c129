/** Parameters of an authorization request that say what is asked for, and that anybody may see. */
const SHOWN = [
  "response_type",
  "response_mode",
  "scope",
  "prompt",
  "max_age",
  "acr_values",
  "claims",
  "code_challenge_method",
] as const;

/** Parameters that bind the answer to one browser: it counts that they are there, not what they are. */
const HIDDEN = ["state", "nonce"] as const;

/**
 * What an authorization request named, by its own words; `state` and `nonce` without their values.
 *
 * @param params of the request, as oidc-provider has checked them
 */
export function namedIn(params: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const said = (name: string): readonly string[] => {
    const { [name]: value } = params;
    return typeof value === "string" || typeof value === "number" ? [String(value)] : [];
  };
  return Object.fromEntries([
    ...SHOWN.flatMap((name) => said(name).map((value) => [name, value] as const)),
    ...HIDDEN.flatMap((name) => said(name).map(() => [name, "sent"] as const)),
  ]);
}
