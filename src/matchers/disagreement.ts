import type { Channel } from "../artifact.ts";
import type { Verdict } from "../verdict.ts";
import type { MatcherAnswers, MatcherName } from "./matcher.ts";

const NAMES: readonly MatcherName[] = [
  "strict",
  "ms-cmdlet",
  "ms-mca",
  "partner-consent",
  "entra-saml",
  "entra-wsfed",
  "eam",
];

/** The readers that see it otherwise than the judge: they pass what is not compliant, or do not pass what is. */
export function disagreementWith(
  verdict: Verdict["verdict"],
  answers: MatcherAnswers,
): readonly MatcherName[] {
  return NAMES.filter((name) => {
    const answer = answers[name];
    return answer !== undefined && (answer === "pass") !== (verdict === "compliant");
  });
}

const OF_TOKENS: readonly MatcherName[] = ["strict", "ms-cmdlet", "ms-mca", "partner-consent"];

/** Readers of responses, which say themselves whom they are for. */
const ENTRA_READERS: readonly MatcherName[] = ["entra-saml", "entra-wsfed"];

const OF_CHANNEL: Readonly<Record<Channel, readonly MatcherName[]>> = {
  oidc: OF_TOKENS,
  "partner-api": OF_TOKENS,
  saml: ["entra-saml"],
  wsfed: ["entra-wsfed"],
  eam: ["eam"],
};

/**
 * The answers of the readers of a channel: one that reads another channel, or to which a message is not addressed,
 * disagrees with nobody.
 *
 * @param forOther whether the message is addressed to somebody else than Entra
 */
export function readersIn(channel: Channel, answers: MatcherAnswers, forOther: boolean): MatcherAnswers {
  const names = OF_CHANNEL[channel].filter((name) => !(forOther && ENTRA_READERS.includes(name)));
  return Object.fromEntries(Object.entries(answers).filter(([name]) => names.some((each) => each === name)));
}
