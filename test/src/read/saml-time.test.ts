import { expect, test } from "vitest";
import { parseInstant } from "../../../src/read/saml-time.ts";

test.each([
  { text: "1970-01-01T00:00:00Z", seconds: 0 },
  { text: "2026-11-20T12:00:00Z", seconds: 1_795_176_000 },
  { text: "2026-11-20T12:00:00.250Z", seconds: 1_795_176_000.25 },
  { text: "2026-11-20T12:00:00.000000000000Z", seconds: 1_795_176_000 },
  { text: "2024-02-29T00:00:00Z", seconds: 1_709_164_800 },
  { text: "2026-11-19T24:00:00Z", seconds: 1_795_132_800 },
  { text: "0001-01-01T00:00:00Z", seconds: -62_135_596_800 },
  { text: "9999-12-31T23:59:59Z", seconds: 253_402_300_799 },
  { text: "", seconds: undefined },
  { text: "2026-11-20T12:00:00", seconds: undefined },
  { text: "2026-11-20T12:00:00z", seconds: undefined },
  { text: "2026-11-20T12:00:00+00:00", seconds: undefined },
  { text: "2026-11-20 12:00:00Z", seconds: undefined },
  { text: " 2026-11-20T12:00:00Z", seconds: undefined },
  { text: "2026-11-20T12:00:00Z\n", seconds: undefined },
  { text: "2026-11-20T12:00Z", seconds: undefined },
  { text: "2026-11-20T12:00:00.Z", seconds: undefined },
  { text: "2026-13-01T00:00:00Z", seconds: undefined },
  { text: "2026-00-01T00:00:00Z", seconds: undefined },
  { text: "2026-02-29T00:00:00Z", seconds: undefined },
  { text: "2026-04-31T00:00:00Z", seconds: undefined },
  { text: "2026-11-20T24:00:01Z", seconds: undefined },
  { text: "2026-11-20T24:00:00.5Z", seconds: undefined },
  { text: "2026-11-20T25:00:00Z", seconds: undefined },
  { text: "2026-11-20T12:60:00Z", seconds: undefined },
  { text: "2026-11-20T12:00:60Z", seconds: undefined },
  { text: "0000-01-01T00:00:00Z", seconds: undefined },
  { text: "-2026-01-01T00:00:00Z", seconds: undefined },
  { text: "12026-01-01T00:00:00Z", seconds: undefined },
  { text: "２０２６-11-20T12:00:00Z", seconds: undefined },
])("$text → $seconds", ({ text, seconds }) => {
  expect(parseInstant(text)).toBe(seconds);
});
