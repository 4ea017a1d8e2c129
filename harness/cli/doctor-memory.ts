import { randomUUID } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { STATE_FOLDER } from "./kept-keys.ts";

const FILE = `${STATE_FOLDER}/doctor.json`;

/** Moments, ISO 8601, by the name of the target. */
type Moments = Readonly<Record<string, string>>;

/**
 * What doctor saw accept a good sign-in, and when. It only explains what a run finds later, so a file that is none
 * tells nothing.
 */
export async function acceptedByDoctor(): Promise<ReadonlyMap<string, string>> {
  try {
    const found: unknown = JSON.parse(await readFile(FILE, "utf8"));
    if (typeof found !== "object" || found === null) return new Map();
    return new Map(
      Object.entries(found).filter(
        (entry): entry is [string, string] => !Number.isNaN(Date.parse(String(entry[1]))),
      ),
    );
  } catch {
    return new Map();
  }
}

/** Notes which targets accepted a good sign-in; where nothing can be written, nothing is noted. */
export async function noteAccepted(targets: readonly string[], at: Date): Promise<void> {
  if (targets.length === 0) return;
  const before = Object.fromEntries(await acceptedByDoctor());
  const after: Moments = {
    ...before,
    ...Object.fromEntries(targets.map((name) => [name, at.toISOString()])),
  };
  const draft = `${FILE}.${randomUUID()}.tmp`;
  try {
    await writeFile(draft, `${JSON.stringify(after, undefined, 2)}\n`, { mode: 0o600, flag: "wx" });
    await rename(draft, FILE);
  } catch {
    await rm(draft, { force: true }).catch(() => undefined);
  }
}
