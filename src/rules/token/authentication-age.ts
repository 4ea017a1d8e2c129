import type { TokenCheck } from "./token-check.ts";
import { time } from "./values.ts";

/** When OpenID Connect was published, 25 February 2014: nobody signed in with it before. */
const OPENID_CONNECT = 1_393_286_400;

/** `auth_time` is there where an age is asked for. */
export const checkAuthTimePresent: TokenCheck = ({ claims }, { maxAuthAgeSeconds }) => {
  if (maxAuthAgeSeconds === undefined) return undefined;
  if (Object.hasOwn(claims, "auth_time")) return [];
  const message = `auth_time is missing; it must show an age of at most ${maxAuthAgeSeconds} s`;
  return [{ at: "/claims/auth_time", message }];
};

/** The user authenticated recently enough. */
export const checkAuthAge: TokenCheck = ({ claims }, { maxAuthAgeSeconds, clockSkewSeconds }, now) => {
  const authTime = time(claims.auth_time);
  if (maxAuthAgeSeconds === undefined || authTime === undefined) return undefined;
  const age = now - authTime;
  if (age <= maxAuthAgeSeconds + clockSkewSeconds) return [];
  const message = `the user authenticated ${age} s ago; at most ${maxAuthAgeSeconds} s are allowed`;
  return [{ at: "/claims/auth_time", message }];
};

/** `auth_time` is a moment at which somebody may have signed in. */
export const checkAuthTimePlausible: TokenCheck = ({ claims }) => {
  const authTime = time(claims.auth_time);
  if (authTime === undefined) return undefined;
  if (authTime >= OPENID_CONNECT) return [];
  return [
    { at: "/claims/auth_time", message: `auth_time is ${authTime}, before there was any such sign-in` },
  ];
};
