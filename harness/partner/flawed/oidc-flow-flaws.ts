import { createRemoteJWKSet, decodeJwt, jwtVerify } from "jose";
import * as client from "openid-client";
import { endSignIn } from "../relying-party/oidc-answer.ts";
import type { readLogoutToken } from "../relying-party/oidc-logout-token.ts";
import { refreshSignIn } from "../relying-party/oidc-refresh.ts";
import { TOKEN_PARAMETERS } from "../relying-party/oidc-sign-in.ts";
import type { SignedIn } from "../relying-party/signed-in.ts";
import type { FlawOf } from "./flaw.ts";
import { ownEndSignIn, unchecked } from "./own-oidc.ts";

/** Refreshes, and lets `keep` decide what becomes of the sign-in. */
function refreshing(keep: (before: SignedIn, claims: client.IDToken) => SignedIn): typeof refreshSignIn {
  return async (idp, signedIn) => {
    const tokens = await client.refreshTokenGrant(
      idp,
      signedIn.refreshToken ?? "",
      TOKEN_PARAMETERS[signedIn.purpose],
    );
    const claims = tokens.claims();
    const kept = { ...signedIn, refreshToken: tokens.refresh_token ?? signedIn.refreshToken };
    return claims === undefined ? kept : keep(kept, claims);
  };
}

/** Reads a logout token without any doubt. */
const believeLogoutToken: typeof readLogoutToken = (token, { issuer }) => {
  const { sub, sid } = decodeJwt(token);
  const session = typeof sid === "string" ? sid : undefined;
  return Promise.resolve({ issuer, subject: sub, session });
};

/** Verifies a logout token as any token of the issuer, and never asks what it is for. */
const believeAnyToken: typeof readLogoutToken = async (token, { issuer, audience, jwksUri }) => {
  const keys = createRemoteJWKSet(new URL(jwksUri));
  await jwtVerify(token, keys, { issuer, audience, algorithms: ["RS256"] });
  const { sub, sid } = decodeJwt(token);
  return { issuer, subject: sub, session: typeof sid === "string" ? sid : undefined };
};

/** What a signed answer says, signed or not. */
function parametersIn(answer: URLSearchParams): URLSearchParams {
  const claims = Object.entries(decodeJwt(answer.get("response") ?? ""));
  return new URLSearchParams(claims.map(([name, value]) => [name, String(value)]));
}

