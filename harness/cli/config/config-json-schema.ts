import { z } from "zod";
import { configSchema } from "./config-schema.ts";

/** The schema of `mfa-harness.yaml` as a JSON Schema file; draft 7, because that is what YAML language servers take. */
export function configJsonSchemaText(): string {
  const schema = z.toJSONSchema(configSchema, { target: "draft-7", io: "input" });
  return `${JSON.stringify({ ...schema, title: "mfa-harness configuration" }, undefined, 2)}\n`;
}
