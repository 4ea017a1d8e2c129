import { matchers } from "../../matchers/matchers.ts";
import { quote } from "../../quote.ts";
import type { TokenCheck } from "./token-check.ts";
import { strings } from "./values.ts";

/** `amr` is there at all. */
export const checkAmrPresent: TokenCheck = ({ claims }) => {
  if (Object.hasOwn(claims, "amr")) return [];
  return [{ at: "/claims/amr", message: "amr is missing; it must name the methods that were used" }];
};

/** `amr`, where present, is an array of strings. */
export const checkAmrType: TokenCheck = ({ claims }) => {
  if (!Object.hasOwn(claims, "amr")) return undefined;
  if (strings(claims.amr) !== undefined) return [];
  return [{ at: "/claims/amr", message: `amr is ${quote(claims.amr)}; it must be an array of strings` }];
};

/** `amr` holds a value that means MFA, exactly as it is written. */
export const checkMfa: TokenCheck = ({ claims }, { mfa }) => {
  const amr = strings(claims.amr);
  if (amr === undefined) return undefined; // that it is missing or malformed is for other rules to say
  if (mfa.amrValues.some((value) => amr.includes(value))) return [];
  const wanted = mfa.amrValues.map(quote).join(" or ");
  return [{ at: "/claims/amr", message: `amr is ${quote(amr)}; it must contain ${wanted}` }];
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

/** Case, white space, and full-width letters folded away, as comparisons made for people do. */
function passesWhenFolded(amr: unknown): boolean {
  const folded = strings(amr)?.map((value) => value.normalize("NFKC").trim().toLowerCase());
  return matchers.strict(folded) === "pass";
}

/** Makes a check that two different kinds of factor are not left without the word that says so. */
export function refuseUnnamedFactors(kinds: ReadonlyMap<string, string>): TokenCheck {
  return ({ claims }, { mfa }) => {
    const amr = strings(claims.amr);
    if (amr === undefined) return undefined;
    if (mfa.amrValues.some((value) => amr.includes(value))) return [];
    const found = new Set(amr.map((value) => kinds.get(value)).filter((kind) => kind !== undefined));
    if (found.size < 2) return [];
    const message = `amr is ${quote(amr)}, which names ${[...found].join(" and ")}: MFA that no reader sees`;
    return [{ at: "/claims/amr", message }];
  };
}
