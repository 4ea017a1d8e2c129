import { z } from "zod";

/** Changes that only a token can take, besides those of every artifact. */
export const TOKEN_TAMPERS = [
  z.strictObject({
    op: z.literal("append-segment").describe("Adds text behind the token, after one more dot"),
    text: z.string(),
  }),
] as const;
