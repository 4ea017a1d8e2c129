import type { SeenDecision } from "../read-decision.ts";
import { doubt } from "./doubts.ts";
import type { Learned } from "./learn.ts";
import { readSighting } from "./read-sighting.ts";
import { onlyLastPage } from "./sighting.ts";
import { type Lesson, signInOnce } from "./sign-in-once.ts";
import { weakFrom } from "./weak.ts";

/** Signs somebody in without MFA, and tells what can be told of it. */
export async function tellWeakly(lesson: Lesson, { known, good }: Learned): Promise<SeenDecision> {
  const { app, name } = lesson;
  const user = `weak.of.${name}@partner.example`;
  const tried = await signInOnce(lesson, user, "sign-in-weakly", known.place);
  const seen = known.place === undefined ? onlyLastPage(tried.seen, app) : tried.seen;
  const { signedNames } = tried;
  const reference = known.naming === "own-name" ? seen.named : undefined;
  const decided = readSighting(seen, known, { user, signs: app, before: "nothing", reference, signedNames });
  const weak = weakFrom({ ...tried, seen }, { app, known, good });
  return doubt({ decided, seen, known, app, user, before: "nothing" }, weak);
}
