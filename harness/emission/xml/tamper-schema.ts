import { z } from "zod";
import { WRAP_FORMS } from "./wrap-forms.ts";
import { DIGEST_PLACES } from "./forged-digest.ts";

/** Changes that only an XML response can take, besides those of every artifact. */
export const XML_TAMPERS = [
  z.strictObject({
    op: z
      .literal("prepend-doctype")
      .describe("Puts a document type declaration in front of the root element"),
    declaration: z.string().regex(/^<!DOCTYPE[\s[]/, "expected <!DOCTYPE …>"),
  }),
  z.strictObject({
    op: z
      .literal("wrap")
      .describe("Hides the signed element, and puts a forged one for another user where readers look"),
    form: z.enum(WRAP_FORMS),
  }),
  z.strictObject({
    op: z
      .literal("forge-digest")
      .describe("Writes the digest of the changed element next to, or instead of, the signed one"),
    place: z.enum(DIGEST_PLACES),
  }),
  z.strictObject({
    op: z.literal("strip-first-signature").describe("Takes out the signature that stands first"),
  }),
  z.strictObject({
    op: z
      .literal("insert-signed-metadata")
      .describe("Puts metadata that the IdP signed, as it publishes it, first into the response"),
  }),
  z.strictObject({
    op: z.literal("repeat-text").describe("Writes a text of the signed XML many times more, where it stands"),
    find: z.string().min(1),
    times: z.number().int().min(1).max(200_000),
  }),
] as const;
