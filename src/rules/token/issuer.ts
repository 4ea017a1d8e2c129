import { quote } from "../../quote.ts";
import type { TokenCheck } from "./token-check.ts";

/** The issuer is exactly one that is trusted: no prefix, no other case, no missing slash. */
export const checkIssuer: TokenCheck = ({ claims }, { issuers }) => {
  const { iss } = claims;
  if (issuers.length === 0 || typeof iss !== "string") return undefined;
  if (issuers.some(({ issuer }) => issuer === undefined || issuer === iss)) return [];
  const trusted = issuers.map(({ issuer }) => quote(issuer)).join(" or ");
  return [{ at: "/claims/iss", message: `iss is ${quote(iss)}; it must be ${trusted}` }];
};
