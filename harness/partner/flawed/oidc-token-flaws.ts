import { createPublicKey } from "node:crypto";
import { compactVerify, createRemoteJWKSet, importJWK, importX509, type JWTHeaderParameters } from "jose";
import { z } from "zod";
import { fetchStrictly } from "../relying-party/strict-json.ts";
import type { FlawOf } from "./flaw.ts";
import { OWN_CHECKS, type OwnCheck, type OwnChecks, ownEndSignIn, unchecked } from "./own-oidc.ts";

/** A relying party that makes some checks of an ID token otherwise. */
function checking(changes: Partial<OwnChecks>): FlawOf<"oidc">["checks"] {
  return () => ({ endSignIn: ownEndSignIn(changes) });
}

/** A signature check that lets some headers have their own way. */
function unlessSo(
  isSo: (header: JWTHeaderParameters) => boolean,
  way: (idToken: string, header: JWTHeaderParameters, jwksUri: string) => unknown,
): Partial<OwnChecks> {
  const signature: OwnCheck = async (situation) => {
    const { header, idToken, jwksUri } = situation;
    const { alg = "" } = header;
    if (!isSo({ ...header, alg })) return await OWN_CHECKS.signature(situation);
    await way(idToken, { ...header, alg }, jwksUri);
  };
  return { signature };
}

const jwksSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

/** The public keys as PEM: a text like a secret for whoever does not look at `alg`. */
async function publishedPems(jwksUri: string): Promise<readonly string[]> {
  const { keys } = jwksSchema.parse(await (await fetchStrictly(jwksUri, {})).json());
  const rsa = keys.filter(({ kty }) => kty === "RSA");
  return rsa.map((jwk) =>
    createPublicKey({ key: jwk, format: "jwk" }).export({ type: "spki", format: "pem" }).toString(),
  );
}

async function verifyWithAnyText(idToken: string, texts: readonly string[]): Promise<void> {
  const tried = texts.map((text) => compactVerify(idToken, new TextEncoder().encode(text)));
  await Promise.any(tried);
}

/** A certificate of a header, which is base64 of DER. */
function pemOf(certificate = ""): string {
  return `-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----`;
}

/** Takes what a check refuses, as a `catch` does that only logs. */
function logged(check: OwnCheck): OwnCheck {
  return async (situation) => {
    await Promise.resolve(situation)
      .then(check)
      .catch(() => undefined);
  };
}

