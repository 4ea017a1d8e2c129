import { readFile } from "node:fs/promises";
import { z } from "zod";
import { HarnessError } from "../errors.ts";
import { TRANSPORTS } from "../scenario/schema.ts";
import { parseYaml, problemLine } from "../scenario/yaml-file.ts";
import { targetsSchema } from "../target/definition/targets.ts";
import { serveSchema } from "./serve-config.ts";

const DEFAULT_FILE = "mfa-harness.yaml";

/** The only definition of the configuration, from which the type and the JSON Schema follow. */
export const configSchema = z.strictObject({
  scenarios: z.array(z.string()).min(1).optional().describe("Scenario files or folders"),
  transports: z.array(z.enum(TRANSPORTS)).min(1).optional(),
  reporters: z.array(z.string()).min(1).optional().describe("name or name:path"),
  timeoutSeconds: z.number().int().min(1).optional().describe("Longest time for one attempt at a case"),
  retries: z.number().int().min(0).max(10).optional(),
  baseline: z.string().optional().describe("File of known failures"),
  workers: z.number().int().min(1).max(64).optional(),
  targets: targetsSchema.optional(),
  serve: serveSchema.optional(),
});

/** What `mfa-harness.yaml` may say; flags win over it. */
export type Config = Readonly<z.output<typeof configSchema>>;

/**
 * Reads the configuration.
 *
 * @param file as given by `--config`; when undefined, `mfa-harness.yaml` is read if it is there
 * @throws HarnessError `ERR_FILE_UNREADABLE`, or `ERR_CONFIG_INVALID` with each problem as `file:line:column`
 */
export async function loadConfig(file: string | undefined): Promise<Config> {
  const name = file ?? DEFAULT_FILE;
  const text = await readFile(name, "utf8").catch((cause: unknown) => {
    if (file === undefined && isMissing(cause)) return undefined;
    throw new HarnessError("ERR_FILE_UNREADABLE", `cannot read ${name}`, "Check the path after --config.", {
      cause,
    });
  });
  if (text === undefined || text.trim() === "") return {};
  const result = parseYaml(name, text, configSchema);
  if ("value" in result) return result.value;
  const hint = "Mend the places above; nothing was run. The schema is scenarios/mfa-harness.schema.json.";
  throw new HarnessError("ERR_CONFIG_INVALID", result.problems.map(problemLine).join("\n"), hint);
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && cause.code === "ENOENT";
}
