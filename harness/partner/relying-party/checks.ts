import type { Configuration } from "openid-client";
import { type Access, decideAccess } from "../access.ts";
import { endSignIn } from "./oidc-answer.ts";
import { readLogoutToken } from "./oidc-logout-token.ts";
import { refreshSignIn } from "./oidc-refresh.ts";
import type { SignedIn } from "./signed-in.ts";
import { type PendingSignIns, stateOf } from "./oidc-state.ts";
import { readUserInfo } from "./oidc-user-info.ts";
import { checkDemands } from "./demands.ts";

/** Somebody about whom the IdP was asked, and what it says for show. */
interface AskedAbout {
  readonly signedIn: SignedIn;
  readonly name: string | undefined;
  readonly email: string | undefined;
}

/** What a relying party decides by itself; each part can be replaced by a worse one, to see whether a test tells. */
export interface RelyingPartyChecks {
  /** Which sign-in of the browser an answer ends. */
  readonly signInOf: (parameters: URLSearchParams, pending: PendingSignIns) => string;
  readonly endSignIn: typeof endSignIn;
  readonly checkDemands: typeof checkDemands;
  readonly refresh: typeof refreshSignIn;
  readonly askUserInfo: (idp: Configuration, signedIn: SignedIn) => Promise<AskedAbout>;
  readonly readLogoutToken: typeof readLogoutToken;
  /** @param now seconds since the epoch */
  readonly decide: (signedIn: SignedIn, now: number) => Access;
}

/** RFC 8176: `amr` is an array of case-sensitive strings, and one of them is `mfa`; nothing else is MFA. */
export function showsMfa(amr: unknown): boolean {
  return Array.isArray(amr) && amr.every((value) => typeof value === "string") && amr.includes("mfa");
}

/** As the specifications want it. */
export const RELYING_PARTY_CHECKS: RelyingPartyChecks = {
  signInOf: stateOf,
  endSignIn,
  checkDemands,
  refresh: refreshSignIn,
  askUserInfo: async (idp, signedIn) => {
    const { name, email } = await readUserInfo(idp, signedIn);
    return { signedIn, name, email };
  },
  readLogoutToken,
  decide: (signedIn, now) => decideAccess({ ...signedIn, showsMfa: showsMfa(signedIn.amr) }, now),
};
