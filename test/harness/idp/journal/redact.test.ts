import { expect, test } from "vitest";
import { makeRedactor } from "../../../../harness/idp/journal/redact.ts";

const { parameters, path } = makeRedactor("key");

test.each([
  { count: 60, kept: 60 },
  { count: 61, kept: 60 },
])("of $count parameters $kept are kept", ({ count, kept }) => {
  const letters = "abcdefghijklmnopqrstuvwxyz";
  const nameOf = (n: number): string => `p.${letters[n % 26]}${letters[Math.floor(n / 26)]}`;
  const sent = Object.fromEntries(Array.from({ length: count }, (_, n) => [nameOf(n), "x"]));
  expect(Object.keys(parameters(sent))).toHaveLength(kept);
});

test.each([
  { length: 200, isKept: true },
  { length: 201, isKept: false },
])("a harmless value of $length characters is kept: $isKept", ({ length, isKept }) => {
  const value = "x".repeat(length);
  expect(parameters({ scope: value })["scope"] === value).toBe(isKept);
});

test.each([
  { length: 28, isKept: true },
  { length: 29, isKept: false },
])("a segment of $length characters is kept: $isKept", ({ length, isKept }) => {
  const segment = `/${"x".repeat(length)}`;
  expect(path(segment) === segment).toBe(isKept);
});

test.each([
  { length: 40, isKept: true },
  { length: 41, isKept: false },
])("a name of $length letters is kept: $isKept", ({ length, isKept }) => {
  const name = "n".repeat(length);
  expect(name in parameters({ [name]: "x" })).toBe(isKept);
});
