import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { HarnessError } from "../errors.ts";
import { DEFAULT_PATHS, REPORTER_NAMES, type ReporterName, reporters } from "../report/reporters.ts";
import type { RunEvent } from "../run/events.ts";
import { print } from "./terminal.ts";

/** The reports of one run: fed with events, written when it ends. */
export interface Reports {
  readonly onEvent: (event: RunEvent) => void;
  /** Writes the files and returns their paths. */
  readonly write: () => Promise<readonly string[]>;
}

interface Spec {
  readonly name: ReporterName;
  /** Undefined: standard output. */
  readonly path: string | undefined;
}

/**
 * Opens reports before anything runs, so that a path that cannot be written costs no run.
 *
 * @param specs `name` or `name:path`, as in `--reporter`
 * @throws HarnessError `ERR_USAGE` for an unknown name or two on standard output, `ERR_REPORT_UNWRITABLE`
 */
export async function openReports(specs: readonly string[]): Promise<Reports> {
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
  const opened = parsed.map(openReport);
  for (const { path } of opened) if (path !== undefined) await makeFolder(path);
  return {
    onEvent: (event) => {
      for (const { reporter } of opened) reporter(event);
    },
    write: async () => (await Promise.all(opened.map(writeReport))).filter((path) => path !== undefined),
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

type Opened = ReturnType<typeof openReport>;

function openReport({ name, path }: Spec) {
  const chunks: string[] = [];
  const terminal = { write: print, columns: process.stdout.isTTY ? process.stdout.columns : undefined };
  const file = { write: (text: string) => void chunks.push(text), columns: undefined };
  return {
    path,
    reporter: reporters[name](path === undefined ? terminal : file),
    text: () => chunks.join(""),
  };
}

async function makeFolder(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true }).catch((cause: unknown) => {
    throw unwritable(path, cause);
  });
}

async function writeReport({ path, text }: Opened): Promise<string | undefined> {
  if (path === undefined) return undefined;
  await writeFile(path, text()).catch((cause: unknown) => {
    throw unwritable(path, cause);
  });
  return path;
}

function unwritable(path: string, cause: unknown): HarnessError {
  const hint = "Give --reporter a path in a folder that you may write to.";
  return new HarnessError("ERR_REPORT_UNWRITABLE", `cannot write ${path}`, hint, { cause });
}
