import { describe, expect, test } from "vitest";
import { oidcRules } from "../../../src/rules/oidc/index.ts";
import { amrRows } from "./oidc-amr-rows.ts";
import { hashAndSubjectRows, type Row } from "./oidc-rows.ts";
import { CLIENT, idClaims, ISSUER, NOW, oidcPolicy } from "../support/tokens.ts";

const age = { maxAuthAgeSeconds: 600 };
const used = { replay: new Set([`${ISSUER} j-1`]) };
const trusted = { audiences: [CLIENT, "relying-party-2"] };

const rows: readonly Row[] = [
  { id: "oidc.issuer.mismatch", at: [] },
  { id: "oidc.issuer.mismatch", claims: { iss: `${ISSUER}/` }, at: ["/claims/iss"] },
  { id: "oidc.issuer.mismatch", claims: { iss: ISSUER.toUpperCase() }, at: ["/claims/iss"] },
  { id: "oidc.issuer.mismatch", claims: { iss: [ISSUER] }, at: undefined },
  {
    id: "oidc.issuer.mismatch",
    claims: { iss: "https://x.example" },
    policy: { issuers: [] },
    at: undefined,
  },
  { id: "oidc.issuer.mismatch", claims: { iss: "https://x.example" }, policy: { issuers: [{}] }, at: [] },

  { id: "oidc.audience.mismatch", at: [] },
  { id: "oidc.audience.mismatch", claims: { aud: [CLIENT] }, at: [] },
  { id: "oidc.audience.mismatch", claims: { aud: ["x", CLIENT] }, at: [] },
  { id: "oidc.audience.mismatch", claims: { aud: `${CLIENT}0` }, at: ["/claims/aud"] },
  { id: "oidc.audience.mismatch", claims: { aud: [] }, at: ["/claims/aud"] },
  { id: "oidc.audience.mismatch", claims: { aud: { a: CLIENT } }, at: undefined },
  { id: "oidc.audience.mismatch", claims: { aud: undefined }, at: undefined },
  { id: "oidc.audience.mismatch", policy: { audiences: [] }, at: ["/claims/aud"] },

  { id: "oidc.audience.untrusted", at: [] },
  {
    id: "oidc.audience.untrusted",
    claims: { aud: ["x", CLIENT, "y"] },
    at: ["/claims/aud/0", "/claims/aud/2"],
  },
  { id: "oidc.audience.untrusted", claims: { aud: [CLIENT, "relying-party-2"] }, policy: trusted, at: [] },
  { id: "oidc.audience.untrusted", claims: { aud: "x" }, at: undefined },

  { id: "oidc.azp.mismatch", at: undefined },
  { id: "oidc.azp.mismatch", claims: { azp: CLIENT }, at: [] },
  { id: "oidc.azp.mismatch", claims: { azp: "evil" }, at: ["/claims/azp"] },
  { id: "oidc.azp.mismatch", claims: { azp: "relying-party-2" }, policy: trusted, at: [] },

  // OIDC Core §2: the current time must be before exp; the skew of 60 s is given to the token.
  { id: "oidc.time.expired", claims: { exp: NOW - 59 }, at: [] },
  { id: "oidc.time.expired", claims: { exp: NOW - 60 }, at: ["/claims/exp"] },
  { id: "oidc.time.expired", claims: { exp: NOW - 59.5 }, at: [] },
  { id: "oidc.time.expired", claims: { exp: NOW }, policy: { clockSkewSeconds: 0 }, at: ["/claims/exp"] },
  { id: "oidc.time.expired", claims: { exp: String(NOW + 300) }, at: undefined },
  { id: "oidc.time.not-yet-valid", at: undefined },
  { id: "oidc.time.not-yet-valid", claims: { nbf: NOW + 60 }, at: [] },
  { id: "oidc.time.not-yet-valid", claims: { nbf: NOW + 61 }, at: ["/claims/nbf"] },
  { id: "oidc.time.issued-in-future", claims: { iat: NOW + 60 }, at: [] },
  { id: "oidc.time.issued-in-future", claims: { iat: NOW + 61 }, at: ["/claims/iat"] },
  { id: "oidc.auth-time.future", claims: { auth_time: NOW + 60 }, at: [] },
  { id: "oidc.auth-time.future", claims: { auth_time: NOW + 61 }, at: ["/claims/auth_time"] },
  { id: "oidc.time.malformed", claims: { exp: NOW + 0.25 }, at: [] },
  { id: "oidc.time.malformed", claims: { exp: String(NOW) }, at: ["/claims/exp"] },
  { id: "oidc.time.malformed", claims: { exp: Number.POSITIVE_INFINITY }, at: ["/claims/exp"] },
  { id: "oidc.time.malformed", claims: { nbf: null, iat: [NOW] }, at: ["/claims/nbf", "/claims/iat"] },
  { id: "oidc.time.malformed", claims: { auth_time: "1" }, at: ["/claims/auth_time"] },

  { id: "oidc.claim.missing", at: [] },
  {
    id: "oidc.claim.missing",
    claims: { sub: undefined, exp: undefined },
    at: ["/claims/sub", "/claims/exp"],
  },
  {
    id: "oidc.claim.missing",
    claims: { iss: undefined, aud: undefined },
    at: ["/claims/iss", "/claims/aud"],
  },
  { id: "oidc.claim.missing", claims: { iat: undefined }, at: ["/claims/iat"] },
  { id: "oidc.claim.malformed", at: [] },
  { id: "oidc.claim.malformed", claims: { iss: [ISSUER], sub: 7 }, at: ["/claims/iss", "/claims/sub"] },
  { id: "oidc.claim.malformed", claims: { sub: "", azp: null }, at: ["/claims/sub", "/claims/azp"] },
  { id: "oidc.claim.malformed", claims: { aud: [CLIENT, 1] }, at: ["/claims/aud"] },
  { id: "oidc.claim.malformed", claims: { aud: null, at_hash: 1 }, at: ["/claims/at_hash", "/claims/aud"] },

  ...hashAndSubjectRows,

  { id: "oidc.nonce.absent", at: [] },
  { id: "oidc.nonce.absent", claims: { nonce: undefined }, at: ["/claims/nonce"] },
  { id: "oidc.nonce.mismatch", at: [] },
  { id: "oidc.nonce.mismatch", claims: { nonce: undefined }, at: undefined },
  { id: "oidc.nonce.mismatch", claims: { nonce: "n-2" }, at: ["/claims/nonce"] },
  { id: "oidc.nonce.mismatch", claims: { nonce: ["n-1"] }, at: ["/claims/nonce"] },
  { id: "oidc.nonce.mismatch", claims: { nonce: "" }, at: ["/claims/nonce"] },

  { id: "oidc.type.wrong", at: [] },
  ...["JWT", "jwt", "application/JWT", "JOSE", "ID"].map((typ) => ({
    id: "oidc.type.wrong",
    header: { typ },
    at: [],
  })),
  ...["at+jwt", "AT+JWT", "application/at+jwt", "logout+jwt", "secevent+jwt", "dpop+jwt", 1, null].map(
    (typ) => ({
      id: "oidc.type.wrong",
      header: { typ },
      at: ["/header/typ"],
    }),
  ),
  ...[
    "dc+sd-jwt",
    "vc+sd-jwt",
    "kb+jwt",
    "application/secevent+jwt",
    "entity-statement+jwt",
    "dpop",
    "text/plain",
    "",
  ].map((typ) => ({ id: "oidc.type.wrong", header: { typ }, at: ["/header/typ"] })),
  ...[7, null, ["JWT"], {}, "application/jwt", "application/dc+sd-jwt"].map((cty) => ({
    id: "oidc.type.wrong",
    header: { cty },
    at: ["/header/cty"],
  })),
  { id: "oidc.type.wrong", header: { cty: "application/json" }, at: [] },
  { id: "oidc.type.wrong", header: { cty: "JWT" }, at: ["/header/cty"] },
  { id: "oidc.type.wrong", claims: { events: {} }, at: ["/claims/events"] },

  ...amrRows,

  { id: "oidc.token.replayed", claims: { jti: "j-1" }, at: undefined },
  { id: "oidc.token.replayed", policy: used, at: undefined },
  { id: "oidc.token.replayed", claims: { jti: 1 }, policy: used, at: undefined },
  { id: "oidc.token.replayed", claims: { jti: "j-2" }, policy: used, at: [] },
  { id: "oidc.token.replayed", claims: { jti: "j-1" }, policy: used, at: ["/claims/jti"] },
  // An id is one issuer's own.
  { id: "oidc.token.replayed", claims: { jti: "j-1", iss: "https://x.example" }, policy: used, at: [] },

  { id: "oidc.auth-time.implausible", at: [] },
  { id: "oidc.auth-time.implausible", claims: { auth_time: undefined }, at: undefined },
  { id: "oidc.auth-time.implausible", claims: { auth_time: "0" }, at: undefined },
  // OpenID Connect Core 1.0 is of 25 February 2014.
  { id: "oidc.auth-time.implausible", claims: { auth_time: Date.UTC(2014, 1, 25) / 1000 }, at: [] },
  ...[0, -1, Date.UTC(2014, 1, 25) / 1000 - 1].map((auth_time) => ({
    id: "oidc.auth-time.implausible",
    claims: { auth_time },
    at: ["/claims/auth_time"],
  })),
  { id: "oidc.auth-time.absent", claims: { auth_time: undefined }, at: undefined },
  { id: "oidc.auth-time.absent", policy: age, at: [] },
  { id: "oidc.auth-time.absent", claims: { auth_time: undefined }, policy: age, at: ["/claims/auth_time"] },
  { id: "oidc.auth-time.stale", claims: { auth_time: 0 }, at: undefined },
  { id: "oidc.auth-time.stale", claims: { auth_time: NOW - 660 }, policy: age, at: [] },
  { id: "oidc.auth-time.stale", claims: { auth_time: NOW - 661 }, policy: age, at: ["/claims/auth_time"] },
  { id: "oidc.auth-time.stale", claims: { auth_time: 0 }, policy: age, at: ["/claims/auth_time"] },
];

