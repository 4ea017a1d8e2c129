import { expect, test } from "vitest";
import { assertUnambiguousJson } from "../../../../harness/partner/relying-party/strict-json.ts";

// RFC 8259 §4: what a reader makes of a name that stands there twice is its own affair.
test.each([
  `{"sub":"a","sub":"b"}`,
  `{"sub":"a","name":"x","sub":"a"}`,
  `{"sub":"a","s\\u0075b":"b"}`,
  `{"a":{"b":1,"b":2}}`,
  `[{"a":1},{"a":1,"a":2}]`,
  `{"a":[1,{"b":[],"c":{},"b":0}]}`,
  `{"__proto__":1,"__proto__":2}`,
])("%s is ambiguous", (json) => {
  expect(() => assertUnambiguousJson(json)).toThrow(/stands there twice/);
});

test.each([
  `{"sub":"a","name":"sub"}`,
  `{"a":{"b":1},"c":{"b":2}}`,
  `[{"a":1},{"a":2}]`,
  `{"a":["a","a","a"],"b":"a"}`,
  `{"a":"{\\"a\\":1,\\"a\\":2}"}`,
  `{"a\\"":1,"a":2}`,
  `{"":1,"a":[]}`,
  `"sub"`,
  `null`,
])("%s is not", (json) => {
  expect(() => assertUnambiguousJson(json)).not.toThrow();
});

test.each([`{"a":1`, `<html>`, ``, `{"a":1}{"a":2}`])("%j is no JSON", (text) => {
  expect(() => assertUnambiguousJson(text)).toThrow(SyntaxError);
});
