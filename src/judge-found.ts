import type { FoundArtifact } from "./find/found-artifact.ts";
import {
  judgeAccessToken,
  judgeEamToken,
  judgeIdToken,
  judgeSamlResponse,
  judgeWsFedResponse,
} from "./judge.ts";
import { policies } from "./policies.ts";
import type { Policy } from "./policy.ts";
import type { PlausibleReading } from "./readings/plausible-reading.ts";
import { type Judged, settle } from "./readings/settle.ts";
import { tokenReadings } from "./readings/token-readings.ts";
import type { Verdict } from "./verdict.ts";

/**
 * Judges what was found in a text, of which nobody said who reads it: by every reader that it may be for. Where they
 * differ, the verdict is `inconclusive` and names them, for a guess must not make it better.
 *
 * @param found an artifact of `findArtifacts`
 * @param known what is known of the reader: trusted issuers, audiences, nonce; it is laid over the ready-made policies.
 *   With `mfa` in it, it says itself what MFA is, and only the kind of a token may be open.
 * @param now seconds since the epoch
 * @returns one verdict; `readings` says what each reader makes of it, where they differ
 * @throws TypeError when the arguments cannot be judged by
 */
export async function judgeFound(
  found: FoundArtifact,
  known: Partial<Policy>,
  now: number,
): Promise<Verdict> {
  const [first, ...others] = await plausibleReadings(found, known);
  if (first === undefined) throw new TypeError("found must name at least one kind");
  const judge = async (reading: PlausibleReading): Promise<Judged> => {
    return { reading, verdict: await judgeAs(reading, found, policyFor(reading, known), now) };
  };
  return settle([await judge(first), ...(await Promise.all(others.map(judge)))]);
}

async function plausibleReadings(
  found: FoundArtifact,
  known: Partial<Policy>,
): Promise<readonly PlausibleReading[]> {
  if (found.kind !== "saml-response" && found.kind !== "ws-fed-response") {
    return await tokenReadings(found, known);
  }
  if (known.mfa !== undefined) {
    return [{ artifact: found.kind, policy: "strict", option: `--kind ${found.kind}` }];
  }
  // Loaded late: judging a token must not pay for the XML parser.
  const { responseReadings } = await import("./readings/response-readings.ts");
  return await responseReadings(found, known);
}

function policyFor({ policy, audiences }: PlausibleReading, known: Partial<Policy>): Policy {
  const whole = { ...policies[policy], ...known };
  if (audiences === undefined) return whole;
  const { audiences: _, ...open } = whole;
  return audiences === "any" ? open : { ...open, audiences };
}

async function judgeAs(
  { artifact: kind }: PlausibleReading,
  found: FoundArtifact,
  policy: Policy,
  now: number,
): Promise<Verdict> {
  if (found.kind === "saml-response") return await judgeSamlResponse(found.artifact, policy, now);
  if (found.kind === "ws-fed-response") return await judgeWsFedResponse(found.artifact, policy, now);
  if (kind === "access-token") return await judgeAccessToken(found.artifact, policy, now);
  if (kind === "eam-token") return await judgeEamToken(found.artifact, policy, now);
  return await judgeIdToken(found.artifact, policy, now);
}
