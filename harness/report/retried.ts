import type { CaseResult } from "../run/events.ts";

/** Attempts that came to nothing before the one that counts, a line each; nothing where it was the first. */
export function retriedLines(result: CaseResult | undefined): readonly string[] {
  return (result?.retried ?? []).map(({ status, differences }, index) =>
    [`attempt ${index + 1}: ${status}`, ...differences].join("; "),
  );
}
