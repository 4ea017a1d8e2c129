import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Patch } from "../../../harness/emission/patch-schema.ts";
import { jsonText } from "../../../harness/emission/json-text.ts";
import type { TokenModel } from "../../../harness/emission/model.ts";
import { patched } from "../../../harness/emission/patch.ts";
import { HarnessError } from "../../../harness/errors.ts";

function model(claims: Record<string, unknown>): TokenModel {
  return { header: { alg: "RS256" }, claims };
}

function claimsAfter(claims: Record<string, unknown>, patch: Patch): unknown {
  return patched("idToken", model(claims), [patch])?.claims;
}

describe("what a patch makes of the claims", () => {
  test.each<{ patch: Patch; from: Record<string, unknown>; to: unknown }>([
    {
      patch: { op: "set", path: "/idToken/claims/amr", value: ["pwd"] },
      from: { amr: ["mfa"] },
      to: { amr: ["pwd"] },
    },
    { patch: { op: "set", path: "/idToken/claims/amr", value: "mfa" }, from: {}, to: { amr: "mfa" } },
    { patch: { op: "set", path: "/idToken/claims/amr", value: null }, from: {}, to: { amr: null } },
    {
      patch: { op: "set", path: "/idToken/claims/amr/1", value: "x" },
      from: { amr: [1, 2] },
      to: { amr: [1, "x"] },
    },
    {
      patch: { op: "set", path: "/idToken/claims/amr/-", value: "x" },
      from: { amr: [1] },
      to: { amr: [1, "x"] },
    },
    { patch: { op: "set", path: "/idToken/claims/a~1b~0c", value: 1 }, from: {}, to: { "a/b~c": 1 } },
    { patch: { op: "set", path: "/idToken/claims/~01", value: 1 }, from: {}, to: { "~1": 1 } },
    { patch: { op: "set", path: "/idToken/claims", value: [] }, from: { amr: 1 }, to: [] },
    { patch: { op: "remove", path: "/idToken/claims/amr" }, from: { amr: 1, acr: 2 }, to: { acr: 2 } },
    { patch: { op: "remove", path: "/idToken/claims/amr/0" }, from: { amr: [1, 2] }, to: { amr: [2] } },
    {
      patch: { op: "shift", path: "/idToken/claims/exp", seconds: -7200 },
      from: { exp: 10_000 },
      to: { exp: 2800 },
    },
    {
      patch: { op: "affix", path: "/idToken/claims/iss", before: "", after: "/" },
      from: { iss: "a" },
      to: { iss: "a/" },
    },
    {
      patch: { op: "flood", path: "/idToken/claims/a", shape: "text", times: 3 },
      from: {},
      to: { a: "aaa" },
    },
    {
      patch: { op: "flood", path: "/idToken/claims/amr", shape: "list", times: 2 },
      from: {},
      to: { amr: ["pwd", "pwd"] },
    },
  ])("$patch on $from → $to", ({ patch, from, to }) => {
    expect(claimsAfter(from, patch)).toEqual(to);
  });
});

describe("what a patch makes of the text of the claims", () => {
  test.each<{ patch: Patch; to: string }>([
    { patch: { op: "raw", path: "/idToken/claims/iss", text: '1,"iss":2' }, to: '{"iss":1,"iss":2}' },
    {
      patch: { op: "surround", path: "/idToken/claims/iss", before: "[", after: ',"b"]' },
      to: '{"iss":["me","b"]}',
    },
    {
      patch: { op: "surround", path: "/idToken/claims", before: "\ufeff", after: "" },
      to: '\ufeff{"iss":"me"}',
    },
    { patch: { op: "flood", path: "/idToken/claims/iss", shape: "nest", times: 3 }, to: '{"iss":[[[]]]}' },
  ])("$patch → $to", ({ patch, to }) => {
    expect(jsonText(claimsAfter({ iss: "me" }, patch))).toBe(to);
  });
});

