import { expect, test } from "vitest";
import { printable } from "../../../harness/report/printable.ts";

test.each([
  { text: "plain: a::b", safe: "plain: a::b" },
  { text: "\u001B[31mred\u0007", safe: "\uFFFD[31mred\uFFFD" },
  { text: "\u009B31m", safe: "\uFFFD31m" },
  { text: "a\u202Eb\u2066c\u200F", safe: "a\uFFFDb\uFFFDc\uFFFD" },
  { text: "a\n::error::b", safe: "a\uFFFD::error::b" },
  { text: "::error::b", safe: "\uFFFD::error::b" },
  { text: "   ::error::b", safe: "\uFFFD::error::b" },
  { text: "##[error]b", safe: "#\uFFFD#[error]b" },
  { text: "a ##[error]b", safe: "a #\uFFFD#[error]b" },
  { text: "##vso[task.complete]", safe: "#\uFFFD#vso[task.complete]" },
  { text: "## a title [1]", safe: "## a title [1]" },
  { text: ":\u200B:error::b", safe: "\uFFFD:\u200B:error::b" },
  { text: "a\tb", safe: "a b" },
  { text: "a\uD800b\uFFFE", safe: "a\uFFFDb\uFFFD" },
  { text: "👩‍💻 می‌خواهم", safe: "👩‍💻 می‌خواهم" },
])("$text", ({ text, safe }) => {
  expect(printable(text)).toBe(safe);
});
