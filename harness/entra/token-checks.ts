import { CLOCK_SKEW_SECONDS } from "../partner/access.ts";
import type { FederatedToken } from "./token-reading.ts";

/** What a federated domain expects of the token in an answer. */
export interface TokenExpectation {
  /** `issuerUri` of the domain. */
  readonly issuer: string;
  /** Its own `wtrealm`. */
  readonly realm: string;
  /** Where it takes answers. */
  readonly replyUrl: string;
  /** Seconds since the epoch. */
  readonly now: number;
}

/** What a believed token says. */
export interface FederatedSignIn {
  readonly user: string;
  /** Every method, where the domain reads methods. */
  readonly methods: readonly string[];
  readonly showsMfa: boolean;
  /** Seconds since the epoch; undefined when the IdP did not say. */
  readonly authenticatedAt: number | undefined;
}

const UPN = "http://schemas.xmlsoap.org/claims/UPN";
const IMMUTABLE_ID = "http://schemas.microsoft.com/LiveID/Federation/2008/05/ImmutableID";
const METHOD = "http://schemas.microsoft.com/ws/2008/06/identity/claims/authenticationmethod";
const INSTANT = "http://schemas.microsoft.com/ws/2008/06/identity/claims/authenticationinstant";

/** What says MFA, by the version of the token (Entra's page on inbound assertions). */
const MFA: Readonly<Record<FederatedToken["version"], readonly string[]>> = {
  "1.1": [
    "http://schemas.microsoft.com/claims/multipleauthn",
    "http://schemas.microsoft.com/claims/wiaormultiauthn",
  ],
  "2.0": ["http://schemas.microsoft.com/claims/multipleauthn"],
};

const BEARER: Readonly<Record<FederatedToken["version"], string>> = {
  "1.1": "urn:oasis:names:tc:SAML:1.0:cm:bearer",
  "2.0": "urn:oasis:names:tc:SAML:2.0:cm:bearer",
};

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

function readTime(what: string, text: string): number {
  const milliseconds = DATE_TIME.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(milliseconds)) throw new Error(`${what} is ${text}, which is no time in UTC`);
  return milliseconds / 1000;
}

function claim(token: FederatedToken, type: string): readonly string[] {
  return token.claims.filter((one) => one.type === type).flatMap(({ values }) => values);
}

function onlyClaim(token: FederatedToken, type: string): string {
  const [value, second] = claim(token, type);
  if (value !== undefined && value !== "" && second === undefined) return value;
  throw new Error(`the token does not hold exactly one ${type}`);
}

function checkTimes({ notBefore, notOnOrAfter }: FederatedToken, now: number): void {
  if (notOnOrAfter === undefined) throw new Error("the token has no end");
  if (readTime("NotOnOrAfter", notOnOrAfter) + CLOCK_SKEW_SECONDS <= now)
    throw new Error("the token has expired");
  if (notBefore !== undefined && readTime("NotBefore", notBefore) - CLOCK_SKEW_SECONDS > now) {
    throw new Error("the token is not valid yet");
  }
}

function checkAudience({ audiences }: FederatedToken, realm: string): void {
  if (audiences.length === 0) throw new Error("the token is for no audience in particular");
  // Each restriction stands for itself: the realm must be in every one.
  if (audiences.every((restriction) => restriction.includes(realm))) return;
  throw new Error(`the token is for ${audiences.flat().join(", ") || "nobody"}, not for ${realm}`);
}

/** The person is found by the anchor, so the name identifier has to be the same anchor. */
function checkSubject(token: FederatedToken, replyUrl: string): void {
  const [nameId, second] = token.nameIds;
  if (nameId === undefined || second !== undefined) throw new Error("the token is not about one subject");
  const anchor = onlyClaim(token, IMMUTABLE_ID);
  if (nameId !== anchor) throw new Error("the name identifier is not the ImmutableID");
  const bearer = BEARER[token.version];
  const { confirmationMethods, recipients } = token;
  if (confirmationMethods.length === 0 || confirmationMethods.some((method) => method !== bearer)) {
    throw new Error("the subject is not confirmed as bearer");
  }
  const other = recipients.find((recipient) => recipient !== replyUrl);
  if (other !== undefined) throw new Error(`the token is for delivery to ${other}`);
}

/** In SAML 2.0 the context class alone counts (Entra's page on inbound assertions). */
function methodsOf(token: FederatedToken): readonly string[] {
  const stated = token.authentications.flatMap(({ methods }) => methods);
  return token.version === "1.1" ? [...stated, ...claim(token, METHOD)] : stated;
}

function saysMfa({ version }: FederatedToken, methods: readonly string[]): boolean {
  return methods.some((method) => MFA[version].includes(method));
}

function timesOf(statements: FederatedToken["authentications"]): readonly number[] {
  return statements.flatMap(({ instant }) =>
    instant === undefined ? [] : [readTime("the sign-in", instant)],
  );
}

/** The times of the statements that say MFA; where only a claim does, of none in particular, so that all count. */
function statedTimes(token: FederatedToken): readonly number[] {
  const stating = timesOf(token.authentications.filter(({ methods }) => saysMfa(token, methods)));
  // Of several statements that say MFA one is enough: the most recent.
  return stating.length > 0 ? [Math.max(...stating)] : timesOf(token.authentications);
}

/** When the factor that is longest ago was used: by the claim of the first, and by what the statements say. */
function authenticatedAt(token: FederatedToken, now: number): number | undefined {
  const claimed = claim(token, INSTANT).map((text) => readTime("the sign-in", text));
  const times = [...claimed, ...statedTimes(token)];
  if (times.some((time) => time > now + CLOCK_SKEW_SECONDS)) throw new Error("the sign-in is in the future");
  return times.length === 0 ? undefined : Math.min(...times);
}

/**
 * Checks a verified token as the relying party of a federated domain has to, and reads who signed in and how.
 *
 * @throws Error with the reason when it is not to be believed
 */
export function checkToken(token: FederatedToken, expected: TokenExpectation): FederatedSignIn {
  const { issuer, realm, replyUrl, now } = expected;
  if (token.issuer !== issuer) throw new Error(`the issuer is ${token.issuer ?? "absent"}, not ${issuer}`);
  checkTimes(token, now);
  checkAudience(token, realm);
  checkSubject(token, replyUrl);
  if (token.authentications.length === 0) throw new Error("the token says nothing about the authentication");
  const methods = methodsOf(token);
  return {
    user: onlyClaim(token, UPN),
    methods,
    showsMfa: saysMfa(token, methods),
    authenticatedAt: authenticatedAt(token, now),
  };
}
