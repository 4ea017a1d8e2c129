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

/** Beside ours there is no audience that is not trusted. */
export const checkOtherAudiences: TokenCheck = ({ claims }, policy) => {
  const found = audiences(claims.aud);
  if (policy.audiences === undefined || found === undefined) return undefined;
  const trusted = new Set(policy.audiences);
  if (!found.some((audience) => trusted.has(audience))) return undefined; // that it is not for us is another fault
  return found.flatMap((audience, index) =>
    trusted.has(audience)
      ? []
      : [{ at: `/claims/aud/${index}`, message: `aud also holds ${quote(audience)}` }],
  );
};
