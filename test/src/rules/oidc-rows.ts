import type { JsonObject, Token } from "../../../src/artifact.ts";
import type { Policy } from "../../../src/policy.ts";
import { NOW } from "../support/tokens.ts";

/** A token, and what a rule says of it. */
export interface Row {
  readonly id: string;
  readonly claims?: JsonObject;
  readonly header?: JsonObject;
  readonly policy?: Partial<Policy>;
  readonly beside?: Token["beside"];
  /** Places of the faults; undefined when the rule has nothing to say. */
  readonly at: readonly string[] | undefined;
}

const beside = { atHash: "h", cHash: "c" };

/** Rows about the subject, about the span of validity, and about the hashes of what is issued beside the token. */
export const hashAndSubjectRows: readonly Row[] = [
  { id: "oidc.subject.too-long", at: [] },
  { id: "oidc.subject.too-long", claims: { sub: "x".repeat(255) }, at: [] },
  { id: "oidc.subject.too-long", claims: { sub: "x".repeat(256) }, at: ["/claims/sub"] },
  { id: "oidc.subject.too-long", claims: { sub: "\u{1F600}".repeat(255) }, at: [] },
  { id: "oidc.subject.too-long", claims: { sub: 7 }, at: undefined },
  { id: "oidc.subject.not-ascii", at: [] },
  { id: "oidc.subject.not-ascii", claims: { sub: "a|b c@~" }, at: [] },
  { id: "oidc.subject.not-ascii", claims: { sub: "zoë" }, at: ["/claims/sub"] },
  { id: "oidc.subject.not-ascii", claims: { sub: null }, at: undefined },

  { id: "oidc.at-hash.absent", at: undefined },
  { id: "oidc.at-hash.absent", policy: { responseType: "code" }, at: undefined },
  { id: "oidc.at-hash.absent", policy: { responseType: "code id_token" }, at: undefined },
  { id: "oidc.at-hash.absent", policy: { responseType: "id_token token" }, at: ["/claims/at_hash"] },
  { id: "oidc.at-hash.absent", policy: { responseType: "token code id_token" }, at: ["/claims/at_hash"] },
  { id: "oidc.at-hash.absent", claims: { at_hash: "x" }, policy: { responseType: "id_token token" }, at: [] },
  { id: "oidc.at-hash.mismatch", claims: { at_hash: "h" }, at: undefined },
  { id: "oidc.at-hash.mismatch", beside, at: undefined },
  { id: "oidc.at-hash.mismatch", claims: { at_hash: "h" }, beside, at: [] },
  { id: "oidc.at-hash.mismatch", claims: { at_hash: "c" }, beside, at: ["/claims/at_hash"] },
  { id: "oidc.at-hash.mismatch", claims: { at_hash: ["h"] }, beside, at: ["/claims/at_hash"] },
  { id: "oidc.c-hash.mismatch", claims: { c_hash: "c" }, beside, at: [] },
  { id: "oidc.c-hash.mismatch", claims: { c_hash: "h" }, beside, at: ["/claims/c_hash"] },
  { id: "oidc.c-hash.absent", at: undefined },
  { id: "oidc.c-hash.absent", policy: { responseType: "code token" }, at: undefined },
  { id: "oidc.c-hash.absent", policy: { responseType: "code id_token" }, at: ["/claims/c_hash"] },
  { id: "oidc.c-hash.absent", claims: { c_hash: "x" }, policy: { responseType: "code id_token" }, at: [] },
  { id: "oidc.time.never-valid", claims: { nbf: undefined }, at: undefined },
  { id: "oidc.time.never-valid", claims: { nbf: NOW - 10 }, at: [] },
  { id: "oidc.time.never-valid", claims: { nbf: NOW + 10, exp: NOW + 10 }, at: ["/claims/exp"] },
  { id: "oidc.time.never-valid", claims: { nbf: NOW + 30, exp: NOW - 30 }, at: ["/claims/exp"] },
  // The rules about the one or the other speak.
  { id: "oidc.time.never-valid", claims: { nbf: NOW, exp: NOW - 60 }, at: undefined },
  { id: "oidc.time.never-valid", claims: { nbf: NOW + 61, exp: NOW + 61 }, at: undefined },
];
