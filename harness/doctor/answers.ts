import type { Emission } from "../emission/emission.ts";
import { HarnessError } from "../errors.ts";
import type { Observation } from "../target/observation.ts";
import { type Stage, withinStage } from "../stage.ts";
import type { Target } from "../target/target.ts";
import { broken, type Check, doubtful, fine } from "./check.ts";

/** What a target is asked with. */
interface AnswerExamination extends Pick<Stage, "tell"> {
  readonly signal: AbortSignal;
  readonly longestSeconds?: number | undefined;
}

/**
 * Hands a target a good artifact, and one that a stranger signed: whoever does not take the one, or does not plainly
 * refuse the other, shows nothing in a run.
 */
export async function checkAnswers(
  target: Target,
  { signal, tell, longestSeconds = LONGEST_ANSWER_SECONDS }: AnswerExamination,
): Promise<Check> {
  const what = `${target.name}: what it says`;
  const stage = { what, seconds: longestSeconds, signal, tell };
  try {
    const good = await withinStage(stage, (limited) => handOver(target, "published", limited));
    const forged = await withinStage(stage, (limited) => handOver(target, "stranger", limited));
    const check = judged(what, good, forged);
    return good.decision === "accept" ? { ...check, accepted: target.name } : check;
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof HarnessError)) throw error;
    return broken(what, error.message, error.hint);
  }
}

/** A run waits as long for each case, unless it is told otherwise. */
const LONGEST_ANSWER_SECONDS = 60;

async function handOver(target: Target, key: Emission["key"], signal: AbortSignal): Promise<Observation> {
  const [channel = "oidc"] = target.channels;
  const emission: Emission = {
    channel,
    profile: "password-and-otp",
    patch: [],
    tamper: [],
    key,
    ignore: [],
  };
  return await target.observe({ emission, transport: "direct", user: "doctor@partner.example", signal });
}

function judged(what: string, good: Observation, forged: Observation): Check {
  if (good.decision !== "accept") {
    const todo =
      "Set the IdP's keys, issuer and audience in it; until then no refusal of its proves anything.";
    return doubtful(what, `to a good artifact ${words(good)}`, todo);
  }
  const found = `to a good artifact accept, to one of a stranger's key ${words(forged)}`;
  if (forged.decision === "accept")
    return doubtful(what, found, "It does not look at the signature, or not at what it gets.");
  if (forged.confidence === "low") return doubtful(what, found, PLAINLY);
  return fine(what, found);
}

function words({ decision, signals }: Observation): string {
  return `${decision ?? "nothing"} (${signals.join("; ")})`;
}

const PLAINLY =
  "A crash looks the same. Let it refuse in words or by a code of its own, and name them: exitCode: { accept: [0], refuse: [3] }, output or json.";