/** Mistakes in believing an ID token. */
export const OIDC_TOKEN_FLAWS: readonly FlawOf<"oidc">[] = [
  {
    id: "oidc-signature-unchecked",
    mistake: "Reads the ID token without verifying its signature.",
    references: ["RFC 7515 §5.2", "OIDC Core §3.1.3.7 (6)"],
    caughtBy: ["id-token-bad-signature", "id-token-mfa-added-after-signing", "id-token-unsigned"],
    checks: checking({ signature: unchecked }),
  },
  {
    id: "oidc-alg-none",
    mistake: "Takes an unsigned token when its header says that it is unsigned.",
    references: ["RFC 8725 §3.2", "CVE-2015-9235", "CVE-2022-23540"],
    caughtBy: ["id-token-unsigned"],
    checks: checking(
      unlessSo(
        ({ alg }) => alg === "none",
        () => undefined,
      ),
    ),
  },
  {
    id: "oidc-alg-none-any-case",
    mistake: "Refuses the algorithm none by its exact spelling, and skips the signature for other spellings.",
    references: ["RFC 8725 §3.2"],
    caughtBy: ["id-token-none-mixed-case", "id-token-none-upper-case"],
    checks: checking(
      unlessSo(
        ({ alg }) => alg !== "none" && /^none$/i.test(alg),
        () => undefined,
      ),
    ),
  },
  {
    id: "oidc-key-confusion",
    mistake: "Lets the token choose the algorithm, so that the public key becomes an HMAC secret.",
    references: ["RFC 8725 §2.1", "CVE-2015-9235"],
    caughtBy: ["id-token-hs256-spki-pem"],
    checks: checking(
      unlessSo(
        ({ alg }) => alg.startsWith("HS"),
        async (idToken, _header, jwksUri) => await verifyWithAnyText(idToken, await publishedPems(jwksUri)),
      ),
    ),
  },
  {
    id: "oidc-key-in-header",
    mistake: "Verifies with the key that the token brings along.",
    references: ["RFC 8725 §3.10", "CVE-2018-0114"],
    caughtBy: ["id-token-header-jwk"],
    checks: checking(
      unlessSo(
        ({ jwk }) => jwk !== undefined,
        async (idToken, { jwk = {}, alg }) => await compactVerify(idToken, await importJWK(jwk, alg)),
      ),
    ),
  },
  {
    id: "oidc-certificate-in-header",
    mistake: "Verifies with the certificate that the token brings along.",
    references: ["RFC 8725 §3.10"],
    caughtBy: ["id-token-header-x5c"],
    checks: checking(
      unlessSo(
        ({ x5c }) => x5c !== undefined,
        async (idToken, { x5c, alg }) => await compactVerify(idToken, await importX509(pemOf(x5c?.[0]), alg)),
      ),
    ),
  },
  {
    id: "oidc-keys-from-header-address",
    mistake: "Fetches the keys from the address that the token names.",
    references: ["RFC 8725 §3.10"],
    caughtBy: ["id-token-header-jku"],
    checks: checking(
      unlessSo(
        ({ jku }) => jku !== undefined,
        async (idToken, { jku = "" }) => await compactVerify(idToken, createRemoteJWKSet(new URL(jku))),
      ),
    ),
  },
  {
    id: "oidc-form-unchecked",
    mistake: "Leaves it to the parser which of two members counts, and never looks at the type of a token.",
    references: ["RFC 8259 §4", "RFC 8725 §3.11"],
    caughtBy: ["id-token-type-logout-token"],
    checks: checking({ form: unchecked }),
  },
  {
    id: "oidc-issuer-unchecked",
    mistake: "Never compares the issuer.",
    references: ["OIDC Core §3.1.3.7 (2)"],
    caughtBy: ["id-token-wrong-issuer"],
    checks: checking({ issuer: unchecked }),
  },
  {
    id: "oidc-issuer-prefix",
    mistake: "Compares the beginning of the issuer.",
    references: ["OIDC Core §3.1.3.7 (2)"],
    caughtBy: ["id-token-issuer-longer"],
    checks: checking({
      issuer: ({ claims: { iss }, issuer }) => {
        if (typeof iss !== "string" || !iss.startsWith(issuer)) throw new Error("another issuer");
      },
    }),
  },
  {
    id: "oidc-audience-unchecked",
    mistake: "Never asks for whom the ID token is.",
    references: ["OIDC Core §3.1.3.7 (3)"],
    caughtBy: ["id-token-wrong-audience"],
    checks: checking({ audience: unchecked }),
  },
  {
    id: "oidc-audience-substring",
    mistake: "Looks for its client id anywhere in the text of the audience.",
    references: ["OIDC Core §3.1.3.7 (3)"],
    caughtBy: ["id-token-audience-longer"],
    checks: checking({
      audience: ({ claims: { aud }, clientId }) => {
        if (!(JSON.stringify(aud) ?? "").includes(clientId)) throw new Error("for somebody else");
      },
    }),
  },
  {
    id: "oidc-party-unchecked",
    mistake: "Takes a token that was made for another relying party, as long as it is in the audience.",
    references: ["OIDC Core §3.1.3.7 (5)"],
    caughtBy: ["id-token-azp-of-somebody-else"],
    checks: checking({ party: unchecked }),
  },
  {
    id: "oidc-expiry-unchecked",
    mistake: "Takes an ID token after its end.",
    references: ["OIDC Core §3.1.3.7 (9)"],
    caughtBy: ["id-token-expired", "id-token-expiry-missing"],
    checks: checking({ expiry: unchecked }),
  },
  {
    id: "oidc-expiry-hour-late",
    mistake: "Allows an hour of clock difference.",
    references: ["OIDC Core §3.1.3.7 (9)"],
    caughtBy: ["id-token-expiry-just-over-skew"],
    checks: checking({
      expiry: (situation) => OWN_CHECKS.expiry({ ...situation, now: situation.now - 3600 }),
    }),
  },
  {
    id: "oidc-not-before-unchecked",
    mistake: "Takes an ID token before its time.",
    references: ["RFC 7519 §4.1.5"],
    caughtBy: ["id-token-not-yet-valid"],
    checks: checking({ notBefore: unchecked }),
  },
  {
    id: "oidc-issued-at-unchecked",
    mistake: "Takes an ID token from the future.",
    references: ["OIDC Core §3.1.3.7 (10)"],
    caughtBy: ["id-token-issued-in-future"],
    checks: checking({ issuedAt: unchecked }),
  },
  {
    id: "oidc-nonce-unchecked",
    mistake: "Never compares the nonce.",
    references: ["OIDC Core §3.1.3.7 (11)"],
    caughtBy: ["id-token-wrong-nonce", "id-token-nonce-missing"],
    checks: checking({ nonce: unchecked }),
  },
  {
    id: "oidc-nonce-if-present",
    mistake: "Compares the nonce only when there is one.",
    references: ["OIDC Core §3.1.3.7 (11)"],
    caughtBy: ["id-token-nonce-missing"],
    checks: checking({
      nonce: (situation) => {
        if (situation.claims["nonce"] !== undefined) OWN_CHECKS.nonce(situation);
      },
    }),
  },
  {
    id: "oidc-fails-open",
    mistake: "Logs what its checks of the ID token find, and goes on.",
    references: ["OWASP A10:2025", "OIDC Core §3.1.3.7"],
    caughtBy: ["id-token-bad-signature", "id-token-expired", "id-token-wrong-audience"],
    checks: checking({
      signature: logged(OWN_CHECKS.signature),
      issuer: logged(OWN_CHECKS.issuer),
      audience: logged(OWN_CHECKS.audience),
      expiry: logged(OWN_CHECKS.expiry),
      nonce: logged(OWN_CHECKS.nonce),
    }),
  },
];
