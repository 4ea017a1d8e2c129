import type { Verdict } from "../../src/index.ts";
import type { Expectation, Transport } from "../scenario/schema.ts";
import type { Observation } from "../target/observation.ts";
import type { EvidenceFile } from "../transport/evidence.ts";

/** What reports need to know of a case; plain data, so that a run can be written down and read again. */
export interface CaseInfo {
  /** `<scenario>/<transport>/<target>`. */
  readonly id: string;
  readonly scenario: string;
  /** File of the scenario, as it was given; absent: it came from no file. */
  readonly file?: string;
  readonly title: string;
  readonly why: string;
  readonly references: readonly string[];
  /** How bad it is that a target takes it; absent: its author did not say. */
  readonly severity?: string;
  /** The same case in other lists, `<list>/<id>`. */
  readonly covers: readonly string[];
  readonly channel: string;
  readonly transport: Transport;
  readonly target: string;
  readonly expect: Expectation;
}

/**
 * How observation and verdict compare with the expectation. `known`: it fails as the baseline says. `error`: nothing
 * could be told. `inconclusive`: the control did not come out right, the fault never reached the target, or what crossed
 * is not what the scenario describes, so it proves nothing. `skip`: the scenario does not apply to what the target does,
 * or another case has told the same. Only `pass` passed.
 */
export interface Outcome {
  readonly status: "pass" | "known" | "fail" | "error" | "inconclusive" | "skip";
  /** One line for each difference: what was seen, then what was expected. */
  readonly differences: readonly string[];
  /** As it was before a baseline had its say; absent: none had. */
  readonly asFound?: Pick<Outcome, "status" | "differences">;
}

/** A page as it may stand in a report. */
export interface ShownPage {
  /** Without its query values. */
  readonly url: string;
  readonly status: number;
  /** What a person would have read, cut short; whatever may be a secret is left out. */
  readonly text: string;
}

/** Everything that is known of a finished case. */
export interface CaseResult {
  readonly outcome: Outcome;
  /** Without the artifact itself: a report must not carry tokens. */
  readonly observation: Omit<Observation, "issued" | "lastPage"> | undefined;
  /** The page on which it ended; absent: there was none, or the case passed. */
  readonly lastPage?: ShownPage;
  readonly verdict: Verdict | undefined;
  /**
   * `signed-part`: the message named two people, and the session is that of the one whom its signed part names. Absent:
   * that was not seen.
   */
  readonly nameFrom?: "signed-part";
  /** How bad it is, where more was seen than the scenario is about; absent: as bad as the scenario says. */
  readonly severity?: "critical";
  /** Attempts that came to nothing before this one, oldest first; absent: it was the first. */
  readonly retried?: readonly Outcome[];
  /** What browsers showed in attempts that did not pass; absent: nothing was kept. */
  readonly evidence?: readonly EvidenceFile[];
  readonly durationMilliseconds: number;
}

/** What reports say of a rule beside its findings. */
export interface RuleNote {
  readonly id: string;
  readonly severity: "error" | "warning" | "advisory";
  readonly title: string;
  readonly remedy: string;
  /** Where the rule is written. */
  readonly references: readonly string[];
  /** The first of these that is on the web. */
  readonly url?: string;
}

/** Which part of a plan a run is, when several runs share it; `index` counts from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Scenarios that a target is not taken through, although it reads their channel. */
export interface LeftOut {
  readonly target: string;
  /** What its file would have to say to be taken through them, in words. */
  readonly needs: string;
  /** How many they are. */
  readonly scenarios: number;
}

/** A run begins: what it is going to do. */
export interface RunStart {
  readonly type: "run-start";
  /** Version of this event stream: a reader of another version must not guess. */
  readonly format: 1;
  readonly at: number;
  /** Tells one plan from another: the same for every shard of a run, and for its continuation. */
  readonly plan: string;
  readonly shard?: Shard;
  /** Rules that a finding may name. */
  readonly rules: readonly RuleNote[];
  readonly cases: readonly CaseInfo[];
  readonly notRun: number;
  /** Absent: each target is taken through all that concerns it. */
  readonly leftOut?: readonly LeftOut[];
}

/** A case begins. */
export interface CaseStart {
  readonly type: "case-start";
  readonly id: string;
}

/** A case has ended. */
export interface CaseEnd {
  readonly type: "case-end";
  readonly id: string;
  readonly result: CaseResult;
}

/** A run has ended. */
export interface RunEnd {
  readonly type: "run-end";
  readonly at: number;
  readonly interrupted: boolean;
  /** What a baseline or an earlier run has to say of this one, a sentence each. */
  readonly notes?: readonly string[];
}

/** The event stream of a run: the record from which every report is made. Times are seconds since the epoch. */
export type RunEvent = RunStart | CaseStart | CaseEnd | RunEnd;
