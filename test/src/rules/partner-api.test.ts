import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/artifact.ts";
import { policies } from "../../../src/policies.ts";
import type { Guidance, Policy } from "../../../src/policy.ts";
import { partnerApiRules } from "../../../src/rules/partner-api/index.ts";
import { partnerApiReadingRules } from "../../../src/rules/partner-api/reading.ts";
import { oidcReadingRules } from "../../../src/rules/oidc/reading.ts";
import { accessClaims, API, apiPolicy, ISSUER, NOW } from "../support/tokens.ts";

interface Row {
  readonly id: string;
  readonly claims?: JsonObject;
  readonly header?: JsonObject;
  readonly policy?: Partial<Policy>;
  /** Places of the faults; undefined when the rule has nothing to say. */
  readonly at: readonly string[] | undefined;
}

const age = { maxAuthAgeSeconds: 600 };
const used = { replay: new Set([`${ISSUER} u-1`]) };
const STS = "https://sts.windows.net/t-1/";
const sts = { issuers: [{ issuer: STS }] };
const noUser = { scp: undefined, upn: undefined, amr: undefined };
/** What Entra writes into the token of an application that signed in by itself. */
const ownSubject = { oid: "app-object", sub: "app-object", appidacr: "1" };

const rows: readonly Row[] = [
  { id: "partner-api.issuer.mismatch", at: [] },
  { id: "partner-api.issuer.mismatch", claims: { iss: `${ISSUER}/` }, at: ["/claims/iss"] },
  { id: "partner-api.audience.mismatch", at: [] },
  { id: "partner-api.audience.mismatch", claims: { aud: [API, "https://x.example"] }, at: [] },
  // PSX-04: a token for another API is not an MFA failure.
  { id: "partner-api.audience.mismatch", claims: { aud: "https://graph.windows.net" }, at: ["/claims/aud"] },
  { id: "partner-api.audience.mismatch", claims: { aud: `${API}/` }, at: ["/claims/aud"] },
  { id: "partner-api.time.expired", at: [] },
  { id: "partner-api.time.expired", claims: { exp: NOW - 60 }, at: ["/claims/exp"] },
  { id: "partner-api.time.not-yet-valid", claims: { nbf: NOW + 60 }, at: [] },
  { id: "partner-api.time.not-yet-valid", claims: { nbf: NOW + 61 }, at: ["/claims/nbf"] },
  { id: "partner-api.time.issued-in-future", at: [] },
  { id: "partner-api.time.issued-in-future", claims: { iat: NOW + 61 }, at: ["/claims/iat"] },
  { id: "partner-api.time.malformed", at: [] },
  { id: "partner-api.time.malformed", claims: { exp: "never" }, at: ["/claims/exp"] },
  { id: "partner-api.claim.missing", at: [] },
  { id: "partner-api.claim.missing", claims: { exp: undefined }, at: ["/claims/exp"] },
  { id: "partner-api.claim.malformed", at: [] },
  { id: "partner-api.claim.malformed", claims: { aud: 1, iss: {} }, at: ["/claims/iss", "/claims/aud"] },
  { id: "partner-api.time.never-valid", claims: { nbf: undefined }, at: undefined },
  { id: "partner-api.time.never-valid", claims: { nbf: NOW - 10 }, at: [] },
  { id: "partner-api.time.never-valid", claims: { nbf: NOW + 10, exp: NOW + 10 }, at: ["/claims/exp"] },
  { id: "partner-api.time.never-valid", claims: { nbf: NOW + 30, exp: NOW - 30 }, at: ["/claims/exp"] },
  { id: "partner-api.type.wrong", header: { typ: "ID" }, at: ["/header/typ"] },
  { id: "partner-api.type.wrong", header: { typ: "dpop+jwt" }, at: ["/header/typ"] },
  { id: "partner-api.type.wrong", header: { cty: 1 }, at: ["/header/cty"] },
  { id: "partner-api.type.wrong", at: [] },
  { id: "partner-api.type.wrong", header: { typ: "at+jwt" }, at: [] },
  { id: "partner-api.type.wrong", header: { typ: "application/at+jwt" }, at: [] },
  { id: "partner-api.type.wrong", header: { typ: "JWT" }, at: [] },
  { id: "partner-api.type.wrong", header: { typ: "logout+jwt" }, at: ["/header/typ"] },
  { id: "partner-api.type.wrong", claims: { events: {} }, at: ["/claims/events"] },
  {
    id: "partner-api.type.wrong",
    claims: { at_hash: "x", c_hash: "y" },
    at: ["/claims/at_hash", "/claims/c_hash"],
  },
  // RFC 9068 §2.2, Entra access token claims reference: any of these speaks for an access token.
  ...["appid", "azp", "client_id", "scp", "scope", "roles"].map((name) => ({
    id: "partner-api.type.wrong",
    claims: { appid: undefined, scp: undefined, nonce: "n", [name]: "x" },
    at: [],
  })),
  {
    id: "partner-api.type.wrong",
    claims: { nonce: "n", appid: undefined, scp: undefined },
    at: ["/claims/nonce"],
  },
  { id: "partner-api.auth-time.future", claims: { auth_time: NOW }, at: [] },
  { id: "partner-api.auth-time.future", claims: { auth_time: NOW + 61 }, at: ["/claims/auth_time"] },
  { id: "partner-api.auth-time.absent", at: undefined },
  { id: "partner-api.auth-time.absent", claims: { auth_time: NOW }, policy: age, at: [] },
  { id: "partner-api.auth-time.absent", policy: age, at: ["/claims/auth_time"] },
  // A v2.0 token is the wrong token, not one of a stale sign-in (PSX-14).
  { id: "partner-api.auth-time.absent", claims: { ver: "2.0" }, policy: age, at: undefined },
  { id: "partner-api.auth-time.implausible", claims: { auth_time: NOW }, at: [] },
  { id: "partner-api.auth-time.implausible", claims: { auth_time: 0 }, at: ["/claims/auth_time"] },
  { id: "partner-api.auth-time.stale", claims: { auth_time: NOW - 660 }, policy: age, at: [] },
  {
    id: "partner-api.auth-time.stale",
    claims: { auth_time: NOW - 661 },
    policy: age,
    at: ["/claims/auth_time"],
  },

  // PSX-14: only a v1.0 token carries amr.
  { id: "partner-api.version.unsupported", at: [] },
  { id: "partner-api.version.unsupported", claims: { ver: undefined }, at: [] },
  { id: "partner-api.version.unsupported", claims: { ver: "2.0" }, at: ["/claims/ver"] },
  { id: "partner-api.version.unsupported", claims: { ver: 1 }, at: ["/claims/ver"] },
  { id: "partner-api.version.absent", at: [] },
  { id: "partner-api.version.absent", claims: { ver: undefined }, at: ["/claims/ver"] },

  // PSR-087: app-only callers are not affected. Entra, optional claims: idtyp is "app" in them. Entra, protected web
  // API: their oid equals their sub; roles alone do not tell, for a person's token has them, too.
  { id: "partner-api.token.app-only", at: [] },
  { id: "partner-api.token.app-only", claims: { ...noUser, idtyp: "app" }, at: ["/claims"] },
  { id: "partner-api.token.app-only", claims: { ...noUser, ...ownSubject }, at: ["/claims"] },
  {
    id: "partner-api.token.app-only",
    claims: { ...noUser, ...ownSubject, appid: undefined, azp: "app-1" },
    at: ["/claims"],
  },
  ...[
    {},
    { roles: ["x"] },
    { roles: [] },
    { idtyp: "user" },
    { ...ownSubject, idtyp: "user" },
    { ...ownSubject, oid: undefined },
    { ...ownSubject, sub: undefined },
    { oid: undefined, sub: undefined, roles: ["x"] },
    { ...ownSubject, oid: "", sub: "" },
    { ...ownSubject, sub: "another" },
    { ...ownSubject, appid: undefined },
    { ...ownSubject, appidacr: "0" },
    { ...ownSubject, azpacr: "0" },
    { ...ownSubject, amr: ["pwd"] },
  ].map((change) => {
    return { id: "partner-api.token.app-only", claims: { ...noUser, ...change }, at: [] };
  }),
  // OIDC Core §2, §5.1: what only a person's sign-in has.
  ...["scp", "upn", "unique_name", "preferred_username", "email", "name", "given_name", "family_name"].map(
    (name) => ({
      id: "partner-api.token.app-only",
      claims: { ...noUser, idtyp: "app", [name]: "x" },
      at: [],
    }),
  ),
  ...["nonce", "auth_time", "at_hash", "c_hash"].map((name) => ({
    id: "partner-api.token.app-only",
    claims: { ...noUser, ...ownSubject, idtyp: "app", [name]: "x" },
    at: [],
  })),

  // PSR-089: a vendor may not act app-only for a partner; PSR-087 stays for everybody else.
  ...[
    { app: "vendor-1", change: {}, vendor: ["/claims/appid"], exempt: undefined },
    { app: "partner-1", change: {}, vendor: [], exempt: ["/claims"] },
    { app: undefined, change: {}, vendor: [], exempt: ["/claims"] },
    { app: "vendor-1", change: { scp: "user_impersonation" }, vendor: undefined, exempt: [] },
  ].flatMap(({ app, change, vendor, exempt }) => {
    const claims = { ...noUser, idtyp: "app", appid: app, ...change };
    return [
      { id: "partner-api.token.vendor-app-only", claims, policy: { vendorApps: ["vendor-1"] }, at: vendor },
      { id: "partner-api.token.app-only", claims, policy: { vendorApps: ["vendor-1"] }, at: exempt },
    ];
  }),
  { id: "partner-api.token.vendor-app-only", claims: { ...noUser, idtyp: "app" }, at: undefined },
  { id: "partner-api.token.replayed", policy: used, at: undefined },
  { id: "partner-api.token.replayed", claims: { uti: "u-1" }, at: undefined },
  { id: "partner-api.token.replayed", claims: { uti: "u-2", jti: "u-3" }, policy: used, at: [] },
  { id: "partner-api.token.replayed", claims: { uti: "u-1" }, policy: used, at: ["/claims/uti"] },
  { id: "partner-api.token.replayed", claims: { jti: "u-1" }, policy: used, at: ["/claims/jti"] },
  { id: "partner-api.tenant.mismatch", at: undefined },
  { id: "partner-api.tenant.mismatch", claims: { tid: "t-1" }, at: undefined },
  { id: "partner-api.tenant.mismatch", claims: { iss: STS }, policy: sts, at: undefined },
  { id: "partner-api.tenant.mismatch", claims: { iss: STS, tid: "t-2" }, at: undefined },
  { id: "partner-api.tenant.mismatch", claims: { iss: STS, tid: "t-1" }, policy: sts, at: [] },
  {
    id: "partner-api.tenant.mismatch",
    claims: { iss: STS, tid: "t-2" },
    policy: { issuers: [{}] },
    at: ["/claims/tid"],
  },
  ...["t-2", "T-1", "", null, ["t-1"]].map((tid) => ({
    id: "partner-api.tenant.mismatch",
    claims: { iss: STS, tid },
    policy: sts,
    at: ["/claims/tid"],
  })),

  { id: "partner-api.amr.absent", at: [] },
  { id: "partner-api.amr.absent", claims: { amr: undefined }, at: ["/claims/amr"] },
  { id: "partner-api.amr.absent", claims: { amr: undefined, ver: undefined }, at: ["/claims/amr"] },
  { id: "partner-api.amr.absent", claims: { amr: undefined, ver: "2.0" }, at: undefined },
  { id: "partner-api.amr.absent", claims: { ...noUser, idtyp: "app" }, at: undefined },
  { id: "partner-api.amr.absent", claims: { ...noUser, roles: ["x"] }, at: ["/claims/amr"] },
  { id: "partner-api.amr.malformed", at: [] },
  { id: "partner-api.amr.malformed", claims: { amr: "mfa" }, at: ["/claims/amr"] },
  { id: "partner-api.amr.malformed", claims: { amr: "mfa", ver: "2.0" }, at: undefined },
  { id: "partner-api.amr.mfa-absent", at: [] },
  { id: "partner-api.amr.mfa-absent", claims: { amr: ["pwd", "otp"] }, at: ["/claims/amr"] },
  { id: "partner-api.amr.mfa-absent", claims: { amr: [] }, at: ["/claims/amr"] },
  { id: "partner-api.amr.mfa-absent", claims: { amr: ["pwd"], ver: "2.0" }, at: undefined },
  { id: "partner-api.amr.lookalike", at: [] },
  { id: "partner-api.amr.lookalike", claims: { amr: ["wiaormfa"] }, at: ["/claims/amr"] },
  { id: "partner-api.amr.two-factors-without-mfa", at: [] },
  { id: "partner-api.amr.two-factors-without-mfa", claims: { amr: ["pwd", "rsa"] }, at: ["/claims/amr"] },
  { id: "partner-api.amr.two-factors-without-mfa", claims: { amr: ["fed", "pwd"] }, at: [] },
  { id: "partner-api.amr.one-kind-of-factor", at: [] },
  { id: "partner-api.amr.one-kind-of-factor", claims: { amr: ["rsa", "otp", "mfa"] }, at: ["/claims/amr"] },
  // A federated sign-in does not tell which kinds it was.
  { id: "partner-api.amr.one-kind-of-factor", claims: { amr: ["fed", "otp", "mfa"] }, at: [] },
  {
    id: "partner-api.amr.one-kind-of-factor",
    claims: { amr: ["rsa", "otp", "mfa"], ver: "2.0" },
    at: undefined,
  },
  { id: "partner-api.amr.duplicate", at: [] },
  { id: "partner-api.amr.duplicate", claims: { amr: ["mfa", "mfa"] }, at: ["/claims/amr"] },
  { id: "partner-api.amr.vendor-value", claims: { amr: ["duo", "mfa"] }, at: ["/claims/amr"] },
  // Entra's own words are right in Entra's own token. Entra: access tokens.
  {
    id: "partner-api.amr.vendor-value",
    claims: { amr: ["pwd", "rsa", "otp", "fed", "wia", "mfa", "ngcmfa", "wiaormfa", "none"] },
    at: [],
  },
  { id: "partner-api.acr.contradicts-amr", at: undefined },
  { id: "partner-api.acr.contradicts-amr", claims: { acr: "1" }, at: [] },
  { id: "partner-api.acr.contradicts-amr", claims: { acr: "0" }, at: ["/claims/acr"] },
  { id: "partner-api.acr.contradicts-amr", claims: { acr: "0", amr: ["pwd"] }, at: [] },

  // Partner Center: mandating MFA for your partner tenant.
  ...[
    { amr: ["fed", "mfa"], exception: ["/claims/amr"], unnamed: ["/claims/amr"] },
    { amr: ["fed", "pwd", "mfa"], exception: ["/claims/amr"], unnamed: ["/claims/amr"] },
    { amr: ["fed", "otp", "mfa"], exception: ["/claims/amr"], unnamed: [] },
    { amr: ["pwd", "mfa"], exception: [], unnamed: [] },
    { amr: ["fed"], exception: [], unnamed: [] },
    { amr: "fed mfa", exception: undefined, unnamed: undefined },
  ].flatMap(({ amr, exception, unnamed }) => {
    const of = (id: string, guidance: Guidance, at: readonly string[] | undefined): Row => {
      return { id: `partner-api.guidance.${id}`, claims: { amr }, policy: { guidance }, at };
    };
    return [
      of("exception-needed", "2023-exception-only", exception),
      of("exception-needed", "2021-fed-ok", undefined),
      of("method-unnamed", "2026-integrated-claim", unnamed),
      of("method-unnamed", "2023-exception-only", undefined),
    ];
  }),
  { id: "partner-api.guidance.exception-needed", claims: { amr: ["fed", "mfa"] }, at: undefined },
  { id: "partner-api.guidance.method-unnamed", claims: { amr: ["fed", "mfa"] }, at: undefined },
  ...["2023-exception-only" as const, "2026-integrated-claim" as const].map((guidance) => ({
    id: `partner-api.guidance.${guidance.startsWith("2023") ? "exception-needed" : "method-unnamed"}`,
    claims: { amr: ["fed", "ngcmfa"] },
    policy: { guidance, mfa: { ...policies["partner-api"].mfa, amrValues: ["mfa", "ngcmfa"] } },
    at: ["/claims/amr"],
  })),
];

describe("rules of the channel partner-api", () => {
  test.each(rows)("$id $header $claims → $at", ({ id, claims, header = {}, policy, at }) => {
    const rule = partnerApiRules.find((one) => one.id === id);
    const token = { header: { alg: "RS256", ...header }, claims: accessClaims(claims) };
    expect(
      rule
        ?.check(token, apiPolicy([], { issuers: [{ issuer: ISSUER }], ...policy }), NOW)
        ?.map((fault) => fault.at),
    ).toEqual(at);
  });

  test.each(partnerApiRules.map(({ id }) => id))(
    "%s has a row that breaks it and one that does not",
    (id) => {
      const own = rows.filter((row) => row.id === id);
      expect(own.some(({ at }) => at !== undefined && at.length > 0)).toBe(true);
      expect(own.some(({ at }) => at?.length === 0)).toBe(true);
    },
  );

  test("covers the same obstacles as the channel oidc, under ids of its own", () => {
    const obstacles = oidcReadingRules.map(({ obstacle }) => obstacle);
    expect(partnerApiReadingRules.map(({ obstacle }) => obstacle)).toEqual(obstacles);
    expect(partnerApiReadingRules.every(({ id }) => id.startsWith("partner-api."))).toBe(true);
  });
});
