import { expect, test } from "vitest";
import { rawText } from "../../../../harness/emission/json-text.ts";
import { signedNameOf } from "../../../../harness/emission/saml/signed-name.ts";

test.each([
  { nameId: "agent@partner.example", name: "agent@partner.example" },
  {
    nameId: rawText('admin@victim.example<x:cut xmlns:x="urn:x"/>.attacker.example'),
    name: "admin@victim.example.attacker.example",
  },
  {
    nameId: rawText("admin@victim.example<!-- -->.attacker.example"),
    name: "admin@victim.example.attacker.example",
  },
  {
    nameId: rawText("admin@victim.example<?cut?>.attacker.example"),
    name: "admin@victim.example.attacker.example",
  },
  { nameId: rawText("a&amp;b@partner.example"), name: "a&b@partner.example" },
  { nameId: " ", name: undefined },
  { nameId: undefined, name: undefined },
])("$name", ({ nameId, name }) => {
  const subject = nameId === undefined ? {} : { nameId };
  expect(signedNameOf({ assertion: { subject } })).toBe(name);
});

test("a response without an assertion names nobody", () => {
  expect(signedNameOf({})).toBeUndefined();
});