/** Mistakes in the course of a sign-in, and after it. */
export const OIDC_FLOW_FLAWS: readonly FlawOf<"oidc">[] = [
  {
    id: "oidc-state-unchecked",
    mistake: "Takes any answer for that of the sign-in which the browser began last, whatever the state.",
    references: ["RFC 6749 §10.12", "RFC 9700 §4.7"],
    caughtBy: ["flow-answer-wrong-state", "flow-answer-no-state"],
    checks: () => ({
      signInOf: (_parameters, pending) => Object.keys(pending).at(-1) ?? "",
      endSignIn: ownEndSignIn(),
    }),
  },
  {
    id: "oidc-answer-issuer-unchecked",
    mistake: "Talks to several IdPs and never asks which of them answers.",
    references: ["RFC 9207 §2.4", "RFC 9700 §4.4"],
    caughtBy: ["flow-answer-no-iss", "flow-answer-wrong-iss"],
    checks: () => ({ endSignIn: ownEndSignIn({ answerIssuer: unchecked }) }),
  },
  {
    id: "oidc-demands-unchecked",
    mistake: "Asks for a class or an age, and never looks whether the answer meets it.",
    references: ["OIDC Core §3.1.2.1", "OIDC Core §5.5.1.1", "failures/F-43"],
    caughtBy: ["request-max-age-exceeded", "request-essential-acr-ignored"],
    checks: () => ({ checkDemands: () => undefined }),
  },
  {
    id: "oidc-user-info-subject-unchecked",
    mistake: "Never compares the subject of UserInfo with that of the ID token.",
    references: ["OIDC Core §5.3.4"],
    caughtBy: ["flow-user-info-wrong-sub"],
    checks: () => ({
      askUserInfo: async (idp, signedIn) => {
        const { name, email } = await client.fetchUserInfo(
          idp,
          signedIn.accessToken,
          client.skipSubjectCheck,
        );
        return { signedIn, name, email };
      },
    }),
  },
  {
    id: "oidc-user-info-overrides",
    mistake: "Merges UserInfo over the ID token, methods included.",
    references: ["OIDC Core §5.3.2"],
    caughtBy: ["id-token-mfa-in-user-info-only", "id-token-user-info-says-less"],
    checks: () => ({
      askUserInfo: async (idp, signedIn) => {
        const said = await client.fetchUserInfo(idp, signedIn.accessToken, signedIn.subject);
        const { name, email, amr = signedIn.amr } = said;
        return { signedIn: { ...signedIn, amr }, name, email };
      },
    }),
  },
  {
    id: "oidc-user-info-names-the-user",
    mistake: "Takes the name in UserInfo for the account, though the IdP lets people choose it.",
    references: ["OIDC Core §5.7"],
    caughtBy: ["flow-user-info-names-of-another"],
    checks: () => ({
      askUserInfo: async (idp, signedIn) => {
        const said = await client.fetchUserInfo(idp, signedIn.accessToken, signedIn.subject);
        const { name, email, preferred_username: user = signedIn.user } = said;
        return { signedIn: { ...signedIn, user }, name, email };
      },
    }),
  },
  {
    id: "oidc-refresh-unchecked",
    mistake: "Takes whatever a refreshed ID token says of the person, the sign-in and the methods.",
    references: ["OIDC Core §12.2"],
    caughtBy: ["flow-refresh-wrong-sub", "flow-refresh-newer-auth-time"],
    checks: () => ({
      refresh: refreshing((before, claims) => ({
        ...before,
        subject: claims.sub,
        amr: claims["amr"],
        authenticatedAt: claims.auth_time,
      })),
    }),
  },
  {
    id: "oidc-refresh-fails-open",
    mistake: "Keeps the old session when a refresh fails.",
    references: ["OIDC Core §12.2"],
    caughtBy: ["flow-refresh-expired", "flow-refresh-wrong-sub"],
    checks: () => ({
      refresh: async (idp, signedIn, now) => await refreshSignIn(idp, signedIn, now).catch(() => signedIn),
    }),
  },
  {
    id: "oidc-logout-unchecked",
    mistake: "Ends sessions for whoever posts a logout token, signed or not.",
    references: ["OIDC Back-Channel Logout §2.6"],
    caughtBy: ["flow-logout-bad-signature", "flow-logout-unsigned"],
    checks: () => ({ readLogoutToken: believeLogoutToken }),
  },
  {
    id: "oidc-logout-kind-unchecked",
    mistake: "Ends sessions for any token of the issuer, an ID token as well.",
    references: ["OIDC Back-Channel Logout §2.6", "RFC 8725 §3.11"],
    caughtBy: ["flow-logout-no-event", "flow-logout-with-nonce"],
    checks: () => ({ readLogoutToken: believeAnyToken }),
  },
  {
    id: "oidc-signed-answer-unverified",
    mistake: "Asks for a signed answer, and reads it without verifying the signature.",
    references: ["JARM §2.4"],
    caughtBy: ["flow-jarm-bad-signature", "flow-jarm-unsigned"],
    checks: () => ({
      endSignIn: async (idp, answer, state, pending, now) => {
        if (pending.flow !== "jarm") return await endSignIn(idp, answer, state, pending, now);
        const opened = { ...answer, parameters: parametersIn(answer.parameters) };
        return await ownEndSignIn()(idp, opened, state, { ...pending, flow: "code" }, now);
      },
    }),
  },
  {
    id: "oidc-hybrid-hashes-unchecked",
    mistake: "Leaves code and access token of the front channel unbound to the ID token beside them.",
    references: ["OIDC Core §3.3.2.9", "OIDC Core §3.3.2.10"],
    caughtBy: ["flow-hybrid-wrong-c-hash"],
    checks: () => ({
      endSignIn: async (idp, answer, state, pending, now) => {
        if (pending.flow !== "hybrid") return await endSignIn(idp, answer, state, pending, now);
        return await ownEndSignIn({ answerIssuer: unchecked })(
          idp,
          answer,
          state,
          { ...pending, flow: "code" },
          now,
        );
      },
    }),
  },
];
