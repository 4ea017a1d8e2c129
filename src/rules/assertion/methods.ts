import { quote } from "../../quote.ts";
import type { Fault } from "../../rule.ts";
import { AMR_REGISTRY } from "../../vocabulary/amr-registry.ts";
import { isExpressionText } from "../../vocabulary/expression-text.ts";
import type { FactorKind } from "../../vocabulary/factor-kind.ts";
import { mfaWord } from "../../vocabulary/mfa-words.ts";
import { factorKindOf } from "../../vocabulary/method-word.ts";
import { METHOD_URIS } from "../../vocabulary/method-uris.ts";
import { MFA_URIS, MFA_WORDS } from "../../vocabulary/saml-mfa.ts";
import { resembles } from "./resembles.ts";
import { unregisteredFault } from "../methods/unregistered.ts";

/** An attribute that says by its name that it carries methods, or into which the reader looks for them. */
export interface MethodList {
  readonly at: string;
  readonly name: string;
  readonly values: readonly string[];
  /** Whether the reader looks there: then what only resembles a value of its own is another rule's business. */
  readonly read: boolean;
}

/** Values that somebody defines: registered words, URIs of methods, and whatever says MFA. */
function isDefined(value: string): boolean {
  return AMR_REGISTRY.has(value) || METHOD_URIS.has(value) || saysMfa(value);
}

function saysMfa(value: string): boolean {
  return MFA_URIS.includes(value) || MFA_WORDS.includes(value) || mfaWord(value)?.says === "mfa";
}

/** Names each value of a list of methods that nobody defines, and each expression that was sent as text. */
export function unregisteredMethods(
  lists: readonly MethodList[],
  accepted: readonly string[],
): readonly Fault[] {
  return lists.flatMap(({ at, name, values, read }) => {
    const foreign = [...new Set(values)].filter(
      (value) => !accepted.includes(value) && !isDefined(value) && !(read && resembles(value, accepted)),
    );
    return foreign.length === 0 ? [] : [{ at, ...unregisteredFault(name, foreign) }];
  });
}

/** The class references or methods that are an expression sent as text. */
export function expressionsIn(
  places: readonly { readonly at: string; readonly place: string; readonly value: string }[],
): readonly Fault[] {
  return places
    .filter(({ value }) => isExpressionText(value))
    .map(({ at, place, value }) => ({ at, ...unregisteredFault(place, [value]) }));
}

/** Lists that name two different kinds of factor and nothing that says MFA to anybody. */
export function twoFactorsWithoutMfa(
  lists: readonly MethodList[],
  wanted: readonly string[],
): readonly Fault[] {
  return lists.flatMap(({ at, name, values }) => {
    if (values.some((value) => wanted.includes(value) || saysMfa(value))) return [];
    const kinds = new Set<FactorKind>();
    for (const value of values) {
      const kind = factorKindOf(value);
      if (kind !== undefined) kinds.add(kind);
    }
    if (kinds.size < 2) return [];
    const message = `${name} is ${quote(values)}, which names ${[...kinds].join(" and ")}: only a value that means MFA to this reader is missing, ${wanted.map(quote).join(" or ")}`;
    return [{ at, message }];
  });
}
