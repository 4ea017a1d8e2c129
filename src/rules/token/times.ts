import { quote } from "../../quote.ts";
import type { TokenCheck } from "./token-check.ts";
import { time } from "./values.ts";

/** Each of these claims, where present, is a number. */
export const checkTimeTypes: TokenCheck = ({ claims }) =>
  ["exp", "nbf", "iat", "auth_time"]
    .filter((name) => Object.hasOwn(claims, name) && time(claims[name]) === undefined)
    .map((name) => ({
      at: `/claims/${name}`,
      message: `${name} is ${quote(claims[name])}; it must be a number of seconds since 1970`,
    }));

/** The token has not expired; the moment of expiry itself is too late. */
export const checkExpiry: TokenCheck = ({ claims }, { clockSkewSeconds }, now) => {
  const exp = time(claims.exp);
  if (exp === undefined) return undefined;
  if (now - clockSkewSeconds < exp) return [];
  return [
    { at: "/claims/exp", message: `exp is ${exp}, which is past at ${now} (skew ${clockSkewSeconds} s)` },
  ];
};

/** The token may be used already. */
export const checkNotBefore: TokenCheck = (token, policy, now) => checkNotFuture("nbf", token, policy, now);

/**
 * There is a moment at which the token is valid. Where it is over or has not begun, the rules about that speak: this
 * one is for two times that a tolerance for clocks lets pass one by one.
 */
export const checkWindow: TokenCheck = (token, policy, now) => {
  const [exp, nbf] = [time(token.claims.exp), time(token.claims.nbf)];
  if (exp === undefined || nbf === undefined) return undefined;
  if (
    (checkExpiry(token, policy, now)?.length ?? 0) + (checkNotBefore(token, policy, now)?.length ?? 0) >
    0
  ) {
    return undefined;
  }
  if (nbf < exp) return [];
  return [{ at: "/claims/exp", message: `exp is ${exp}, nbf is ${nbf}; exp must be after nbf` }];
};

/** The token was not issued in the future. */
export const checkIssuedAt: TokenCheck = (token, policy, now) => checkNotFuture("iat", token, policy, now);

/** The user did not authenticate in the future. */
export const checkAuthTime: TokenCheck = (token, policy, now) =>
  checkNotFuture("auth_time", token, policy, now);

function checkNotFuture(
  name: string,
  ...[{ claims }, { clockSkewSeconds }, now]: Parameters<TokenCheck>
): ReturnType<TokenCheck> {
  const moment = time(claims[name]);
  if (moment === undefined) return undefined;
  if (moment <= now + clockSkewSeconds) return [];
  const message = `${name} is ${moment}, which is still to come at ${now} (skew ${clockSkewSeconds} s)`;
  return [{ at: `/claims/${name}`, message }];
}
