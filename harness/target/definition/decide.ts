import { z } from "zod";

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, "u").source !== "";
  } catch {
    return false;
  }
}

/** A regular expression, as it is written in a file. */
export const patternSchema = z.string().min(1).refine(isPattern, "expected a regular expression");

/** A JSON Pointer (RFC 6901). */
export const pointerSchema = z
  .string()
  .regex(/^(\/([^/~]|~[01])*)*$/, "expected a JSON Pointer such as /user/name");

const numbers = z.array(z.number().int()).min(1);
const scalars = z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])).min(1);

/** Numbers that stand for decisions. */
export const codesSchema = z.strictObject({
  accept: numbers.optional(),
  refuse: numbers.optional(),
  challenge: numbers.optional(),
});

/** Patterns that stand for decisions. */
export const patternsSchema = z.strictObject({
  accept: patternSchema.optional(),
  refuse: patternSchema.optional(),
  challenge: patternSchema.optional(),
});

/** Values of one member of a JSON text that stand for decisions. */
export const jsonSchema = z.strictObject({
  pointer: pointerSchema,
  accept: scalars.optional(),
  refuse: scalars.optional(),
  challenge: scalars.optional(),
});

/** What numbers stand for. */
export type Codes = Readonly<z.output<typeof codesSchema>>;
/** What patterns stand for. */
export type Patterns = Readonly<z.output<typeof patternsSchema>>;
/** What values of a member stand for. */
export type JsonRule = Readonly<z.output<typeof jsonSchema>>;
