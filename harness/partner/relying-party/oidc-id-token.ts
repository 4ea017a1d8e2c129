import type { IDToken } from "openid-client";
import { CLOCK_SKEW_SECONDS } from "../access.ts";
import type { IdTokenFacts } from "./signed-in.ts";

/** What of a verified ID token is kept. */
export function idTokenFacts(claims: IDToken): IdTokenFacts {
  return {
    issuer: claims.iss,
    subject: claims.sub,
    audiences: [claims.aud].flat(),
    authorizedParty: textOf(claims["azp"]),
    authenticatedAt: claims.auth_time,
    nonce: textOf(claims.nonce),
    session: textOf(claims["sid"]),
  };
}

/** How a person is called: by the name that a verified ID token says, else by its subject. */
export function userOf(claims: IDToken): string {
  const names = [claims["preferred_username"], claims["upn"], claims["email"]];
  return names.map(textOf).find((name) => name !== undefined) ?? claims.sub;
}

/** The library lets these two pass: a time that has not come yet proves that a clock or the token is wrong. */
export function refuseFuture(claims: IDToken, now: number): void {
  for (const name of ["iat", "auth_time"] as const) {
    const time = claims[name];
    if (time !== undefined && time > now + CLOCK_SKEW_SECONDS) {
      throw new Error(`the ID token's ${name} lies in the future`);
    }
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
