import { quote } from "../../quote.ts";
import type { TokenCheck } from "./token-check.ts";

/** Makes a check that the token was not used before, by the ids that it has; one without any cannot be told. */
export function refuseReplay(...idClaims: readonly string[]): TokenCheck {
  return ({ claims }, { replay }) => {
    const { iss } = claims;
    const ids = idClaims.filter((name) => typeof claims[name] === "string");
    if (replay === undefined || typeof iss !== "string" || ids.length === 0) return undefined;
    return ids
      .filter((name) => replay.has(`${iss} ${String(claims[name])}`))
      .map((name) => ({ at: `/claims/${name}`, message: `${name} ${quote(claims[name])} was used before` }));
  };
}
