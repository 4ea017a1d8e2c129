import { z } from "zod";
import { TRANSPORTS } from "../../scenario/schema.ts";
import { targetsSchema } from "../../target/definition/targets.ts";
import { serveSchema } from "./serve-config.ts";

/** The only definition of the configuration, from which the type and the JSON Schema follow. */
export const configSchema = z.strictObject({
  scenarios: z
    .array(z.string())
    .min(1)
    .optional()
    .describe("Scenario files or folders; default those that come along"),
  transports: z
    .array(z.enum(TRANSPORTS))
    .min(1)
    .optional()
    .describe("How artifacts reach targets; default direct and protocol"),
  reporters: z.array(z.string()).min(1).optional().describe("Each name or name:path; default list and html"),
  timeoutSeconds: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe("Longest time for one attempt at a case; default 60"),
  retries: z
    .number()
    .int()
    .min(0)
    .max(10)
    .optional()
    .describe("How often a case that did not pass is tried again; default 0"),
  baseline: z.string().optional().describe("File of known failures"),
  workers: z.number().int().min(1).max(64).optional().describe("Cases at the same time; default 8"),
  targets: targetsSchema.optional(),
  serve: serveSchema.optional(),
});

/** What `mfa-harness.yaml` may say; flags win over it. */
export type Config = Readonly<z.output<typeof configSchema>>;
