import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeBase64url } from "../../src/read/jwt-base64url.ts";
import { parseJsonObject } from "../../src/read/jwt-json.ts";
import { parseInstant } from "../../src/read/saml-time.ts";

/** Days before the first of March 0000, counted from 1970: Howard Hinnant, chrono-compatible date algorithms. */
function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return (
    era * 146_097 +
    yearOfEra * 365 +
    Math.floor(yearOfEra / 4) -
    Math.floor(yearOfEra / 100) +
    dayOfYear -
    719_468
  );
}

function daysIn(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function digits(value: number, length: number): string {
  return String(value).padStart(length, "0");
}

describe("xs:dateTime in UTC, against arithmetic of its own", () => {
  const parts = fc.record({
    year: fc.nat({ max: 9999 }),
    month: fc.nat({ max: 13 }),
    day: fc.nat({ max: 32 }),
    hour: fc.nat({ max: 25 }),
    minute: fc.nat({ max: 60 }),
    second: fc.nat({ max: 60 }),
    fraction: fc.option(fc.stringMatching(/^\d{1,6}$/), { nil: "" }),
  });
  test("any combination of parts", () => {
    fc.assert(
      fc.property(parts, ({ year, month, day, hour, minute, second, fraction }) => {
        const date = `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`;
        const time = `${digits(hour, 2)}:${digits(minute, 2)}:${digits(second, 2)}`;
        const text = `${date}T${time}${fraction === "" ? "" : `.${fraction}`}Z`;
        const endOfDay = hour === 24 && minute === 0 && second === 0 && Number(fraction) === 0;
        const isDate = year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
        const isTime = (hour < 24 && minute < 60 && second < 60) || endOfDay;
        const seconds = daysFromCivil(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
        const expected = isDate && isTime ? seconds + Number(`0.${fraction}0`) : undefined;
        expect(parseInstant(text)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  test("no text but such a one", () => {
    const near = fc.string({ unit: fc.constantFrom(..."0129-:TZ.+ \n".split("")), maxLength: 25 });
    fc.assert(
      fc.property(near, (text) => {
        fc.pre(!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text));
        expect(parseInstant(text)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });
});

describe("base64url, against Node's decoder read back", () => {
  test("any bytes come back", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(decodeBase64url(Buffer.from(bytes).toString("base64url"))).toEqual(bytes);
      }),
    );
  });

  test("any text: the one way to write some bytes, or nothing", () => {
    const unit = fc.constantFrom(..."AQgwBRxyz019-_+/= \nä\u0100".split(""));
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), (text) => {
        const bytes = Buffer.from(text, "base64url");
        const expected = bytes.toString("base64url") === text ? Uint8Array.from(bytes) : undefined;
        expect(decodeBase64url(text)).toEqual(expected);
      }),
      { numRuns: 3000 },
    );
  });
});

/** A JSON value as it will be written: members in their order, names as often as they come. */
type Written =
  | { readonly kind: "scalar"; readonly value: string | number | boolean | null }
  | { readonly kind: "array"; readonly items: readonly Written[] }
  | { readonly kind: "object"; readonly members: readonly (readonly [string, Written])[] };

const { object } = fc.letrec<{ object: Written; any: Written }>((tie) => {
  // Names that are easily the same, or the same once unescaped, or mean something to JavaScript.
  const name = fc.constantFrom(
    "a",
    "b",
    "amr",
    "__proto__",
    "constructor",
    'quo"te',
    "co:lon",
    "back\\",
    "{",
    "é",
  );
  const scalar = fc.oneof(
    fc.constantFrom("", ":", '"', "\\", "{[", "a:b"),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
  );
  return {
    any: fc.oneof(
      { maxDepth: 4, depthSize: "small" },
      scalar.map((value) => ({ kind: "scalar", value }) as const),
      fc.array(tie("any"), { maxLength: 3 }).map((items) => ({ kind: "array", items }) as const),
      tie("object"),
    ),
    object: fc
      .array(fc.tuple(name, tie("any")), { maxLength: 4 })
      .map((members) => ({ kind: "object", members }) as const),
  };
});

/** JSON text in which every other name is written with escapes, and blanks stand where they may. */
function write(value: Written, blank: string): string {
  if (value.kind === "scalar") return JSON.stringify(value.value);
  if (value.kind === "array")
    return `[${blank}${value.items.map((item) => write(item, blank)).join(`,${blank}`)}]`;
  const members = value.members.map(([name, member], index) => {
    const escaped = index % 2 === 0 ? JSON.stringify(name) : `"${escapeAll(name)}"`;
    return `${escaped}${blank}:${blank}${write(member, blank)}`;
  });
  return `{${members.join(`${blank},`)}${blank}}`;
}

function escapeAll(name: string): string {
  return Array.from(name, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
}

function hasDuplicate(value: Written): boolean {
  if (value.kind === "scalar") return false;
  if (value.kind === "array") return value.items.some(hasDuplicate);
  const names = value.members.map(([name]) => name);
  return new Set(names).size < names.length || value.members.some(([, member]) => hasDuplicate(member));
}

describe("JSON without duplicate members, against how it was written", () => {
  test("duplicates are refused at any depth, everything else is what JSON.parse reads", () => {
    fc.assert(
      fc.property(object, fc.constantFrom("", " ", "\n\t"), (value, blank) => {
        const text = write(value, blank);
        const parsed = parseJsonObject(new TextEncoder().encode(text), "/claims");
        const plain: unknown = JSON.parse(text);
        if (hasDuplicate(value)) expect(parsed).toHaveProperty("obstacle.kind", "malformed");
        else expect(parsed).toEqual({ value: plain });
      }),
      { numRuns: 1000 },
    );
  });

  test("what JSON.parse refuses is refused", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'{}[]":,\\a1. e-'.split("")), maxLength: 12 }),
        (inner) => {
          const text = `{${inner}}`;
          const parsed = parseJsonObject(new TextEncoder().encode(text), "/claims");
          expect("value" in parsed && !parses(text)).toBe(false);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
