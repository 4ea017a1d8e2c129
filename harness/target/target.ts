import type { Channel } from "../emission/channels.ts";
import type { Emission } from "../emission/emission.ts";
import type { Scenario, Transport } from "../scenario/schema.ts";
import type { EvidenceKeeper } from "../transport/evidence.ts";
import type { Observation } from "./observation.ts";

/** What a target is told of a case: what to emit, how to deliver it, and the user marker that is this case's alone. */
export interface Attempt {
  readonly emission: Emission;
  readonly transport: Transport;
  readonly user: string;
  readonly signal: AbortSignal;
  /** Takes charge of browsers that are done; absent: nothing they showed is kept. */
  readonly keeper?: EvidenceKeeper;
  /** Id of the case, for messages. */
  readonly id?: string;
  /** What is done, with which issuer, in which flow; absent: a sign-in by code with the shared one. */
  readonly course?: Pick<Scenario, "issuer" | "flow" | "steps" | "asked" | "asks" | "later">;
}

/** What is being tested: the library, a reference partner app, later a partner's own tool. */
export interface Target {
  readonly name: string;
  readonly channels: readonly Channel[];
  readonly transports: readonly Transport[];
  /** Delivers the emission and watches; throws HarnessError only for a failure of our own. */
  readonly observe: (attempt: Attempt) => Promise<Observation>;
}
