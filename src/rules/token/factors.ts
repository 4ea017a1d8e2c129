import { quote } from "../../quote.ts";
import type { FactorKind } from "../../vocabulary/factor-kind.ts";
import type { TokenCheck } from "./token-check.ts";
import { strings } from "./values.ts";

/** Makes a check that two different kinds of factor are not left without the word that says so. */
export function refuseUnnamedFactors(kindOf: (value: string) => FactorKind | undefined): TokenCheck {
  return ({ claims }, { mfa }) => {
    const amr = strings(claims.amr);
    if (amr === undefined) return undefined;
    if (mfa.amrValues.some((value) => amr.includes(value))) return [];
    const found = new Set<string>();
    for (const value of amr) {
      const kind = kindOf(value);
      if (kind !== undefined) found.add(kind);
    }
    if (found.size < 2) return [];
    const wanted = mfa.amrValues.map(quote).join(" or ");
    const message = `amr is ${quote(amr)}, which names ${[...found].join(" and ")}: only ${wanted} is missing, without which no reader sees MFA`;
    return [{ at: "/claims/amr", message }];
  };
}

/**
 * Makes a check that the word for MFA does not stand over several methods of one kind. Over a single one it may:
 * nothing obliges an issuer to name the other. A word of no known kind may be that other, so then nothing is said.
 */
export function refuseOneKind(kinds: ReadonlyMap<string, string>): TokenCheck {
  return ({ claims }, { mfa }) => {
    const amr = strings(claims.amr);
    if (amr === undefined) return undefined;
    const methods = new Set<string>();
    for (const value of amr) {
      if (mfa.amrValues.includes(value)) continue;
      if (!kinds.has(value)) return [];
      methods.add(value);
    }
    const found = new Set([...methods].map((value) => kinds.get(value)));
    if (methods.size < 2 || found.size > 1 || !mfa.amrValues.some((value) => amr.includes(value))) return [];
    const [kind] = found;
    return [{ at: "/claims/amr", message: `amr is ${quote(amr)}: MFA, although all it names is ${kind}` }];
  };
}
