import { quote } from "../../quote.ts";
import type { TokenCheck } from "./token-check.ts";
import { audiences } from "./values.ts";

/** Makes a check that every one of these claims is present. */
export function requireClaims(...names: readonly string[]): TokenCheck {
  return ({ claims }) =>
    names
      .filter((name) => !Object.hasOwn(claims, name))
      .map((name) => ({ at: `/claims/${name}`, message: `${name} is missing; the token must have it` }));
}

/** Makes a check that each of these claims, where present, is a string with something in it. */
export function requireText(...names: readonly string[]): TokenCheck {
  return ({ claims }) =>
    names
      .filter(
        (name) => Object.hasOwn(claims, name) && (typeof claims[name] !== "string" || claims[name] === ""),
      )
      .map((name) => ({
        at: `/claims/${name}`,
        message: `${name} is ${quote(claims[name])}; it must be a string that is not empty`,
      }));
}

/** `aud`, where present, is a string or an array of strings. */
export const checkAudienceType: TokenCheck = ({ claims }) => {
  if (!Object.hasOwn(claims, "aud") || audiences(claims.aud) !== undefined) return [];
  const message = `aud is ${quote(claims.aud)}; it must be a string or an array of strings`;
  return [{ at: "/claims/aud", message }];
};

/** Longest `sub`, characters. OIDC Core §2. */
const MAX_SUBJECT = 255;

/** `sub` is short enough to be kept by every relying party. */
export const checkSubjectLength: TokenCheck = ({ claims: { sub } }) => {
  if (typeof sub !== "string") return undefined;
  const { length } = sub.replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g, "?");
  if (length <= MAX_SUBJECT) return [];
  return [{ at: "/claims/sub", message: `sub has ${length} characters; ${MAX_SUBJECT} are the most` }];
};

/** `sub` holds only characters that every relying party keeps and compares alike. */
export const checkSubjectCharacters: TokenCheck = ({ claims: { sub } }) => {
  if (typeof sub !== "string") return undefined;
  // oxlint-disable-next-line no-control-regex -- ASCII is all of them
  if (/^[\x00-\x7f]*$/.test(sub)) return [];
  return [{ at: "/claims/sub", message: `sub is ${quote(sub)}; it should hold ASCII characters only` }];
};
