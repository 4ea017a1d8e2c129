import { HarnessError } from "../../errors.ts";
import { DEFAULT_PATHS, REPORTER_NAMES, type ReporterName, reporters } from "../../report/reporters.ts";
import type { RunEvent } from "../../run/events.ts";
import { printReport } from "../terminal.ts";
import { checkReportPaths, type InputFile } from "./report-paths.ts";
import { type ReportFile, reportFile } from "./report-file.ts";

/** The reports of one run: fed with events, each written as far as it goes. */
export interface Reports {
  /** @throws HarnessError `ERR_REPORT_UNWRITABLE`, after every other report has got the event */
  readonly onEvent: (event: RunEvent) => void;
  /** Closes the files, and returns the paths of those that were written. */
  readonly close: () => readonly string[];
}

interface Spec {
  readonly name: ReporterName;
  /** Undefined: standard output. */
  readonly path: string | undefined;
}

/**
 * Opens reports before anything runs, so that a path that cannot be written costs no run. What a reporter writes is in
 * its file at once: a run that is killed leaves what it had told. Where that is told again, what the file held stays in
 * place until all of it stands in the new one.
 *
 * @param specs `name` or `name:path`, as in `--reporter`
 * @param toldBefore how many cases are told again at first
 * @param inputs what the command reads, over which no report is written
 * @throws HarnessError `ERR_USAGE` for an unknown name or two on standard output, `ERR_REPORT_UNWRITABLE`
 */
export function openReports(
  specs: readonly string[],
  toldBefore: number = 0,
  inputs: readonly InputFile[] = [],
): Reports {
  const parsed = specs.map(parseSpec);
  checkReportPaths(
    parsed.flatMap(({ path }) => path ?? []),
    inputs,
  );
  const shown = parsed.filter(({ path }) => path === undefined);
  if (shown.length > 1) {
    const names = shown.map(({ name }) => name).join(" and ");
    throw new HarnessError(
      "ERR_USAGE",
      `${names} both write to standard output`,
      "Give one of them a path: name:path.",
    );
  }
  const opened = parsed.map(({ name, path }) => {
    const output = path === undefined ? terminal() : reportFile(path);
    return { reporter: reporters[name](output), output };
  });
  let told = 0;
  return {
    onEvent: (event) => {
      if (event.type === "case-end") told += 1;
      const failures = opened.flatMap(({ reporter, output }) =>
        failureOf(() => {
          reporter(event);
          if (told >= toldBefore) output.settle();
        }),
      );
      if (failures.length > 0) throw failures[0];
    },
    close: () => opened.flatMap(({ output }) => output.close() ?? []),
  };
}

/** A report that cannot be written costs no other. */
function failureOf(act: () => void): readonly unknown[] {
  try {
    act();
    return [];
  } catch (failure) {
    return [failure];
  }
}

function parseSpec(spec: string): Spec {
  const [wanted = "", ...rest] = spec.split(":");
  const name = REPORTER_NAMES.find((known) => known === wanted);
  if (name === undefined) {
    const known = REPORTER_NAMES.join(", ");
    throw new HarnessError("ERR_USAGE", `there is no reporter "${wanted}"`, `Known reporters: ${known}.`);
  }
  const path = rest.join(":");
  return { name, path: path === "" ? DEFAULT_PATHS[name] : path };
}

function terminal(): ReportFile {
  const columns = process.stdout.isTTY ? process.stdout.columns : undefined;
  return { write: printReport, columns, settle: () => undefined, close: () => undefined };
}
