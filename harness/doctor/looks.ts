import { HarnessError } from "../errors.ts";
import type { MockIdp } from "../idp/mock-idp.ts";
import type { AppDefinition } from "../target/definition/app.ts";
import { learn } from "../target/oracle/learn.ts";
import { tellWeakly } from "../target/oracle/tell-weakly.ts";
import type { SeenDecision } from "../target/read-decision.ts";
import { startProtocolDriver } from "../transport/protocol/protocol.ts";
import type { Reach } from "../transport/reach.ts";
import { type Check, doubtful, fine } from "./check.ts";

/** What sign-ins at an app are tried with. */
interface LookingAround {
  readonly idp: MockIdp;
  readonly reach: Reach;
  /** No sign-in takes longer. */
  readonly longestSeconds: number;
}

/**
 * Signs in at an app as a run does before its first case, and once without MFA: whether the one can be told from the
 * other, and by what.
 */
export async function checkLooks(
  name: string,
  app: AppDefinition,
  { idp, reach, longestSeconds }: LookingAround,
): Promise<readonly Check[]> {
  await using driver = startProtocolDriver(reach);
  const [channel = "oidc"] = app.channels;
  const lesson = {
    name,
    app,
    channel,
    idp,
    driver,
    patienceSeconds: Math.min(longestSeconds, LONGEST_SIGN_IN_SECONDS),
  };
  try {
    const learned = await learn(lesson);
    const named = `told from a cancelled one; users are named by ${NAMED[learned.known.naming]}`;
    const known = { ...fine(`${name}: good sign-ins`, named), accepted: name };
    return [known, weakCheck(`${name}: a sign-in without MFA`, await tellWeakly(lesson, learned))];
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    const todo = `${error.hint} If its pages are made by scripts, it can be run in a browser only.`;
    return [doubtful(`${name}: good sign-ins`, error.message, todo)];
  }
}

const LONGEST_SIGN_IN_SECONDS = 10;

const NAMED = {
  address: "their address",
  "address-in-any-case": "their address",
  "signed-name": "the name that the IdP signed for them",
  "own-name": "a name of the app's own",
  "same-for-all": "nothing of theirs: whose session it is cannot be told",
} as const;

/** That it is let in is for the run to tell; that it cannot be told is for whoever writes the file. */
function weakCheck(what: string, { decision, confidence, signals }: SeenDecision): Check {
  if (decision !== undefined && confidence === "high")
    return fine(what, `is told by what the app shows: ${decision}`);
  const said = signals.at(-1) ?? "the app shows nothing";
  if (decision !== undefined && !said.includes("write "))
    return fine(what, `is told by what the app shows: ${decision}`);
  const found =
    decision === undefined
      ? "cannot be told"
      : `is told with ${confidence ?? "some"} confidence: ${decision}`;
  return doubtful(what, found, `${said.charAt(0).toUpperCase()}${said.slice(1)}.`);
}
