import { z } from "zod";
import type { AdapterAnswer } from "./adapter.ts";

/** What an adapter has to answer. */
export const answerSchema = z.object({
  decision: z.enum(["accept", "refuse", "challenge"]),
  reason: z.string(),
  confidence: z.enum(["high", "medium", "low"]).exactOptional(),
});

/** What comes back from an adapter's thread: its answer, or why there is none. */
export const replySchema = z.union([
  z.object({ answer: answerSchema }),
  z.object({
    failure: z.object({
      code: z.enum(["ERR_CONFIG_INVALID", "ERR_TARGET_UNREACHABLE"]).catch("ERR_TARGET_UNREACHABLE"),
      message: z.string(),
      hint: z.string(),
    }),
  }),
]);

/** A reply as the thread writes it. */
export type AdapterReply =
  | { readonly answer: AdapterAnswer }
  | { readonly failure: Readonly<Record<"code" | "message" | "hint", string>> };
