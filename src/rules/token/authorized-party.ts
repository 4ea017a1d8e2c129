import { quote } from "../../quote.ts";
import type { TokenCheck } from "./token-check.ts";

/** `azp`, where present, is a client id of ours: the token was issued to whom it names. */
export const checkAuthorizedParty: TokenCheck = ({ claims }, policy) => {
  const { azp } = claims;
  if (policy.audiences === undefined || typeof azp !== "string") return undefined;
  if (policy.audiences.includes(azp)) return [];
  const wanted = policy.audiences.map(quote).join(" or ");
  return [{ at: "/claims/azp", message: `azp is ${quote(azp)}; it must be ${wanted}` }];
};
