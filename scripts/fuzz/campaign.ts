import type { Random } from "./random.ts";
import type { Mutant, Subject } from "./subject.ts";

/** An answer that takes longer is a hang. */
const SLOW_MILLISECONDS = 1000;

/** Something that must not be: the mutant, and what is wrong with the answer. */
interface Complaint {
  /** How many mutants came before. */
  readonly index: number;
  readonly complaint: string;
  readonly bytes: Buffer;
}

/** What came of some mutants. */
export interface Tally {
  /** Mutants whose signature still held. */
  verified: number;
  /** Longest answer, milliseconds. */
  slowest: number;
  readonly complaints: Complaint[];
}

/** Judges so many mutants, one after another, and keeps what is wrong. */
export async function runCampaign(
  subject: Subject,
  random: Random,
  count: number,
  onProgress: (index: number, tally: Tally) => void,
): Promise<Tally> {
  const tally: Tally = { verified: 0, slowest: 0, complaints: [] };
  for (let index = 0; index < count; index += 1) {
    const mutant = subject.mutant(random);
    const complaint = await tryOne(subject, mutant, tally);
    if (complaint !== undefined) tally.complaints.push({ index, complaint, bytes: mutant.bytes });
    onProgress(index, tally);
  }
  return tally;
}

async function tryOne(subject: Subject, mutant: Mutant, tally: Tally): Promise<string | undefined> {
  const started = performance.now();
  try {
    const verdict = await subject.judge(mutant.bytes);
    const milliseconds = performance.now() - started;
    tally.slowest = Math.max(tally.slowest, milliseconds);
    if (verdict.signature === "verified") tally.verified += 1;
    if (milliseconds > SLOW_MILLISECONDS) return `the answer took ${Math.round(milliseconds)} ms`;
    return subject.complaint(mutant, verdict);
  } catch (error) {
    return `it threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
}
