import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/artifact.ts";
import type { EamRequest, Policy } from "../../../src/policy.ts";
import { eamRules } from "../../../src/rules/eam/index.ts";
import { eamReadingRules } from "../../../src/rules/eam/reading.ts";
import { oidcReadingRules } from "../../../src/rules/oidc/reading.ts";
import { CLIENT, eamClaims, eamPolicy, ISSUER, NOW } from "../support/tokens.ts";

interface Row {
  readonly id: string;
  readonly claims?: JsonObject;
  readonly header?: JsonObject;
  readonly eam?: Partial<EamRequest>;
  readonly policy?: Partial<Policy>;
  /** Places of the faults; undefined when the rule has nothing to say. */
  readonly at: readonly string[] | undefined;
}

const certified = { kty: "RSA", kid: "k1", x5c: ["MIIB"] };

function publishing(...keys: readonly JsonObject[]): Partial<Policy> {
  return { issuers: [{ issuer: ISSUER, jwks: { keys } }] };
}

/** Entra's EAM provider reference: whether an `amr` of the kind inherence, and of the kind possession, answers an `acr`. */
const KINDS = [
  { acr: "possessionorinherence", inherence: true, possession: true },
  { acr: "knowledgeorpossession", inherence: false, possession: true },
  { acr: "knowledgeorinherence", inherence: true, possession: false },
  { acr: "knowledgeorpossessionorinherence", inherence: true, possession: true },
  { acr: "possession", inherence: false, possession: true },
  { acr: "inherence", inherence: true, possession: false },
  { acr: "knowledge", inherence: false, possession: false },
];
const INHERENCE = ["face", "fpt", "iris", "retina", "vbm"];
const POSSESSION = ["fido", "hwk", "otp", "pop", "sc", "sms", "swk", "tel"];

