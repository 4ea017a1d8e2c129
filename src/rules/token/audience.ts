import { quote } from "../../quote.ts";
import type { TokenCheck } from "./token-check.ts";
import { audiences } from "./values.ts";

/** At least one audience is ours. */
export const checkAudience: TokenCheck = ({ claims }, policy) => {
  const found = audiences(claims.aud);
  if (policy.audiences === undefined || found === undefined) return undefined;
  if (policy.audiences.some((audience) => found.includes(audience))) return [];
  const wanted = policy.audiences.map(quote).join(" or ");
  return [{ at: "/claims/aud", message: `aud is ${quote(claims.aud)}; it must hold ${wanted}` }];
};
