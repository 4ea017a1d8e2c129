import { z } from "zod";

/** A value that JSON can hold. */
const json: z.ZodType = z.json();

const path = z.string().regex(/^(\/[^/]+)+$/, "expected a JSON Pointer such as /idToken/claims/amr");

/** One change to the plain model of an artifact, made before it is signed. `path` is a JSON Pointer. */
export const patchSchema = z.discriminatedUnion("op", [
  z.strictObject({
    op: z.literal("set").describe("Writes a value, making the member if it is missing"),
    path,
    value: json,
  }),
  z.strictObject({ op: z.literal("remove").describe("Takes the member away"), path }),
  z.strictObject({
    op: z.literal("shift").describe("Moves a time"),
    path,
    seconds: z.number().int().describe("Added to the time found there; negative is earlier"),
  }),
  z.strictObject({
    op: z.literal("raw").describe("Writes text that goes out as it stands, JSON or not"),
    path,
    text: z.string(),
  }),
]);

export type Patch = Readonly<z.output<typeof patchSchema>>;
