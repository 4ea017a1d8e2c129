import { randomBytes } from "node:crypto";
import { closeSync, mkdirSync, openSync, realpathSync, renameSync, statSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { HarnessError } from "../../errors.ts";
import type { Output } from "../../report/reporter.ts";

/** Where one report goes. */
export interface ReportFile extends Output {
  /** Lets what is written so far take the place of what the file held. */
  readonly settle: () => void;
  /** @returns the path; undefined: nothing was written */
  readonly close: () => string | undefined;
}

/**
 * Opens the file of a report. That it can be written is known at once, but what it holds stays until there is something
 * to take its place; a run that is killed before leaves it whole.
 *
 * @throws HarnessError `ERR_REPORT_UNWRITABLE`, from here and from the first write that fails; later ones do nothing
 */
export function reportFile(path: string): ReportFile {
  const held = orUnwritable(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    closeSync(openSync(path, "a"));
    return contentAt(path);
  });
  const next = held === undefined ? path : pathOfNew(held);
  let file: number | undefined;
  let isSettled = held === undefined;
  let isBroken = false;
  const attempt = (act: () => void): void => {
    if (isBroken) return;
    isBroken = true;
    orUnwritable(path, act);
    isBroken = false;
  };
  const settle = (): void => {
    if (isSettled || file === undefined || held === undefined) return;
    attempt(() => renameSync(next, held));
    isSettled = true;
  };
  return {
    write: (text) =>
      attempt(() => {
        file ??= openSync(next, held === undefined ? "w" : "wx");
        writeAll(file, text);
      }),
    columns: undefined,
    path,
    settle,
    close: () => {
      settle();
      if (file === undefined) return undefined;
      closeSync(file);
      return path;
    },
  };
}

/** The file at the end of any links that is not to be lost; undefined: there is nothing in it, or it is no file. */
function contentAt(path: string): string | undefined {
  const found = statSync(path);
  return found.isFile() && found.size > 0 ? realpathSync(path) : undefined;
}

/** Where the new content grows: beside the old, under a name that no file has. */
function pathOfNew(path: string): string {
  return `${path}.${randomBytes(4).toString("hex")}.new`;
}

const ENCODER = new TextEncoder();
const PIECE_BYTES = 65_536;

/** A piece at a time: the plan of a hundred thousand cases is one long line, and is not held once more as bytes. */
function writeAll(file: number, text: string): void {
  const room = new Uint8Array(Math.min(PIECE_BYTES, text.length * 3));
  for (let done = 0; done < text.length;) {
    const { read, written } = ENCODER.encodeInto(done === 0 ? text : text.slice(done), room);
    writeBytes(file, room.subarray(0, written));
    done += read;
  }
}

/** A full disk takes a part, and says so only to whoever looks. */
function writeBytes(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
}

function orUnwritable<Value>(path: string, act: () => Value): Value {
  try {
    return act();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const hint = "Choose another path after --reporter name:path, or make room there.";
    throw new HarnessError("ERR_REPORT_UNWRITABLE", `cannot write ${path}: ${why}`, hint, { cause });
  }
}
