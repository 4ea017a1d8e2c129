import { createLocalJWKSet, errors, type JSONWebKeySet, jwtVerify } from "jose";
import { afterAll, describe, expect, test } from "vitest";
import type { Channel } from "../../harness/emission/channels.ts";
import type { IdpTrust } from "../../harness/idp/trust.ts";
import { BUNDLED_SCENARIOS } from "../../harness/scenario/bundled.ts";
import { loadScenarios } from "../../harness/scenario/load.ts";
import type { Scenario } from "../../harness/scenario/schema.ts";
import { NOW, startSteadyIssuer } from "../support/steady-issuer.ts";

const issuer = await startSteadyIssuer();
afterAll(() => issuer[Symbol.asyncDispose]());

/** Faults that any verifier of signed tokens sees, and what jose calls them. */
const SEEN: Readonly<Record<string, RegExp>> = {
  "signature.invalid": /^ERR_JWS_SIGNATURE_VERIFICATION_FAILED$/,
  "signature.missing": /^ERR_(JOSE_ALG_NOT_ALLOWED|JWS_INVALID|JWS_SIGNATURE_VERIFICATION_FAILED)$/,
  "key.untrusted": /^ERR_(JWKS_NO_MATCHING_KEY|JOSE_ALG_NOT_ALLOWED)$/,
  "token.encrypted": /^ERR_JWS_INVALID$/,
  "issuer.mismatch": /^ERR_JWT_CLAIM_VALIDATION_FAILED iss$/,
  "audience.mismatch": /^ERR_JWT_CLAIM_VALIDATION_FAILED aud$/,
  "time.expired": /^ERR_JWT_EXPIRED exp$/,
  "time.not-yet-valid": /^ERR_JWT_CLAIM_VALIDATION_FAILED nbf$/,
};

/** Faults of what is said, which no verifier of signatures sees: it takes the token, so nothing else is wrong with it. */
const UNSEEN =
  /^(amr|acr|nonce|state|subject|version|azp|auth-time|type)\.|^token\.app-only$|^audience\.untrusted$/;

/** As far as a clock may be off for jose; the judge draws the line elsewhere, so what is a second over it is left out. */
const CLOCK_SKEW_SECONDS = 300;
const NEAR_THE_LINE = /just-over-skew$/;

/** A list of algorithms is jose's own first line; RSA, ECDSA and EdDSA are all that the catalogue's good tokens use. */
const ALGORITHMS = "RS256 RS384 RS512 PS256 PS384 PS512 ES256 EdDSA Ed25519".split(" ");

function keysOf({ keys }: IdpTrust["jwks"]): JSONWebKeySet {
  return { keys: keys.map((key) => ({ ...key, kty: String(key["kty"]) })) };
}

function audienceOf(channel: Channel): string {
  return channel === "partner-api" ? "https://api.partnercenter.microsoft.com" : "library";
}

/** What jose says of a token that the IdP issued: nothing, or its code with the claim that it names. */
async function verdictOf({ emission }: Scenario): Promise<string> {
  const jwt = await issuer.issue(emission);
  const { trust } = issuer.idp;
  const isEam = emission.channel === "eam";
  const keys = createLocalJWKSet(keysOf(isEam ? trust.eamJwks : trust.jwks));
  try {
    await jwtVerify(jwt, keys, {
      issuer: isEam ? trust.eamIssuer : trust.oidcIssuer,
      audience: audienceOf(emission.channel),
      currentDate: new Date(NOW * 1000),
      clockTolerance: CLOCK_SKEW_SECONDS,
      algorithms: ALGORITHMS,
    });
    return "";
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) return String(error);
    const claim = "claim" in error && typeof error.claim === "string" ? ` ${error.claim}` : "";
    return `${error.code}${claim}`;
  }
}

const tokens = (await loadScenarios([BUNDLED_SCENARIOS])).filter(
  ({ id, emission: { channel }, transport }) =>
    transport.includes("direct") && !["saml", "wsfed"].includes(channel) && !NEAR_THE_LINE.test(id),
);

function faultsOf({ expect: { findings } }: Scenario): readonly string[] {
  return findings.map((id) => id.replace(/^(oidc|partner-api|eam)\./, ""));
}

describe("jose refuses for the fault that the entry names", () => {
  test.each(
    tokens.filter((scenario) => faultsOf(scenario).length === 1 && (faultsOf(scenario)[0] ?? "") in SEEN),
  )("$id", async (scenario) => {
    expect(await verdictOf(scenario)).toMatch(SEEN[faultsOf(scenario)[0] ?? ""] ?? /^$/);
  });
});

/** Without a key id jose asks its caller to try one key after the other, which is a refusal to guess and not of the token. */
const NO_KEY_ID = "id-token-kid-missing";

describe("jose takes a control, and what is only wrong in what it says of MFA", () => {
  test.each(tokens.filter((scenario) => faultsOf(scenario).every((fault) => UNSEEN.test(fault))))(
    "$id",
    async (scenario) => {
      const expected = scenario.id === NO_KEY_ID ? "ERR_JWKS_MULTIPLE_MATCHING_KEYS" : "";
      expect(await verdictOf(scenario)).toBe(expected);
    },
  );
});
