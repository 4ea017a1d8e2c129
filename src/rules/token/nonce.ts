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
  return [{ at: "/claims/nonce", message: difference(claims.nonce, nonce) }];
};

/** What differs: a nonce that holds the one that was sent, or a part of it, is described and not shown. */
function difference(found: unknown, sent: string): string {
  const wanted = "it must be the one that was sent";
  if (typeof found !== "string") return `nonce is ${kindOf(found)}; ${wanted}, as a string`;
  if (found.toLowerCase() === sent.toLowerCase()) {
    return `nonce is the one that was sent with other capital letters; ${wanted}, letter by letter`;
  }
  if (found.includes(sent))
    return `nonce is longer than the one that was sent and holds it; ${wanted}, alone`;
  if (found !== "" && sent.includes(found)) {
    return `nonce is only a part of the one that was sent; ${wanted}, whole`;
  }
  return `nonce is ${quote(found)}; ${wanted}`;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "an array" : `of type ${typeof value}`;
}
