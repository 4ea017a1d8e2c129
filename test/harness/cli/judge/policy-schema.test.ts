import { readFile } from "node:fs/promises";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { readDeclarations } from "../../../../docs/declarations.ts";
import { policyJsonSchemaText } from "../../../../harness/cli/judge/policy-json-schema.ts";
import { policyFileSchema } from "../../../../harness/cli/judge/policy-schema.ts";
import { policies, type PolicyName } from "../../../../src/index.ts";

/** What a type of the library is called in a file, where it is not a word of the same name. */
const OTHERWISE: Readonly<Record<string, string>> = {
  "Policy.replay": "used", // a store is a function; a file lists what was used
  "TrustedIssuer.jwks": "issuers[].keys", // a file names files of keys, of whatever kind
  "TrustedIssuer.certificates": "issuers[].keys",
};

/** Where the words of each type stand. */
const PLACE_OF_TYPE = {
  Policy: "",
  TrustedIssuer: "issuers[].",
  MfaReading: "mfa.",
  MfaAttribute: "mfa.attributes[].",
  EamRequest: "eam.",
};

const text = await readFile(new URL("../../../../scenarios/policy.schema.json", import.meta.url), "utf8");
const page = await readFile(new URL("../../../../docs/policies.md", import.meta.url), "utf8");
const declared = await readDeclarations(new URL("../../../../src/index.ts", import.meta.url));

const members = Object.entries(PLACE_OF_TYPE).flatMap(([type, place]) => {
  const { code = "" } = declared.find(({ name }) => name === type) ?? {};
  const names = [...code.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, name = ""]) => name);
  return names.map((name) => ({
    member: `${type}.${name}`,
    word: OTHERWISE[`${type}.${name}`] ?? `${place}${name}`,
  }));
});

test("every type is read", () => {
  const types = new Set(members.map(({ member }) => member.split(".", 1)[0]));
  expect([...types]).toEqual(Object.keys(PLACE_OF_TYPE));
  expect(members.length).toBeGreaterThan(25);
});

test.each(members)("a file has a word for $member: $word, which the page describes", ({ word }) => {
  const row = page.split("\n").find((line) => line.replaceAll("*", "").startsWith(`| \`${word}\` `));
  expect(row).toBeDefined();
  expect(row?.split("|").at(-2)?.trim()).not.toBe("");
});

test("every ready-made policy can be extended", () => {
  const names: readonly PolicyName[] = policyFileSchema.shape.extends.options;
  expect(names).toEqual(Object.keys(policies));
});

const FILE = `
extends: entra-eam
issuers: [{ issuer: "https://a.example", keys: [keys.json] }]
vendorApps: [a]
eam: { acrValues: [possession] }
`;

test("the JSON Schema is fresh, and takes what the schema takes", () => {
  expect(text, "run npm run schema").toBe(policyJsonSchemaText());
  const schema: unknown = JSON.parse(text);
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(
    typeof schema === "object" && schema !== null ? schema : {},
  );
  expect(validate(parse(FILE)), JSON.stringify(validate.errors)).toBe(true);
  expect(validate({ extends: "oidc", vendorApps: "a" })).toBe(false);
  expect(validate({})).toBe(false);
});
