import { expect, test } from "vitest";
import { rules } from "../../../src/index.ts";

/** Names of rules that a channel has of the same kind, under its own ids. */
function each(name: string, ...channels: readonly string[]): readonly string[] {
  return channels.map((channel) => `${channel}.${name}`);
}

const CHANNELS = ["oidc", "partner-api", "eam", "saml", "wsfed"];
const TOKENS = ["oidc", "partner-api"];
const RESPONSES = ["saml", "wsfed"];

/** What a source recommends and does not demand. */
const WARNINGS = [
  ...each("guidance.exception-needed", "partner-api", ...RESPONSES),
  "partner-api.guidance.method-unnamed",
  ...each("encryption.weak", ...RESPONSES),
  "wsfed.mfa.contested",
  ...each("signature.inclusive", ...RESPONSES),
  "saml.name-id.unusable",
  ...each("authn-statement.contradictory", ...RESPONSES),
  ...each("subject.not-ascii", "oidc", "eam"),
];

/** What no source speaks of as a fault: it tells what is amiss, or why another rule spoke. */
const ADVISORIES = [
  ...each("signature.unchecked", ...CHANNELS),
  ...each("auth-time.implausible", ...TOKENS, "eam"),
  ...each("amr.lookalike", ...TOKENS),
  ...each("amr.two-factors-without-mfa", ...TOKENS, ...RESPONSES),
  ...each("amr.one-kind-of-factor", ...TOKENS),
  ...each("amr.duplicate", ...TOKENS),
  ...each("amr.vendor-value", ...TOKENS, ...RESPONSES),
  ...each("acr.contradicts-amr", ...TOKENS),
  ...each("mfa.other-vocabulary", ...RESPONSES),
  ...each("mfa.lookalike", ...RESPONSES),
  ...each("mfa.contradicted", ...RESPONSES),
  ...each("mfa.level-unread", ...RESPONSES),
  "oidc.acr.mfa-unseen",
  "oidc.acr.level-unread",
  "partner-api.version.absent",
  "partner-api.token.app-only",
  ...each("one-time-use.untracked", ...RESPONSES),
  "saml.assertion.partly-encrypted",
  "wsfed.token.partly-encrypted",
  "wsfed.mfa.misplaced",
];

/** Rules that call for something else than their severity does. */
const VERDICTS = [
  // What cannot be read or was not checked is not judged.
  { verdict: "inconclusive", ids: each("signature.unchecked", ...CHANNELS) },
  { verdict: "inconclusive", ids: each("token.encrypted", ...TOKENS, "eam", "wsfed") },
  { verdict: "inconclusive", ids: ["saml.assertion.encrypted"] },
  // PSX-14: a v2.0 token has no amr, so it does not tell.
  { verdict: "inconclusive", ids: ["partner-api.version.unsupported"] },
  // PSX-16: no token shows whether the exception was granted.
  { verdict: "inconclusive", ids: each("guidance.exception-needed", "partner-api", ...RESPONSES) },
  // Two pages of Microsoft disagree.
  { verdict: "inconclusive", ids: ["wsfed.mfa.contested"] },
  // PSR-087: app-only callers are not affected.
  { verdict: "exempt", ids: ["partner-api.token.app-only"] },
  // F-57: the user has to sign in again.
  { verdict: "re-authenticate", ids: each("auth-time.stale", ...TOKENS) },
  { verdict: "re-authenticate", ids: each("authn-instant.stale", ...RESPONSES) },
];

const idsOf = (severity: string): readonly string[] =>
  rules
    .filter((rule) => rule.severity === severity)
    .map(({ id }) => id)
    .toSorted();

test("every rule breaks a MUST, but for these", () => {
  expect(idsOf("warning")).toEqual(WARNINGS.toSorted());
  expect(idsOf("advisory")).toEqual(ADVISORIES.toSorted());
  expect(idsOf("error")).toHaveLength(rules.length - WARNINGS.length - ADVISORIES.length);
});

test("every rule calls for what its severity says, but for these", () => {
  const wanted = VERDICTS.flatMap(({ verdict, ids }) => ids.map((id) => `${id} ${verdict}`));
  const found = rules.flatMap(({ id, verdict }) => (verdict === undefined ? [] : [`${id} ${verdict}`]));
  expect(found.toSorted()).toEqual(wanted.toSorted());
});
