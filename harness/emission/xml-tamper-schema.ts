import { z } from "zod";

/** Changes that only an XML response can take, besides those of every artifact. */
export const XML_TAMPERS = [
  z.strictObject({
    op: z
      .literal("prepend-doctype")
      .describe("Puts a document type declaration in front of the root element"),
    declaration: z.string().regex(/^<!DOCTYPE[\s[]/, "expected <!DOCTYPE …>"),
  }),
] as const;
