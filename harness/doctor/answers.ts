import type { Emission } from "../emission/emission.ts";
import { HarnessError } from "../errors.ts";
import type { Observation } from "../target/observation.ts";
import type { Target } from "../target/target.ts";
import { broken, type Check, doubtful, fine } from "./check.ts";

/**
 * Hands a target a good artifact, and one that a stranger signed: whoever does not take the one, or does not plainly
 * refuse the other, shows nothing in a run.
 */
export async function checkAnswers(target: Target, signal: AbortSignal): Promise<Check> {
  const what = `${target.name}: what it says`;
  try {
    const good = await handOver(target, "published", signal);
    const forged = await handOver(target, "stranger", signal);
    const check = judged(what, good, forged);
    return good.decision === "accept" ? { ...check, accepted: target.name } : check;
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof HarnessError)) throw error;
    return broken(what, error.message, error.hint);
  }
}

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
