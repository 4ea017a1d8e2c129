import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { HarnessError } from "../../errors.ts";
import { BUNDLED_SCENARIOS } from "../../scenario/bundled.ts";
import type { Config } from "./config-schema.ts";

const DEFAULT_FILE = "mfa-harness.yaml";

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
  // Loaded late: whoever has no such file waits for none of it.
  const [{ configSchema }, { parseYaml, problemLine }] = await Promise.all([
    import("./config-schema.ts"),
    import("../../scenario/yaml-file.ts"),
  ]);
  const result = parseYaml(name, text, configSchema);
  if ("value" in result) return result.value;
  const schema = join(BUNDLED_SCENARIOS, "mfa-harness.schema.json");
  const hint = `Mend the places above; nothing was run. The schema is ${schema}.`;
  throw new HarnessError("ERR_CONFIG_INVALID", result.problems.map(problemLine).join("\n"), hint);
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && cause.code === "ENOENT";
}
