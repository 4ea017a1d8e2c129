import { z } from "zod";
import { addressSchema } from "./address.ts";

/** How a program is started before the cases and stopped after them. */
export const startedSchema = z.strictObject({
  run: z.array(z.string()).min(1).describe("Program and arguments; no shell"),
  ready: addressSchema.describe("Answers as soon as the app is up"),
  cwd: z.string().min(1).optional().describe("Folder it runs in; default: this one"),
  env: z.record(z.string(), z.string()).optional().describe("Variables of its environment, besides"),
  timeoutSeconds: z.number().positive().max(600).default(30).describe("How long coming up may take"),
});

/** How a program is started and stopped. */
export type CommandToStart = Readonly<z.output<typeof startedSchema>>;
