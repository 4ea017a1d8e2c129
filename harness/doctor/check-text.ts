import type { Check } from "./check.ts";

const WORDS: Readonly<Record<Check["status"], string>> = { ok: "ok  ", warn: "warn", fail: "FAIL" };

/** What is quoted of others must not look like a check of its own. */
const INDENT = "      ";

function indented(text: string): string {
  return text.replaceAll("\n", `\n${INDENT}`);
}

/** Checks as lines, each with what to do where something is to be done. */
export function checkText(checks: readonly Check[]): string {
  return checks
    .map(({ status, what, found, todo }) => {
      const line = `${WORDS[status]}  ${indented(`${what}: ${found}`)}\n`;
      return todo === undefined ? line : `${line}${INDENT}${indented(todo)}\n`;
    })
    .join("");
}
