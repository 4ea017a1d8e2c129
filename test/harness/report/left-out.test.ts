import { expect, test } from "vitest";
import type { Output } from "../../../harness/report/reporter.ts";
import { type ReporterName, reporters } from "../../../harness/report/reporters.ts";
import type { LeftOut, RunEvent } from "../../../harness/run/events.ts";

const LEFT_OUT: readonly LeftOut[] = [
  { target: "portal", needs: "addresses.<step-up>", scenarios: 12 },
  { target: "portal", needs: "addresses.refresh", scenarios: 1 },
];

const LINE =
  "portal: 13 scenarios skipped. To include them set addresses.<step-up> (12), addresses.refresh (1)";

function render(name: ReporterName, leftOut: readonly LeftOut[] | undefined): string {
  let text = "";
  const output: Output = { write: (more) => void (text += more), columns: undefined };
  const report = reporters[name](output);
  const start: RunEvent = {
    type: "run-start",
    format: 1,
    at: 1,
    plan: "p",
    rules: [],
    cases: [],
    notRun: 0,
    ...(leftOut === undefined ? {} : { leftOut }),
  };
  const events: readonly RunEvent[] = [start, { type: "run-end", at: 2, interrupted: false }];
  for (const event of events) report(event);
  return text;
}

test.each<{ name: ReporterName; says: string }>([
  { name: "list", says: `${LINE}\n` },
  {
    name: "markdown",
    says: `- ${LINE.replace("<step-up>", "&lt;step-up&gt;").replaceAll(/[()]/g, "\\$&")}`,
  },
  { name: "html", says: `<p class="dim">${LINE.replace("<step-up>", "&lt;step-up&gt;")}</p>` },
  { name: "json", says: '"needs": "addresses.refresh"' },
  { name: "jsonl", says: '"leftOut":[{"target":"portal"' },
])("$name says what targets are not taken through, and what would add it", ({ name, says }) => {
  expect(render(name, LEFT_OUT)).toContain(says);
  expect(render(name, undefined)).not.toContain("portal");
});
