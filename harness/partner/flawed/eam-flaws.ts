import { decodeJwt, decodeProtectedHeader, importJWK, type JWTPayload } from "jose";
import { checkAnswer } from "../../entra/eam-answer.ts";
import type { FlawOf } from "./flaw.ts";

type Attempt = Parameters<typeof checkAnswer>[1];

/** A tenant for which a token always says what was asked in one place. */
function blindFor(
  change: (claims: JWTPayload, attempt: Attempt) => Partial<Attempt>,
): FlawOf<"eam">["checks"] {
  return () => ({
    checkAnswer: async (idToken, attempt, provider, now) => {
      const asked = { ...attempt, ...change(decodeJwt(idToken), attempt) };
      return await checkAnswer(idToken, asked, provider, now);
    },
  });
}

function texts(value: unknown): readonly string[] {
  return [value].flat().filter((one) => typeof one === "string");
}

/** Mistakes of a tenant that leaves the second factor to somebody else. */
export const EAM_FLAWS: readonly FlawOf<"eam">[] = [
  {
    id: "eam-nonce-unchecked",
    mistake: "Never compares the nonce.",
    references: ["OIDC Core §3.2.2.11"],
    caughtBy: ["eam-wrong-nonce"],
    checks: blindFor(({ nonce }, attempt) => ({ nonce: texts(nonce)[0] ?? attempt.nonce })),
  },
  {
    id: "eam-subject-unchecked",
    mistake: "Lets the second factor of one person count for another.",
    references: ["OIDC Core §3.2.2.11"],
    caughtBy: ["eam-wrong-subject"],
    checks: blindFor(({ sub }, attempt) => ({ subject: sub ?? attempt.subject })),
  },
  {
    id: "eam-audience-unchecked",
    mistake: "Never asks for whom the token is.",
    references: ["OIDC Core §3.1.3.7 (3)"],
    caughtBy: ["eam-wrong-audience"],
    checks: blindFor(({ aud }, attempt) => ({ clientId: texts(aud)[0] ?? attempt.clientId })),
  },
  {
    id: "eam-acr-unchecked",
    mistake: "Takes any class, asked for or not.",
    references: ["failures/F-16"],
    caughtBy: ["eam-acr-narrower"],
    checks: blindFor(({ acr }, attempt) => ({ acrValues: [...attempt.acrValues, ...texts(acr)] })),
  },
  {
    id: "eam-issuer-unchecked",
    mistake: "Never compares the issuer.",
    references: ["OIDC Core §3.1.3.7 (2)", "failures/F-21"],
    caughtBy: ["eam-issuer-with-port"],
    checks: () => ({
      checkAnswer: async (idToken, attempt, provider, now) => {
        const issuer = decodeJwt(idToken).iss ?? provider.issuer;
        return await checkAnswer(idToken, attempt, { ...provider, issuer }, now);
      },
    }),
  },
  {
    id: "eam-time-unchecked",
    mistake: "Never looks when the token ends, or begins.",
    references: ["OIDC Core §3.1.3.7 (9)"],
    caughtBy: ["eam-expired", "eam-issued-in-future"],
    checks: () => ({
      checkAnswer: async (idToken, attempt, provider, now) => {
        const { iat, nbf = iat, exp } = decodeJwt(idToken);
        const end = exp === undefined ? now : exp - 1;
        return await checkAnswer(idToken, attempt, provider, Math.min(Math.max(now, nbf ?? now), end));
      },
    }),
  },
  {
    id: "eam-key-in-header",
    mistake: "Verifies with the key that the token brings along.",
    references: ["RFC 8725 §3.10", "CVE-2018-0114"],
    caughtBy: ["eam-key-in-header"],
    checks: () => ({
      checkAnswer: async (idToken, attempt, provider, now) => {
        const { jwk, kid = "" } = decodeProtectedHeader(idToken);
        if (jwk === undefined) return await checkAnswer(idToken, attempt, provider, now);
        await importJWK(jwk, "RS256");
        const [known] = provider.keys;
        const { n = "", e = "" } = jwk;
        const keys = known === undefined ? [] : [{ ...known, kid, n, e }];
        return await checkAnswer(idToken, attempt, { ...provider, keys }, now);
      },
    }),
  },
  {
    id: "eam-state-unchecked",
    mistake: "Takes any answer for that of the attempt which the browser began last, whatever the state.",
    references: ["RFC 6749 §10.12"],
    caughtBy: ["eam-state-changed", "eam-state-missing"],
    checks: () => ({ attemptOf: (_state, pending) => Object.keys(pending).at(-1) ?? "" }),
  },
];
