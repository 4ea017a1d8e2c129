import { z } from "zod";
import { policyFileSchema } from "./policy-schema.ts";

/** The schema of policy files as a JSON Schema file; draft 7, because that is what YAML language servers take. */
export function policyJsonSchemaText(): string {
  const schema = z.toJSONSchema(policyFileSchema, { target: "draft-7", io: "input" });
  return `${JSON.stringify({ ...schema, title: "mfa-harness policy" }, undefined, 2)}\n`;
}
