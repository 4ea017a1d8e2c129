import type { Scenario } from "../scenario/schema.ts";
import type { Observation } from "../target/observation.ts";

/** Somebody's address in what a scenario changes: the message then names two people. */
const ADDRESS = /[^\s"<>@]@[^\s"<>@]/;

/**
 * What keeps an acceptance from being right: the message names somebody else too, and the target did not show whose
 * session it opened, or names nobody. Empty: nothing does.
 */
export function whoseUnseen(
  { emission, expect }: Pick<Scenario, "emission" | "expect">,
  { decision, as }: Observation,
): readonly string[] {
  if (decision !== "accept" || (as !== undefined && as !== "nobody")) return [];
  if (expect.decision !== "accept" && expect.orAccept === undefined) return [];
  if (expect.orAccept === "anybody") return [];
  if (as === "nobody")
    return ["the target accepted and names nobody, so that nothing shows whose session it is"];
  if (!ADDRESS.test(JSON.stringify([emission.patch, emission.tamper]))) return [];
  return ["the message names somebody else too, and nothing shows whose session was opened"];
}
