import { closeSync, ftruncateSync, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { HarnessError } from "../errors.ts";
import type { Output } from "../report/reporter.ts";
import { DEFAULT_PATHS, REPORTER_NAMES, type ReporterName, reporters } from "../report/reporters.ts";
import type { RunEvent } from "../run/events.ts";
import { print } from "./terminal.ts";

/** The reports of one run: fed with events, each written as far as it goes. */
export interface Reports {
  readonly onEvent: (event: RunEvent) => void;
  /** Closes the files and returns their paths. */
  readonly close: () => readonly string[];
}

interface Spec {
  readonly name: ReporterName;
  /** Undefined: standard output. */
  readonly path: string | undefined;
}

/**
 * Opens reports before anything runs, so that a path that cannot be written costs no run. What a reporter writes is in
 * its file at once: a run that is killed leaves what it had told.
 *
 * @param specs `name` or `name:path`, as in `--reporter`
 * @throws HarnessError `ERR_USAGE` for an unknown name or two on standard output, `ERR_REPORT_UNWRITABLE`
 */
export function openReports(specs: readonly string[]): Reports {
  const parsed = specs.map(parseSpec);
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
    const output = path === undefined ? terminal() : fileOutput(path);
    return { path, reporter: reporters[name](output), close: output.close };
  });
  return {
    onEvent: (event) => {
      for (const { reporter } of opened) reporter(event);
    },
    close: () => {
      for (const { close } of opened) close();
      return parsed.flatMap(({ path }) => (path === undefined ? [] : [path]));
    },
  };
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

interface ClosableOutput extends Output {
  readonly close: () => void;
}

function terminal(): ClosableOutput {
  const columns = process.stdout.isTTY ? process.stdout.columns : undefined;
  return { write: print, columns, close: () => undefined };
}

/** The file is known to be writable at once, but what it held stays until there is something to write. */
function fileOutput(path: string): ClosableOutput {
  const file = orUnwritable(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    return openSync(path, "a");
  });
  let begun = false;
  return {
    write: (text) => {
      orUnwritable(path, () => {
        if (!begun) ftruncateSync(file);
        writeSync(file, text);
      });
      begun = true;
    },
    columns: undefined,
    close: () => closeSync(file),
  };
}

function orUnwritable<Value>(path: string, act: () => Value): Value {
  try {
    return act();
  } catch (cause) {
    const hint = "Choose another path after --reporter name:path.";
    throw new HarnessError("ERR_REPORT_UNWRITABLE", `cannot write ${path}`, hint, { cause });
  }
}