describe("a patch that leads nowhere is refused, and says why", () => {
  test.each<{ patch: Patch; says: string }>([
    {
      patch: { op: "remove", path: "/idToken/claims/amr" },
      says: "remove /idToken/claims/amr: there is nothing",
    },
    {
      patch: { op: "shift", path: "/idToken/claims/exp", seconds: 1 },
      says: "shift /idToken/claims/exp: there is nothing",
    },
    { patch: { op: "shift", path: "/idToken/claims/iss", seconds: 1 }, says: '"me" is not a time' },
    {
      patch: { op: "affix", path: "/idToken/claims/list", before: "a", after: "" },
      says: "[1] is not a text",
    },
    {
      patch: { op: "surround", path: "/idToken/claims/exp", before: "[", after: "]" },
      says: "surround /idToken/claims/exp: there is nothing",
    },
    {
      patch: { op: "fill", path: "/idToken/claims/iss", keys: ["ec"], as: "kid" },
      says: "no key is at hand here",
    },
    { patch: { op: "set", path: "/idToken/payload/amr", value: 1 }, says: "there is no /idToken/payload" },
    { patch: { op: "set", path: "/idToken/claims/iss/deeper", value: 1 }, says: 'no place "deeper"' },
    { patch: { op: "set", path: "/idToken/claims/list/7", value: 1 }, says: 'no place "7"' },
    { patch: { op: "set", path: "/idToken/claims/list/01", value: 1 }, says: 'no place "01"' },
    { patch: { op: "remove", path: "/idToken/claims/list/-" }, says: "there is nothing" },
    { patch: { op: "set", path: "/idToken/__proto__/polluted", value: 1 }, says: '"__proto__"' },
    {
      patch: { op: "set", path: "/idToken/claims/constructor/prototype/polluted", value: 1 },
      says: '"constructor"',
    },
    { patch: { op: "remove", path: "/idToken/claims/toString" }, says: "there is nothing" },
  ])("$patch → $says", ({ patch, says }) => {
    const attempt = (): unknown => patched("idToken", model({ iss: "me", list: [1] }), [patch]);
    expect(attempt).toThrow(says);
    expect(attempt).toThrow(HarnessError);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });
});

test("patches are made in their order", () => {
  const patches: Patch[] = [
    { op: "set", path: "/idToken/claims/nbf", value: 5 },
    { op: "shift", path: "/idToken/claims/nbf", seconds: 3 },
    { op: "set", path: "/idToken/header/typ", value: "at+jwt" },
  ];
  expect(patched("idToken", model({}), patches)).toEqual({
    header: { alg: "RS256", typ: "at+jwt" },
    claims: { nbf: 8 },
  });
});

/** Where a claim of any name stands. */
const pointer = (claim: string): string =>
  `/idToken/claims/${claim.replaceAll("~", "~0").replaceAll("/", "~1")}`;

describe("properties", () => {
  const name = fc
    .string({ minLength: 1 })
    .filter((text) => !["__proto__", "prototype", "constructor"].includes(text));
  const claims = fc.dictionary(name, fc.jsonValue(), { noNullPrototype: true });

  test("what was set is found there, everything else is as before, and the original is untouched", () => {
    fc.assert(
      fc.property(claims, name, fc.jsonValue(), (before, claim, value) => {
        const original = structuredClone(before);
        const after = claimsAfter(before, { op: "set", path: pointer(claim), value });
        expect(after).toEqual({ ...original, [claim]: value });
        expect(before).toEqual(original);
      }),
    );
  });

  test("removing what was set anew gives the original back", () => {
    fc.assert(
      fc.property(claims, name, (before, claim) => {
        fc.pre(!Object.hasOwn(before, claim));
        const patches: Patch[] = [
          { op: "set", path: pointer(claim), value: true },
          { op: "remove", path: pointer(claim) },
        ];
        expect(patched("idToken", model(before), patches)).toEqual(model(before));
      }),
    );
  });

  test("a time that is shifted there and back is the same", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (exp, seconds) => {
        const path = "/idToken/claims/exp";
        const patches: Patch[] = [
          { op: "shift", path, seconds },
          { op: "shift", path, seconds: -seconds },
        ];
        expect(patched("idToken", model({ exp }), patches)).toEqual(model({ exp }));
      }),
    );
  });

  test("no path ever changes JavaScript's own objects: it works on the copy or it is refused", () => {
    const token = fc.oneof(
      fc.constantFrom("__proto__", "constructor", "prototype", "idToken", "claims"),
      name,
    );
    const before = Object.getOwnPropertyNames(Object.prototype).toSorted();
    fc.assert(
      fc.property(fc.array(token, { minLength: 1, maxLength: 5 }), (tokens) => {
        const path = tokens.map((part) => `/${part.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
        try {
          patched("idToken", model({}), [{ op: "set", path, value: "polluted" }]);
        } catch (error) {
          expect(error).toBeInstanceOf(HarnessError);
        }
        expect(Object.getOwnPropertyNames(Object.prototype).toSorted()).toEqual(before);
      }),
    );
  });
});
