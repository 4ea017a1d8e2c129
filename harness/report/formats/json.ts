import { collect, countCases } from "../collect.ts";
import { jsonText } from "../printable.ts";
import type { CreateReporter } from "../reporter.ts";
import { sideBySide } from "../side-by-side.ts";

/** The whole run as one JSON document: counts, one row for each scenario, every case with all that was found. */
export const jsonReporter: CreateReporter = (output) =>
  collect((run) => {
    const { startedAt, endedAt, interrupted, notRun, leftOut, notes, cases } = run;
    const flat = cases.map(({ info, result }) => ({ ...info, ...result }));
    const head = { startedAt, endedAt, interrupted, notRun, leftOut, notes, counts: countCases(cases) };
    output.write(`${jsonText({ ...head, scenarios: sideBySide(cases), cases: flat }, 2)}\n`);
  });
