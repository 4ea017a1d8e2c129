import type { Asks } from "../scenario/asks.ts";

/** Names that stand in an address for what a scenario has an app ask for. */
export const ASKED_WORDS = [
  "acr_values",
  "claims",
  "max_age",
  "prompt",
  "parameters",
  "requestedAuthnContext",
  "comparison",
  "forceAuthn",
  "isPassive",
  "nameIdFormat",
  "subject",
] as const;

type AskedWord = (typeof ASKED_WORDS)[number];

/** What an OpenID Connect request says, by its own names. */
function parametersOf({ acr_values: classes, claims, max_age: maxAge, prompt }: Asks) {
  return {
    acr_values: classes?.join(" "),
    claims: claims === undefined ? undefined : JSON.stringify(claims),
    max_age: maxAge?.toString(),
    prompt,
  };
}

/** What stands for each name; `parameters` is all of an OpenID Connect request, as its query has it. */
export function askedValues(asks: Asks): Readonly<Partial<Record<AskedWord, string | undefined>>> {
  const parameters = parametersOf(asks);
  const said = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  const { requestedAuthnContext: context, forceAuthn, isPassive, nameIdFormat, subject } = asks;
  return {
    ...parameters,
    parameters: said.length === 0 ? undefined : new URLSearchParams(said).toString(),
    requestedAuthnContext: context?.classes.join(" "),
    comparison: context?.comparison,
    forceAuthn: forceAuthn?.toString(),
    isPassive: isPassive?.toString(),
    nameIdFormat,
    subject,
  };
}

/** Names that an address lacks to have an app ask for all of this. */
export function lackingWords(asks: Asks, given: readonly string[]): readonly string[] {
  const inParameters: readonly string[] = given.includes("parameters") ? Object.keys(parametersOf(asks)) : [];
  const wanted: readonly string[] = Object.entries(asks).flatMap(([name, value]) =>
    value === undefined ? [] : [name],
  );
  // Without a word of how classes are compared, they are compared exactly (SAML Core §3.3.2.2.1).
  const compared = (asks.requestedAuthnContext?.comparison ?? "exact") === "exact" ? [] : ["comparison"];
  return [...wanted, ...compared].filter((name) => !given.includes(name) && !inParameters.includes(name));
}
