export type {
  ArtifactKind,
  Channel,
  JsonObject,
  SamlAssertion,
  SamlAttribute,
  SamlAuthnStatement,
  SamlConditions,
  SamlConfirmation,
  SamlEnvelope,
  SamlResponse,
  Token,
} from "./artifact.ts";
export type { Evidence, Statement } from "./evidence.ts";
export type { Finding, Severity } from "./finding.ts";
export { judgeAccessToken, judgeIdToken, judgeSamlResponse } from "./judge.ts";
export type { Matcher, MatcherAnswer, MatcherAnswers, MatcherName } from "./matchers/matcher.ts";
export { matchers } from "./matchers/matchers.ts";
export { readSamlMetadata, type SamlIssuer } from "./metadata.ts";
export { policies, type PolicyName } from "./policies.ts";
export type { MfaAttribute, MfaReading, Policy, TrustedIssuer } from "./policy.ts";
export type { Obstacle, ObstacleKind, Reading } from "./read/reading.ts";
export type { Fault, ReadingRule, Rule, RuleInfo } from "./rule.ts";
export { rules } from "./rules/index.ts";
export type { Verdict } from "./verdict.ts";
