import { HarnessError } from "../../errors.ts";
import type { Flow, Step } from "../../scenario/schema.ts";
import type { AnswerHandling, DrivenBrowser, DrivenSignIn, SignInPlan } from "../../transport/exchange.ts";
import type { PageRequest } from "../../transport/form.ts";
import type { AppAddresses } from "../app-addresses.ts";
import type { SeenDecision } from "../read-decision.ts";

/** What a step finds and leaves behind. */
export interface Scene {
  readonly browser: DrivenBrowser;
  /** Everything driven so far, oldest first. */
  readonly driven: readonly DrivenSignIn[];
  /** Answers that were kept unsent, oldest first. */
  readonly held: readonly PageRequest[];
  /** What was decided, when the last page does not tell. */
  readonly seen?: SeenDecision;
}

/** Who is signed in, by an app's own word. */
export interface SeenIn {
  readonly driven: DrivenSignIn;
  /** The name that the app shows; undefined: nobody's. */
  readonly named: string | undefined;
  /** Whether the app failed to answer, so that it tells nothing to name nobody. */
  readonly failed: boolean;
}

/** Looks who is signed in, in this browser. */
export type WhoIsIn = (browser: DrivenBrowser, plan: Omit<SignInPlan, "start">) => Promise<SeenIn>;

/** What steps of one attempt share. */
export interface Stage {
  readonly addresses: AppAddresses;
  readonly flow: Flow;
  /** The protected page. */
  readonly protectedPage: string;
  /** Where the sign-in begins: the protected page, unless another issuer or flow is wanted. */
  readonly start: string;
  /** Lets the IdP say from now on what it is to say after the first step. */
  readonly changeEmission: () => void;
  /** Where the IdP of this scenario lives, and the other one. */
  readonly idp: string;
  readonly otherIdp: string;
  readonly plan: Omit<SignInPlan, "start">;
  readonly whoIsIn: WhoIsIn;
  /** Opens another browser; it closes with the attempt. */
  readonly openBrowser: () => Promise<DrivenBrowser>;
}

/** Does one step. */
export type PerformStep = (scene: Scene, stage: Stage) => Promise<Scene>;

/** One visit of a scene's browser. */
export interface Visit {
  readonly start: string;
  readonly request?: PageRequest;
  readonly handling?: AnswerHandling;
  /** Parameters that the browser takes out of requests to the IdP. */
  readonly leftOut?: readonly string[];
  /** Fewer than the plan allows, when the IdP's sign-in page itself is the sign that is waited for. */
  readonly maxSignIns?: number;
}

/** Lets the scene's browser go somewhere; the page it ends on is the scene's last. */
export async function visit(scene: Scene, { plan }: Stage, where: Visit): Promise<Scene> {
  const { start, request, handling, maxSignIns = plan.maxSignIns, leftOut = [] } = where;
  const driven = await scene.browser.visit({ ...plan, start, maxSignIns, leftOut }, request, handling);
  const { browser, held } = scene;
  return { browser, held, driven: [...scene.driven, driven] };
}

/** What went before leaves a step nothing to do: that is told of the case, and the run goes on. */
export function nothingToDo(step: Step, reason: string): HarnessError {
  return new HarnessError(
    "ERR_TARGET_UNREACHABLE",
    `step ${step}: ${reason}`,
    "Look at what the target did before, and compare it with the steps of the scenario.",
  );
}

/** A step that this app has no address for. */
export function impossible(step: Step, reason: string): HarnessError {
  return new HarnessError(
    "ERR_SCENARIO_INVALID",
    `step ${step}: ${reason}`,
    "Compare the steps of the scenario with what the target has addresses for.",
  );
}
