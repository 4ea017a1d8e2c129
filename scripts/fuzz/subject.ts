import type { Verdict } from "../../src/index.ts";
import type { Random } from "./random.ts";

/** One kind of artifact under fuzz: what is changed, who judges it, and what may never be said of a change. */
export interface Subject {
  /** A changed artifact, and the good one it came from. */
  readonly mutant: (random: Random) => Mutant;
  readonly judge: (artifact: Uint8Array) => Promise<Verdict>;
  /** Why a verdict on a mutant is wrong; undefined when it is right. */
  readonly complaint: (mutant: Mutant, verdict: Verdict) => string | undefined;
}

/** A changed artifact with the sample it was made from. */
export interface Mutant {
  readonly bytes: Buffer;
  readonly from: Sample;
}

/** A good artifact with the verdict it has. */
export interface Sample {
  readonly bytes: Buffer;
  readonly verdict: Verdict;
}

/** Judges good artifacts. @throws Error when one of them is not good: nothing could be learned from its mutants */
export async function makeSamples(
  artifacts: readonly string[],
  judge: Subject["judge"],
): Promise<readonly [Sample, ...Sample[]]> {
  const samples = await Promise.all(
    artifacts.map(async (artifact) => {
      const bytes = Buffer.from(artifact);
      const verdict = await judge(bytes);
      if (verdict.verdict !== "compliant")
        throw new Error(`a sample is ${verdict.verdict}: ${verdict.reason}`);
      return { bytes, verdict };
    }),
  );
  const [first, ...others] = samples;
  if (first === undefined) throw new Error("there is no sample");
  return [first, ...others];
}
