import { createRemoteJWKSet, decodeJwt, type JWTPayload, jwtVerify } from "jose";
import { accessTokenOptions, type AccessTokenTrust, PARTNER_CENTER_API } from "../partner-center.ts";
import { showsMfa } from "../relying-party/checks.ts";
import { assertStrictToken } from "../relying-party/strict-token.ts";
import type { FlawOf } from "./flaw.ts";

/** An API that reads MFA in a way of its own. */
function reading(shows: (claims: JWTPayload) => boolean): FlawOf<"partner-api">["checks"] {
  return () => ({ showsMfa: shows });
}

/** An API that verifies an access token in a way of its own. */
function verifying(
  verify: (token: string, trust: AccessTokenTrust) => Promise<JWTPayload>,
): FlawOf<"partner-api">["checks"] {
  return () => ({
    readAccessToken: async (token, trust) => {
      assertStrictToken(token, ["jwt", "at+jwt"]);
      const claims = await verify(token, trust);
      if ("at_hash" in claims) throw new Error("it is an ID token");
      return claims;
    },
  });
}

async function verifyWithout(
  names: readonly ("issuer" | "audience" | "requiredClaims")[],
  token: string,
  { issuer, keys }: AccessTokenTrust,
): Promise<JWTPayload> {
  const options = Object.entries(accessTokenOptions(issuer)).filter(
    ([name]) => !names.some((one) => one === name),
  );
  return (await jwtVerify(token, keys, Object.fromEntries(options))).payload;
}

function hasRoles({ roles }: JWTPayload): boolean {
  return Array.isArray(roles) && roles.length > 0;
}

/** Reads the claims and compares what can be compared without a key. */
function decoded(token: string, { issuer }: AccessTokenTrust): JWTPayload {
  const claims = decodeJwt(token);
  const { iss, aud, exp = 0 } = claims;
  const holds = iss === issuer && [aud].flat().includes(PARTNER_CENTER_API) && exp > Date.now() / 1000;
  if (holds) return claims;
  throw new Error("the access token is not for this API, or has expired");
}

/** Mistakes of an API that has to demand MFA. */
export const PARTNER_API_FLAWS: readonly FlawOf<"partner-api">[] = [
  {
    id: "partner-api-mfa-unread",
    mistake: "Serves everybody whose token is valid.",
    references: ["PSR-036", "failures/F-50"],
    caughtBy: ["access-token-password-only", "access-token-amr-missing"],
    checks: reading(() => true),
  },
  {
    id: "partner-api-amr-substring",
    mistake: "Looks for the letters mfa in the text of amr.",
    references: ["RFC 8176 §2"],
    caughtBy: ["access-token-ngcmfa", "access-token-mfa2"],
    checks: reading(({ amr }) => (JSON.stringify(amr) ?? "").includes("mfa")),
  },
  {
    id: "partner-api-amr-single-text",
    mistake: "Takes amr as a single text besides a list.",
    references: ["RFC 8176 §2", "failures/F-14"],
    caughtBy: ["access-token-amr-one-text"],
    checks: reading(({ amr }) => [amr].flat().includes("mfa")),
  },
  {
    id: "partner-api-amr-any-case",
    mistake: "Compares methods without regard to case.",
    references: ["RFC 8176 §2"],
    caughtBy: ["access-token-amr-upper-case"],
    checks: reading(
      ({ amr }) => Array.isArray(amr) && amr.some((value) => String(value).toLowerCase() === "mfa"),
    ),
  },
  {
    id: "partner-api-amr-two-values",
    mistake: "Counts the methods: two of them are MFA.",
    references: ["RFC 8176 §2"],
    caughtBy: ["access-token-two-factors-without-mfa"],
    checks: reading(({ amr }) => Array.isArray(amr) && amr.length > 1),
  },
  {
    id: "partner-api-roles-as-proof",
    mistake: "Looks for mfa among the roles as well.",
    references: ["PSR-036"],
    caughtBy: ["access-token-roles-say-mfa"],
    checks: reading(
      ({ amr, roles }) =>
        showsMfa(amr) || (Array.isArray(roles) && roles.some((role) => /mfa/i.test(String(role)))),
    ),
  },
  {
    id: "partner-api-app-only-by-roles",
    mistake: "Takes every token with roles for that of an app, and asks no MFA of it.",
    references: ["PSR-087"],
    caughtBy: ["access-token-app-only-beside-user"],
    checks: () => ({ isAppOnly: hasRoles }),
  },
  {
    id: "partner-api-signature-unchecked",
    mistake: "Reads the access token without verifying its signature.",
    references: ["RFC 7515 §5.2"],
    caughtBy: ["access-token-bad-signature", "access-token-unsigned"],
    checks: verifying((token, trust) => Promise.resolve(trust).then((known) => decoded(token, known))),
  },
  {
    id: "partner-api-issuer-unchecked",
    mistake: "Never compares the issuer.",
    references: ["RFC 9068 §4"],
    caughtBy: ["access-token-wrong-issuer", "access-token-issuer-missing"],
    checks: verifying((token, trust) => verifyWithout(["issuer"], token, trust)),
  },
  {
    id: "partner-api-audience-unchecked",
    mistake: "Serves with tokens that were made for another API.",
    references: ["RFC 9068 §4"],
    caughtBy: ["access-token-wrong-audience"],
    checks: verifying((token, trust) => verifyWithout(["audience"], token, trust)),
  },
  {
    id: "partner-api-end-not-demanded",
    mistake: "Takes a token that never ends.",
    references: ["RFC 9068 §2.2"],
    caughtBy: ["access-token-expiry-missing"],
    checks: verifying((token, trust) => verifyWithout(["requiredClaims"], token, trust)),
  },
  {
    id: "partner-api-keys-from-header-address",
    mistake: "Fetches the keys from the address that the token names.",
    references: ["RFC 8725 §3.10"],
    caughtBy: ["access-token-header-jku"],
    checks: verifying(async (token, trust) => {
      const [segment = ""] = token.split(".");
      const header: unknown = JSON.parse(Buffer.from(segment, "base64url").toString());
      const jku = typeof header === "object" && header !== null && "jku" in header ? String(header.jku) : "";
      const keys = jku === "" ? trust.keys : createRemoteJWKSet(new URL(jku));
      return await verifyWithout([], token, { ...trust, keys });
    }),
  },
];
