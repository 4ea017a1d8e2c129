import { z } from "zod";
import { TOKEN_TAMPERS } from "./token/token-tamper-schema.ts";
import { XML_TAMPERS } from "./xml/tamper-schema.ts";

/** One change to the signed text, as an attacker without the key would make it. */
export const tamperSchema = z.discriminatedUnion("op", [
  z.strictObject({ op: z.literal("flip-signature").describe("Changes one bit of the signature value") }),
  z.strictObject({
    op: z.literal("strip-signature").describe("Removes the signature; a token becomes alg none"),
  }),
  z.strictObject({
    op: z
      .literal("replace-text")
      .describe("Replaces text in the signed payload or XML, keeping the signature"),
    find: z.string().min(1),
    replace: z.string(),
  }),
  ...TOKEN_TAMPERS,
  ...XML_TAMPERS,
]);

/** One change to what was signed already. */
export type Tamper = Readonly<z.output<typeof tamperSchema>>;
