import type { Verdict } from "../../src/index.ts";

const RANKS = ["non-compliant", "re-authenticate", "inconclusive", "not-applicable", "exempt", "compliant"];

/** What is wrong with the verdict of a guess, beside those of the plausible readings; undefined where nothing is. */
export function complaint(guess: Verdict, plausible: readonly Verdict[]): string | undefined {
  const words = plausible.map(({ verdict }) => verdict);
  const [only, ...others] = words;
  if (others.length === 0) return guess.verdict === only ? undefined : `${guess.verdict} is not ${only}`;
  const worst = Math.min(...words.map((word) => RANKS.indexOf(word)));
  if (guess.verdict !== "inconclusive") {
    return RANKS.indexOf(guess.verdict) <= worst
      ? undefined
      : `${guess.verdict} is better than ${words.join()}`;
  }
  const named = guess.readings?.every(({ option }) => /^--(?:policy|kind) /.test(option)) === true;
  return named || words.every((word) => word === "inconclusive") ? undefined : "no reader is named";
}