const rows: readonly Row[] = [
  { id: "eam.issuer.mismatch", at: [] },
  { id: "eam.issuer.mismatch", claims: { iss: `${ISSUER}:443` }, at: ["/claims/iss"] },
  { id: "eam.audience.mismatch", at: [] },
  { id: "eam.audience.mismatch", claims: { aud: "other" }, at: ["/claims/aud"] },
  { id: "eam.audience.untrusted", claims: { aud: [CLIENT] }, at: [] },
  { id: "eam.audience.untrusted", claims: { aud: [CLIENT, "other"] }, at: ["/claims/aud/1"] },
  { id: "eam.azp.mismatch", at: undefined },
  { id: "eam.azp.mismatch", claims: { azp: CLIENT }, at: [] },
  { id: "eam.azp.mismatch", claims: { azp: "other" }, at: ["/claims/azp"] },
  { id: "eam.azp.mismatch", claims: { azp: [CLIENT] }, at: undefined },
  { id: "eam.claim.malformed", claims: { azp: [CLIENT] }, at: ["/claims/azp"] },
  { id: "eam.auth-time.future", at: undefined },
  { id: "eam.auth-time.future", claims: { auth_time: NOW + 60 }, at: [] },
  { id: "eam.auth-time.future", claims: { auth_time: NOW + 61 }, at: ["/claims/auth_time"] },
  { id: "eam.auth-time.implausible", claims: { auth_time: NOW - 90_000 }, at: [] },
  { id: "eam.auth-time.implausible", claims: { auth_time: 0 }, at: ["/claims/auth_time"] },
  { id: "eam.time.expired", at: [] },
  { id: "eam.time.expired", claims: { exp: NOW - 60 }, at: ["/claims/exp"] },
  { id: "eam.time.not-yet-valid", claims: { nbf: NOW }, at: [] },
  { id: "eam.time.not-yet-valid", claims: { nbf: NOW + 61 }, at: ["/claims/nbf"] },
  { id: "eam.time.issued-in-future", at: [] },
  { id: "eam.time.issued-in-future", claims: { iat: NOW + 61 }, at: ["/claims/iat"] },
  { id: "eam.time.never-valid", claims: { nbf: undefined }, at: undefined },
  { id: "eam.time.never-valid", claims: { nbf: NOW - 10 }, at: [] },
  { id: "eam.time.never-valid", claims: { nbf: NOW + 10, exp: NOW + 10 }, at: ["/claims/exp"] },
  { id: "eam.time.never-valid", claims: { nbf: NOW + 30, exp: NOW - 30 }, at: ["/claims/exp"] },
  { id: "eam.subject.too-long", claims: { sub: "x".repeat(255) }, at: [] },
  { id: "eam.subject.too-long", claims: { sub: "x".repeat(256) }, at: ["/claims/sub"] },
  { id: "eam.subject.not-ascii", at: [] },
  { id: "eam.subject.not-ascii", claims: { sub: "zoë" }, at: ["/claims/sub"] },
  { id: "eam.time.malformed", at: [] },
  { id: "eam.time.malformed", claims: { exp: "1" }, at: ["/claims/exp"] },
  { id: "eam.claim.missing", at: [] },
  {
    id: "eam.claim.missing",
    claims: { iss: undefined, sub: undefined, aud: undefined, exp: undefined, iat: undefined },
    at: ["/claims/iss", "/claims/sub", "/claims/aud", "/claims/exp", "/claims/iat"],
  },
  { id: "eam.claim.malformed", at: [] },
  { id: "eam.claim.malformed", claims: { sub: "", aud: 1 }, at: ["/claims/sub", "/claims/aud"] },
  { id: "eam.type.wrong", at: [] },
  { id: "eam.type.wrong", header: { typ: "dc+sd-jwt" }, at: ["/header/typ"] },
  { id: "eam.type.wrong", header: { cty: 1 }, at: ["/header/cty"] },
  { id: "eam.type.wrong", header: { typ: "at+jwt" }, at: ["/header/typ"] },
  { id: "eam.token.replayed", claims: { jti: "j-1" }, policy: { replay: new Set() }, at: [] },
  {
    id: "eam.token.replayed",
    claims: { jti: "j-1" },
    policy: { replay: new Set([`${ISSUER} j-1`]) },
    at: ["/claims/jti"],
  },
  { id: "eam.nonce.absent", at: [] },
  { id: "eam.nonce.absent", claims: { nonce: undefined }, at: ["/claims/nonce"] },
  { id: "eam.nonce.mismatch", at: [] },
  { id: "eam.nonce.mismatch", claims: { nonce: "n-2" }, at: ["/claims/nonce"] },

  { id: "eam.subject.mismatch", at: [] },
  { id: "eam.subject.mismatch", claims: { sub: "Pairwise-1" }, at: ["/claims/sub"] },
  { id: "eam.subject.mismatch", claims: { sub: ["pairwise-1"] }, at: undefined },
  { id: "eam.subject.mismatch", claims: { sub: "x" }, policy: { eam: { acrValues: [] } }, at: undefined },

  // Entra's EAM provider reference: echo if sent, otherwise it must not be there.
  { id: "eam.state.mismatch", at: undefined },
  { id: "eam.state.mismatch", eam: { state: "s", returnedState: "s" }, at: [] },
  { id: "eam.state.mismatch", eam: { state: "s", returnedState: "S" }, at: [""] },
  { id: "eam.state.mismatch", eam: { state: "s" }, at: [""] },
  { id: "eam.state.mismatch", eam: { returnedState: "s" }, at: [""] },
  { id: "eam.state.mismatch", eam: { returnedState: "" }, at: [""] },

  { id: "eam.key.id-absent", at: [] },
  ...[undefined, "", 1].map((kid) => ({ id: "eam.key.id-absent", header: { kid }, at: ["/header/kid"] })),
  { id: "eam.key.id-unknown", policy: publishing(certified), at: [] },
  { id: "eam.key.id-unknown", policy: publishing({ kty: "RSA", kid: "K1" }), at: ["/header/kid"] },
  { id: "eam.key.id-unknown", policy: publishing({ kty: "RSA" }), at: ["/header/kid"] },
  { id: "eam.key.id-unknown", policy: publishing(), at: undefined },
  { id: "eam.key.id-unknown", policy: { issuers: [{ issuer: ISSUER }] }, at: undefined },
  { id: "eam.key.certificate-absent", policy: publishing(certified), at: [] },
  { id: "eam.key.certificate-absent", policy: publishing(), at: undefined },
  { id: "eam.key.certificate-absent", policy: { issuers: [{ issuer: ISSUER }] }, at: undefined },
  // Every key has to have it, also one that did not sign.
  ...[undefined, [], "MIIB", [1]].map((x5c) => ({
    id: "eam.key.certificate-absent",
    policy: publishing(certified, { kty: "RSA", kid: "k2", x5c }),
    at: ["/header/kid"],
  })),

  { id: "eam.acr.absent", at: [] },
  { id: "eam.acr.absent", claims: { acr: undefined }, at: ["/claims/acr"] },
  { id: "eam.acr.malformed", at: [] },
  { id: "eam.acr.malformed", claims: { acr: undefined }, at: undefined },
  ...[["possessionorinherence"], "", null, 1].map((acr) => ({
    id: "eam.acr.malformed",
    claims: { acr },
    at: ["/claims/acr"],
  })),
  { id: "eam.acr.unrequested", at: [] },
  { id: "eam.acr.unrequested", claims: { acr: ["possession"] }, at: undefined },
  // A narrower one than was asked for breaks the rule as well. Entra's EAM provider reference.
  ...["possession", "PossessionOrInherence", "possession inherence", "1"].map((acr) => ({
    id: "eam.acr.unrequested",
    claims: { acr },
    at: ["/claims/acr"],
  })),
  {
    id: "eam.acr.unrequested",
    claims: { acr: "inherence" },
    eam: { acrValues: ["knowledge", "inherence"] },
    at: [],
  },

  { id: "eam.amr.absent", at: [] },
  { id: "eam.amr.absent", claims: { amr: undefined }, at: ["/claims/amr"] },
  { id: "eam.amr.malformed", at: [] },
  { id: "eam.amr.malformed", claims: { amr: "otp" }, at: ["/claims/amr"] },
  { id: "eam.amr.count", at: [] },
  { id: "eam.amr.count", claims: { amr: "otp" }, at: undefined },
  ...[[], ["otp", "fido"], ["otp", "otp"]].map((amr) => ({
    id: "eam.amr.count",
    claims: { amr },
    at: ["/claims/amr"],
  })),
  ...[...INHERENCE, ...POSSESSION].map((value) => ({
    id: "eam.amr.unsupported",
    claims: { amr: [value] },
    at: [],
  })),
  // F-17: mfa and pwd are Entra's own; F-11: the rest a vendor's.
  ...["mfa", "pwd", "pin", "kba", "OTP", "okta_verify", "rsa", ""].map((value) => ({
    id: "eam.amr.unsupported",
    claims: { amr: [value] },
    at: ["/claims/amr"],
  })),
  { id: "eam.amr.unsupported", claims: { amr: "mfa" }, at: undefined },
  { id: "eam.amr.unrequested", at: undefined },
  { id: "eam.amr.unrequested", eam: { amrValues: ["otp", "fido"] }, at: [] },
  { id: "eam.amr.unrequested", eam: { amrValues: ["fido"] }, at: ["/claims/amr"] },
  // That it is supported by nobody is for another rule to say.
  { id: "eam.amr.unrequested", claims: { amr: ["mfa"] }, eam: { amrValues: ["fido"] }, at: [] },
  ...KINDS.flatMap(({ acr, ...answers }) => [
    ...INHERENCE.map((value) => kindRow(acr, value, answers.inherence)),
    ...POSSESSION.map((value) => kindRow(acr, value, answers.possession)),
  ]),
  { id: "eam.amr.kind-mismatch", claims: { acr: "urn:x" }, at: undefined },
  { id: "eam.amr.kind-mismatch", claims: { acr: ["possession"] }, at: undefined },
  { id: "eam.amr.kind-mismatch", claims: { amr: "otp" }, at: undefined },
  { id: "eam.amr.kind-mismatch", claims: { amr: ["mfa"] }, at: [] },
];

