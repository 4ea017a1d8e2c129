import { z } from "zod";
import { scenarioSchema } from "./schema.ts";

/** The scenario schema as a JSON Schema file; draft 7, because that is what YAML language servers take. */
export function jsonSchemaText(): string {
  const schema = z.toJSONSchema(scenarioSchema, { target: "draft-7", io: "input", reused: "ref" });
  return `${JSON.stringify({ ...schema, title: "mfa-harness scenario" }, undefined, 2)}\n`;
}
