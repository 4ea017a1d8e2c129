import * as fc from "fast-check";
import { expect, test } from "vitest";
import { jsonText, rawText, textOfRaw } from "../../../harness/emission/json-text.ts";

test.each([
  { value: { a: rawText('1,"a":2') }, text: '{"a":1,"a":2}' },
  { value: [rawText("1e400"), "1e400"], text: '[1e400,"1e400"]' },
  { value: rawText("no JSON at all"), text: "no JSON at all" },
  { value: { a: rawText("$&$1\\u0000") }, text: '{"a":$&$1\\u0000}' },
  { value: undefined, text: "" },
])("$text", ({ value, text }) => {
  expect(jsonText(value)).toBe(text);
});

test("without raw text it is what JSON.stringify writes", () => {
  const same = fc.property(fc.jsonValue(), (value) => {
    expect(jsonText(value)).toBe(JSON.stringify(value));
  });
  fc.assert(same);
});

test("raw text is told from every other value", () => {
  expect(textOfRaw(rawText("x"))).toBe("x");
  for (const value of ["x", null, {}, { text: "x" }]) expect(textOfRaw(value)).toBeUndefined();
});
