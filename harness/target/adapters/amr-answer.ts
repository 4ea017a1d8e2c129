import type { AdapterAnswer } from "./adapter.ts";

/** What a reader decides whose library found a token valid: whether `mfa` is in the list `amr` (RFC 8176 §2). */
export function amrAnswer(library: string, amr: unknown): AdapterAnswer {
  if (Array.isArray(amr) && amr.includes("mfa")) {
    return { decision: "accept", reason: `${library}: valid, amr says mfa` };
  }
  return { decision: "refuse", reason: `${library}: valid, but amr does not say mfa` };
}
