import type { JsonObject } from "../../../src/artifact.ts";
import { policies } from "../../../src/policies.ts";
import type { Policy } from "../../../src/policy.ts";

/** A token, and where a rule of the channel finds fault with it. */
export interface Row {
  readonly id: string;
  readonly claims?: JsonObject;
  readonly header?: JsonObject;
  readonly policy?: Partial<Policy>;
  /** Places of the faults; undefined when the rule has nothing to say. */
  readonly at: readonly string[] | undefined;
}

const either = { mfa: { ...policies.oidc.mfa, amrValues: ["mfa", "mca"] } };

/** What the rules about `amr` and `acr` say. */
export const amrRows: readonly Row[] = [
  { id: "oidc.amr.absent", at: [] },
  { id: "oidc.amr.absent", claims: { amr: undefined }, at: ["/claims/amr"] },
  { id: "oidc.amr.absent", claims: { amr: null }, at: [] },
  { id: "oidc.amr.malformed", at: [] },
  { id: "oidc.amr.malformed", claims: { amr: undefined }, at: undefined },
  ...["mfa", null, { 0: "mfa" }, ["mfa", 1], ["mfa", null], [["mfa"]], true].map((amr) => ({
    id: "oidc.amr.malformed",
    claims: { amr },
    at: ["/claims/amr"],
  })),
  { id: "oidc.amr.mfa-absent", at: [] },
  // RFC 8176 §2, OIDC Core §2: case-sensitive strings, compared whole.
  ...[[], ["pwd"], ["MFA"], ["mfa "], ["ngcmfa"], ["mfa,pwd"], ["mfa\u200b"], ["ｍｆａ"]].map((amr) => ({
    id: "oidc.amr.mfa-absent",
    claims: { amr },
    at: ["/claims/amr"],
  })),
  { id: "oidc.amr.mfa-absent", claims: { amr: "mfa" }, at: undefined },
  // One of the values that mean MFA is enough.
  { id: "oidc.amr.mfa-absent", policy: either, at: [] },
  { id: "oidc.amr.mfa-absent", claims: { amr: ["mca"] }, policy: either, at: [] },
  { id: "oidc.amr.mfa-absent", claims: { amr: ["pwd"] }, policy: either, at: ["/claims/amr"] },
  { id: "oidc.amr.two-factors-without-mfa", claims: { amr: ["pwd", "otp", "mca"] }, policy: either, at: [] },
  {
    id: "oidc.amr.one-kind-of-factor",
    claims: { amr: ["otp", "sms", "mca"] },
    policy: either,
    at: ["/claims/amr"],
  },
  { id: "oidc.acr.contradicts-amr", claims: { acr: "0", amr: ["mca"] }, policy: either, at: ["/claims/acr"] },
  { id: "oidc.acr.mfa-unseen", claims: { acr: "mfa", amr: ["mca"] }, policy: either, at: [] },
  { id: "oidc.amr.lookalike", at: [] },
  { id: "oidc.amr.lookalike", claims: { amr: undefined }, at: undefined },
  { id: "oidc.amr.lookalike", claims: { amr: ["pwd", "otp"] }, at: [] },
  ...["mfa", "notmfa", ["no-mfa"], ["mfa2"], ["MFA"], [" mfa"], ["ｍｆａ"], { mfa: false }].map((amr) => ({
    id: "oidc.amr.lookalike",
    claims: { amr },
    at: ["/claims/amr"],
  })),
  { id: "oidc.amr.two-factors-without-mfa", at: [] },
  ...[
    ["pwd", "otp"],
    ["pin", "hwk"],
    ["fpt", "sms"],
    ["password", "otp"],
    // A word of a product counts by the factor that it stands for: Ory Kratos, Okta, BankID.
    ["pwd", "totp"],
    ["password", "webauthn"],
    ["pwd", "okta_verify"],
    ["pin", "BankID"],
  ].map((amr) => ({
    id: "oidc.amr.two-factors-without-mfa",
    claims: { amr },
    at: ["/claims/amr"],
  })),
  // Two of one kind are one factor (PSR-031), and context is none.
  ...[
    ["pwd", "pin"],
    ["otp", "sms"],
    ["pwd", "geo"],
    ["pwd", "user"],
    ["pwd", "email"],
    ["pwd", "x"],
    ["totp", "duo"],
    [],
  ].map((amr) => ({
    id: "oidc.amr.two-factors-without-mfa",
    claims: { amr },
    at: [],
  })),

  { id: "oidc.amr.one-kind-of-factor", at: [] },
  // One method that is named says nothing of the one that is not: ["pwd","mfa"] is the guidance's good token.
  ...[["mfa"], ["pwd", "mfa"], ["pwd", "pwd", "mfa"], ["pwd", "pin"], ["pwd", "pin", "x", "mfa"]].map(
    (amr) => ({
      id: "oidc.amr.one-kind-of-factor",
      claims: { amr },
      at: [],
    }),
  ),
  ...[
    ["pwd", "pin", "mfa"],
    ["mfa", "otp", "sms"],
    ["fpt", "mfa", "face", "iris"],
  ].map((amr) => ({
    id: "oidc.amr.one-kind-of-factor",
    claims: { amr },
    at: ["/claims/amr"],
  })),
  { id: "oidc.amr.one-kind-of-factor", claims: { amr: "mfa" }, at: undefined },
  { id: "oidc.amr.duplicate", at: [] },
  { id: "oidc.amr.duplicate", claims: { amr: [] }, at: [] },
  { id: "oidc.amr.duplicate", claims: { amr: ["otp", "mfa", "otp"] }, at: ["/claims/amr"] },
  { id: "oidc.amr.duplicate", claims: { amr: { length: 2 } }, at: undefined },
  { id: "oidc.amr.vendor-value", at: [] },
  ...["okta_verify", "duo", "password", "fed", "rsa", "ngcmfa", "wiaormfa", "none"].map((value) => ({
    id: "oidc.amr.vendor-value",
    claims: { amr: ["mfa", value] },
    at: ["/claims/amr"],
  })),
  // Whether anything is known of it or not, and however it is spelt: it is not registered.
  ...[
    "totp",
    "webauthn",
    "otp-sms",
    "SMS_OTP",
    "BankID",
    "passkey",
    "oidc",
    "email",
    "x",
    "PWD",
    "session.amr",
  ].map((value) => ({ id: "oidc.amr.vendor-value", claims: { amr: ["mfa", value] }, at: ["/claims/amr"] })),
  { id: "oidc.amr.vendor-value", claims: { amr: ["mca"] }, policy: either, at: [] },
  // RFC 8176 §2, all of it, and pop, which was registered later: none of them is a vendor's.
  {
    id: "oidc.amr.vendor-value",
    claims: {
      amr: "face fpt geo hwk iris kba mca mfa otp pin pwd rba retina sc sms swk tel user vbm wia pop".split(
        " ",
      ),
    },
    at: [],
  },
  { id: "oidc.amr.vendor-value", claims: { amr: "duo" }, at: undefined },
  { id: "oidc.acr.contradicts-amr", claims: { acr: "1" }, at: [] },
  { id: "oidc.acr.contradicts-amr", claims: { acr: "loa-5" }, at: [] },
  { id: "oidc.acr.contradicts-amr", at: undefined },
  { id: "oidc.acr.contradicts-amr", claims: { acr: 0 }, at: undefined },
  ...["0", "https://refeds.org/profile/sfa", "urn:oasis:names:tc:SAML:2.0:ac:classes:Password"].flatMap(
    (acr) => [
      { id: "oidc.acr.contradicts-amr", claims: { acr }, at: ["/claims/acr"] },
      { id: "oidc.acr.contradicts-amr", claims: { acr, amr: ["pwd"] }, at: [] },
    ],
  ),
  // OIDC Core §2 leaves the meaning to the issuer: AAL2 takes two factors, a bare level may, a password does not.
  ...[
    "AAL2",
    "http://idmanagement.gov/ns/assurance/aal/2?phishing_resistant=true",
    "urn:gov:gsa:ac:classes:sp:PasswordProtectedTransport:duo",
    "http://eidas.europa.eu/LoA/substantial",
    "eidas2",
    "HTTP://REFEDS.ORG/profile/MFA/",
    "http://schemas.openid.net/pape/policies/2007/06/multi-factor",
    "urn:okta:loa:2fa:any",
    "urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI",
  ].flatMap((acr) => [
    { id: "oidc.acr.mfa-unseen", claims: { acr, amr: ["pwd"] }, at: ["/claims/acr"] },
    { id: "oidc.acr.level-unread", claims: { acr, amr: ["pwd"] }, at: [] },
  ]),
  ...["2", 2, "loa3", "possessionorinherence", "phr", "urn:example:ac:classes:two-factor"].flatMap((acr) => [
    { id: "oidc.acr.level-unread", claims: { acr, amr: ["pwd"] }, at: ["/claims/acr"] },
    { id: "oidc.acr.level-unread", claims: { acr, amr: ["pwd", "mfa"] }, at: [] },
  ]),
  ...[
    "0",
    "1",
    "aal1",
    "eidas1",
    "urn:example:no-mfa",
    "urn:example:gold",
    "https://refeds.org/profile/sfa",
  ].map((acr) => ({ id: "oidc.acr.level-unread", claims: { acr, amr: ["pwd"] }, at: [] })),
  { id: "oidc.acr.level-unread", claims: { acr: ["2"] }, at: undefined },
  { id: "oidc.acr.mfa-unseen", at: undefined },
  { id: "oidc.acr.mfa-unseen", claims: { acr: "1", amr: ["pwd"] }, at: [] },
  ...["https://refeds.org/profile/mfa", "http://schemas.microsoft.com/claims/multipleauthn"].flatMap(
    (acr) => [
      { id: "oidc.acr.mfa-unseen", claims: { acr }, at: [] },
      { id: "oidc.acr.mfa-unseen", claims: { acr, amr: ["pwd"] }, at: ["/claims/acr"] },
      { id: "oidc.acr.mfa-unseen", claims: { acr, amr: undefined }, at: ["/claims/acr"] },
      { id: "oidc.acr.mfa-unseen", claims: { acr, amr: "mfa" }, at: ["/claims/acr"] },
    ],
  ),
];
