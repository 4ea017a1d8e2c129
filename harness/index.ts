export { type Emission, type EmissionInput, emissionSchema } from "./emission/emission.ts";
export type { KeyRotation } from "./emission/keys/key-rotation.ts";
export type { PatchInput } from "./emission/patch-schema.ts";
export { HarnessError, type HarnessErrorCode } from "./errors.ts";
export type { Clock, ClockReading, ClockSetting } from "./idp/clock.ts";
export type { EamOptions, EntraKeys } from "./idp/eam/registration.ts";
export type { EntraStandIn } from "./idp/eam/stand-in.ts";
export type { EmissionInUse } from "./idp/in-use.ts";
export type { IssueInput } from "./idp/issue-request.ts";
export type { EamAsked, IssuedArtifact } from "./idp/issued.ts";
export type { ArtifactKind, JournalEntry, JournalProtocol, KeptParameters } from "./idp/journal/entry.ts";
export type { MockIdp } from "./idp/mock-idp.ts";
export type { RelyingPartyRegistration } from "./idp/oidc/registration.ts";
export type { PublishedKeys } from "./idp/published-keys.ts";
export type { ApiOptions, StartIdpOptions } from "./idp/start-options.ts";
export type { IdpTrust } from "./idp/trust.ts";
export type { WsFedRealm } from "./idp/wsfed/registration.ts";
export { emission } from "./idp/read-emission.ts";
export { startIdp } from "./idp/start-idp.ts";
export { loadScenarios, run, startPartners, startReferenceTargets, startTargets } from "./on-demand.ts";
export type { PartnerPorts, Partners } from "./partner/start-partners.ts";
export type {
  CaseEnd,
  CaseInfo,
  CaseResult,
  CaseStart,
  Outcome,
  RunEnd,
  RunEvent,
  RunStart,
} from "./run/events.ts";
export { type Plan, planCases, type PlanOptions } from "./run/plan.ts";
export { REFERENCE_TARGETS } from "./run/reference/facts.ts";
export type { RunningTargets } from "./run/reference/targets.ts";
export type { RunOptions } from "./run/run.ts";
export type { TargetSettings } from "./run/start-targets.ts";
export { type Case, expandCases, type TargetFacts } from "./scenario/expand.ts";
export { type Scenario, type Transport, TRANSPORTS } from "./scenario/schema.ts";
export type { Decision, Observation } from "./target/observation.ts";
export type { Adapter, AdapterAnswer } from "./target/adapters/adapter.ts";
export { type TargetDefinitions, targetsSchema } from "./target/definition/targets.ts";
export type { Attempt, Target } from "./target/target.ts";
