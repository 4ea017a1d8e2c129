export { type Emission, type EmissionInput, emissionSchema } from "./emission/emission.ts";
export type { KeyRotation } from "./emission/keys/key-rotation.ts";
export type { PatchInput } from "./emission/patch-schema.ts";
export { HarnessError, type HarnessErrorCode } from "./errors.ts";
export type { Clock, ClockReading, ClockSetting } from "./idp/clock.ts";
export type { EmissionInUse } from "./idp/in-use.ts";
export type { EamAsked, IssuedArtifact } from "./idp/issued.ts";
export type { ArtifactKind, JournalEntry, JournalProtocol, KeptParameters } from "./idp/journal/entry.ts";
export type {
  ApiOptions,
  EamOptions,
  EntraKeys,
  EntraStandIn,
  IdpTrust,
  IssueInput,
  MockIdp,
  PublishedKeys,
  RelyingPartyRegistration,
  StartIdpOptions,
  WsFedRealm,
} from "./idp/mock-idp.ts";
export { emission } from "./idp/read-emission.ts";
export { startIdp } from "./idp/start-idp.ts";
export { type PartnerPorts, type Partners, startPartners } from "./partner/start-partners.ts";
export type { CaseInfo, CaseResult, Outcome, RunEvent } from "./run/events.ts";
export { type Plan, planCases, type PlanOptions } from "./run/plan.ts";
export { REFERENCE_TARGETS } from "./run/reference-facts.ts";
export { type RunningTargets, startReferenceTargets } from "./run/reference-targets.ts";
export { run, type RunOptions } from "./run/run.ts";
export { startTargets, type TargetSettings } from "./run/start-targets.ts";
export { type Case, expandCases, type TargetFacts } from "./scenario/expand.ts";
export { loadScenarios } from "./scenario/load.ts";
export { type Scenario, type Transport, TRANSPORTS } from "./scenario/schema.ts";
export type { Decision, Observation } from "./target/observation.ts";
export type { Adapter, AdapterAnswer } from "./target/adapters/adapter.ts";
export { type TargetDefinitions, targetsSchema } from "./target/definition/targets.ts";
export type { Attempt, Target } from "./target/target.ts";
