import { quote } from "../../quote.ts";
import type { Fault } from "../../rule.ts";
import { AMR_REGISTRY_DATE } from "../../vocabulary/amr-registry.ts";
import { isExpressionText } from "../../vocabulary/expression-text.ts";
import { meaningOf, registeredFor } from "../../vocabulary/method-word.ts";

/** How many values a message names: nobody reads more, and a hostile token has a hundred thousand. */
const MAX_NAMED = 40;

/** What to do about an expression that was sent as text. */
export const EVALUATE =
  "Have the expression evaluated: set the mapping of the identity provider to an expression, not to a fixed text.";

/** Whether one of the values that a message can name is an expression, sent as text. */
export function holdsExpression(values: readonly unknown[]): boolean {
  return values.slice(0, MAX_NAMED).some((value) => typeof value === "string" && isExpressionText(value));
}

/** A value as a message shows it: quoted, and what is known about it. */
export function explained(value: string): string {
  const meaning = meaningOf(value);
  return meaning === undefined ? quote(value) : `${quote(value)} (${meaning})`;
}

/**
 * What is to be said of values that no registry lists.
 *
 * @param place what holds them, in words
 * @param values at least one, each once
 */
export function unregisteredFault(place: string, values: readonly string[]): Omit<Fault, "at"> {
  const named = values.slice(0, MAX_NAMED).map((value) => explained(value));
  const more = values.length > MAX_NAMED ? ` and ${values.length - MAX_NAMED} more` : "";
  const message = `${place} holds ${named.join(", ")}${more}, which the IANA registry of methods (state of ${AMR_REGISTRY_DATE}) does not list`;
  const fix = fixFor(values.slice(0, MAX_NAMED));
  return fix === undefined ? { message } : { message, fix };
}

function fixFor(values: readonly string[]): string | undefined {
  if (holdsExpression(values)) return EVALUATE;
  const pairs = values.flatMap((value) => {
    const registered = registeredFor(value);
    return registered === undefined ? [] : [`${registered} for ${quote(value)}`];
  });
  if (pairs.length === 0) return undefined;
  return `Map the words of the product to registered values, such as ${pairs.join(", ")}; add the value for MFA only when two factors were used.`;
}
