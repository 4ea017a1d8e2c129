import { z } from "zod";
import { TRANSPORTS } from "../scenario/schema.ts";
import { targetsSchema } from "../target/definition/targets.ts";
import { serveSchema } from "./serve-config.ts";

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
