import type { TokenCheck } from "./token-check.ts";
import { time } from "./values.ts";

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
