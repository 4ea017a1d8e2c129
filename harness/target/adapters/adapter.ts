import type { Decision } from "../observation.ts";
import type { ReaderFacts } from "../hand-over.ts";

/** What another validation library makes of an artifact. */
export interface AdapterAnswer {
  readonly decision: Decision;
  /** Why, in the library's own words. */
  readonly reason: string;
}

/**
 * Brings another validation library to the artifacts.
 *
 * @param artifact JWT in compact form, or the decoded XML of a response
 * @param asked whom to trust, and what was asked
 */
export type Adapter = (artifact: string, asked: ReaderFacts) => AdapterAnswer | Promise<AdapterAnswer>;

/** What a library throws is its refusal; a reader that lets everything else through is what is looked for. */
export async function refusing(validate: () => Promise<AdapterAnswer>): Promise<AdapterAnswer> {
  try {
    return await validate();
  } catch (error) {
    return { decision: "refuse", reason: error instanceof Error ? error.message : String(error) };
  }
}
