import { z } from "zod";
import { emissionPartSchema } from "../emission/emission.ts";
import { expectSchema, scenarioShape } from "./schema.ts";

/** What is said in part where the scenario stands, and in part where all of its table do. */
const partShape = scenarioShape.omit({ id: true }).partial().extend({
  emission: emissionPartSchema.optional(),
  expect: expectSchema.partial().optional(),
});

const SHARED = "A table of scenarios: what each case has that does not say otherwise";
const CASES = "A table of scenarios: each by its id, with what is its own";

const tableShape = z.strictObject({
  shared: partShape.omit({ title: true }).optional().describe(SHARED),
  cases: z
    .record(scenarioShape.shape.id.describe("The id of the scenario"), partShape.required({ title: true }))
    .meta({ minProperties: 1, description: CASES }),
});

const unionSchema = z.object({
  anyOf: z.tuple([z.record(z.string(), z.json()), z.record(z.string(), z.json())]),
});

/**
 * The schema of a scenario file as a JSON Schema: one scenario, or a table of them where a member says so, which gives an
 * editor one complaint and not those of both. Draft 7, because that is what YAML language servers take.
 */
export function jsonSchemaText(): string {
  const { anyOf, ...schema } = z.toJSONSchema(z.union([scenarioShape, tableShape]), {
    target: "draft-7",
    io: "input",
    reused: "ref",
  });
  const [scenario, table] = unionSchema.parse({ anyOf }).anyOf;
  const whole = {
    ...schema,
    title: "mfa-harness scenarios",
    // Said once more for editors, which complete what stands here before a file has a member.
    properties: { shared: { description: SHARED }, cases: { description: CASES } },
    if: { anyOf: [{ required: ["shared"] }, { required: ["cases"] }] },
    // oxlint-disable-next-line unicorn/no-thenable -- a word of JSON Schema
    then: table,
    else: scenario,
  };
  return `${JSON.stringify(whole, undefined, 2)}\n`;
}
