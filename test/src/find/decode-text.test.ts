import { expect, test } from "vitest";
import { decodeText } from "../../../src/index.ts";

const utf16 = (text: string): Buffer => Buffer.from(text, "utf16le");

/** UTF-16 without its mark is taken for it only where it is certain: no text in UTF-8 has a zero in every other byte. */
test.each([
  { name: "eight units, little endian", bytes: utf16("12345678"), text: "12345678" },
  { name: "eight units, big endian", bytes: utf16("12345678").swap16(), text: "12345678" },
  { name: "seven units", bytes: utf16("1234567"), text: Buffer.from(utf16("1234567")).toString() },
  { name: "a unit that is not ASCII among the first", bytes: utf16("1234€678"), text: undefined },
  { name: "one that is not, far behind", bytes: utf16(`${"a".repeat(64)}€`), text: `${"a".repeat(64)}€` },
  { name: "a zero in UTF-8", bytes: Buffer.from("a\0bcdefghijklmnop"), text: "a\0bcdefghijklmnop" },
  { name: "zeros in both halves", bytes: Buffer.alloc(16), text: "\0".repeat(16) },
  { name: "an odd byte behind the mark", bytes: Buffer.from([0xff, 0xfe, 0x61]), text: undefined },
  { name: "a mark of UTF-8", bytes: Buffer.from("\uFEFFabc"), text: "abc" },
  { name: "two marks", bytes: utf16("\uFEFF\uFEFFabc"), text: "\uFEFF\uFEFFabc" },
  { name: "Windows-1252", bytes: Buffer.from([0x61, 0xe9, 0x62]), text: undefined },
])("$name", ({ bytes, text }) => {
  expect(decodeText(bytes)).toBe(text);
});
