import { quote } from "../../quote.ts";
import type { TokenCheck } from "./token-check.ts";

/** `nonce` is there where one was sent. */
export const checkNoncePresent: TokenCheck = ({ claims }, { nonce }) => {
  if (nonce === undefined) return undefined;
  if (Object.hasOwn(claims, "nonce")) return [];
  return [{ at: "/claims/nonce", message: "nonce is missing; it must be the one that was sent" }];
};

/** `nonce`, where present, is the one that was sent. */
export const checkNonce: TokenCheck = ({ claims }, { nonce }) => {
  if (nonce === undefined || !Object.hasOwn(claims, "nonce")) return undefined;
  if (claims.nonce === nonce) return [];
  const message = `nonce is ${quote(claims.nonce)}; it must be the one that was sent`;
  return [{ at: "/claims/nonce", message }];
};
