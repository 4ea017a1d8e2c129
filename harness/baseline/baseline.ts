import { readFile } from "node:fs/promises";
import { z } from "zod";
import { HarnessError } from "../errors.ts";
import { parseYaml, problemLine } from "../scenario/yaml-file.ts";

/** One known failure: whose it is, why it is borne, and until when. */
const entrySchema = z.strictObject({
  case: z.string().min(1).describe("<scenario>/<transport>/<target>; * stands for any text"),
  owner: z.string().min(1),
  reason: z.string().min(1),
  expires: z.iso.date().describe("The last day on which it counts as known"),
});

const baselineSchema = z.strictObject({ known: z.array(entrySchema) });

/** One failure that is known, or several that its pattern fits. */
export type BaselineEntry = Readonly<z.output<typeof entrySchema>>;

/** Failures that are known, in the order of the file; the first entry that fits a case speaks for it. */
export type Baseline = readonly BaselineEntry[];

/**
 * Reads a baseline file.
 *
 * @throws HarnessError `ERR_FILE_UNREADABLE`, or `ERR_CONFIG_INVALID` with each problem as `file:line:column`
 */
export async function loadBaseline(file: string): Promise<Baseline> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    const hint = "Check the path after --baseline.";
    throw new HarnessError("ERR_FILE_UNREADABLE", `cannot read ${file}`, hint, { cause });
  });
  const result = parseYaml(file, text, baselineSchema);
  if ("value" in result) return result.value.known;
  const hint = "Each entry has case, owner, reason and expires (YYYY-MM-DD); nothing was run.";
  throw new HarnessError("ERR_CONFIG_INVALID", result.problems.map(problemLine).join("\n"), hint);
}