describe("rules of the channel oidc", () => {
  test.each(rows)("$id $header $claims → $at", ({ id, claims, header = {}, policy, beside, at }) => {
    const rule = oidcRules.find((one) => one.id === id);
    const token = {
      header: { alg: "RS256", ...header },
      claims: idClaims(claims),
      ...(beside === undefined ? {} : { beside }),
    };
    expect(rule?.check(token, oidcPolicy([], policy), NOW)?.map((fault) => fault.at)).toEqual(at);
  });

  test.each(oidcRules.map(({ id }) => id))("%s has a row that breaks it and one that does not", (id) => {
    const own = rows.filter((row) => row.id === id);
    expect(own.some(({ at }) => at !== undefined && at.length > 0)).toBe(true);
    expect(own.some(({ at }) => at?.length === 0)).toBe(true);
  });

  test("messages stay short and hide nothing", () => {
    const rule = oidcRules.find(({ id }) => id === "oidc.amr.mfa-absent");
    const amr = ["m\u200bfa\u202e", ...Array.from({ length: 1000 }, () => "pwd")];
    const [fault] = rule?.check({ header: {}, claims: { amr } }, oidcPolicy([]), NOW) ?? [];
    expect(fault?.message).toContain("m\\u200bfa\\u202e");
    expect(fault?.message.length).toBeLessThan(200);
  });
});
