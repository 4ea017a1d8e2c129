import { writeFile } from "node:fs/promises";
import { configJsonSchemaText } from "./config/config-json-schema.ts";
import { policyJsonSchemaText } from "./judge/policy-json-schema.ts";

await writeFile(new URL("../../scenarios/mfa-harness.schema.json", import.meta.url), configJsonSchemaText());
await writeFile(new URL("../../scenarios/policy.schema.json", import.meta.url), policyJsonSchemaText());