function kindRow(acr: string, value: string, answers: boolean): Row {
  return { id: "eam.amr.kind-mismatch", claims: { acr, amr: [value] }, at: answers ? [] : ["/claims/amr"] };
}

describe("rules of the channel eam", () => {
  test.each(rows)("$id $header $claims $eam → $at", ({ id, claims, header = {}, eam, policy, at }) => {
    const rule = eamRules.find((one) => one.id === id);
    const token = { header: { alg: "RS256", kid: "k1", ...header }, claims: eamClaims(claims) };
    const judgedBy = eamPolicy([], { ...eam }, policy);
    expect(rule?.check(token, judgedBy, NOW)?.map((fault) => fault.at)).toEqual(at);
  });

  test.each(eamRules.map(({ id }) => id))("%s has a row that breaks it and one that does not", (id) => {
    const own = rows.filter((row) => row.id === id);
    expect(own.some(({ at }) => at !== undefined && at.length > 0)).toBe(true);
    expect(own.some(({ at }) => at?.length === 0)).toBe(true);
  });

  test("covers the same obstacles as the channel oidc, under ids of its own", () => {
    const obstacles = oidcReadingRules.map(({ obstacle }) => obstacle);
    expect(eamReadingRules.map(({ obstacle }) => obstacle)).toEqual(obstacles);
    expect(eamReadingRules.every(({ id }) => id.startsWith("eam."))).toBe(true);
  });

  test.each([
    { eam: { returnedState: "s" }, wanted: "it must not be there" },
    { eam: { state: "s" }, wanted: "it must be the one that was sent" },
  ])("state: $eam → $wanted", ({ eam, wanted }) => {
    const rule = eamRules.find(({ id }) => id === "eam.state.mismatch");
    const [fault] = rule?.check({ header: {}, claims: {} }, eamPolicy([], eam), NOW) ?? [];
    expect(fault?.message).toContain(wanted);
  });

  // Entra: error codes.
  test.each([
    { id: "eam.amr.malformed", code: "AADSTS5001256" },
    { id: "eam.acr.absent", code: "AADSTS50161" },
    { id: "eam.subject.mismatch", code: "AADSTS50027" },
    { id: "eam.nonce.absent", code: "AADSTS50027" },
    { id: "eam.signature.invalid", code: "AADSTS50012" },
  ])("$id names $code, which the administrator sees", ({ id, code }) => {
    const rule = [...eamReadingRules, ...eamRules].find((one) => one.id === id);
    expect(rule?.reference.split(", ")).toContain(code);
  });
});
