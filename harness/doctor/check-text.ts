import type { Check } from "./check.ts";

const WORDS: Readonly<Record<Check["status"], string>> = { ok: "ok  ", warn: "warn", fail: "FAIL" };

/** Checks as lines, each with what to do where something is to be done. */
export function checkText(checks: readonly Check[]): string {
  return checks
    .map(({ status, what, found, todo }) => {
      const line = `${WORDS[status]}  ${what}: ${found}\n`;
      return todo === undefined ? line : `${line}      ${todo}\n`;
    })
    .join("");
}
