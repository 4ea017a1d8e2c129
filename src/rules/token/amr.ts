import { matchers } from "../../matchers/matchers.ts";
import { quote } from "../../quote.ts";
import { AMR_REGISTRY } from "../../vocabulary/amr-registry.ts";
import { READERS_MFA } from "../../vocabulary/amr-readers.ts";
import { EVALUATE, holdsExpression, unregisteredFault } from "../methods/unregistered.ts";
import { fixWithoutAmr } from "./whose-token.ts";
import type { TokenCheck } from "./token-check.ts";
import { strings } from "./values.ts";

/** `amr` is there at all. */
export const checkAmrPresent: TokenCheck = ({ claims }) => {
  if (Object.hasOwn(claims, "amr")) return [];
  const fix = fixWithoutAmr(claims);
  const message = "amr is missing; it must name the methods that were used";
  return [{ at: "/claims/amr", message, ...(fix === undefined ? {} : { fix }) }];
};

/** `amr`, where present, is an array of strings. */
export const checkAmrType: TokenCheck = ({ claims }) => {
  if (!Object.hasOwn(claims, "amr")) return undefined;
  if (strings(claims.amr) !== undefined) return [];
  const { what, ...fix } = textFor(claims.amr);
  return [
    {
      at: "/claims/amr",
      message: `amr is ${quote(claims.amr)}${what}; it must be an array of strings`,
      ...fix,
    },
  ];
};

/** What a text in place of an array is, where it can be told, and what to do about it. */
function textFor(amr: unknown): { readonly what: string; readonly fix?: string } {
  const parts: readonly unknown[] = Array.isArray(amr) ? amr : [amr];
  if (holdsExpression(parts)) {
    return { what: ", an expression that was sent as text instead of its value", fix: EVALUATE };
  }
  if (typeof amr !== "string" || !amr.trimStart().startsWith("[")) return { what: "" };
  const fix =
    "Write the array itself into the claim, not its text: set the type of the mapping to a JSON array.";
  return { what: ", an array that was written as text", fix };
}

/** `amr` holds a value that means MFA, exactly as it is written. */
export const checkMfa: TokenCheck = ({ claims }, { mfa }) => {
  const amr = strings(claims.amr);
  if (amr === undefined) return undefined; // that it is missing or malformed is for other rules to say
  if (mfa.amrValues.some((value) => amr.includes(value))) return [];
  const wanted = mfa.amrValues.map(quote).join(" or ");
  const message = `amr is ${quote(amr)}; it must contain ${wanted}`;
  return [{ at: "/claims/amr", message, ...(holdsExpression(amr) ? { fix: EVALUATE } : {}) }];
};

/** Nothing in `amr` only looks like MFA: what a careless reader would take for it is really there. */
export const checkLookalike: TokenCheck = ({ claims }) => {
  const { amr } = claims;
  if (amr === undefined || matchers.strict(amr) === "pass") return amr === undefined ? undefined : [];
  const fooled = [
    ...(matchers["ms-cmdlet"](amr) === "pass" ? ["ms-cmdlet"] : []),
    ...(matchers["ms-mca"](amr) === "pass" ? ["ms-mca"] : []),
    ...(passesWhenFolded(amr) ? ["a reader that ignores case or spaces"] : []),
  ];
  if (fooled.length === 0) return [];
  return [
    {
      at: "/claims/amr",
      message: `amr is ${quote(amr)}; it is not MFA, but ${fooled.join(", ")} takes it for MFA`,
    },
  ];
};

/** Printable ASCII without blanks: only its case can be folded. */
const PLAIN = /^[!-~]*$/;

/** Case, white space, and full-width letters folded away, as comparisons made for people do. */
function passesWhenFolded(amr: unknown): boolean {
  return (strings(amr) ?? []).some(foldsToMfa);
}

function foldsToMfa(value: string): boolean {
  const text = PLAIN.test(value) ? value : value.normalize("NFKC").trim();
  // The length first: on a long amr the rest is where the time goes.
  return text.length === READERS_MFA.length && text.toLowerCase() === READERS_MFA;
}

/** `amr` names each method once. */
export const checkNoDuplicate: TokenCheck = ({ claims }) => {
  const amr = strings(claims.amr);
  if (amr === undefined) return undefined;
  // The platform fills a set from an array in half the time of the loop, and a long amr without duplicates is usual.
  if (new Set(amr).size === amr.length) return [];
  const seen = new Set<string>();
  for (const value of amr) {
    if (seen.has(value)) {
      return [{ at: "/claims/amr", message: `amr is ${quote(amr)}, which names ${quote(value)} twice` }];
    }
    seen.add(value);
  }
  return [];
};

/**
 * Makes a check that `amr` holds registered values only, and names each other one, whether or not anything is known
 * about it.
 *
 * @param defined values that the issuers of this channel define beside the registry
 */
export function refuseUnregistered(...defined: readonly string[]): TokenCheck {
  return ({ claims }, { mfa }) => {
    const amr = strings(claims.amr);
    if (amr === undefined) return undefined;
    const found = new Set<string>();
    for (const value of amr) if (!AMR_REGISTRY.has(value)) found.add(value);
    const foreign = [...found].filter((value) => !defined.includes(value) && !mfa.amrValues.includes(value));
    if (foreign.length === 0) return [];
    return [{ at: "/claims/amr", ...unregisteredFault("amr", foreign) }];
  };
}
