import { writeFile } from "node:fs/promises";
import { jsonSchemaText } from "./json-schema.ts";

await writeFile(new URL("../../scenarios/scenario.schema.json", import.meta.url), jsonSchemaText());
