import type { Confidence, Decision } from "../observation.ts";
import type { ReaderFacts } from "../hand-over.ts";

/** What another validation library makes of an artifact. */
export interface AdapterAnswer {
  readonly decision: Decision;
  /** Why, in the library's own words. */
  readonly reason: string;
  /** Absent: it was told outright. */
  readonly confidence?: Confidence;
}

/**
 * Brings another validation library to the artifacts.
 *
 * @param artifact JWT in compact form, or the decoded XML of a response
 * @param asked whom to trust, and what was asked
 */
export type Adapter = (artifact: string, asked: ReaderFacts) => AdapterAnswer | Promise<AdapterAnswer>;

/**
 * What a library throws is its refusal: whoever uses it signs nobody in then. Where it fell over, it is told as such, and
 * with little confidence: nothing shows that it would have looked at what is wrong.
 */
export async function refusing(validate: () => Promise<AdapterAnswer>): Promise<AdapterAnswer> {
  try {
    return await validate();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (!isCrash(error)) return { decision: "refuse", reason };
    return { decision: "refuse", reason: `by falling over, ${error.name}: ${reason}`, confidence: "low" };
  }
}

/** Errors of the language itself; those that a library means to throw have a `code`, or a class of their own. */
const OF_THE_LANGUAGE = ["TypeError", "RangeError", "ReferenceError"];

function isCrash(error: unknown): error is Error {
  return error instanceof Error && OF_THE_LANGUAGE.includes(error.name) && !("code" in error);
}
