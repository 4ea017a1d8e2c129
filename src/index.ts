export type {
  ArtifactKind,
  Channel,
  JsonObject,
  RedirectedMessage,
  SamlAssertion,
  SamlAttribute,
  SamlAuthnStatement,
  SamlConditions,
  SamlConfirmation,
  SamlEnvelope,
  SamlNameId,
  SamlResponse,
  Token,
  WsFedAttribute,
  WsFedAuthentication,
  WsFedName,
  WsFedResponse,
  WsFedSubject,
} from "./artifact.ts";
export { type Citation, citationsOf } from "./citation.ts";
export type { Evidence, Statement } from "./evidence.ts";
export type { Finding, Severity } from "./finding.ts";
export { decodeText } from "./find/decode-text.ts";
export { findArtifacts, searchArtifacts } from "./find/find-artifacts.ts";
export type {
  FoundArtifact,
  FoundDecoded,
  FoundRedirected,
  FoundResponse,
  FoundToken,
} from "./find/found-artifact.ts";
export type { Note, Search } from "./find/search.ts";
export type { TokenKind } from "./find/token-kind.ts";
export {
  judgeAccessToken,
  judgeEamToken,
  judgeIdToken,
  judgeSamlResponse,
  judgeWsFedResponse,
} from "./judge.ts";
export { judgeFound } from "./judge-found.ts";
export type {
  AmrMatcherName,
  Matcher,
  MatcherAnswer,
  MatcherAnswers,
  MatcherName,
} from "./matchers/matcher.ts";
export { matchers } from "./matchers/matchers.ts";
export { readFederationMetadata, readSamlMetadata, type SamlIssuer } from "./metadata.ts";
export { policies, type PolicyName } from "./policies.ts";
export type {
  EamRequest,
  Guidance,
  MfaAttribute,
  MfaReading,
  Policy,
  ReplayStore,
  TrustedIssuer,
} from "./policy.ts";
export type { Obstacle, ObstacleKind, Reading } from "./read/reading.ts";
export type { Fault, ReadingRule, Rule, RuleInfo } from "./rule.ts";
export { rules } from "./rules/index.ts";
export type { SeenMfa } from "./seen-mfa.ts";
export type { ReadingVerdict, Verdict, Visibility } from "./verdict.ts";
export { PARTNER_CENTER_AUDIENCES } from "./vocabulary/partner-center.ts";
